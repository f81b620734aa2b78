"""The one door to refman's use cases: an open library as the window and the command line see it.

Synchronous; any thread; one write at a time. Writes that find nothing to change make no step in the journal.
Services that load formats are imported when they are first called: a search must not pay for reading BibTeX.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from refman.domain.names import Name
from refman.domain.paper import NoteId, Paper, PaperId
from refman.domain.ports import Clock, StoreOpener
from refman.domain.progress import NoProgress, Progress
from refman.domain.settings import Settings
from refman.services import notes, operations, saved_searches, tagging
from refman.services.import_plan import (
    BigFile,
    BigReport,
    ImportInput,
    ImportOptions,
    ImportPlan,
    ImportReport,
    Reading,
)
from refman.services.in_process import MakeWorkers, no_workers
from refman.services.left_overs import remove_left_overs
from refman.services.library_files import NEW_FILE, attachment_folder
from refman.services.library_trash import LibraryTrash
from refman.services.outcome import Outcome


def create_library(opener: StoreOpener, location: str) -> None:
    """Makes an empty library. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""
    opener.create(location)


def open_library(opener: StoreOpener, location: str, *, clock: Clock, settings: Settings) -> "Library":
    """Opens a library. Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy."""
    store = opener.open(location)
    remove_left_overs(attachment_folder(Path(store.location)), NEW_FILE)
    operations.settle_files(store)
    return Library(store, clock=clock, settings=settings)


def restore_library(opener: StoreOpener, backup: Path, *, location: str) -> str:
    """Puts a backup in place of a library that nobody has open; the path where the present state is kept.

    Raises: as `open_library`.
    """
    return opener.restore(str(backup), location)


class Library(LibraryTrash):
    """An open library: what changes it. `LibraryReads` is what can be asked of it, `LibraryExports` what leaves it,

    `LibraryTrash` what is deleted and taken back.
    """

    workers: MakeWorkers = staticmethod(no_workers)
    """Gives processes that read large files; who opened the library sets it."""

    # Importing

    def plan_import(
        self, inputs: Sequence[ImportInput], options: ImportOptions, progress: Progress | None = None
    ) -> ImportPlan:
        """Reads and compares; writes nothing. Inputs nobody understands are in `refused`. Raises: Cancelled.

        What is not small is read by a worker: what takes too much time or memory is refused too.
        """
        # Late: loads the formats.
        from refman.services import guarded_reading, importing

        readings = guarded_reading.read_guarded(self.workers, inputs, options, progress=progress or NoProgress())
        return importing.plan_readings(self.store, readings, options=options)

    def plan_readings(self, readings: Sequence[Reading], options: ImportOptions) -> ImportPlan:
        """The second half of `plan_import`, for texts that `reading.read_inputs` has read already."""
        # Late: loads the formats.
        from refman.services import importing

        return importing.plan_readings(self.store, readings, options=options)

    def apply_import(self, plan: ImportPlan, progress: Progress | None = None) -> ImportReport:
        """Does what the plan says, as one step. Raises: Cancelled (all is taken back)."""
        # Late: loads the formats.
        from refman.services import applying

        return applying.apply(
            self.store, plan, clock=self.clock, pattern=self.pattern, progress=progress or NoProgress()
        )

    def import_big(
        self, inputs: "Sequence[Reading | BigFile]", options: ImportOptions, progress: Progress | None = None
    ) -> BigReport:
        """Imports large files while they are read, without a plan, and texts that were read already; one step.

        Raises: Cancelled (all is taken back), UnreadableInput.
        """
        # Late: loads the formats.
        from refman.services import big_import

        return big_import.import_big(
            self.store,
            inputs,
            options,
            clock=self.clock,
            pattern=self.pattern,
            workers=self.workers(),
            progress=progress or NoProgress(),
        )

    def foresee_import(self, plan: ImportPlan) -> ImportReport:
        """What `apply_import` would report, the keys of new papers included; writes nothing."""
        # Late: loads the formats.
        from refman.services import foreseeing

        return foreseeing.foresee(self.store, plan, pattern=self.pattern)

    def read_file(self, path: Path) -> ImportInput:
        """Reads and decodes a file (UTF-8, UTF-16 with a mark, else Latin-1). Raises: UnreadableInput."""
        # Late: loads the formats.
        from refman.services import reading

        return reading.read_file(path, library=self.location)

    # Editing

    def edit(
        self,
        paper_id: PaperId,
        changes: Mapping[str, str],
        *,
        expected: Mapping[str, str] | None = None,
        merge_key: str = "",
    ) -> Outcome:
        """Changes fields of a paper, all or none; names and values as in `refman edit` ("" clears).

        `fields.type` and `fields.key` are the BibTeX fields of these names. `expected` holds the plain values (same
        names) that the person saw. Raises: InvalidValue whose last argument is the field, NotFound, ConflictError.
        """
        # Late: loads the reader of BibTeX names.
        from refman.services import editing

        return editing.edit(self.store, paper_id, changes, pattern=self.pattern, expected=expected, merge_key=merge_key)

    def edit_names(self, paper_id: PaperId, role: str, names: Sequence[Name], truncated: bool) -> Outcome:
        """Replaces the people of one role (`author`, `editor`); none clears it. Raises: NotFound."""
        # Late: loads the reader of BibTeX names.
        from refman.services import editing

        return editing.edit_names(
            self.store, paper_id, role=role, names=names, truncated=truncated, pattern=self.pattern
        )

    def edit_many(self, ids: Sequence[PaperId], field: str, value: str) -> Outcome:
        """Sets one field of many papers as one step. Raises: InvalidValue."""
        # Late: loads the reader of BibTeX names.
        from refman.services import editing

        return editing.edit_many(self.store, ids, field=field, value=value, pattern=self.pattern)

    def new_paper(self, entry_type: str, fields: Mapping[str, str]) -> Outcome:
        """Adds a paper that a person types; its id is in `changes.added`. Raises: InvalidValue.

        It gets its citation key with the edit that gives it title, people and year, or when it is first needed.
        """
        # Late: loads the reader of BibTeX names.
        from refman.services import editing

        return editing.new_paper(self.store, entry_type, fields=fields, clock=self.clock, pattern=self.pattern)

    def make_keys(self, ids: Sequence[PaperId]) -> Outcome:
        """Makes the keys of these papers anew by the pattern; a key that already fits is kept."""
        # Late: only a few commands need it.
        from refman.services import citekeys

        return citekeys.make_keys(self.store, ids, pattern=self.pattern)

    def preview_key(self, paper: Paper) -> str:
        """The key that `make_keys` would give this paper, `paper` need not be stored as it is."""
        # Late: only a few commands need it.
        from refman.services import citekeys

        return citekeys.preview_key(self.store, paper, pattern=self.pattern)

    # Tags

    def tag(self, ids: Sequence[PaperId], names: Sequence[str]) -> Outcome:
        """Puts tags on papers; new tags are made. Raises: InvalidValue."""
        return tagging.tag(self.store, ids, names)

    def untag(self, ids: Sequence[PaperId], names: Sequence[str]) -> Outcome:
        """Takes tags off papers. Raises: NotFound for a tag that does not exist."""
        return tagging.untag(self.store, ids, names)

    def retag(self, ids: Sequence[PaperId], put: Sequence[str], take: Sequence[str]) -> Outcome:
        """Puts tags on papers and takes others off, as one step. Raises: InvalidValue, NotFound."""
        return tagging.retag(self.store, ids, put=put, take=take)

    def toggle_tag(self, ids: Sequence[PaperId], name: str) -> Outcome:
        """Takes the tag off when all of these papers carry it, else puts it on all."""
        return tagging.toggle_tag(self.store, ids, name)

    def untag_all(self, ids: Sequence[PaperId]) -> Outcome:
        """Takes every tag off papers."""
        return tagging.untag_all(self.store, ids)

    def create_tag(self, name: str) -> Outcome:
        """Makes an empty tag. Raises: InvalidValue."""
        return tagging.create_tag(self.store, name)

    def rename_tag(self, old: str, new: str) -> Outcome:
        """Renames a tag with all below it, also to under another tag. Raises: NotFound, InvalidValue."""
        return tagging.rename_tag(self.store, old, new)

    def merge_tags(self, names: Sequence[str], into: str) -> Outcome:
        """Makes tags, with all below them, one with `into`. Raises: NotFound, InvalidValue."""
        return tagging.merge_tags(self.store, names, into)

    def delete_tag(self, name: str) -> Outcome:
        """Deletes a tag with all below it; the papers stay. Raises: NotFound."""
        return tagging.delete_tag(self.store, name)

    def set_tag_colour(self, name: str, colour: int) -> Outcome:
        """Colour 1 to 12, or 0 for none. Raises: NotFound, InvalidValue."""
        return tagging.set_colour(self.store, name, colour)

    def set_tag_number(self, name: str, number: int) -> Outcome:
        """Number key 1 to 9, or 0 for none; the tag that had it loses it. Raises: NotFound, InvalidValue."""
        return tagging.set_number(self.store, name, number)

    # Notes, attachments, saved searches

    def add_note(self, paper_id: PaperId, text: str) -> Outcome:
        """Adds a note; its id is `note_id` of the outcome. Raises: InvalidValue when it is empty, NotFound."""
        return notes.add_note(self.store, self.clock, paper_id=paper_id, text=text)

    def edit_note(self, note_id: NoteId, text: str, *, expected: str | None = None, merge_key: str = "") -> Outcome:
        """Replaces the text; `expected` is what the editor began with. Raises: NotFound, ConflictError."""
        return notes.edit_note(
            self.store, self.clock, note_id=note_id, text=text, expected=expected, merge_key=merge_key
        )

    def attach(self, paper_id: PaperId, path: Path, *, copy: bool) -> Outcome:
        """Adds a file to a paper, copied beside the library or as a link. Raises: UnreadableInput, DiskFull."""
        # Late: only a few commands need it.
        from refman.services import attachments

        return attachments.attach(self.store, paper_id, path=path, copy=copy)

    def save_search(self, name: str, text: str) -> Outcome:
        """Keeps a query under a name. Raises: InvalidValue for an empty name."""
        return saved_searches.save_search(self.store, name, text)

    def rename_saved_search(self, old: str, new: str) -> Outcome:
        """Gives a saved search another name, as one step. Raises: InvalidValue for an empty name, NotFound."""
        return saved_searches.rename_saved_search(self.store, old, new)

    def delete_saved_search(self, name: str) -> Outcome:
        """Forgets a saved search. Raises: NotFound."""
        return saved_searches.delete_saved_search(self.store, name)

    # The file

    def backup(self, path: Path) -> None:
        """A verified copy. Raises: ExportRefused, DiskFull."""
        self.store.backup(str(path))
