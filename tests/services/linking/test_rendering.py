"""Papers as entries of files of different houses."""

import pytest

from refman.services.entries.facade import entries_of
from refman.services.linking.linking import LinkOptions
from tests.services.linking.thesis import REFS, Thesis

_BIBLATEX = """@article{a2001,
  author = {Adams, Ann},
  title = {On Things},
  journaltitle = {Nature},
  date = {2001-05},
}
"""


def test_a_biblatex_file_keeps_its_names(thesis: Thesis) -> None:
    thesis.write(_BIBLATEX)
    thesis.link()
    thesis.edit("a2001", journal="Science", year="2002")
    thesis.sync()
    assert thesis.text == _BIBLATEX.replace("Nature", "Science").replace("2001-05", "2002-05")
    assert thesis.badge == "in step"


def test_a_new_entry_of_a_biblatex_file_uses_its_dialect(thesis: Thesis) -> None:
    thesis.write(_BIBLATEX)
    fields = {"title": "Ünder", "journal": "J", "year": "2003", "month": "4", "key": "new", "authors": "Zed, Z."}
    thesis.library.new_paper("article", fields)
    thesis.library.tag([thesis.paper("new").id], ["x"])
    thesis.link(LinkOptions("tag:x"))
    thesis.sync()
    assert "journaltitle = {J}" in thesis.text
    assert "date = {2003-04}" in thesis.text
    assert "title = {Ünder}" in thesis.text


def test_macros_of_the_file_are_used_for_new_entries(linked: Thesis) -> None:
    fields = {"title": "Things", "journal": "Journal of Machine Learning Research", "year": "2003", "key": "new"}
    linked.library.new_paper("article", fields)
    linked.library.tag([linked.paper("new").id], ["x"])
    linked.link(LinkOptions("tag:x"))
    linked.sync()
    assert "@article{new,\n  title = {Things},\n  journal = jmlr,\n  year = 2003,\n}" in linked.text


def test_keys_that_the_file_has_already_get_a_letter(linked: Thesis) -> None:
    linked.library.new_paper("misc", {"title": "T", "key": "Adams2001x"})
    linked.library.tag([linked.paper("Adams2001x").id], ["x"])
    linked.replace("carter2003", "adams2001X")
    linked.sync()
    linked.link(LinkOptions("tag:x"))
    linked.sync()
    assert "@misc{Adams2001xa," in linked.text


@pytest.mark.parametrize("direction", ["mine", "theirs"])
def test_types_and_people_follow_both_ways(linked: Thesis, direction: str) -> None:
    if direction == "mine":
        linked.edit("carter2003", type="book", authors="Carter, Carl and others")
        linked.sync()
        assert linked.text == REFS.replace("@misc{carter", "@book{carter").replace(
            "Carter, Carl", "Carter, Carl and others"
        )
    else:
        linked.write(REFS.replace("@misc{carter", "@book{carter").replace("Carter, Carl", "Carter, Carl and others"))
        linked.sync()
        paper = linked.paper("carter2003")
        assert (paper.type, paper.people["author"].truncated) == ("book", True)
    assert linked.badge == "in step"


def test_conflicts_of_people_and_types_are_shown_as_people_read_them(linked: Thesis) -> None:
    linked.edit("carter2003", type="book", authors="Carter, Charles")
    linked.write(REFS.replace("@misc{carter", "@report{carter").replace("Carter, Carl", "{The Team} and others"))
    clashes = {one.field: (one.base, one.mine, one.theirs) for one in linked.plan().clashes}
    assert clashes == {
        "author": ("Carter, Carl", "Carter, Charles", "The Team and others"),
        "@type": ("misc", "book", "report"),
    }


def test_the_year_of_a_date_that_was_read_changes_everywhere(thesis: Thesis) -> None:
    thesis.write(_BIBLATEX)
    thesis.link()
    thesis.edit("a2001", year="2002")
    paper = thesis.paper("a2001")
    assert (paper.plain("year"), paper.plain("date")) == ("2002", "2002-05")
    assert "date = {2002-05}" in thesis.library.export_text([paper.id], "biblatex")


def test_a_macro_that_only_the_library_knows_is_written_out_in_a_file_without_macros(thesis: Thesis) -> None:
    thesis.write(REFS.partition("\n\n")[2].replace("jmlr", "{JMLR}"))
    thesis.link()
    entries_of(thesis.library).edit_strings.make("pr", "publisher", "Press", ids=[thesis.paper("baker2002").id])
    thesis.edit("baker2002", title="Other Matters")
    thesis.sync()
    assert "publisher = {Press}" in thesis.text and "title = {Other Matters}" in thesis.text
    assert "@string" not in thesis.text


_BOTH = """@article{a2001,
  author = {Adams, Ann},
  year = 2001,
  month = may,
  number = {},
  date = {2001-05-07},
}
"""


def test_an_entry_with_both_kinds_of_dates_keeps_both(thesis: Thesis) -> None:
    thesis.write(_BOTH)
    thesis.link()
    thesis.edit("a2001", month="3")
    thesis.sync()
    assert thesis.text == _BOTH.replace("may", "mar").replace("-05-", "-03-")
    thesis.library.undo()
    thesis.sync()
    assert thesis.text == _BOTH


@pytest.mark.parametrize("month", ["{December}", '"dec."', 'dec # "~4"', '""'])
def test_a_month_stays_as_it_was_read(thesis: Thesis, month: str) -> None:
    text = f"@misc{{a2001,\n  month = {month},\n  year = 2001,\n}}\n"
    thesis.write(text)
    thesis.link()
    thesis.edit("a2001", year="2002")
    thesis.sync()
    assert thesis.text == text.replace("2001,\n}", "2002,\n}")
