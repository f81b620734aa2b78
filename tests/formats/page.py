"""The real author page, what it means, and ways to write it as other browsers and editors would."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from refman.domain.names import parse_name
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.base import ImportResult, ReadContext
from refman.formats.profile import ProfileImporter

DATA = Path(__file__).parent.parent / "data" / "profile"
PAGE = (DATA / "lars-buesing.txt").read_bytes().decode("utf-8")
CAPTURED = date(2026, 11, 22)
HEAD = PAGE[: PAGE.index("95.5AIMay 7")]


@dataclass(frozen=True, slots=True)
class PagePaper:
    """A paper as the page shows it: four lines and what they mean."""

    header: str
    title: str
    authors: str
    abstract: str
    draft: Draft

    @property
    def lines(self) -> list[str]:
        """The paper as it is copied."""
        return [self.header, self.title, "", self.authors, "", self.abstract]


def read(text: str, *, captured_on: date = CAPTURED) -> ImportResult:
    """What the importer makes of a text."""
    return ProfileImporter().read(text, ReadContext(captured_on))


def without_spans(result: ImportResult) -> list[Draft]:
    """The drafts without their places, to compare texts in which the same papers stand elsewhere."""
    return [bare(draft) for draft in result.drafts]


def bare(draft: Draft) -> Draft:
    """The draft without its place."""
    return Draft(draft.type, draft.key, draft.fields, draft.people, draft.tags, draft.notes)


def codes(result: ImportResult) -> list[str]:
    """The codes of the problems in order."""
    return [problem.code for problem in result.problems]


def _expected() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "lars-buesing.expected.json").read_text("utf-8"))
    return loaded


EXPECTED = _expected()
# math.CV exists beside cs.CV, so that code alone is a guess; no other one on this page is shared.
_SHARED = frozenset({"CV"})


def _draft(paper: dict[str, Any]) -> Draft:
    fields = {
        "title": FieldValue(paper["title"]),
        "year": FieldValue(str(paper["year"])),
        "month": FieldValue(str(paper["month"])),
        "day": FieldValue(str(paper["day"])),
        "abstract": FieldValue(paper["abstract"]),
        "category_code": FieldValue(paper["category_code"]),
        "primaryclass": FieldValue(paper["primary_class"], is_guess=paper["category_code"] in _SHARED),
    }
    if paper["score"] is not None:
        fields["score"] = FieldValue(str(paper["score"]))
    names = tuple(parse_name(name) for name in paper["authors"])
    return Draft("misc", fields=fields, people={"author": People(names, paper["authors_truncated"])})


def _papers() -> list[PagePaper]:
    blocks = PAGE.removeprefix(HEAD).split("\n\n")
    found = []
    for index, paper in enumerate(EXPECTED["papers"]):
        header, _, title = blocks[3 * index].partition("\n")
        found.append(PagePaper(header, title, blocks[3 * index + 1], blocks[3 * index + 2].strip(), _draft(paper)))
    return found


PAPERS = _papers()
DRAFTS = [paper.draft for paper in PAPERS]
