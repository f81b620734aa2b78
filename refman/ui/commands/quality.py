"""The command of the quality view."""

from typing import Any

from PySide6.QtCore import QObject

from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


def _has_library(state: UiState) -> bool:
    return state.has_library


@command(
    id="quality.open",
    text="&Quality…",
    key="Ctrl+Shift+Q",
    menu=Menu.EDIT,
    group=4,
    icon=IconName.CHECK,
    enabled=_has_library,
)
def open_quality(context: CommandContext) -> None:
    """What is odd in the library: required fields, identifiers, dates, signs that stop LaTeX, and their fixes."""
    # Late: loads the formats, which a start need not pay for.
    from refman.ui.quality.flow import QualityFlow

    flow: Any = context.window.findChild(QObject, "qualityFlow")
    (flow if isinstance(flow, QualityFlow) else QualityFlow(context)).open()
