from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.compatible import plain_form
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.latex_to_text import clean, latex_to_text
from refman.formats.bibtex.math_display import with_math_as_text
from refman.formats.bibtex.plain_text import has_balanced_braces, segments
from refman.formats.bibtex.text_to_latex import (
    address_to_latex,
    escape_non_ascii,
    text_to_latex,
    title_to_latex,
    verbatim_to_latex,
    without_escape,
)
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX


@pytest.mark.parametrize(
    ("plain", "bibtex", "biblatex"),
    [
        ("plain (text), 1--", "plain (text), 1--{}", "plain (text), 1--{}"),
        (
            "Costs $5 & 10% of A_B #1 {x} ~ ^ \\",
            r"Costs \$5 \& 10\% of A\_B \#1 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}",
            r"Costs \$5 \& 10\% of A\_B \#1 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}",
        ),
        ("Éric Veličković", r"{\'E}ric Veli{\v{c}}kovi{\'c}", "Éric Veličković"),
        ("Łódź, García, Straße", r"{\L}{\'o}d{\'z}, Garc{\'\i}a, Stra{\ss}e", "Łódź, García, Straße"),
        ("ș ǖ", r"{\textcommabelow{s}} {\={\"u}}", "ș ǖ"),
        ("“q” ‘s’ – — …", r"``q'' {\textquoteleft}s{\textquoteright} -- --- {\ldots}", "“q” ‘s’ – — …"),
        ("'”-–", r"'{\textquotedblright}-{\textendash}", "'”-–"),
        ("α H₂O", r"{\ensuremath{\alpha}} H{\ensuremath{_{2}}}O", r"{\ensuremath{\alpha}} H{\ensuremath{_{2}}}O"),
        ("≤ ±", r"{\ensuremath{\leq}} {\ensuremath{\pm}}", r"{\ensuremath{\leq}} ±"),
        (
            "x̂ λόγ 日本 😀",
            r"{\^x} {\ensuremath{\lambda}}{\ensuremath{\acute{\mathit{o}}}}{\ensuremath{\gamma}} 日本 😀",
            "x̂ λόγ 日本 😀",
        ),
        ("a ` b", r"a {\`{}} b", r"a {\`{}} b"),
        ("what?` `so'", r"what?{\`{}} `{}so'", r"what?{\`{}} `{}so'"),
        (r"$77.1\%$ of $x_1$, $5 and $6", r"$77.1\%$ of $x_1$, \$5 and \$6", r"$77.1\%$ of $x_1$, \$5 and \$6"),
        ("$5% & #α$ \\(y\\)", r"$5\% \& \#{\alpha}$ \(y\)", r"$5\% \& \#{\alpha}$ \(y\)"),
        ("${$ and }", r"\$\{\$ and \}", r"\$\{\$ and \}"),
        ("}{", r"{\textbraceright}{\textbraceleft}", r"{\textbraceright}{\textbraceleft}"),
        ("a<b>c|d", r"a{\textless}b{\textgreater}c{\textbar}d", r"a{\textless}b{\textgreater}c{\textbar}d"),
        ("&amp; &x", r"\&{}amp; \&x", r"\&{}amp; \&x"),
        ("a\u00a0b\u200b\u0007c\ud800", "a~bc", "a~bc"),
    ],
)  # fmt: skip
def test_text_is_escaped(plain: str, bibtex: str, biblatex: str) -> None:
    assert (text_to_latex(plain, BIBTEX), text_to_latex(plain, BIBLATEX)) == (bibtex, biblatex)


@pytest.mark.parametrize(
    ("plain", "tex"),
    [
        ("Pushing ResNets: Can we", "Pushing {ResNets}: Can we"),
        ("École of DNA & RÉSUMÉ", r"{\'E}cole of {DNA} \& {R{\'E}SUM{\'E}}"),
        ("A $O(n^2)$ bound of $x$", "A {$O(n^2)$} bound of $x$"),
        ("Model (LL-LVM)", "Model ({LL-LVM})"),
    ],
)
def test_titles_are_escaped_and_protected(plain: str, tex: str) -> None:
    assert title_to_latex(plain, BIBTEX) == tex


def test_addresses_are_not_escaped_but_cannot_break_out() -> None:
    assert verbatim_to_latex("http://x/a_b%20{c}?d=1&e#~f") == "http://x/a_b%20{c}?d=1&e#~f"
    assert verbatim_to_latex("a}b{") == "a%7Db%7B"
    assert address_to_latex("http://x/é{}%20") == "http://x/%C3%A9{}%20"


def test_characters_without_an_escape_are_named_once() -> None:
    assert without_escape("日本 Éric α 日") == "日本"


def test_only_the_letters_of_a_source_are_escaped() -> None:
    source = r"{Ünïcode {É} $α$ 100\% “q” 日本}"
    assert escape_non_ascii(source) == (
        r"{{\"U}n{\"\i}code {{\'E}} ${\ensuremath{\alpha}}$ 100\% {\textquotedblleft}q{\textquotedblright} 日本}"
    )


_LETTERS = st.characters(exclude_categories=("C", "Z"))
_SIGNS = st.sampled_from(
    [*"\\{}$%&#_^~\"'`-–—“”‘’<>|@,= !?()", "{}", "--", "''", "$x$", "$a_{1}$", "\\(x\\)", "&amp;", "\\emph{x}",
     "α", "₂", "é", "x̂", "İ", "and ", "$5", "A", "ﬁ"]
)  # fmt: skip
_TEXTS = st.lists(_SIGNS | _LETTERS | _SIGNS, max_size=12).map("".join)


def _normal(text: str) -> str:
    """What a field holds: one line, hyphens of the keyboard."""
    return " ".join(clean(text).replace("\u2010", "-").replace("\u2011", "-").split())


def _shown(text: str) -> str:
    """Simple math as its text, fullwidth letters and the like as the letters that they leave as for BibTeX."""
    return normalize("NFC", "".join(plain_form(char) or char for char in with_math_as_text(text)))


def _has_odd_math(text: str) -> bool:
    """Math that must be changed to compile."""
    return any(part.is_math and (not part.text.isascii() or set("%#&") & set(part.text)) for part in segments(text))


@given(_TEXTS.map(_normal), st.sampled_from(Dialect))
def test_reading_gives_back_what_was_written_and_braces_match(plain: str, dialect: Dialect) -> None:
    for tex in (text_to_latex(plain, dialect), title_to_latex(plain, dialect)):
        assert has_balanced_braces(tex)
        assert _shown(latex_to_text(tex)) == _shown(plain) or _has_odd_math(plain)
        assert not tex.startswith(" ")


@given(st.text(max_size=30))
def test_every_text_of_any_characters_is_brace_balanced(plain: str) -> None:
    for dialect in Dialect:
        assert has_balanced_braces(text_to_latex(plain, dialect) + title_to_latex(plain, dialect))
    assert has_balanced_braces(verbatim_to_latex(plain)) and address_to_latex(plain).isascii()
