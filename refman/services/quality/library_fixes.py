"""Mending papers of a library by what checks found, and ignoring what is right as it is: steps that can be undone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.field_values import parse_line
from refman.domain.paper import FieldValue, Origin, Paper, PaperId
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.domain.progress import NoProgress, Progress
from refman.domain.quality import ENTRY, HEAD_KEY, IGNORED_FIELD, MERGE, CheckName, Fix, parse_ignored, show_ignored
from refman.formats.bibtex.dialects import Dialect
from refman.services.labels import label_of
from refman.services.operations import Step, change, run
from refman.services.outcome import Outcome, Sentence, count_of, outcome_of
from refman.services.quality.checks import CHECKS, findings_of
from refman.services.quality.fixing import Mended, mend
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_quality import Looking, chunks_of, ids_by_key
from refman.services.quality.stored_syntax import StoredSyntax
from refman.services.quality.subjects import Subject

_NAMED_CHECKS = 3


def fix_one(store: Store, wanted: PaperFinding, *, dialect: Dialect, clock: Clock) -> Outcome:
    """Does the fix of one finding where the paper still is as it was seen.

    Raises: NotFound, ConflictError where another paper has the key that this one would get.
    """
    check, field = wanted.finding.check, wanted.finding.field

    def work(writer: Writer) -> None:
        paper, fix = _paper(writer, wanted.paper_id), wanted.finding.fix
        if fix is not None and fix.field == ENTRY:
            StoredSyntax(writer).mend(writer, paper, now=clock.now(), only=fix)
            return
        for finding in findings_of(Subject(paper, dialect), (check,)):
            if finding.field == field and finding.fix and finding.fix == fix:
                _do(writer, paper, finding.fix)

    label, name = _label(store, wanted.paper_id), CHECKS[check].label
    step = Step(OperationKind.EDIT, f"Fix {name} of {label}")
    return change(store, step, work, done=Sentence("fixed", f"{name} of {label} fixed", (name, label)))


def _do(writer: Writer, paper: Paper, fix: Fix) -> None:
    if fix.field == HEAD_KEY:
        # What documents cite until now is never made for another paper.
        writer.remember_exported({paper.key: paper.id})
        writer.set_key(paper.id, fix.text)
    else:
        mend(paper, [fix]).write(writer, paper.id)


def fix_all(
    store: Store, wanted: Looking, progress: Progress | None = None, *, clock: Clock, with_unsure: bool = False
) -> Outcome:
    """Does every fix of the checks that is not ignored, as one step; those that are not certain only `with_unsure`.

    Raises: Cancelled (all is taken back).
    """
    mending = _Mending(wanted, with_unsure)

    def work(writer: Writer) -> int:
        fixed = 0
        for some in chunks_of(ids_by_key(writer, wanted.papers), progress or NoProgress(), "Fix"):
            syntax = StoredSyntax(writer)
            for paper in writer.papers(some):
                is_readable = mending.heeds(paper, CheckName.SYNTAX) and syntax.mend(
                    writer, paper, now=clock.now(), with_unsure=with_unsure
                )
                mended = mending.of(_paper(writer, paper.id) if is_readable else paper)
                mended.write(writer, paper.id)
                fixed += is_readable or not mended.is_empty
            writer.give_turn()
        return fixed

    labels = [CHECKS[check].label for check in wanted.checks]
    names = ", ".join(labels) if len(labels) <= _NAMED_CHECKS else f"{len(labels)} checks"
    fixed, changes = run(store, Step(OperationKind.EDIT, f"Fix all alike: {names}"), work)
    count = count_of(fixed, "paper")
    return outcome_of(changes, Sentence("all-fixed", f"{names}: {count} fixed", (names, count)))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A value that `fix_all` would change: what stands there, as TeX where it was read so, and what would."""

    paper_id: PaperId
    key: str
    field: str
    before: str
    after: str


def foresee_all(
    store: Store, wanted: Looking, progress: Progress | None = None, *, with_unsure: bool = False
) -> Iterator[Foreseen]:
    """What `fix_all` would do; nothing is written. Papers by key. Raises: Cancelled."""
    mending = _Mending(wanted, with_unsure)
    with store.read() as reader:
        ids = ids_by_key(reader, wanted.papers)
    for some in chunks_of(ids, progress or NoProgress(), "Fix"):
        with store.read() as reader:
            syntax = StoredSyntax(reader)
            found = [one for paper in reader.papers(some) for one in _foreseen(paper, mending, syntax)]
        yield from found


def _foreseen(paper: Paper, mending: "_Mending", syntax: StoredSyntax) -> Iterator[Foreseen]:
    if mending.heeds(paper, CheckName.SYNTAX):
        before_text, after_text = syntax.mended_text(paper, with_unsure=mending.with_unsure)
        if after_text:
            yield Foreseen(paper.id, paper.key, "entry", before_text, after_text)
    mended = mending.of(paper)
    for name, value in mended.fields.items():
        before = paper.fields.get(name, FieldValue("", None, Origin.PERSON))
        yield Foreseen(paper.id, paper.key, name, before.source or before.plain, value.source or value.plain)
    if mended.type:
        yield Foreseen(paper.id, paper.key, "type", paper.type, mended.type)
    for role, people in mended.people.items():
        yield Foreseen(paper.id, paper.key, role, paper.people[role].source or "", people.source or "")


@dataclass(frozen=True, slots=True)
class _Mending:
    """What is to be mended in each paper."""

    wanted: Looking
    with_unsure: bool

    def heeds(self, paper: Paper, check: CheckName) -> bool:
        """True for a check that is wanted and not ignored in this paper."""
        return check in self.wanted.checks and check not in parse_ignored(paper.plain(IGNORED_FIELD))

    def of(self, paper: Paper) -> Mended:
        """The fixes of values, of one check after the other, each on what the one before left."""
        left, fields, people = paper, dict[str, FieldValue](), {**paper.people}
        for check in self.wanted.checks:
            found = findings_of(Subject(left, self.wanted.dialect), (check,)) if self.heeds(paper, check) else iter(())
            mended = mend(left, [finding.fix for finding in found if finding.fix and self._is_done(finding.fix)])
            fields |= mended.fields
            people |= mended.people
            kind = mended.type or left.type
            left = replace(left, type=kind, fields={**left.fields, **mended.fields}, people=people)
        changed = {role: value for role, value in people.items() if paper.people.get(role) != value}
        return Mended(fields, changed, left.type if left.type != paper.type else "")

    def _is_done(self, fix: Fix) -> bool:
        """What documents cite a paper by is never changed for many papers at once, and none of them is put away."""
        return fix.field not in {HEAD_KEY, MERGE} and (fix.is_certain or self.with_unsure)


def ignore(store: Store, paper_id: PaperId, check: CheckName, *, reason: str) -> Outcome:
    """Ignores what a check finds in a paper from now on. Raises: InvalidValue without a reason, NotFound."""
    if not parse_line(reason):
        raise InvalidValue("no-reason", "Say in a few words why it is right as it is.", "reason")
    label, name = _label(store, paper_id), CHECKS[check].label
    done = Sentence("check-ignored", f"{name} of {label} is ignored", (name, label))
    step = Step(OperationKind.EDIT, f"Ignore {name} of {label}")
    return change(store, step, lambda writer: _set_ignored(writer, paper_id, check, reason=reason), done=done)


def heed(store: Store, paper_id: PaperId, check: CheckName) -> Outcome:
    """Checks again what was ignored. Raises: NotFound."""
    label, name = _label(store, paper_id), CHECKS[check].label
    done = Sentence("check-heeded", f"{name} of {label} is checked again", (name, label))
    step = Step(OperationKind.EDIT, f"Check {name} of {label} again")
    return change(store, step, lambda writer: _set_ignored(writer, paper_id, check, reason=""), done=done)


def _set_ignored(writer: Writer, paper_id: PaperId, check: CheckName, *, reason: str) -> None:
    paper = _paper(writer, paper_id)
    before = paper.plain(IGNORED_FIELD)
    ignored = parse_ignored(before)
    ignored.pop(check.value, None)
    if reason:
        ignored[check.value] = parse_line(reason)
    text = show_ignored(ignored)
    if text != before:
        writer.set_field(paper_id, IGNORED_FIELD, FieldValue(text, None, Origin.PERSON) if text else None)


def _label(store: Store, paper_id: PaperId) -> str:
    with store.read() as reader:
        return label_of(reader, paper_id)


def _paper(reader: Reader, paper_id: PaperId) -> Paper:
    paper = reader.paper(paper_id)
    if paper is None:
        raise NotFound("no-paper", f"There is no paper {paper_id} in this library any more.", str(paper_id))
    return paper
