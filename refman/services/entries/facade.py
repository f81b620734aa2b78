"""The part of the facade that is about BibTeX itself; loads the formats, so it is imported when it is needed."""

from dataclasses import dataclass

from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Store
from refman.domain.progress import Progress
from refman.services.entries import raw_editing
from refman.services.entries.crossrefs import Crossrefs
from refman.services.entries.raw_editing import EntryCheck
from refman.services.entries.shared_values import SharedValue, shared_values
from refman.services.entries.string_edits import StringEdits
from refman.services.entries.strings import StringDef, StringKey, StringTable, StringUse, uses_of
from refman.services.library_exports import LibraryExports
from refman.services.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one library. Any thread; one write at a time."""

    store: Store
    clock: Clock
    pattern: str

    def text(self, paper_id: PaperId) -> str:
        """The BibTeX of a paper to edit: its own text where it has one. Raises: NotFound."""
        return raw_editing.entry_text(self.store, paper_id, pattern=self.pattern)

    def check(self, paper_id: PaperId, text: str) -> EntryCheck:
        """What `edit` would say; nothing is written. Raises: NotFound."""
        return raw_editing.check_entry(self.store, paper_id, text)

    def edit(self, paper_id: PaperId, text: str, *, expected: str | None = None) -> Outcome:
        """Stores a typed entry as one step. Raises: InvalidValue, ConflictError, NotFound."""
        return raw_editing.edit_entry(
            self.store, paper_id, text, clock=self.clock, pattern=self.pattern, expected=expected
        )

    # Macros

    def strings(self) -> list[StringDef]:
        """Every `@string` in order of import and place, those of refman itself among them."""
        with self.store.read() as reader:
            return StringTable(reader).definitions

    def string_uses(self, progress: Progress) -> dict[StringKey, StringUse]:
        """What uses each macro, by `strings.key_of`. Cost: reads every paper. Raises: Cancelled."""
        with self.store.read() as reader:
            return uses_of(reader, StringTable(reader), progress)

    def shared_values(self, progress: Progress) -> list[SharedValue]:
        """Equal values that could become macros, most papers first. Cost: reads every paper. Raises: Cancelled."""
        with self.store.read() as reader:
            return shared_values(reader, progress)

    @property
    def edit_strings(self) -> StringEdits:
        """Adding, changing, renaming, removing macros."""
        return StringEdits(self.store, self.clock)

    @property
    def crossrefs(self) -> Crossrefs:
        """Parents and children."""
        return Crossrefs(self.store, self.clock, self.pattern)


def entries_of(library: LibraryExports) -> Entries:
    """The entries of an open library."""
    return Entries(library.store, library.clock, library.pattern)
