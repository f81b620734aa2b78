"""The column of citations and the project in the sidebar: both follow the sources."""

from pathlib import Path

import pytest

from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions
from refman.ui.linked.project_sheet import ProjectSheet
from tests.services.linking.thesis import REFS
from tests.ui.main_window.person import Person


@pytest.fixture
def thesis(person: Person, tmp_path: Path) -> Path:
    """A linked project that cites two papers, and one that nobody has."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(REFS)
    (folder / "main.tex").write_text("\\cite{adams2001,baker2002}\n\\citep{adams2001}\n\\cite{unknown99}\n")
    _link(person, folder)
    person.sees_papers(3)
    return folder


def _link(person: Person, folder: Path) -> None:
    done: list[object] = []
    person.context.adapter.work(
        lambda library, _: links_of(library).link(folder / "refs.bib", LinkOptions(project=str(folder))), done.append
    )
    person.sees(lambda: bool(done))
    person.context.adapter.look_for_changes()


def _sees_cited(person: Person, counts: dict[str, str]) -> None:
    person.sees(lambda: dict(zip(person.cells("key"), person.cells("cited"), strict=True)) == counts)


def _badges(person: Person) -> dict[str, str]:
    rows = person.context.sidebar.model
    section = rows.index(0, 0)
    found = [rows.row_of(rows.index(number, 0, section)) for number in range(rows.rowCount(section))]
    return {row.text: row.badge for row in found if row is not None}


def test_the_list_counts_citations_and_follows_the_sources(person: Person, thesis: Path) -> None:
    _sees_cited(person, {"adams2001": "2", "baker2002": "1", "carter2003": ""})
    assert _badges(person) == {"refs.bib": "1 missing", "thesis": "3 cited, 1 missing"}
    (thesis / "main.tex").write_text("\\cite{carter2003}")
    _sees_cited(person, {"adams2001": "", "baker2002": "", "carter2003": "1"})
    person.sees(lambda: _badges(person) == {"refs.bib": "in step", "thesis": "1 cited"})


def test_the_project_of_the_sidebar_opens_what_it_misses(person: Person, thesis: Path) -> None:
    person.sees(lambda: "thesis" in _badges(person))
    person.context.sidebar.link_chosen.emit(str(thesis))
    person.sees(lambda: person.window.findChild(ProjectSheet) is not None)
    sheet = person.window.findChild(ProjectSheet)
    assert isinstance(sheet, ProjectSheet)
    person.sees(lambda: sheet.head.text().startswith("thesis: 3 cited, 1 missing"))
    sheet.close()


def test_the_column_counts_the_project_that_was_looked_at_last(person: Person, thesis: Path) -> None:
    other = thesis.parent / "paper"
    other.mkdir()
    (other / "refs.bib").write_text(REFS)
    (other / "main.tex").write_text("\\cite{carter2003}")
    _link(person, other)
    person.sees(lambda: {"paper", "thesis"} <= _badges(person).keys())
    person.context.sidebar.link_chosen.emit(str(other))
    _sees_cited(person, {"adams2001": "", "baker2002": "", "carter2003": "1"})
    person.context.sidebar.link_chosen.emit(str(thesis))
    _sees_cited(person, {"adams2001": "2", "baker2002": "1", "carter2003": ""})
    for sheet in person.window.findChildren(ProjectSheet):
        sheet.close()
