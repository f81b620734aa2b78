"""A pasted DOI or arXiv id alone, or several, one a line: each becomes a draft with that field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refman.domain.categories import category_of
from refman.domain.errors import Problem
from refman.domain.field_values import find_arxiv_id, find_doi
from refman.domain.paper import Draft, FieldValue, Span
from refman.formats.base import ImportResult, ReadContext
from refman.formats.link_ids import arxiv_id_of_doi, arxiv_id_of_url, doi_of_url

# No identifier or address of one is longer; whatever is longer is text.
_LONGEST = 300
_PEEK = 20_000
_NEW_STYLE = re.compile(r"\d{2}(\d{2})\.\d{4,5}(?:v\d+)?")
# The stamp on the first page of an arXiv PDF: `arXiv:2605.06651v1 [cs.LG] 7 May 2026`.
_STAMP = re.compile(r"(?P<id>arxiv:\s*\S+)(?:\s+\[(?P<class>[\w.-]+)\])?(?:\s+\d{1,2} \w{3,9} \d{4})?", re.IGNORECASE)
_WRAPPED = re.compile(r"[<(\[“\"'](.*)[>)\]”\"'][.,;]?")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    line: int


class IdentifierImporter:
    """Reads lines of DOIs and arXiv ids, bare, with `doi:` or `arXiv:` in front, or as addresses."""

    name = "identifier"
    label = "DOI or arXiv id"

    def confidence(self, text: str, file_name: str) -> float:
        """1 when every line of the first 20,000 characters is an identifier, less when some are not, else 0."""
        pieces = list(_pieces(text[:_PEEK]))
        known = sum(bool(_fields(piece.text)) for piece in pieces)
        if not known or known * 2 < len(pieces):
            return 0.0
        return 1.0 if known == len(pieces) else 0.5

    def read(self, text: str, context: ReadContext) -> ImportResult:
        """One draft an identifier, in order; a line that is none is a problem. Nothing is looked up."""
        drafts: list[Draft] = []
        problems: list[Problem] = []
        for piece in _pieces(text):
            fields = _fields(piece.text)
            if fields:
                span = Span(piece.start, piece.start + len(piece.text), piece.line)
                drafts.append(Draft("misc", fields=fields, span=span))
            else:
                shown = piece.text[:60]
                sentence = f'Skipped "{shown}": it is neither a DOI nor an arXiv id.'
                problems.append(Problem(piece.line, "no-identifier", sentence, (shown,)))
        return ImportResult(tuple(drafts), problems=tuple(problems))


def _pieces(text: str) -> Iterator[_Piece]:
    """The lines without blanks around them; a line that holds nothing but several identifiers gives each."""
    for line, match in enumerate(re.finditer(r"[^\n\r]*(?:\r\n|\n|\r|\Z)", text), start=1):
        words = list(re.finditer(r"[^\s\ufeff\u200b]+", match.group()))
        if not words:
            continue
        whole = match.group()[words[0].start() : words[-1].end()]
        if len(words) > 1 and not _fields(whole) and all(_fields(word.group()) for word in words):
            yield from (_Piece(word.group(), match.start() + word.start(), line) for word in words)
        else:
            yield _Piece(whole, match.start() + words[0].start(), line)


def _fields(text: str) -> dict[str, FieldValue]:
    """The fields of one identifier; empty when the text is none."""
    if len(text) > _LONGEST:
        return {}
    wrapped = _WRAPPED.fullmatch(text)
    bare = (wrapped[1] if wrapped else text).rstrip(".,;")
    address = bare if "://" in bare else f"https://{bare}"
    doi = doi_of_url(address) or find_doi(bare)
    if doi:
        return {"doi": FieldValue(doi)} | _arxiv(arxiv_id_of_doi(doi))
    stamp = _STAMP.fullmatch(bare)
    arxiv_id = find_arxiv_id(stamp["id"] if stamp else bare) or arxiv_id_of_url(address)
    new_style = _NEW_STYLE.fullmatch(arxiv_id)
    if new_style and not 1 <= int(new_style[1]) <= 12:
        return {}
    return _arxiv(arxiv_id, (stamp["class"] or "") if stamp else "")


def _arxiv(arxiv_id: str, primary_class: str = "") -> dict[str, FieldValue]:
    if not arxiv_id:
        return {}
    fields = {"eprint": FieldValue(arxiv_id), "archiveprefix": FieldValue("arXiv")}
    known = category_of(primary_class).primary_class
    # A code without its archive would be a guess.
    if known and known.lower() == primary_class.lower():
        fields["primaryclass"] = FieldValue(known)
    return fields
