"""A whole paper as people read it in a terminal."""

import shutil
import textwrap
from collections.abc import Iterator

from refman.domain.dates import join_date
from refman.domain.field_values import show_month
from refman.domain.fields import FIELDS, field_of
from refman.domain.paper import Paper
from refman.domain.tags import show_tag

_LABEL_WIDTH = 14
_WIDEST = 100
_DATE_FIELDS = ("year", "month", "day", "date")


def paper_text(paper: Paper) -> str:
    """Everything known of a paper, a line or paragraph a field, without a newline at the end."""
    heading = f"{paper.key or f'id={paper.id} (no citation key yet)'}  [{paper.type}, paper {paper.id}]"
    trashed = " (in the trash)" if paper.trashed else ""
    lines = [_line(label, text) for label, text in (*_fields(paper), *_surroundings(paper))]
    notes = [f"\nNote {note.id}:\n{textwrap.indent(note.text, '  ')}" for note in paper.stored_notes]
    return "\n".join([heading + trashed, *lines, *notes])


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    others = sorted(name for name in (*paper.fields, *paper.people) if name not in FIELDS)
    for name in (*FIELDS, *others):
        text = _date(paper) if name == "year" else _text(paper, name)
        if text and (name == "year" or name not in _DATE_FIELDS):
            yield "Date" if name == "year" else field_of(name).label, text


def _text(paper: Paper, name: str) -> str:
    people = paper.people.get(name)
    if people and people.names:
        return ", ".join(person.display for person in people.names) + (" et al." if people.truncated else "")
    value = paper.fields.get(name)
    if not value or not value.plain:
        return ""
    return field_of(name).show(value.plain) + (" (a guess)" if value.is_guess and name != "score_date" else "")


def _date(paper: Paper) -> str:
    year, month, day = paper.plain("year"), paper.plain("month"), paper.plain("day")
    if paper.plain("date"):
        return paper.plain("date")
    if month.isdigit() and (not day or day.isdigit()):
        return join_date(year, month, day) or " ".join(part for part in (year, month, day) if part)
    return " ".join(part for part in (year, show_month(month), day) if part)


def _surroundings(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.tags:
        yield "Tags", ", ".join(show_tag(tag) for tag in paper.tags)
    for attachment in paper.attachments:
        yield "File", attachment.title if attachment.is_stored else attachment.path
    for place in paper.came_from:
        yield "Read from", f"{place.source_name}, line {place.span.line}"
    for label, moment in (("Added", paper.added), ("Changed", paper.changed)):
        yield label, moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _line(label: str, text: str) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    paragraphs = text.splitlines() or [""]
    wrapped = [
        textwrap.fill(
            paragraph,
            width=max(width, 2 * _LABEL_WIDTH),
            initial_indent=f"{label + ':':<{_LABEL_WIDTH}} " if place == 0 else " " * (_LABEL_WIDTH + 1),
            subsequent_indent=" " * (_LABEL_WIDTH + 1),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for place, paragraph in enumerate(paragraphs)
    ]
    return "\n".join(wrapped)
