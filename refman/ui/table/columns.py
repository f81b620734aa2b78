"""The columns of the paper list, one line each."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from refman.domain.field_values import show_month
from refman.domain.frozen import dataclass
from refman.domain.listing import PaperRow, SortField
from refman.domain.tags import show_tag
from refman.ui.wording import KEY_WAITS

_CUT = " et al."


class Look(Enum):
    """How the cells of a column are painted."""

    ICONS = "icons"
    TITLE = "title"
    TEXT = "text"
    MONO = "mono"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `name` is kept in the settings. `label` is English, translated in the context `Column`. `width` is what it gets
    where there is room, `least` what it can do with, both in px at the base font. `is_wide` shows it in a window of
    the wide layout unless the person chose otherwise, `is_narrow` in a narrower one. `edits` names the field that F2
    edits in place, "" for none.
    """

    name: str
    label: str
    text: Callable[[PaperRow], str]
    width: int
    least: int
    sort: SortField | None = None
    look: Look = Look.TEXT
    is_wide: bool = False
    is_narrow: bool = False
    edits: str = ""
    absent: str = ""
    """What a cell without a value says quietly; English, translated in the context `Key`."""

    def stored(self, row: PaperRow) -> str:
        """The value of the field that F2 edits: months are shown by their names."""
        return row.month if self.edits == "month" else self.text(row)


def _day(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d")


def _status(row: PaperRow) -> str:
    has = (("PDF", row.has_pdf), ("file", row.has_file and not row.has_pdf), ("note", row.has_note))
    return ", ".join(word for word, is_there in has if is_there)


def fit_authors(text: str, fits: Callable[[str], bool]) -> str:
    """As many of the names as fit, ending in "et al.", or in "…" after only one; the text itself where nothing fits."""
    if fits(text):
        return text
    names = text.removesuffix(_CUT).split(", ")
    # Halved and not one by one: each is measured, and there may be hundreds.
    least, beyond = 0, len(names) + 1
    while beyond - least > 1:
        middle = (least + beyond) // 2
        if fits(", ".join(names[:middle]) + _CUT):
            least = middle
        else:
            beyond = middle
    if least:
        return ", ".join(names[:least]) + _CUT
    first = f"{names[0]}, …"
    return first if fits(first) else text


def _venue(row: PaperRow) -> str:
    return row.venue or row.category_code


COLUMNS = (
    Column("status", "Files and notes", _status, 52, 44, look=Look.ICONS, is_wide=True),
    Column("title", "Title", lambda r: r.title, 340, 340, SortField.TITLE, Look.TITLE, True, True, "title"),
    Column("authors", "Authors", lambda r: r.authors, 200, 101, SortField.AUTHORS, is_wide=True, is_narrow=True),
    Column("year", "Year", lambda r: r.year, 68, 60, SortField.YEAR, Look.TEXT, True, True, "year"),
    Column("key", "Key", lambda r: r.key, 206, 116, SortField.KEY, Look.MONO, True, True, "key", KEY_WAITS),
    Column("venue", "Venue", _venue, 120, 54, SortField.VENUE, is_wide=True),
    Column("added", "Added", lambda r: _day(r.added), 92, 92, SortField.ADDED, is_wide=True),
    Column("changed", "Changed", lambda r: _day(r.changed), 92, 92, SortField.CHANGED),
    Column("type", "Type", lambda r: r.type, 104, 64, SortField.TYPE),
    Column("category", "Category", lambda r: r.category_code, 80, 64, SortField.CATEGORY, edits="category_code"),
    Column("month", "Month", lambda r: show_month(r.month), 84, 64, SortField.MONTH, edits="month"),
    Column("score", "Score", lambda r: r.score, 72, 66, SortField.SCORE),
    Column("doi", "DOI", lambda r: r.doi, 170, 90, SortField.DOI, Look.MONO, edits="doi"),
    Column("eprint", "Eprint", lambda r: r.eprint, 110, 90, SortField.EPRINT, Look.MONO, edits="eprint"),
    Column("cited", "Cited", lambda r: f"{r.cited:,}" if r.cited else "", 64, 56),
    Column("tags", "Tags", lambda r: ", ".join(show_tag(tag.name) for tag in r.tags), 150, 80),
)
"""Every column the list can show, in the order they stand in unless the person moved them."""

TITLE_COLUMN = next(i for i, column in enumerate(COLUMNS) if column.name == "title")


def column_named(name: str) -> int | None:
    """The place of a column in `COLUMNS`, None for a name of another version."""
    return next((i for i, column in enumerate(COLUMNS) if column.name == name), None)


def default_names(*, is_wide: bool) -> tuple[str, ...]:
    """The columns shown until the person chooses."""
    return tuple(column.name for column in COLUMNS if (column.is_wide if is_wide else column.is_narrow))
