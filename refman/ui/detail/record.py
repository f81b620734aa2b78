"""What the detail pane shows of one paper, read in one go."""

from refman.domain.categories import category_of
from refman.domain.derived import venue_of, year_of
from refman.domain.frozen import dataclass
from refman.domain.listing import PaperRow, TagBadge
from refman.domain.names import Name, short_list
from refman.domain.paper import Note, Paper, PaperId
from refman.services.library import Library

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Head:
    """The top of the pane. `is_guess` says that the category was not read but chosen among several archives."""

    paper_id: PaperId
    title: str = ""
    authors: tuple[str, ...] = ()
    is_cut: bool = False
    line: str = ""
    is_guess: bool = False
    key: str = ""
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper with its tags as they are painted and its notes, oldest first; `has_draft` says that BibTeX was typed for
    it that is not saved yet."""

    paper: Paper
    head: Head
    badges: tuple[TagBadge, ...] = ()
    notes: tuple[Note, ...] = ()
    has_draft: bool = False


def read_record(library: Library, paper_id: PaperId) -> PaperRecord | None:
    """Reads a paper, also from the trash; None when it is gone."""
    paper = library.paper(paper_id)
    if paper is None:
        return None
    # Late: the first paper is shown without it.
    from refman.services.entries.typed_drafts import draft_path

    rows = library.rows([paper_id])
    has_draft = draft_path(library.location, paper_id).is_file()
    # Here, on a lane: a paper may have 100,000 authors.
    return PaperRecord(paper, head_of(paper), rows[0].tags if rows else (), tuple(library.notes(paper_id)), has_draft)


def head_of_row(row: PaperRow) -> Head:
    """What the list knows already, so that no wrong paper is seen while the rest is read."""
    line = SEPARATOR.join(part for part in (row.year, row.venue or row.category_code) if part)
    names = tuple(name for name in row.authors.removesuffix(" et al.").split(", ") if name)
    return Head(row.id, row.title, names, row.authors.endswith(" et al."), line, False, row.key, row.has_file)


def head_of(paper: Paper) -> Head:
    """The head of a whole paper."""
    people = paper.people.get("author")
    names = tuple(name.display for name in people.names) if people else ()
    category, is_guess = _category(paper)
    parts = (_year(paper), venue_of(paper), category, _identifier(paper))
    return Head(
        paper.id,
        paper.plain("title"),
        names,
        bool(people and people.truncated),
        SEPARATOR.join(part for part in parts if part),
        is_guess,
        paper.key,
        bool(paper.attachments),
    )


def shown_names(names: tuple[Name, ...], *, is_cut: bool) -> str:
    """People on one line, for a field that is edited in a dialog."""
    if not names:
        return ""
    if len(names) > 8:
        return short_list(names, truncated=is_cut, most=8)
    return ", ".join(name.display for name in names) + (" et al." if is_cut else "")


def _year(paper: Paper) -> str:
    year = year_of(paper)
    return "" if year is None else str(year)


def _category(paper: Paper) -> tuple[str, bool]:
    read = paper.fields.get("primaryclass")
    if read and read.plain:
        return (f"{read.plain}?", True) if read.is_guess else (read.plain, False)
    code = paper.plain("category_code")
    meant = category_of(code) if code else None
    if meant is None or not meant.primary_class:
        return code, False
    return (f"{meant.primary_class}?", True) if meant.is_guess else (meant.primary_class, False)


def _identifier(paper: Paper) -> str:
    if eprint := paper.plain("eprint"):
        archive = paper.plain("archiveprefix") or "arXiv"
        return f"{archive}:{eprint}"
    doi = paper.plain("doi")
    return f"doi:{doi}" if doi else ""
