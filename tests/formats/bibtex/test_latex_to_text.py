import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.latex_to_text import latex_to_paragraphs, latex_to_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("plain text", "plain text"),
        ("  two   lines\n here ", "two lines here"),
        (r"G{\"o}del G\"odel G\"{o}del", "Gödel Gödel Gödel"),
        (r"Garc{\'{\i}}a Garc{\'\i}a Garc\'{\i}a", "García García García"),
        (r"{\O}stergaard \O stergaard Fran{\c c}ois \v{S}koda", "Østergaard Østergaard François Škoda"),
        (r"Erd{\H o}s {\L}ukasiewicz Stra{\ss}e {\.Z}ak \k{a} {\u{\i}}", "Erdős Łukasiewicz Straße Żak ą ĭ"),
        (r"{\'{\^e}} {\'{\"u}} {\textcommabelow{s}} x\'{} \^{} \~{}", "ế ǘ ș x´ ^ ~"),
        (r"{\'{E}}COLE {\t{oo}} \'", "ÉCOLE o͡o ´"),
        (r"100\% \& \_ \# \$5 \{x\} \ a\,b\\c", "100% & _ # $5 {x} a b c"),
        (r"\textasciitilde{} \textasciicircum{} \textbackslash{}", "~ ^ \\"),
        ("``double'' `single' don't O'Brien", "“double” ‘single’ don't O'Brien"),
        ("a -- b --- c ?` !`", "a – b — c ¿ ¡"),
        ("a --{} b ``{}x''{} `{}", "a -- b ``x'' `"),
        (r"{The {DNA} Book}", "The DNA Book"),
        (r"\emph{in vivo} {\em x} {\bf y} \textsc{z} \mbox{w}", "in vivo x y z w"),
        (r"$77.1\%$ and \(O(n^2)\) and $$x$$ and {$a$}", "77.1% and O(n²) and $$x$$ and a"),
        (r"$\alpha$-helix of H$_2$O, $H_{2}O$, $\mathrm{CO}_2$ at $10^{-3}$", "α-helix of H₂O, H₂O, CO₂ at 10⁻³"),
        (r"$n \geq 3$, $k\to\infty$, $\ell_1$, $f'$, $1{,}000$, $a\,b$", "n ≥ 3, k→∞, ℓ₁, f′, 1,000, a b"),
        (
            r"${\rm GCH}$ $x_i$ $\frac{a}{b}$ $x^{k}$ $\unknown$ $5 and $6",
            r"${\rm GCH}$ $x_i$ $\frac{a}{b}$ $x^{k}$ $\unknown$ $5 and $6",
        ),
        (r"costs \$5 and $ alone", "costs $5 and $ alone"),
        (r"{\ensuremath{\alpha}} \ensuremath{_{2}} \ensuremath{x+1} \alpha x", "α ₂ $x+1$ αx"),
        (r"H\textsubscript{2}O 1\textsuperscript{st} \textsuperscript{}", "H₂O 1st"),
        (r"\url{http://a_b%20c} \href{http://x}{here} \textcolor{red}{hot}", "http://a_b%20c here hot"),
        (r"{\noopsort{1973b}}1981", "1981"),
        (r"\LaTeX{} and \unknown{kept} \sqrt{2} \S 5 \enquote{q \emph{r}}", "LaTeX and kept 2 §5 “q r”"),
        (r"August\slash September", "August/September"),
        ("A &amp; B \\&amp; C &lt; &#x2013; &nosuch; &amp;&#38;", "A & B & C < – &nosuch; &&"),
        (r"\&{}amp;", "&amp;"),
        ("Eﬃcient re\u00adin learn\u200bing\u00a0a\u2028b S\u0061\u0301nchez", "Efficient rein learning a b Sánchez"),
        ("ends in a backslash\\", "ends in a backslash\\"),
        ("{unbalanced } } {", "unbalanced"),
        (r"\(open and $open", "(open and $open"),
    ],
)
def test_tex_as_people_read_it(tex: str, text: str) -> None:
    assert latex_to_text(tex) == text


def test_an_empty_line_parts_paragraphs_and_a_line_end_does_not() -> None:
    tex = "One\n  line.\n \n\n Next.\r\n\r\nLast."
    assert latex_to_paragraphs(tex) == "One line.\n\nNext.\n\nLast."
    assert latex_to_text(tex) == "One line. Next. Last."


_PIECES = st.sampled_from(
    ["\\", "{", "}", "$", "\\(", "\\)", "\\'", "\\v", "\\i", "\\href", "\\frac", "\\ensuremath", "~", "`", "'", "--",
     "&amp;", "&#0;", "&#x110000;", "a", " ", "\n", "é", "\u0301", "\\begin{x}", "\\noopsort", "\ufdd0", "\\@", "%"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_nothing_raises_and_lines_are_joined(tex: str) -> None:
    text = latex_to_text(tex)
    assert text == " ".join(text.split())
    assert "\ufdd0" not in text or "\ufdd0" in tex


@pytest.mark.parametrize(
    "tex", ["{" * 50_000, "\\'" * 50_000, "$" * 50_001, "\\(" * 50_000, "\\url{" * 20_000, "`" * 50_000]
)
def test_hostile_shapes_take_one_pass(tex: str) -> None:
    assert len(latex_to_text(tex)) <= len(tex)


_SIMPLE = st.sampled_from(
    ["{\\'e}", '{\\"{o}}', "\\%", "\\$", "$x\\%$", "{", "}", "~", "--", "---", "''", "{}", "a", " ", "-", "\n", "é"]
)


@given(st.lists(_SIMPLE, max_size=25).map("".join))
def test_the_short_way_reads_as_the_long_one(tex: str) -> None:
    # A command that prints nothing asks for the long way.
    assert latex_to_text(tex) == latex_to_text(tex + "{\\relax}")
