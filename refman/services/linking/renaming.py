"""Renaming a citation key everywhere: the sources that cite it, the .bib files, the library; all of it or nothing.

Comments of the sources are a group of their own: told of, changed when that is wished.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from refman.domain.changes import Changes, OperationKind
from refman.domain.errors import ConflictError, ExportRefused, LibraryError, NotFound, UnreadableInput
from refman.domain.paper import PaperId
from refman.domain.ports import Store, Writer
from refman.services.citekeys import check_is_free, parse_key
from refman.services.linking.cited import followed_sources
from refman.services.linking.cited_sources import macros_of
from refman.services.linking.file_bytes import read_bytes, refusal, replace_bytes, sha256_of
from refman.services.linking.git_state import repository_of
from refman.services.linking.named_bibs import folder_of
from refman.services.linking.projects import bibs_of
from refman.services.linking.rename_memory import Moved, remember_moved
from refman.services.linking.rename_places import (
    Comment,
    FileRename,
    comments_with,
    renamed_bib,
    renamed_source,
    text_of,
)
from refman.services.linking.rename_record import FileRecord, Record, RecordStore
from refman.services.operations import Step, run


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """Every file with the key; `comments` name it too, `with_comments` says whether they are among the places."""

    old: str
    new: str
    files: tuple[FileRename, ...]
    comments: tuple[Comment, ...]
    with_comments: bool = False

    @property
    def places(self) -> int:
        """How many places change."""
        return sum(len(one.spans) for one in self.files)

    @property
    def step_name(self) -> str:
        """How the journal calls it."""
        return f"Rename the key {self.old} to {self.new}"


def plan_rename(
    old: str, new: str, folders: Sequence[Path], bibs: Sequence[Path], *, with_comments: bool = False
) -> RenamePlan:
    """Looks for the key in projects and further .bib files; writes nothing.

    Raises: InvalidValue for a bad new key, ConflictError when a .bib has the new key already, UnreadableInput.
    """
    new = parse_key(new)
    try:
        return _plan(old, new, folders, bibs, with_comments=with_comments)
    except OSError as error:
        reason = error.strerror or str(error)
        name = str(error.filename or next(iter(folders), ""))
        raise UnreadableInput("cannot-read", f"{name} cannot be read: {reason}. Check it.", name, reason) from error


def _plan(old: str, new: str, folders: Sequence[Path], bibs: Sequence[Path], *, with_comments: bool) -> RenamePlan:
    """Raises: as `plan_rename`, OSError."""
    sources = list(dict.fromkeys(path.resolve() for folder in folders for path in followed_sources(folder)))
    macros = macros_of(_texts(sources))
    comments = [one for path in sources for one in comments_with(path, old)]
    files: list[FileRename | None] = []
    for path in sources:
        spans = [one.span for one in comments if one.path == path] if with_comments else []
        files.append(renamed_source(path, old, new, macros=macros, comments=spans))
    all_bibs = dict.fromkeys(
        path.resolve() for path in (*(one for folder in folders for one in bibs_of(folder_of(folder))), *bibs)
    )
    files += [renamed_bib(path, old, new) for path in all_bibs]
    return RenamePlan(old, new, tuple(one for one in files if one), tuple(comments), with_comments)


def rename(store: Store, plan: RenamePlan) -> Changes:
    """Writes every file and gives the paper its new key, as one step; when anything fails all is as it was.

    A record beside the library brings the files back (or finishes the work) after a crash, and lets undo take them
    along. Raises: ConflictError, ExportRefused, DiskFull, LibraryBusy, LibraryReadOnly.
    """
    _check_git(plan.files)
    records = RecordStore(store.location)
    with store.read() as reader:
        papers = list(reader.ids_of_keys([plan.old]).values())
        newest = max((int(one.id) for one in reader.history(limit=1)), default=0)
    record = Record(plan.old, plan.new, plan.step_name, newest, tuple(map(_record_of, plan.files)))
    try:
        begun = records.begin(record)
    except OSError as error:
        raise refusal(records.folder, error) from error
    done: list[FileRename] = []

    def work(writer: Writer) -> None:
        _rename_papers(writer, papers, plan)
        _write_files(plan.files, done)
        if done:
            # Also where no paper has the key: undo takes the files back.
            writer.keep_step()
        remember_moved(writer, [Moved(one.path, one.after) for one in plan.files], plan.old, plan.new)

    try:
        _, changes = run(store, Step(OperationKind.RENAME_KEY, plan.step_name), work)
    except LibraryError as error:
        take_back(done)
        # A disk that failed while the step was made durable may have it all the same.
        (records.leave_open if error.code == "library-io" else records.give_up)(begun)
        raise
    except BaseException:
        take_back(done)
        records.give_up(begun)
        raise
    records.settle(begun, int(changes.operation.id) if changes.operation else 0)
    return changes


def _check_git(files: Iterable[FileRename]) -> None:
    """Raises: ExportRefused while git is in the middle of something that the new text would get mixed up with."""
    for one in files:
        repository = repository_of(one.path)
        if repository and repository.under_way:
            what = repository.under_way
            message = f"A {what} of git is under way where {one.path} is; finish it first, nothing was renamed."
            raise ExportRefused("git-under-way", message, what, str(one.path))


def take_back(files: Iterable[FileRename]) -> None:
    """Gives files their bytes back; one that was not written, or that somebody changed since, keeps what it has.

    Raises: as `replace_bytes`, UnreadableInput.
    """
    for one in files:
        after = sha256_of(one.after)
        if read_bytes(one.path).sha256 == after:
            replace_bytes(one.path, one.before.data, expected=after, check=Checked(one.before.data))


def check_found(plan: RenamePlan, *, is_in_library: bool) -> None:
    """Raises: NotFound when the key is nowhere."""
    if not plan.files and not is_in_library:
        raise NotFound("no-key", f"The key {plan.old} is nowhere to be found; check its spelling.", plan.old)


class Checked:
    """A check that what was read back is what was meant."""

    def __init__(self, wanted: bytes) -> None:
        self._wanted = wanted

    def __call__(self, written: bytes) -> None:
        """Raises: ConflictError when it is something else."""
        if written != self._wanted:
            raise ConflictError("rename-unsound", "A file does not read back as it was written; nothing was changed.")


def _rename_papers(writer: Writer, papers: Sequence[PaperId], plan: RenamePlan) -> None:
    for paper_id in papers:
        check_is_free(writer, plan.new, paper_id)
        writer.set_key(paper_id, plan.new)
        # The old key stands in documents of others: it is never given to another paper.
        writer.remember_exported({plan.old: paper_id})


def _write_files(files: Sequence[FileRename], done: list[FileRename]) -> None:
    for one in files:
        # Before it is: when its folder cannot be synced the file is in its place all the same.
        done.append(one)
        replace_bytes(one.path, one.after, expected=one.before.sha256, check=Checked(one.after))


def _record_of(one: FileRename) -> FileRecord:
    return FileRecord(str(one.path), one.before.data, one.before.sha256, sha256_of(one.after), one.spans)


def _texts(paths: Iterable[Path]) -> Iterable[str]:
    for path in paths:
        try:
            yield text_of(path.read_bytes(), path.name)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnreadableInput(
                "cannot-read", f"{path} cannot be read: {reason}. Check the path.", str(path), reason
            ) from error
