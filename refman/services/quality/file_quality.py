"""The quality of a .bib, entry by entry, with the place of everything that is found: a document in, findings out."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from refman.domain.errors import Problem
from refman.domain.paper import Draft
from refman.domain.quality import CheckName, Finding, Severity
from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibfile.markers import has_markers
from refman.formats.bibtex.commented import entries_in_comment
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.inheritance import nested_crossrefs, parents_otherwise, with_inherited
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.origin_dialect import DialectSigns
from refman.formats.bibtex.parts import EntryPart, OtherPart, Part, read_entry
from refman.formats.bibtex.values import evaluate
from refman.services.duplicates import traits_of
from refman.services.quality.checks import CHECKS, findings_of
from refman.services.quality.file_keys import with_key_fixes
from refman.services.quality.fixing import field_part
from refman.services.quality.found_in_file import FileFinding
from refman.services.quality.slips import fix_of_entry
from refman.services.quality.subjects import Subject
from refman.services.quality.together import of_file

_LINE_END = re.compile(r"\r\n|\r|\n")
_DIRECTIVE = re.compile(r"refman-lint:\s*ignore\s+([a-z, -]+)", re.IGNORECASE)
_MARKER = re.compile(r"^<{7,} ", re.MULTILINE)
# Checks of their own look at these.
_LEFT = frozenset({"bad-date", "undefined-month", "no-key"})
_READ_OTHERWISE = frozenset(
    {"duplicate-field", "undefined-macro", "empty-name", "odd-separator", "too-many-commas", "comma-at-end",
     "odd-others", "key-with-blanks", "year-overruled", "entry-in-comment", "text-behind-entry",
     "nested-crossref", "parent-otherwise"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileLooking:
    """What is looked for in a file; without a dialect in that of the file. `macros` are those of files before it."""

    checks: tuple[CheckName, ...] = tuple(CHECKS)
    dialect: Dialect | None = None
    macros: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _File:
    """A document read once for all checks; `drafts[i]` belongs to `entries[i]`."""

    document: Document
    entries: Sequence[EntryPart]
    drafts: Sequence[Draft]
    problems: Sequence[tuple[Part, Problem]]
    ignored: Mapping[int, frozenset[str]]
    """By the offset of the entry."""
    dialect: Dialect

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.document.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1 on."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def ids(self) -> Iterator[EntryId]:
        """The ids of the entries in order."""
        yield from self.document.by_id


@dataclass(slots=True)
class _Reading:
    macros: dict[str, str]
    entries: list[EntryPart] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[tuple[Part, Problem]] = field(default_factory=list)
    signs: DialectSigns = field(default_factory=DialectSigns)
    ignored: dict[int, frozenset[str]] = field(default_factory=dict)

    def take(self, document: Document, part: Part, above: Part | None) -> None:
        """One part; an `@string` counts from here on, as in BibTeX."""
        if isinstance(part, EntryPart):
            draft, problems = read_entry(part, self.macros)
            self.entries.append(part)
            self.drafts.append(draft)
            self.problems += [(part, problem) for problem in problems]
            if part.block is not None:
                self.signs.take_entry(part.block)
            if above is not None and (checks := _directive(document, above, part)):
                self.ignored[part.start] = checks
            return
        self.problems += [(part, problem) for problem in part.problems]
        if part.kind == "string":
            self.macros[part.name.lower()] = evaluate(part.value, self.macros).tex
        elif part.kind == "comment":
            self._take_comment(document.raw(part), part)

    def _take_comment(self, raw: str, part: OtherPart) -> None:
        self.signs.take_comment(raw)
        if raw.startswith("@") and (commented := entries_in_comment(raw, part.line)):
            self.problems.append((part, commented))


def look_at(document: Document, wanted: FileLooking | None = None) -> list[FileFinding]:
    """Everything that is found, by place. Linear in the size of the file."""
    wanted = wanted or FileLooking()
    file = _read(document, wanted)
    found = [*_syntax(file), *_of_entries(file, wanted.checks), *_twice(file)]
    kept = with_key_fixes(document, file.drafts, [one for one in found if one.finding.check in wanted.checks])
    return sorted(kept, key=lambda one: (one.line, one.column))


def dialect_of(document: Document) -> Dialect:
    """The dialect a file is written in; one that does not tell is BibTeX's."""
    return _read(document, FileLooking()).dialect


def _read(document: Document, wanted: FileLooking) -> _File:
    reading = _Reading({**STYLE_MACROS, **wanted.macros})
    above: Part | None = None
    for part in document.parts:
        reading.take(document, part, above)
        above = part
    data = [draft for draft in reading.drafts if draft.type == "xdata"]
    drafts = with_inherited(reading.drafts, data)
    dialect = wanted.dialect or reading.signs.dialect or Dialect.BIBTEX
    parents = nested_crossrefs if dialect is Dialect.BIBTEX else parents_otherwise
    reading.problems += [(reading.entries[place], problem) for place, problem in parents(reading.drafts)]
    return _File(document, reading.entries, drafts, reading.problems, reading.ignored, dialect)


def _directive(document: Document, above: Part, entry: EntryPart) -> frozenset[str]:
    """The checks that the comment right above an entry asks to leave out."""
    if not isinstance(above, OtherPart) or above.kind != "comment":
        return frozenset()
    if len(_LINE_END.findall(document.text, above.end, entry.start)) > 1:
        return frozenset()
    named = _DIRECTIVE.findall(document.raw(above))
    return frozenset(name.strip().lower() for names in named for name in names.replace(" ", ",").split(","))


def _syntax(file: _File) -> Iterator[FileFinding]:
    if has_markers(file.document.text) and (marker := _MARKER.search(file.document.text)):
        message = "Conflict markers of a merge stand in the file: settle it first."
        line, column = file.place(marker.start())
        yield FileFinding(line, column, "", Finding(CheckName.SYNTAX, Severity.ERROR, "", "conflict-markers", message))
    for part, problem in file.problems:
        check = CheckName.DATE if problem.code == "year-overruled" else CheckName.SYNTAX
        if problem.code in _LEFT or check.value in file.ignored.get(part.start, ()):
            continue
        severity = Severity.WARNING if problem.code in _READ_OTHERWISE else Severity.ERROR
        raw = file.document.raw(part)
        fix = fix_of_entry(raw, (problem.code, problem.arguments))
        before = raw if fix else ""
        finding = Finding(check, severity, "", problem.code, problem.message, problem.arguments, before, fix)
        key = part.key if isinstance(part, EntryPart) else ""
        yield FileFinding(problem.line, _column(file, part, problem.line), key, finding, part=part)


def _column(file: _File, part: Part, line: int) -> int:
    """That of the part, or of the field of the entry that begins on this line."""
    if isinstance(part, EntryPart) and line != part.line:
        places = (file.place(one.start) for one in part.fields)
        return next((column for number, column in places if number == line), 1)
    return file.place(part.start)[1]


def _of_entries(file: _File, checks: Sequence[CheckName]) -> Iterator[FileFinding]:
    together: Sequence[Sequence[Finding]] = [()] * len(file.entries)
    if {CheckName.DUPLICATE_DOI, CheckName.PREPRINT} & set(checks):
        traits = [traits_of(draft) for draft in file.drafts]
        together = of_file(traits, [draft.plain("doi") for draft in file.drafts])
    rows = zip(file.ids(), file.entries, file.drafts, together, strict=True)
    for entry_id, entry, draft, beside in rows:
        ignored = file.ignored.get(entry.start, frozenset())
        subject = Subject(draft, file.dialect, is_entry=True)
        for finding in (*findings_of(subject, checks), *beside):
            if finding.check.value not in ignored:
                line, column = file.place(_offset(entry, finding.field))
                yield FileFinding(line, column, entry.key, finding, entry_id, entry)


def _offset(entry: EntryPart, name: str) -> int:
    """Where the value of the field begins, the key, the type, or the entry."""
    if not entry.is_sound or name == "":
        return entry.start
    if name in {"key", "type"}:
        return entry.key_start if name == "key" else entry.type_start
    part = field_part(entry, name)
    return part.value_start if part else entry.start


def _twice(file: _File) -> Iterator[FileFinding]:
    """Keys that stand twice; BibTeX stops at one in another case too."""
    first: dict[str, EntryPart] = {}
    for entry in file.entries:
        if not entry.key:
            continue
        one = first.setdefault(entry.key.lower(), entry)
        if one is entry or CheckName.KEY.value in file.ignored.get(entry.start, ()):
            continue
        is_same = one.key == entry.key
        severity = Severity.ERROR if is_same or file.dialect is Dialect.BIBTEX else Severity.WARNING
        said = f"The key {entry.key} stands on line {one.line} already" + ("." if is_same else f", as {one.key}.")
        line, column = file.place(entry.key_start if entry.is_sound else entry.start)
        arguments = (entry.key, str(one.line), one.key)
        finding = Finding(CheckName.KEY, severity, "key", "duplicate-key", said, arguments, entry.key)
        yield FileFinding(line, column, entry.key, finding, part=entry)
