"""What the detail pane asks in dialogs: names one a row, the name of a field."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from refman.domain.fields import field_of
from refman.domain.names import Name
from refman.domain.paper import Paper, People
from refman.ui.detail.deeds import DetailDeeds
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController


class DetailQuestions(QObject):
    """Opens dialogs over the window of the pane; none of them blocks."""

    field_named = Signal(str)
    """A field of this name is wanted."""

    def __init__(self, deeds: DetailDeeds, themes: ThemeController, *, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._themes = themes
        self._icons = icons
        self._pane = parent

    def ask_for_people(self, paper: Paper, role: str) -> None:
        """The names of a role; saving them is one step."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.names_editor import NamesDialog

        people = paper.people.get(role, People())
        dialog = NamesDialog(
            QCoreApplication.translate("Field", field_of(role).label),
            people.names,
            is_cut=people.truncated,
            themes=self._themes,
            icons=self._icons,
            parent=self._pane,
        )

        def save(names: Sequence[Name], is_cut: bool) -> None:
            self._deeds.save_names(paper.id, role, names=names, is_cut=is_cut, dialog=dialog)

        dialog.answered.connect(save)
        dialog.open()

    def ask_for_field(self) -> None:
        """The name of a field that the table of fields does not have."""
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

        prompt = NamePrompt(
            self._themes,
            title=self.tr("Add a field"),
            question=self.tr("Name of the field, as in a .bib file"),
            verb=self.tr("Add field"),
            parent=self._pane,
        )
        prompt.answered.connect(lambda name: self.field_named.emit(name.strip().lower()))
        prompt.open()
