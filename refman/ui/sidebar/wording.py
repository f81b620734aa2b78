"""The words of the sidebar, in the language of the window."""

from collections.abc import Callable

from refman.ui.filter_state import Place
from refman.ui.sidebar.rows import Section, Wording


def wording_of(tr: Callable[[str], str]) -> Wording:
    """Its headings, in their order, its fixed rows and its hint; `tr` translates."""
    return Wording(
        sections={
            Section.LINKED: tr("Linked files"),
            Section.LIBRARY: tr("Library"),
            Section.SEARCHES: tr("Saved searches"),
            Section.TAGS: tr("Tags"),
            Section.AUTHORS: tr("Authors"),
        },
        places={
            Place.ALL: tr("All papers"),
            Place.UNTAGGED: tr("Untagged"),
            Place.TRASH: tr("Trash"),
        },
        no_tags=tr("Ctrl+T tags a paper"),
    )
