"""Makes in advance what the first paper needs, a little at a time, so that its first showing is no long block."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from refman.domain.paper import PaperId
from refman.ui.detail.many_selected import ManySelected
from refman.ui.detail.one_paper import OnePaper
from refman.ui.detail.record import Head
from refman.ui.widgets.late import Late

_USUAL_FIELDS = ("type", "key", "year", "journal", "booktitle", "volume", "number", "pages", "doi", "url")
_USUAL_TAGS = 4
_POLISHED = 6
"""Widgets at a time; the stylesheet takes 0.1 to 0.3 ms for one."""


def steps(one: "Late[OnePaper]", many: "Late[ManySelected]") -> Iterator[bool]:
    """Each step takes a few milliseconds and gives True; what somebody needed meanwhile is there and is passed over."""
    # What is needed for it was loaded just now.
    yield True
    one.fill()
    yield True
    one.part.notes.fill()
    yield True
    yield from _first_paper(one.part)
    many.fill()
    yield True
    for page in (one.part, many.part):
        yield from _polish(page)


def _first_paper(page: OnePaper) -> Iterator[bool]:
    if page.is_blank:
        # The first rich text of a process brings fonts and tables with it.
        page.head.show_head(Head(PaperId(0), "…", ("…",)), is_other=True)
        yield True
    for name in _USUAL_FIELDS:
        page.paper_tab.form.prepare(name)
        yield True
    page.paper_tab.tags.prepare(_USUAL_TAGS)
    yield True


def _polish(page: QWidget) -> Iterator[bool]:
    for place, widget in enumerate(page.findChildren(QWidget)):
        widget.ensurePolished()
        if place % _POLISHED == 0:
            yield True
