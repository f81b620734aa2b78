r"""What the button says that copies a citation: `\cite`, or the form that the preferences name."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from refman.domain.settings import CiteCommand
from refman.ui.widgets.tips import plain_tip

_FORMS = {CiteCommand.PANDOC: "[@key]", CiteCommand.TYPST: "@key"}
"""Those that are no command with a key in braces."""


def name_cite_button(made: QPushButton, command: CiteCommand) -> None:
    """Says on the button and in its tip what is copied."""
    tr = QCoreApplication.translate
    form = _FORMS.get(command, f"{command.value}{{key}}")
    made.setText(tr("CiteButton", "Copy {0}").format(_FORMS.get(command, command.value)))
    made.setToolTip(plain_tip(tr("CiteButton", "Copy the citation as {0} (Ctrl+K)").format(form)))
