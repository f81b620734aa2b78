"""A file that says what refman would write differs in nothing, whatever else the library knows of its papers."""

import pytest

from tests.services.linking.thesis import Thesis

_ENTRY = """@misc{weber2017imagination,
  author = {Weber, Theophane and others},
  title = {Imagination {A}ugmented \\& more},
  year = {2017},
  month = jul,
  abstract = {Better on $51$ of 57 games, by $77.1\\%$.},
}
"""


@pytest.fixture
def pasted(thesis: Thesis) -> Thesis:
    """A paper as a pasted page makes it, and a file that refman could have exported."""
    thesis.library.new_paper(
        "misc",
        {
            "key": "weber2017imagination",
            "title": "Imagination Augmented & more",
            "author": "Weber, Theophane and others",
            "year": "2017",
            "month": "7",
            "day": "19",
            "category_code": "LG",
            "primaryclass": "cs.LG",
            "score": "95.5",
            "abstract": "Better on $51$ of 57 games, by $77.1\\%$.",
        },
    )
    thesis.write(_ENTRY)
    return thesis


def test_an_export_that_is_linked_differs_in_nothing(pasted: Thesis) -> None:
    report = pasted.link()
    assert (report.entries, report.added, report.differing) == (1, 0, 0)
    assert pasted.badge == "in step"
    assert not pasted.sync().wrote
    assert pasted.text == _ENTRY


def test_what_the_file_says_otherwise_is_counted_alone(pasted: Thesis) -> None:
    pasted.write(_ENTRY.replace("jul", "aug").replace("2017},", "2017},\n  pages = {3--4},"))
    assert pasted.link().differing == 2
    assert {one.field for one in pasted.links.overlays(pasted.refs)} == {"month", "pages"}


def test_using_the_file_everywhere_takes_nothing_that_no_file_holds(pasted: Thesis) -> None:
    pasted.write(_ENTRY.replace("jul", "aug"))
    pasted.link()
    pasted.links.use_everywhere(pasted.refs, [("", "")])
    paper = pasted.paper("weber2017imagination")
    assert [paper.plain(name) for name in ("month", "day", "category_code", "score")] == ["8", "19", "LG", "95.5"]
    assert paper.plain("abstract") == "Better on $51$ of 57 games, by $77.1\\%$."


@pytest.mark.parametrize(("day", "fields"), [("19", set()), ("20", {"date", "day"})])
def test_a_date_of_biblatex_differs_where_it_is_another_day(pasted: Thesis, day: str, fields: set[str]) -> None:
    pasted.write(_ENTRY.replace("  year = {2017},\n  month = jul,\n", f"  date = {{2017-07-{day}}},\n"))
    pasted.link()
    assert {one.field for one in pasted.links.overlays(pasted.refs)} == fields
