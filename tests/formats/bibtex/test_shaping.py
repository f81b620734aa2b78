"""Papers as an export profile makes them leave; whole entries, as a person would see them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from refman.domain.export_profile import CaseProtection, ExportProfile, Shaping
from refman.domain.paper import FieldValue, Note, NoteId, Paper
from refman.formats.base import ExportContext
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.expanding import expanded
from refman.formats.bibtex.shaping import Shaper
from refman.formats.bibtex.style_file import read_style
from tests.formats.bibtex.bib import EXPORTERS, paper, read_one, stored

STYLE = """
% ENTRY { not this }
ENTRY
  { author title journal year month note }  % what plain prints, shortened
  {}
  { label }
FUNCTION {article} { output.bibitem }
FUNCTION {misc} { skip$ }
Function { ONLINE } { misc }
"""
WHEN = datetime(2026, 11, 22, tzinfo=UTC)


def written(one: Paper, shaping: Shaping | None = None, macros: dict[str, str] | None = None, **answers: object) -> str:
    """The entry by a profile with these answers."""
    profile = ExportProfile(name="test")
    for name, value in answers.items():
        profile = profile.changed(name, value)
    shaping = replace(shaping or Shaping(profile), profile=profile)
    context = ExportContext(macros or {}, shaping=shaping)
    return "".join(EXPORTERS[Dialect(profile.engine)].write([Shaper(shaping).shape(one)], context))


def fields(text: str) -> dict[str, str]:
    """Name to value expression of an entry with a field on each line."""
    lines = [line.strip().rstrip(",") for line in text.splitlines() if " = " in line]
    return {name: value for name, _, value in (line.partition(" = ") for line in lines)}


def styled(**answers: object) -> Shaping:
    style = read_style(STYLE)
    assert style is not None
    return Shaping(ExportProfile(name="test"), style.fields, style.functions)


def test_a_paper_that_a_profile_leaves_alone_is_the_same_object() -> None:
    one = paper(title="T", year="2020", doi="10.1/x")
    assert Shaper(Shaping(ExportProfile(name="test"))).shape(one) is one


def test_private_things_leave_only_when_asked_for() -> None:
    source = (
        "@misc{k, title={T}, file={:/home/me/x.pdf:PDF}, annote={secret}, timestamp={2020}, url={file:///home/me/x},"
        " keywords={kw}}"
    )
    one = replace(stored(read_one(source)), tags=("rl", "kw"), stored_notes=(Note(NoteId(1), "My note", WHEN, WHEN),))
    assert fields(written(one)) == {"title": "{T}", "keywords": "{kw}"}
    assert fields(written(one, tags=True))["keywords"] == "{kw, rl}"
    assert fields(written(one, notes=True))["annote"] == "{secret"  # the empty line of two paragraphs ends the line
    assert "My note" in written(one, notes=True)
    assert {"file", "url"} <= fields(written(one, files=True)).keys()
    assert fields(written(one, kept="title timestamp")) == {"title": "{T}", "timestamp": "{2020}"}


def test_fields_kept_and_left_out() -> None:
    one = paper(title="T", year="2020", abstract="A", journal="J", eprint="1806.03107", primaryclass="cs.LG")
    assert fields(written(one, left_out="abstract, journal")).keys() == {
        *("title", "year", "eprint", "archiveprefix", "primaryclass")
    }
    assert fields(written(one, kept="title eprint")).keys() == {"title", "eprint", "archiveprefix", "primaryclass"}


@pytest.mark.parametrize(
    ("policy", "left"),
    [
        ("both", {"doi": "{10.1/x}", "url": "{https://a.b}"}),
        ("doi-first", {"doi": "{10.1/x}"}),
        ("doi", {"doi": "{10.1/x}"}),
        ("url", {"url": "{https://a.b}"}),
        ("neither", {}),
    ],
)
def test_doi_and_url(policy: str, left: dict[str, str]) -> None:
    assert fields(written(paper(doi="10.1/x", url="https://a.b"), addresses=policy)) == left
    alone = fields(written(paper(doi="10.1/x"), addresses="url"))
    assert alone == {"url": "{https://doi.org/10.1/x}"}
    assert fields(written(paper(url="https://a.b"), addresses="doi-first")) == {"url": "{https://a.b}"}


def test_the_arxiv_id_goes_where_styles_print_it() -> None:
    one = paper(title="T", eprint="1806.03107", primaryclass="cs.LG", note="Draft")
    assert fields(written(one, arxiv="url"))["url"] == "{https://arxiv.org/abs/1806.03107}"
    assert fields(written(one, arxiv="note")) == {"title": "{{T}}", "note": "{Draft, arXiv:1806.03107}"}
    assert fields(written(paper(title="T", eprint="1806.03107"), arxiv="note"))["note"] == "{arXiv:1806.03107}"
    journal = written(one, arxiv="journal")
    assert journal.startswith("@article{") and fields(journal)["journal"] == "{arXiv preprint arXiv:1806.03107}"
    assert fields(written(one, arxiv="nowhere")) == {"title": "{{T}}", "note": "{Draft}"}
    published = paper(title="T", eprint="1806.03107", journal="J", kind="article")
    assert fields(written(published, arxiv="journal"))["journal"] == "{J}"
    other = paper(title="T", eprint="hal-00123", archiveprefix="HAL")
    assert fields(written(other, arxiv="nowhere"))["eprint"] == "{hal-00123}"


def test_journals_and_book_titles_are_shortened() -> None:
    shaping = Shaping(ExportProfile(name="x"), short_names={"journal of foo": "J. Foo", "proc. of bar": "Bar"})
    one = stored(read_one("@article{k, journal = jf, booktitle={Proc. of Bar}}"))
    one = replace(one, fields={**one.fields, "journal": FieldValue("Journal of Foo", "jf")})
    assert fields(written(one, shaping)) == {"journal": "{J. Foo}", "booktitle": "{Bar}"}
    latex = fields(written(one, shaping, engine="biblatex"))
    assert latex == {"journaltitle": "jf", "booktitle": "{Bar}", "shortjournal": "{J. Foo}"}


def test_a_style_says_what_prints_and_which_types_there_are() -> None:
    one = paper(kind="online", title="T", date="2021-05-06", url="https://w.w", doi="10.1/x", crossref="p")
    text = written(one, styled())
    assert text.startswith("@online{")
    assert fields(text) == {"title": "{{T}}", "year": "{2021}", "month": "may", "crossref": "{p}"}
    for kind in ("software", "patent", "inproceedings"):
        assert written(replace(one, type=kind), styled()).startswith("@misc{")
    assert written(one).startswith("@misc{")
    assert "doi = " in written(one, styled(), kept="doi")


def test_what_is_no_style() -> None:
    assert read_style("FUNCTION {article} {}") is None


def test_macros_are_written_out() -> None:
    macros = {"jf": '"Journal of " # foo', "foo": "{Foo}"}
    one = stored(read_one("@article{k, journal = jf, month = mar, note = nobody}"))
    assert fields(written(one, macros=macros, expand_macros=True)) == {
        "journal": "{Journal of Foo}",
        "month": "mar",
        "note": "nobody",
    }
    assert fields(written(one, macros=macros))["journal"] == "jf"
    assert expanded("loop", {"loop": "loop # {x}"}) == "loop"
    assert expanded('jacm # " 3"', {}) == "{Journal of the ACM 3}"
    assert expanded("mar # {~5}", {}) == "mar # {~5}"


def test_braces_in_titles_as_the_profile_says() -> None:
    one = paper(title="ResNets for the Moon in Zürich")
    assert fields(written(one))["title"] == '{{ResNets} for the Moon in Z{\\"u}rich}'
    assert fields(written(one, case_protection="none"))["title"].startswith("{ResNets for")
    text = written(one, case_protection=CaseProtection.LEARNED, protected_words="Moon, Zürich")
    assert fields(text)["title"] == '{{ResNets} for the {Moon} in {Z{\\"u}rich}}'
    assert "{Moon}" not in written(one, protected_words="Moon")
    german = paper(title="Der Mond", language="german")
    assert fields(written(german, case_protection="none"))["title"] == "{{Der Mond}}"


def test_a_doi_that_only_the_address_says_is_not_lost() -> None:
    one = paper(url="https://doi.org/10.1000/qq", urldate="2020-01-01")
    assert fields(written(one, addresses="doi")) == {"doi": "{10.1000/qq}"}
    assert fields(written(paper(url="https://doi.org/10.1/a", doi="10.1/b"), addresses="doi")) == {"doi": "{10.1/b}"}
    assert fields(written(paper(title="T", url="https://a.b"), addresses="doi")) == {"title": "{{T}}"}


def test_an_arxiv_id_that_can_be_no_address_goes_into_the_note() -> None:
    one = paper(title="T", eprint="1806.03107v2")
    assert fields(written(one, styled(), arxiv="url")) == {"title": "{{T}}", "note": "{arXiv:1806.03107v2}"}
    other = paper(title="T", eprint="1806.03107v2", url="https://a.b")
    told = {"title": "{{T}}", "note": "{arXiv:1806.03107v2}", "url": "{https://a.b}"}
    assert fields(written(other, arxiv="url")) == told
    same = paper(title="T", eprint="1806.03107v2", url="https://arxiv.org/abs/1806.03107")
    assert "note" not in fields(written(same, arxiv="url"))
    assert fields(written(same, styled(), arxiv="url"))["note"] == "{arXiv:1806.03107v2}"


def test_the_braces_of_a_title_do_not_depend_on_whether_its_language_leaves() -> None:
    german = paper(title="Der Mond & DNA", language="german", booktitle="Das Buch")
    for left in (
        fields(written(german, left_out="langid, language")),
        fields(written(german, left_out="langid, language", case_protection="none")),
    ):
        assert left == {"title": "{{Der Mond \\& DNA}}", "booktitle": "{{Das Buch}}"}
    assert fields(written(german, styled())) == {"title": "{{Der Mond \\& DNA}}"}
    latex = fields(written(german, engine="biblatex", left_out="langid, language"))
    assert latex == {"title": "{Der Mond \\& DNA}", "booktitle": "{Das Buch}"}


def test_a_subtitle_that_the_style_does_not_print_stands_behind_the_title() -> None:
    one = paper(title="T", subtitle="S")
    assert fields(written(one, styled())) == {"title": "{{T}: {S}}"}
    assert fields(written(one))["subtitle"] == "{{S}}"


def test_a_style_without_date_prints_no_year_that_the_date_does_not_name() -> None:
    read = stored(read_one("@misc{k, title={T}, date={199X}}"))
    assert fields(written(read, styled())) == {"title": "{T}", "year": "{1990--1999}"}
    season = paper(title="a", date="2001-21")
    assert fields(written(season, styled())) == {"title": "{a}", "year": "{2001}", "month": "{Spring}"}
