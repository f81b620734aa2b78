"""When the sidebar asks, and what the answers do."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from refman.domain.errors import RefmanError
from refman.domain.listing import TagInfo
from refman.domain.profile import AuthorProfile
from refman.domain.tags import show_tag
from refman.ui.sidebar.deeds import SidebarDeeds
from refman.ui.sidebar.model import last_level
from refman.ui.theme import ThemeController
from refman.ui.wording import sentence


class Questions(QObject):
    """Opens the small dialogs of the sidebar over its window."""

    def __init__(self, deeds: SidebarDeeds, themes: ThemeController, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._themes = themes
        self._pane = parent

    def ask_for_tag(self, above: str) -> None:
        """Asks for the name of a new tag under this one, "" for the top."""
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

        prompt = NamePrompt(
            self._themes,
            title=self.tr("New tag"),
            question=self.tr("Name; a slash makes levels, as in rl/planning"),
            verb=self.tr("Make tag"),
            text=f"{above}/" if above else "",
            parent=self._pane,
        )
        prompt.answered.connect(self._deeds.create_tag)
        prompt.open()

    def ask_for_move(self, name: str, tags: Sequence[TagInfo]) -> None:
        """Asks for another place among the tags: what dragging does, and renaming in place cannot."""
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

        prompt = NamePrompt(
            self._themes,
            title=self.tr("Move {0}").format(show_tag(name)),
            question=self.tr("Whole name; a slash makes levels, as in rl/planning"),
            verb=self.tr("Move tag"),
            text=name,
            known=[f"{tag.name}/{last_level(name)}" for tag in tags if tag.name != name],
            waits=True,
            parent=self._pane,
        )
        is_open = True

        def close(_: int) -> None:
            nonlocal is_open
            is_open = False

        def failed(error: Exception) -> None:
            reason = sentence(error) if isinstance(error, RefmanError) else str(error)
            if is_open:
                prompt.refuse(reason)
            else:
                self._deeds.refused.emit(reason)

        def done() -> None:
            if is_open:
                prompt.accept()

        prompt.finished.connect(close)
        prompt.answered.connect(lambda wanted: self._deeds.place_tag(name, wanted, done, failed))
        prompt.open()

    def ask_for_merge(self, name: str, tags: Sequence[TagInfo]) -> None:
        """Asks which tag takes this one in."""
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

        prompt = NamePrompt(
            self._themes,
            title=self.tr("Merge {0}").format(show_tag(name)),
            question=self.tr("The papers of {0}, and of all below it, get this tag").format(show_tag(name)),
            verb=self.tr("Merge tags"),
            known=[tag.name for tag in tags if tag.name != name],
            parent=self._pane,
        )
        prompt.answered.connect(lambda into: self._deeds.merge_tag(name, into))
        prompt.open()

    def show_captures(self, name: str, profiles: Sequence[AuthorProfile]) -> None:
        """Shows the numbers of an author, one row a capture."""
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import CapturesDialog

        profile = next((one for one in profiles if one.name == name), None)
        if profile:
            CapturesDialog(profile, self._themes, parent=self._pane).open()
