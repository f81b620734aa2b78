"""The library: what is found, fixes as one step, what is ignored; in memory and in SQLite."""

import pytest

from refman.domain.errors import Cancelled, ConflictError, InvalidValue, NotFound
from refman.domain.paper import Origin, PaperId
from refman.domain.progress import Progress
from refman.domain.quality import IGNORED_FIELD, CheckName
from refman.domain.settings import Settings
from refman.formats.bibtex.dialects import Dialect
from refman.services.library import Library
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_fixes import fix_all, fix_one, heed, ignore
from refman.services.quality.library_quality import Looking, look, look_at_papers
from tests.services.papers import draft, import_texts, paper_of, store_draft

_REFS = """@article{one, author={A. Ask}, title={On DNA &amp; u\u0308ber}, journal={J}, year={2001}, pages={1-2}}
@article{two, author={B. Bow}, title={Two}, journal={J}, year={2002}, pages="3-4", month={March}}
@article{three, author={C & D}, title={TO BE OR NOT}, journal={J}, year={2003}, date={2003/01/02}}
"""
_PAGES = Looking((CheckName.PAGES,))


def _found(library: Library, wanted: Looking = _PAGES) -> list[tuple[str, str]]:
    return [(one.key, one.finding.code) for one in look(library.store, wanted) if one.reason is None]


def _one(library: Library, key: str, check: CheckName) -> PaperFinding:
    return next(one for one in look(library.store, Looking((check,))) if one.key == key)


def test_papers_are_looked_at_by_key(library: Library) -> None:
    import_texts(library, _REFS)
    assert _found(library) == [("one", "pages-form"), ("two", "pages-form")]
    wanted = Looking(papers=library.parse_query("key:two").root)
    assert _found(library, wanted) == [("two", "pages-form"), ("two", "month-macro")]


def test_a_fix_is_one_step_that_is_undone(library: Library) -> None:
    import_texts(library, _REFS)
    outcome = fix_one(library.store, _one(library, "two", CheckName.PAGES), dialect=Dialect.BIBTEX, clock=library.clock)
    assert outcome.message == "Pages of two fixed"
    value = paper_of(library, "two").fields["pages"]
    assert (value.plain, value.source, value.origin) == ("3--4", '"3--4"', Origin.PERSON)
    library.undo()
    assert paper_of(library, "two").fields["pages"].source == '"3-4"'


def test_a_fix_that_fits_no_longer_is_not_done(library: Library) -> None:
    import_texts(library, _REFS)
    found = _one(library, "two", CheckName.PAGES)
    library.edit(found.paper_id, {"pages": "7-9"})
    assert fix_one(library.store, found, dialect=Dialect.BIBTEX, clock=library.clock).is_nothing
    assert paper_of(library, "two").plain("pages") == "7-9"


def test_all_alike_are_one_step(library: Library) -> None:
    import_texts(library, _REFS)
    checks = (CheckName.PAGES, CheckName.HTML, CheckName.NFC, CheckName.CAPITALS, CheckName.MONTH)
    outcome = fix_all(library.store, Looking(checks), clock=library.clock)
    assert outcome.arguments[1] == "2 papers"
    assert paper_of(library, "one").fields["title"].source == "{On {DNA} \\& über}"
    assert paper_of(library, "one").plain("title") == "On DNA & über"
    month = paper_of(library, "two").fields["month"]
    assert (month.plain, month.source) == ("3", "mar")
    assert _found(library, Looking(checks)) == []
    assert fix_all(library.store, Looking(checks), clock=library.clock).is_nothing
    library.undo()
    assert paper_of(library, "one").fields["title"].source == "{On DNA &amp; u\u0308ber}"
    assert len(_found(library)) == 2


def test_a_date_that_is_mended_gives_its_year_month_and_day(library: Library) -> None:
    import_texts(library, "@misc{k, title={T}, date={2003/1/2}}")
    fix_all(library.store, Looking((CheckName.DATE,), dialect=Dialect.BIBLATEX), clock=library.clock)
    paper = paper_of(library, "k")
    assert [paper.plain(name) for name in ("date", "year", "month", "day")] == ["2003-01-02", "2003", "1", "2"]


def test_people_are_read_anew(library: Library) -> None:
    import_texts(library, "@misc{k, title={T}, author={M&uuml;ller, A. and B. Bow}}")
    fix_all(library.store, Looking((CheckName.HTML,)), clock=library.clock)
    people = paper_of(library, "k").people["author"]
    assert people.source == '{M{\\"u}ller, A. and B. Bow}'
    assert [name.family for name in people.names] == ["Müller", "Bow"]


def test_typed_values_are_mended_as_plain_text(library: Library) -> None:
    paper_id = store_draft(library, draft("x <i>y</i> H<sub>2</sub>O &amp; z (", key="k", doi="https://doi.org/10.1/x"))
    fix_all(library.store, Looking((CheckName.HTML,)), clock=library.clock)
    paper = paper_of(library, "k")
    assert (paper.plain("title"), paper.fields["title"].source) == ("x y H₂O & z (", None)
    assert [one.finding.code for one in look_at_papers(library.store, [paper_id], Looking((CheckName.BRACKETS,)))] == [
        "unpaired-bracket"
    ]


@pytest.mark.parametrize("title", ["<sub>x</sub>", "<mml:mi>x</mml:mi>"])
def test_plain_text_that_would_lose_something_stays(library: Library, title: str) -> None:
    store_draft(library, draft(title, key="k"))
    assert fix_all(library.store, Looking((CheckName.HTML,)), clock=library.clock).is_nothing


def test_uncertain_fixes_are_done_one_by_one_only(library: Library) -> None:
    import_texts(library, _REFS)
    assert fix_all(library.store, Looking((CheckName.TITLE_CAPS,)), clock=library.clock).is_nothing
    fix_one(library.store, _one(library, "three", CheckName.TITLE_CAPS), dialect=Dialect.BIBTEX, clock=library.clock)
    assert paper_of(library, "three").plain("title") == "To be or not"


def test_what_is_ignored_is_kept_with_its_reason_and_undone(library: Library) -> None:
    import_texts(library, _REFS)
    paper_id = paper_of(library, "one").id
    ignore(library.store, paper_id, CheckName.PAGES, reason="  as in\nprint; really ")
    assert paper_of(library, "one").plain(IGNORED_FIELD) == "pages: as in print, really"
    assert _found(library) == [("two", "pages-form")]
    assert [one.reason for one in look(library.store, _PAGES)] == ["as in print, really", None]
    fix_all(library.store, _PAGES, clock=library.clock)
    assert paper_of(library, "one").plain("pages") == "1--2"
    assert paper_of(library, "one").fields["pages"].source == "{1-2}"
    assert IGNORED_FIELD not in library.preview(paper_of(library, "one"), "bibtex")
    library.undo()
    heed(library.store, paper_id, CheckName.PAGES)
    assert len(_found(library)) == 2
    assert IGNORED_FIELD not in paper_of(library, "one").fields
    library.undo()
    assert _found(library) == [("two", "pages-form")]


def test_a_reason_is_needed_and_a_paper(library: Library) -> None:
    with pytest.raises(InvalidValue):
        ignore(library.store, PaperId(1), CheckName.PAGES, reason="  ")
    with pytest.raises(NotFound):
        ignore(library.store, PaperId(99), CheckName.PAGES, reason="gone")
    with pytest.raises(NotFound):
        heed(library.store, PaperId(99), CheckName.PAGES)


def test_equal_dois_and_published_preprints_across_the_library(library: Library) -> None:
    one = draft("On it", "A. Ask", key="p", eprint="2001.00001", year="2020")
    two = draft("On it", "A. Ask", key="a", doi="10.1000/x", year="2021")
    three = draft("Other", "B. Bow", key="b", doi="10.1000/X", year="2021")
    for each in (one, two, three):
        store_draft(library, each)
    wanted = Looking((CheckName.DUPLICATE_DOI, CheckName.PREPRINT))
    assert _found(library, wanted) == [("a", "duplicate-doi"), ("b", "duplicate-doi"), ("p", "preprint")]
    library.trash([paper_of(library, "b").id])
    assert _found(library, wanted) == [("p", "preprint")]
    assert look_at_papers(library.store, [paper_of(library, "b").id], wanted) == []


class _Stopped(Progress):
    is_cancelled = True

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Nobody looks."""


def test_stopping_takes_everything_back(library: Library) -> None:
    import_texts(library, _REFS)
    with pytest.raises(Cancelled):
        fix_all(library.store, _PAGES, _Stopped(), clock=library.clock)
    with pytest.raises(Cancelled):
        list(look(library.store, _PAGES, _Stopped()))
    assert paper_of(library, "one").fields["pages"].source == "{1-2}"
    assert library.settings == Settings()


def test_a_key_loses_what_no_engine_takes(library: Library) -> None:
    paper = store_draft(library, draft("One", key="o'ne(b)"))
    wanted = Looking((CheckName.KEY,), dialect=Dialect.BIBLATEX)
    [found] = look(library.store, wanted)
    assert found.finding.fix is not None
    assert (found.finding.fix.text, found.finding.fix.is_certain) == ("oneb", False)
    fix_all(library.store, wanted, clock=library.clock)
    assert paper_of(library, "o'ne(b)").id == paper
    fix_one(library.store, found, dialect=Dialect.BIBLATEX, clock=library.clock)
    assert paper_of(library, "oneb").id == paper
    with library.store.read() as reader:
        assert not reader.key_is_free("o'ne(b)", None)
    library.undo()
    assert paper_of(library, "o'ne(b)").id == paper


def test_a_key_that_another_paper_has_is_not_given_twice(library: Library) -> None:
    store_draft(library, draft("One", key="a b"))
    store_draft(library, draft("Two", key="ab"))
    [found] = look(library.store, Looking((CheckName.KEY,)))
    with pytest.raises(ConflictError, match="ab"):
        fix_one(library.store, found, dialect=Dialect.BIBTEX, clock=library.clock)
    assert paper_of(library, "a b").plain("title") == "One"


@pytest.mark.parametrize(
    ("title", "fixed"),
    [
        ("On things (and more", "On things (and more)"),
        ("On things [1", "On things [1]"),
        ("On things)", "On things"),
        ("On {things", "On {things}"),
        ("(On (things", ""),
        ("(On [things)", ""),
        ("On [things (here]", ""),
        ("On) things", ""),
        ("On $x$ (things", ""),
    ],
)
def test_a_bracket_gets_its_partner_where_there_is_one_place_for_it(library: Library, title: str, fixed: str) -> None:
    store_draft(library, draft(title, key="one"))
    [found] = look(library.store, Looking((CheckName.BRACKETS,)))
    assert (found.finding.fix.text if found.finding.fix else "") == fixed
    if fixed:
        fix_one(library.store, found, dialect=Dialect.BIBTEX, clock=library.clock)
        assert paper_of(library, "one").plain("title") == fixed
        assert list(look(library.store, Looking((CheckName.BRACKETS,)))) == []


_OPEN = "@article{bad,\n  title = {x,\n  year = 2001"


def _broken(library: Library, wanted: Looking | None = None) -> list[tuple[str, int, str, str]]:
    found = [one for one in look(library.store, wanted or Looking()) if one.file]
    return [(one.key, one.line, one.finding.code, one.finding.before) for one in found]


def test_entries_that_could_not_be_read_are_listed_until_they_are_here(library: Library) -> None:
    string = "@string{foo = {x"
    import_texts(library, f"@misc{{ok, title={{T}}}}\n% free text\n\n{_OPEN}\n\n{string}\n")
    told = [("bad", 4, "value-not-closed", _OPEN), ("", 8, "broken-block", string)]
    assert _broken(library) == told
    assert _broken(library, _PAGES) == []
    assert _broken(library, Looking(papers=library.parse_query("key:ok").root)) == []
    import_texts(library, "", "@string{foo = {x}}\n@misc{other, title={Other}, note=foo}\n@misc{bad, title={Mended}}\n")
    assert _broken(library) == []


def test_a_newer_text_of_the_file_counts(library: Library) -> None:
    import_texts(library, "@misc{ok, title={T}}\n@misc{, title = {x,")
    assert [code for _, _, code, _ in _broken(library)] == ["value-not-closed"]
    import_texts(library, "@misc{ok, title={T}}\n@misc{new, title = {x}}\n")
    assert _broken(library) == []


def test_what_could_not_be_read_is_mended_by_no_fix(library: Library) -> None:
    import_texts(library, f"@misc{{ok, title={{T}}}}\n{_OPEN}")
    assert fix_all(library.store, Looking(), clock=library.clock, with_unsure=True).is_nothing
