"""What the detail pane does to the library."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from refman.domain.errors import RefmanError
from refman.domain.names import Name
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.unsaved import Typed, Unsaved
from refman.ui.door import LibraryDoor
from refman.ui.wording import sentence

if TYPE_CHECKING:
    from refman.ui.dialogs.names_editor import NamesDialog


class DetailDeeds(QObject):
    """Every write of the detail pane; saves of fields are quiet, since the person sees what they typed."""

    failed_later = Signal(str)
    """Something typed was not stored, and its box shows another paper by now: the reason."""

    def __init__(self, library: LibraryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self.unsaved = Unsaved(library, self)
        self.unsaved.told.connect(self.failed_later)

    def save(self, paper_id: PaperId, box: FieldBox) -> None:
        """Stores what is in the box; what it held before must still be there, else the box is told."""
        turn = box.turn
        typed = Typed(paper_id, box.name, box.editor.value(), box.stored)

        def done(_: Outcome) -> None:
            self.unsaved.forget(typed)
            if box.turn == turn:
                box.saved(typed.value)

        def failed(error: Exception) -> None:
            if box.turn != turn:
                self.unsaved.keep(typed, error)
                return
            box.refuse(error)
            self.unsaved.try_again(box, error)

        self._library.write(typed.write, done, owner=box, failed=failed, is_quiet=True)

    def save_names(
        self, paper_id: PaperId, role: str, *, names: Sequence[Name], is_cut: bool, dialog: "NamesDialog"
    ) -> None:
        """Stores the people of a role; the dialog that they were typed into closes when they are, and not before."""
        is_open = True

        def close(_: int) -> None:
            nonlocal is_open
            is_open = False

        def failed(error: Exception) -> None:
            reason = sentence(error) if isinstance(error, RefmanError) else str(error)
            if is_open:
                dialog.refuse(reason)
            else:
                self.failed_later.emit(reason)

        dialog.finished.connect(close)
        self._library.write(
            lambda library: library.edit_names(paper_id, role, names, is_cut),
            lambda _: dialog.accept() if is_open else None,
            owner=self,
            failed=failed,
            is_quiet=True,
        )

    def tag(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Puts tags on papers, as one step."""
        self._library.write(lambda library: library.tag(ids, names), owner=self, is_quiet=len(ids) == 1)

    def untag(self, ids: Sequence[PaperId], name: str) -> None:
        """Takes a tag off papers."""
        self._library.write(lambda library: _untag(library, ids, name), owner=self, is_quiet=len(ids) == 1)

    def tell_names(self, take: Callable[[list[str]], None]) -> None:
        """Asks for the names of all tags, to complete with."""
        self._library.read(
            lambda library: [tag.name for tag in library.tags()], take, owner=self, slot="detail.tag-names"
        )


def _untag(library: Library, ids: Sequence[PaperId], name: str) -> Outcome:
    return library.untag(ids, [name])
