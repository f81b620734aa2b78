"""Asking before much of a library goes: what was refused for it is asked about with its figures, and then done."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from refman.domain.errors import NotAgreed
from refman.services.library import Library
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController

if TYPE_CHECKING:
    from refman.ui.dialogs.confirm import ConfirmDialog

P = ParamSpec("P")
R = TypeVar("R")


def agreed(work: Callable[Concatenate[Library, P], R]) -> Callable[Concatenate[Library, P], R]:
    """The same work after the person has agreed to it."""

    def do(library: Library, /, *arguments: P.args, **named: P.kwargs) -> R:
        with library.agreed():
            return work(library, *arguments, **named)

    return do


def or_ask(
    fail: Callable[[Exception], None],
    ask: Callable[[NotAgreed, Callable[[], object]], object],
    again: Callable[[], object],
) -> Callable[[Exception], None]:
    """`fail`, but for what only lacks consent: that is asked about, and `again` does it."""

    def refuse(error: Exception) -> None:
        if isinstance(error, NotAgreed):
            ask(error, again)
        else:
            fail(error)

    return refuse


def ask_to_remove(
    error: NotAgreed, again: Callable[[], object], *, themes: ThemeController, icons: Icons, window: QWidget
) -> "ConfirmDialog":
    """Opens the question with the figures; `again` is called if the person agrees, else nothing is done."""
    # Late: a start need not pay for it.
    from refman.ui.dialogs.confirm import Question, ask

    removed, present = error.arguments
    tr = QCoreApplication.translate
    question = Question(
        title=tr("Consent", "Remove {0} of {1} papers?").format(removed, present),
        text=tr(
            "Consent",
            "That is much of your library. A backup is made first, and Undo (or Redo, after an Undo) brings them back.",
        ),
        deed=tr("Consent", "Remove {0} papers").format(removed),
        keep=tr("Consent", "Keep them"),
        is_destructive=True,
    )
    return ask(question, again, themes=themes, icons=icons, window=window)
