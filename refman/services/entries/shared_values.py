"""Values that many papers share, and the macros that could be made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refman.domain.folding import fold
from refman.domain.listing import Listing
from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.grammar import BRACED_PATTERN
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.text_to_latex import text_to_latex
from refman.services.entries.strings import StringTable

FIELDS = ("journal", "booktitle", "series", "publisher", "institution", "organization", "school", "address")
_CHUNK = 500
_FEWEST = 2
_MOST = 200
_LONGEST_NAME = 12
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "und", "der", "die", "das"}
    | {"et", "de", "la", "le", "les", "des", "du"}
)


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A value that several papers have as text: `tex` without delimiters, `name` the macro that is proposed."""

    field: str
    tex: str
    name: str
    ids: tuple[PaperId, ...]


def shared_values(reader: Reader, progress: Progress) -> list[SharedValue]:
    """The values that most papers share, most first. Cost: reads every paper. Raises: Cancelled."""
    found: dict[tuple[str, str], list[PaperId]] = {}
    for paper_id, draft in _papers(reader, progress):
        for field in FIELDS:
            if tex := shared_tex(draft, field):
                found.setdefault((field, tex), []).append(paper_id)
    shared = sorted(((len(ids), *key) for key, ids in found.items() if len(ids) >= _FEWEST), key=_order)[:_MOST]
    taken = {*STYLE_MACROS, *(one.folded for one in StringTable(reader).definitions)}
    proposals = []
    for _, field, tex in shared:
        name = _free_name(tex, taken)
        taken.add(name)
        proposals.append(SharedValue(field, tex, name, tuple(found[field, tex])))
    return proposals


def shared_tex(draft: Draft, field: str) -> str:
    """What the field says in TeX, blanks made one; "" for none, for what is derived and for a value with macros."""
    value = draft.fields.get(field)
    if value is None or value.is_guess or not value.plain:
        return ""
    source = value.source
    if source is None:
        return text_to_latex(value.plain, Dialect.BIBTEX)
    is_one_text = BRACED_PATTERN.fullmatch(source) or re.fullmatch(r'"[^"{}]*"', source)
    return " ".join(source[1:-1].split()) if is_one_text else ""


def proposed_name(tex: str) -> str:
    """The first letters of the words that mean something (`jmlr`), or the one word there is (`nature`)."""
    words = re.findall(r"[A-Za-z0-9]+", fold(re.sub(r"\\[A-Za-z]+|[{}]", "", tex)))
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    name = telling[0] if len(telling) == 1 else "".join(word[0] for word in telling)
    return re.sub(r"^[0-9]+", "", name)[:_LONGEST_NAME] or "macro"


def _free_name(tex: str, taken: set[str]) -> str:
    base = proposed_name(tex)
    number = 2
    name = base
    while name in taken:
        name, number = f"{base}{number}", number + 1
    return name


def _order(counted: tuple[int, str, str]) -> tuple[int, str, str]:
    count, field, tex = counted
    return -count, field, tex


def _papers(reader: Reader, progress: Progress) -> Iterator[tuple[PaperId, Draft]]:
    ids = [PaperId(number) for number in reader.ids(Listing())]
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        progress.report(start, len(ids), "Values")
        for paper in reader.papers(ids[start : start + _CHUNK]):
            yield paper.id, paper
