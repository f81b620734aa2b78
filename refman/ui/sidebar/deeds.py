"""What the sidebar does to the library."""

from array import array
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from refman.domain.errors import InvalidValue
from refman.domain.field_values import parse_line
from refman.domain.paper import PaperId
from refman.domain.tags import fold_tag, parse_tag
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.door import LibraryDoor
from refman.ui.sidebar.model import renamed_level
from refman.ui.sidebar.rows import Row, RowKind, row_key
from refman.ui.wording import sentence

Done = Callable[[], None]
Failed = Callable[[Exception], None]


class SidebarDeeds(QObject):
    """Every write of the sidebar; each is one step of undo, so nothing is asked beforehand."""

    tag_renamed = Signal(str, str)
    """A tag has another name now: old, new ("" when it was deleted). The filter follows."""
    renaming = Signal(str, str)
    """The row of this key is about to get this one."""
    refused = Signal(str)
    """A typed name that cannot be one: the reason."""

    def __init__(self, library: LibraryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library

    def tag_papers(self, ids: "array[int]", name: str) -> None:
        """Puts a tag on papers."""
        papers = [PaperId(number) for number in ids]
        self._write(lambda library: library.tag(papers, [name]))

    def trash_papers(self, ids: "array[int]") -> None:
        """Puts papers into the trash."""
        papers = [PaperId(number) for number in ids]
        self._write(lambda library: library.trash(papers))

    def rename(self, row: Row, typed: str) -> None:
        """Gives a tag (its last level) or a saved search the name that was typed."""
        if row.kind is RowKind.SEARCH:
            old = row.name
            self.renaming.emit(row.key, row_key(RowKind.SEARCH, parse_line(typed)))
            self._write(lambda library: library.rename_saved_search(old, typed))
            return
        try:
            new = renamed_level(row.name, typed)
        except InvalidValue as error:
            self.refused.emit(sentence(error))
            return
        self.move_tag(row.name, new)

    def place_tag(self, old: str, typed: str, done: Done, failed: Failed) -> None:
        """Gives a tag the whole name that was typed."""
        try:
            new = parse_tag(typed)
        except InvalidValue as error:
            failed(error)
            return
        if new == old:
            done()
            return

        def tell() -> None:
            self.tag_renamed.emit(old, new)
            done()

        self.renaming.emit(row_key(RowKind.TAG, old), row_key(RowKind.TAG, new))
        self._write(lambda library: _rename_or_merge(library, old, new), tell, failed)

    def move_tag(self, old: str, new: str) -> None:
        """Renames a tag with all below it; a tag that is there already takes the papers in."""
        self.renaming.emit(row_key(RowKind.TAG, old), row_key(RowKind.TAG, new))
        self._write(lambda library: _rename_or_merge(library, old, new), lambda: self.tag_renamed.emit(old, new))

    def merge_tag(self, name: str, into: str) -> None:
        """Makes a tag one with another."""
        self.renaming.emit(row_key(RowKind.TAG, name), row_key(RowKind.TAG, into))
        self._write(lambda library: library.merge_tags([name], into), lambda: self.tag_renamed.emit(name, into))

    def delete(self, row: Row) -> None:
        """Deletes a tag or a saved search; the message bar offers Undo."""
        name = row.name
        if row.kind is RowKind.TAG:
            self._write(lambda library: library.delete_tag(name), lambda: self.tag_renamed.emit(name, ""))
        elif row.kind is RowKind.SEARCH:
            self._write(lambda library: library.delete_saved_search(name))

    def create_tag(self, name: str) -> None:
        """Makes a tag, levels above included."""
        try:
            tag = parse_tag(name)
        except InvalidValue as error:
            self.refused.emit(sentence(error))
            return
        self._write(lambda library: library.create_tag(tag))

    def set_colour(self, name: str, colour: int) -> None:
        """Colours a tag."""
        self._write(lambda library: library.set_tag_colour(name, colour))

    def set_number(self, name: str, number: int) -> None:
        """Gives a tag a number key."""
        self._write(lambda library: library.set_tag_number(name, number))

    def _write(
        self, work: Callable[[Library], Outcome], done: Done | None = None, failed: Failed | None = None
    ) -> None:
        def tell(_: Outcome) -> None:
            if done is not None:
                done()

        self._library.write(work, tell, owner=self, failed=failed)


def _rename_or_merge(library: Library, old: str, new: str) -> Outcome:
    is_there = fold_tag(old) != fold_tag(new) and any(fold_tag(tag.name) == fold_tag(new) for tag in library.tags())
    return library.merge_tags([old], new) if is_there else library.rename_tag(old, new)
