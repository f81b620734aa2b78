"""Mending slips of syntax and keys in a file: whole entries and their keys, before the values in them are looked at."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from refman.domain.frozen import dataclass
from refman.domain.quality import ENTRY, HEAD_KEY, CheckName
from refman.formats.bibfile.document import Document, Splice, spliced
from refman.formats.bibtex.parts import EntryPart
from refman.services.quality.file_keys import key_splice
from refman.services.quality.file_quality import FileLooking, dialect_of, look_at
from refman.services.quality.found_in_file import FileFinding
from refman.services.quality.slips import mended_entry

_ROUNDS = 4
_OF_ENTRIES = (CheckName.SYNTAX, CheckName.KEY)


@dataclass(frozen=True, slots=True)
class Fixes:
    """The checks whose fixes are wanted; those that are not certain only `with_unsure`."""

    checks: tuple[CheckName, ...]
    with_unsure: bool = False


def readable_document(document: Document, fixes: Fixes, wanted: FileLooking) -> tuple[Document, int]:
    """The document with the fixes of syntax and keys that are wanted, and how many there were.

    Every other part of the file is the same text afterwards; where it would not be, nothing is mended.
    """
    checks = tuple(check for check in _OF_ENTRIES if check in fixes.checks)
    if not checks:
        return document, 0
    looking = FileLooking(checks, wanted.dialect or dialect_of(document), wanted.macros)
    count = 0
    for _ in range(_ROUNDS):
        by_part: dict[int, list[FileFinding]] = defaultdict(list)
        for found in look_at(document, looking):
            fix = found.finding.fix
            if fix is not None and found.part is not None and (fix.is_certain or fixes.with_unsure):
                by_part[found.part.start].append(found)
        mended = [_mended(document, found, with_unsure=fixes.with_unsure) for found in by_part.values()]
        after = spliced(document, [splice for splice, _ in mended])
        if after is document or not _stands(document, after, by_part.keys()):
            break
        document, count = after, count + sum(number for _, number in mended)
    return document, count


def _mended(document: Document, found: Sequence[FileFinding], *, with_unsure: bool) -> tuple[Splice, int]:
    """What becomes of one part, and how many slips that mends; the key waits until the entry can be read."""
    part = found[0].part
    assert part is not None
    slips = [one for one in found if one.finding.fix and one.finding.fix.field == ENTRY]
    if slips:
        problems = [(one.finding.code, one.finding.arguments) for one in slips]
        text, count = mended_entry(document.raw(part), problems, with_unsure=with_unsure)
        return Splice(part.start, part.end, text), count
    key = next((one.finding.fix for one in found if one.finding.fix and one.finding.fix.field == HEAD_KEY), None)
    if key is None or not isinstance(part, EntryPart):
        return Splice(part.start, part.start, ""), 0
    return key_splice(document, part, key.text), 1


def _stands(before: Document, after: Document, changed: Collection[int]) -> bool:
    """True when all parts are there, and those that nobody touched (`changed` are offsets) are the same text.

    Comments behind an entry that could not be read were a part of it.
    """
    firsts, seconds = (
        [part for part in document.parts if isinstance(part, EntryPart) or part.kind != "comment"]
        for document in (before, after)
    )
    return len(firsts) == len(seconds) and all(
        one.start in changed or before.raw(one) == after.raw(other) for one, other in zip(firsts, seconds, strict=True)
    )
