"""A paper's values for formats that know no TeX: plain text, guesses left out, and what has no place there."""

import re
from collections.abc import Collection

from refman.domain.dates import join_date
from refman.domain.errors import Problem
from refman.domain.fields import field_of
from refman.domain.paper import Draft

# What only refman, a BibTeX run or this computer can use; no other format lacks it.
_OURS = frozenset(
    {
        *("category_code", "score", "year", "month", "day", "date", "archiveprefix", "primaryclass", "key", "langid"),
        *("crossref", "xdata", "xref", "related", "ids", "file", "pdf", "shortauthor", "shorteditor"),
    }
)
_PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
_PREPRINTS = frozenset({"misc", "online", "electronic", "www", "unpublished", "preprint"})


def value(paper: Draft, name: str) -> str:
    """The plain text of a field; "" when there is none or it is only a guess."""
    found = paper.fields.get(name)
    return found.plain if found and not found.is_guess else ""


def title(paper: Draft) -> str:
    """Title and subtitle in one."""
    return ": ".join(text for text in (value(paper, "title"), value(paper, "subtitle")) if text)


def publisher(paper: Draft) -> str:
    """Whoever published it: publisher, institution, school, organization; `; ` between several."""
    return "; ".join(dict.fromkeys(text for name in _PUBLISHERS if (text := value(paper, name))))


def publication_date(paper: Draft) -> str:
    """The EDTF date, put together from year, month and day where there is none; the year as written if it is odd."""
    date, year = value(paper, "date"), value(paper, "year")
    if date:
        return date
    month, day = (_number(value(paper, name)) for name in ("month", "day"))
    return join_date(year, month, day if month else "") or year


def _number(text: str) -> str:
    return text if text.isascii() and text.isdigit() else ""


def pages(paper: Draft) -> str:
    """The pages with one hyphen in each range: `7654-7664`."""
    return re.sub(r"\s*(?:-{1,3}|[–—])\s*", "-", value(paper, "pages"))


def eprint(paper: Draft) -> str:
    """`arXiv:2605.06651 [cs.AI]`, as arXiv asks to be cited; another archive's id after its name."""
    identifier = value(paper, "eprint")
    archive = value(paper, "archiveprefix")
    category = value(paper, "primaryclass")
    if not identifier:
        return ""
    return (f"{archive}:" if archive else "") + identifier + (f" [{category}]" if category else "")


def is_preprint(paper: Draft) -> bool:
    """An eprint that was published nowhere else, as far as the paper says."""
    return bool(value(paper, "eprint")) and paper.type.lower() in _PREPRINTS and not value(paper, "journal")


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def losses(paper: Draft, format_label: str, taken: Collection[str]) -> list[Problem]:
    """Why a format that has places only for the fields and roles in `taken` would lose something of the paper."""
    found = []
    if any(people.truncated for people in paper.people.values()):
        text = f"{format_label} cannot say that more authors follow."
        found.append(Problem(0, "cut-list-lost", text, (format_label,)))
    filled = [name for name in paper.fields if value(paper, name)] + [r for r, p in paper.people.items() if p.names]
    lost = [field_of(name).label for name in filled if name not in taken and name not in _OURS]
    if lost:
        names = ", ".join(lost)
        text = f"{format_label} has no place for {names}."
        found.append(Problem(0, "fields-lost", text, (format_label, names)))
    return found
