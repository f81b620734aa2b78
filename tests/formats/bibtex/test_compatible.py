"""Other forms of plain letters leave for BibTeX as these letters, or the export says that they cannot."""

import pytest

from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.export_problems import export_problems
from refman.formats.bibtex.text_to_latex import escape_non_ascii, text_to_latex
from tests.formats.bibtex.bib import exported, read_one


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        ("ﬁnal ﬂow oﬀ eﬃcient aﬄuent ﬅ aﬆ", "final flow off efficient affluent st ast"),
        ("ＡＩ　ｅ１", "AI e1"),
        ("Part Ⅳ", "Part IV"),
        ("Ǆ", "{D{\\v{Z}}}"),
        ("a，b", "a{,}b"),
        ("a＂b", 'a{"}b'),
        ("50％ ＆", "50{\\%} {\\&}"),
        ("｛", "{{\\textbraceleft}}"),
        ("{\\oﬁ}", "{\\o{fi}}"),
        ("1ª 2º", "1{\\textordfeminine} 2{\\textordmasculine}"),
        ("co\u00adop\u200berate", "cooperate"),
    ],
)
def test_what_was_read_becomes_plain(tex: str, written: str) -> None:
    assert escape_non_ascii(tex) == written


def test_typed_text_and_whole_entries_become_plain() -> None:
    assert text_to_latex("Ａ ﬁne Ⅳ", Dialect.BIBTEX) == "A fine IV"
    assert text_to_latex("Ａ Ⅳ", Dialect.BIBLATEX) == "Ａ Ⅳ"
    text = exported("@misc{k, author={Steﬁ Ｇraf}, title={{ﬁne} sﬆ}}")
    assert text == "@misc{k, author={Stefi Graf}, title={{fine} sst}}\n\n"


def test_what_would_lose_something_is_told() -> None:
    assert escape_non_ascii("ℝ ①") == "ℝ ①"
    told = export_problems(read_one("@misc{k, author={A}, title={ℝ ①}, note={x}}"), Dialect.BIBTEX)
    assert "ℝ①" in [problem.arguments[1] for problem in told if problem.code == "no-escape"]
