import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.domain.sources import Block
from refman.formats.base import ImportResult
from refman.formats.bibtex.importer import BibtexImporter
from tests.formats.bibtex.bib import (
    BIBLATEX,
    BIBTEX,
    DATA,
    EXPORTERS,
    exported,
    read,
    read_field,
    read_one,
    stored,
    write,
)


def test_an_entry_becomes_a_draft_with_sources_and_place() -> None:
    text = (
        "\n@Article{Doe2020,\n  Author = {Doe, Jane and others},\n  title = {The {DNA} of \\'E},\n  month = may,\n}\n"
    )
    assert read(text) == ImportResult(
        drafts=(
            Draft(
                type="article",
                key="Doe2020",
                fields={
                    "title": FieldValue("The DNA of É", "{The {DNA} of \\'E}"),
                    "month": FieldValue("5", "may"),
                },
                people={
                    "author": People((Name("Jane", family="Doe"),), truncated=True, source="{Doe, Jane and others}")
                },
                span=Span(1, len(text) - 1, 2),
            ),
        )
    )


def test_what_is_no_entry_is_kept_verbatim_with_its_place() -> None:
    text = '% free\n@STRING{Jml = "J" # { M}}\n@preamble{"x"}\n@comment{c}\n@a{k, t={'
    assert read(text).blocks == (
        Block("other", "", "", "% free", Span(0, 6, 1)),
        Block("string", "Jml", '"J" # { M}', '@STRING{Jml = "J" # { M}}', Span(7, 32, 2)),
        Block("preamble", "", "", '@preamble{"x"}', Span(33, 47, 3)),
        Block("comment", "", "", "@comment{c}", Span(48, 59, 4)),
        Block("other", "", "", "@a{k, t={", Span(60, 69, 5)),
    )


@pytest.mark.parametrize(
    ("name", "source", "plain"),
    [
        ("journal", "JMLR", "Journal of Machine Learning Research"),
        ("journal", 'jmlr # " (B)"', "Journal of Machine Learning Research (B)"),
        ("journal", 'jcss # " B"', "Journal of Computer and System Sciences B"),
        ("journal", "{\\apj}", "Astrophysical Journal"),
        ("journal", "{\\myjournal}", "\\myjournal"),
        ("ranking", "{rank3}", "3"),
        ("url", "{http://x/a%20b_c?d=1\\&e=\\~f}", "http://x/a%20b_c?d=1&e=~f"),
        ("url", "{{\\url{http://a.b/c_d}}}", "http://a.b/c_d"),
        ("doi", "{https://doi.org/10.1000/x\\_y}", "10.1000/x_y"),
        ("eprint", "{arXiv:1707.06203v2}", "1707.06203v2"),
        ("file", "{:C\\:\\\\a_b.pdf:PDF}", ":C\\:\\\\a_b.pdf:PDF"),
        ("pages", "{12--34}", "12--34"),
        ("pages", "{12–34}", "12--34"),
        ("year", "{{\\noopsort{1973b}}1981}", "1981"),
        ("year", "{in press}", "in press"),
        ("abstract", "{One\n  line.\n\nTwo.}", "One line.\n\nTwo."),
        ("note", "{One\n\nTwo}", "One Two"),
        ("primaryclass", "{id='math.CO' full_name='Combinatorics'}", "math.CO"),
        ("crossref", "{a_b}", "a_b"),
        ("note+a", "{N}", "N"),
    ],
)
def test_plain_values(name: str, source: str, plain: str) -> None:
    text = f'@string{{jmlr = "Journal of Machine Learning Research"}}\n@misc{{k, {name} = {source}}}'
    assert read_one(text).fields[name] == FieldValue(plain, source)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Journaltitle", "journal"),
        ("location", "address"),
        ("eprinttype", "archiveprefix"),
        ("archivePrefix", "archiveprefix"),
        ("eprintclass", "primaryclass"),
        ("DOI", "doi"),
        ("date-added", "date-added"),
    ],
)
def test_fields_have_one_name_whatever_the_dialect(name: str, stored: str) -> None:
    assert list(read_one(f"@misc{{k, {name} = {{x}}}}").fields) == [stored]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("month = jan", {"month": "1"}),
        ('month = "10~" # jan', {"month": "1", "day": "10"}),
        ("month = {January 10}", {"month": "1", "day": "10"}),
        ("month = {05}", {"month": "5"}),
        ("month = {Sept.}", {"month": "9"}),
        ("month = sept", {"month": "9"}),
        ('month = aug # "\\slash " # sep', {"month": "August/September"}),
        ("date = {2026-05-07}", {"date": "2026-05-07", "year": "2026", "month": "5", "day": "7"}),
        ("date = {2026}", {"date": "2026", "year": "2026"}),
        ("date = {1999-10/2000-02}", {"date": "1999-10/2000-02", "year": "1999", "month": "10"}),
        ("date = {2004-22}", {"date": "2004-22", "year": "2004"}),
        ("date = {2012~}", {"date": "2012~", "year": "2012"}),
        ("date = {199X}", {"date": "199X", "year": "1990"}),
        ("date = {2004-07-XX}", {"date": "2004-07-XX", "year": "2004", "month": "7"}),
        ("date = {2004-XX-XX}", {"date": "2004-XX-XX", "year": "2004"}),
        ("date = {y17000}", {"date": "y17000"}),
        ("date = {2020-05-07T12:00:00Z}", {"date": "2020-05-07T12:00:00Z", "year": "2020", "month": "5", "day": "7"}),
        ("date = {2026-05-07}, year = 2025", {"date": "2026-05-07", "year": "2026", "month": "5", "day": "7"}),
        ("date = {May 2020}", {"date": "May 2020"}),
    ],
)
def test_dates(fields: str, expected: dict[str, str]) -> None:
    draft = read_one(f"@misc{{k, {fields}}}")
    assert {name: value.plain for name, value in draft.fields.items()} == expected


def test_a_year_that_a_date_overrules_has_no_source() -> None:
    draft = read_one("@misc{k, date = {2026-05-07}, year = 2025}")
    assert (draft.fields["year"], draft.fields["date"]) == (
        FieldValue("2026"),
        FieldValue("2026-05-07", "{2026-05-07}"),
    )


def test_an_arxiv_id_in_another_field_is_a_guess() -> None:
    draft = read_one("@article{k, journal = {arXiv preprint arXiv:1806.03107}}")
    assert draft.fields["eprint"] == FieldValue("1806.03107", is_guess=True)
    corr = read_one("@article{k, journal = {CoRR}, volume = {abs/hep-th/9711200}}")
    assert corr.fields["eprint"].plain == "hep-th/9711200"
    assert "eprint" not in read_one("@article{k, journal = {abs}, doi = {10.1/12345.67891}}").fields


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("@a{k, t={1}, t={2}}", [(1, "duplicate-field", ("t",))]),
        ("@a{k, journal={1},\n journaltitle={2}}", [(2, "duplicate-field", ("journaltitle",))]),
        ("@a{k, t={1}}\n@a{K, t={2}}", [(2, "duplicate-key", ("K", "1"))]),
        ("@a{k, t={1}}@a{k, t={2}}", [(1, "duplicate-key", ("k", "1"))]),
        ("@a{k,\n t=nosuch}", [(2, "undefined-macro", ("nosuch",))]),
        ("@a{k, month=sept}", [(1, "undefined-month", ("sept",))]),
        ("@a{k, pages = 12--34}", [(1, "not-a-value", ("12--34",))]),
        ("@a{k, date = {May 2020}}", [(1, "bad-date", ("May 2020",))]),
        ("@a{k, date = {2026}, year=2025}", [(1, "year-overruled", ("2026", "2025"))]),
        ("@comment{\n@a{k, t={1}}\n}\n@a{k, t={1}}", [(1, "entry-in-comment", ("1",))]),
        ("@comment{1 m)\n@a{k, t={1}}\n @a{l, t={1}}\n}", [(1, "entry-in-comment", ("2",)), (0, "no-entry", ())]),
        ("@a{k, t={1}, % x\n u={2}}", [(1, "comment-in-entry", ("k",))]),
        ("only text", [(0, "no-entry", ())]),
    ],
)
def test_problems_have_line_code_and_arguments(text: str, problems: list[tuple[int, str, tuple[str, ...]]]) -> None:
    assert [(found.line, found.code, found.arguments) for found in read(text).problems] == problems


def test_a_value_that_bibtex_cannot_read_has_no_source() -> None:
    assert read_field("pages", "12--34") == FieldValue("12--34")


def test_empty_values_are_no_fields() -> None:
    draft = read_one('@a{k, t={}, u="", author={}, v={x}}')
    assert (list(draft.fields), draft.people) == (["v"], {})


def test_empty_values_are_kept_where_they_stop_inheritance() -> None:
    draft = read_one('@a{k, crossref={p}, key="", editor={}, year={}}')
    assert (draft.fields["key"], draft.people["editor"]) == (FieldValue("", '""'), People(source="{}"))
    assert write(stored(draft)) == '@misc{k,\n  editor = {},\n  year = {},\n  key = "",\n  crossref = {p},\n}\n\n'


def test_macros_that_double_each_other_stay_small() -> None:
    doubling = "".join(f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 60))
    draft = read_one(f"@string{{m0 = {{0123456789}}}}\n{doubling}@a{{k, t = m59}}")
    assert len(draft.plain("t")) == 1_000_000


@pytest.mark.parametrize(
    ("text", "file_name", "low", "high"),
    [
        ("@article{k, title={x}}", "", 0.9, 1),
        ("free text\r@book(k, title={x})", "refs.txt", 0.9, 1),
        ("@string{a = {b}}", "refs.bib", 0.8, 1),
        ("@comment{jabref-meta}", "", 0.3, 0.5),
        ("me@home.org", "refs.bib", 0, 0),
        ("<html>Forbidden @ all</html>", "46.bib", 0, 0),
        ("", "refs.bib", 0, 0),
    ],
)
def test_confidence_comes_from_the_content(text: str, file_name: str, low: float, high: float) -> None:
    assert low <= BibtexImporter().confidence(text, file_name) <= high


def test_the_importer_says_what_it_is() -> None:
    assert (BibtexImporter().name, BibtexImporter().label) == ("bibtex", "BibTeX")


def test_a_whole_file_is_read_without_a_problem() -> None:
    for name, keys in (
        ("bibtex/sample.bib", ["borel1909", "knuth1973", "child", "parent", "atlas2012"]),
        ("biblatex/sample.bib", ["knuth1999", "borel1894", "müller2020", "child2021", "proc2021"]),
    ):
        result = read((DATA / name).read_text("utf-8"))
        assert ([draft.key for draft in result.drafts], result.problems) == (keys, ())


_PARTS = st.sampled_from(
    ["@a{k,", "}", "{", '"', ",", " author", " date", " month", " pages", " title", " url", "=", "{2020-01}",
     "{x and y}", "jan", "12--3", "#", "\n", "\\", "$", "@string{a=", "@comment{", "and ", "{", "}", "é", "%"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join))
def test_no_text_raises_and_every_draft_has_its_place(text: str) -> None:
    for draft in read(text).drafts:
        assert draft.span is not None
        assert text[draft.span.start] == "@"


def test_problems_are_sentences() -> None:
    found = read("@a{k t={1}}\n@a{k, t=nosuch, t={2}}\n@a{k, author={A and and B}}").problems
    assert [problem for problem in found if not (problem.message[0].isupper() and problem.message.endswith("."))] == []


def test_the_last_definition_before_its_use_counts_also_in_an_export() -> None:
    text = '@string{j = "One"}\n@misc{a, note = j}\n@STRING{J = "Two"}\n@misc{b, note = j # "!"}\n'
    assert [draft.plain("note") for draft in read(text).drafts] == ["One", "Two!"]
    assert [draft.plain("note") for draft in read(exported(text)).drafts] == ["One", "Two!"]
    assert "@misc{a, note = {One}}" in exported(text)


@pytest.mark.uncovered
def test_ten_thousand_authors_and_endless_braces_take_one_pass() -> None:
    names = " and ".join(f"Family{number}, Given" for number in range(10_000))
    (draft,) = read(f"@misc{{k, author = {{{names}}}}}").drafts
    assert len(draft.authors) == 10_000
    open_ = f"@misc{{a, title = {'{' * 1_000_000}\n@misc{{b, title = {{T}}}}"
    result = read(open_)
    assert [draft.key for draft in result.drafts] == ["b"]
    assert [problem.code for problem in result.problems] == ["value-not-closed"]


@pytest.mark.uncovered
@pytest.mark.parametrize("value", ["{%s}", '"%s"', "{x} # {%s}", "a # {{%s} and {y}}"])
def test_braces_deeper_than_tex_can_print_are_refused_with_their_text(value: str) -> None:
    deep = "{" * 1_000_000 + "}" * 1_000_000
    text = f"@misc{{a, title = {{A}}}}\n@misc{{b, title = {value % deep}}}\n@misc{{c, title = {{C}}}}"
    result = read(text)
    assert [draft.key for draft in result.drafts] == ["a", "c"]
    assert [(problem.line, problem.code) for problem in result.problems] == [(2, "nested-too-deep")]
    assert result.blocks[-1].raw == text.splitlines()[1]


def test_braces_as_deep_as_tex_can_print_are_read() -> None:
    deep = "{" * 254 + "x" + "}" * 254
    assert [draft.key for draft in read(f"@misc{{a, title = {{{deep}}}}}").drafts] == ["a"]
    assert not read(f"@misc{{a, title = {{{{{deep}}}}}}}").drafts
    # Open braces of broken neighbours are no depth of what follows.
    broken = "@misc{x, title = {x\n" * 300
    assert read(f"{broken}@misc{{a, title = {{{deep}}}}}").drafts[-1].key == "a"


def test_control_entries_are_blocks_and_leave_with_their_file() -> None:
    text = (
        "@IEEEtranBSTCTL{BSTcontrol, CTLuse_url = {no}}\n@control{achemso-control, ctrl-article-title = {yes}}\n"
        "@article{a, title = {T}, year = 2020}\n"
    )
    result = read(text)
    assert [draft.key for draft in result.drafts] == ["a"]
    assert [block.name for block in result.blocks if block.kind == "control"] == ["BSTcontrol", "achemso-control"]
    assert exported(text).count("@IEEEtranBSTCTL{BSTcontrol, CTLuse_url = {no}}\n") == 1
    assert EXPORTERS[BIBTEX].count(exported(text)) == 1
    assert "CTL" not in exported(text, BIBLATEX)


def test_a_set_leaves_with_all_of_its_members_and_xdata_with_who_needs_it() -> None:
    text = (
        "@set{s, entryset = {a,b}}\n@xdata{x, publisher = {P}, xdata = {y}}\n@xdata{y, location = {L}}\n"
        "@book{a, title = {A}, date = {2020}, xdata = {x}}\n@book{b, title = {B}, date = {2021}}\n"
        "@xdata{unused, note = {N}}\n"
    )
    written = exported(text, BIBLATEX)
    assert [written.count(part) for part in ("@set{s", "@xdata{x", "@xdata{y", "@xdata{unused")] == [1, 1, 1, 0]
    assert [draft.plain("address") for draft in read(text).drafts] == ["L", ""]
    flat = exported(text, BIBTEX)
    assert "publisher = {P}" in flat and "address = {L}" in flat and "xdata" not in flat and "@set" not in flat


def test_a_child_of_a_parent_of_biblatex_has_its_booktitle_in_bibtex() -> None:
    text = (
        "@inproceedings{c, title = {C}, author = {A B}, crossref = {p}}\n"
        "@proceedings{p, title = {P of X}, date = {2020-05-07}, location = {L}}\n"
    )
    written = exported(text, BIBTEX)
    assert written.index("@inproceedings{c") < written.index("@proceedings{p")
    assert written.split("@proceedings")[1].count("booktitle = {P of X}") == 1
    assert "booktitle" not in written.split("@proceedings")[0]


def test_jabref_says_the_dialect_and_draws_the_tree_of_its_groups() -> None:
    text = (
        "@foo{a, title = {T}, groups = {B, new}}\n@misc{b, title = {U}, date = {2020}}\n"
        "@Comment{jabref-meta: databaseType:biblatex;}\n"
        "@Comment{jabref-meta: groupstree:\n0 AllEntriesGroup:;\n1 ExplicitGroup:A/x\\;0\\;b\\;;\n"
        "2 StaticGroup:B\\;0\\;1\\;\\;\\;\\;;\n1 KeywordGroup:K\\;0\\;keywords\\;k\\;0\\;0\\;;\n}\n"
    )
    assert [draft.tags for draft in read(text).drafts] == [("A\\/x/B", "new"), ("A\\/x",)]
    assert "@foo{a" in exported(text, BIBLATEX) and "@misc{a" in exported(text, BIBTEX)
