"""Every reader takes linear time on whatever is repeated (C4): a stranger's file holds up nobody."""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from refman.domain.query_parser import parse_query
from refman.formats import IMPORTERS
from refman.formats.abbreviations import read_abbreviations
from refman.formats.base import ReadContext
from refman.formats.bibtex.style_file import read_style
from refman.formats.clipboard_html import links
from refman.formats.decoding import decode
from refman.formats.pandoc_citations import pandoc_citations
from refman.formats.tex_builds import aux_inputs, built_sections, recorded
from refman.formats.tex_citations import citations
from refman.formats.tex_logs import blg_notes, log_notes
from refman.formats.tex_macros import cite_macros
from refman.formats.tex_projects import aux_keys, bcf_keys, bibliographies, outline_of
from tests.growth import too_slow

_CONTEXT = ReadContext(date(2026, 1, 1))
_ANY = [
    *(
        "a",
        " ",
        "\n",
        "\\",
        "{",
        "}",
        "[",
        "]",
        "(",
        "<",
        ">",
        "@",
        "%",
        "$",
        "&",
        "#",
        '"',
        "'",
        "`",
        "-",
        ",",
        ":",
        ".",
    ),
    *(
        "1",
        "\0",
        "\u202e",
        "\u200b",
        "\u0301",
        "\ud800",
        "\U0001f600",
        "学",
        "\r\n",
        "a b ",
        "A. ",
        "a, ",
        "a\n",
        "10.",
    ),
]
_HTML = [
    *(
        "<a ",
        "<a href='",
        "<a href=x>",
        "<a href='x'>y</a>",
        "</a",
        "</",
        "<!",
        "<!--",
        "<!-- ",
        "<![",
        "<![CDATA[",
        "<?",
    ),
    *(
        "<div>",
        "</div>",
        "<script>",
        "</script ",
        "<style>",
        "<p x",
        "<p x=",
        "<p x='",
        "&lt",
        "&#",
        "&#x",
        "<a\n",
        "<b/",
    ),
]
_LOG = [
    *("Warning--", "Warning--a in b\n", "Warning-- in", "Warning--I didn't find a database entry for \"", "a---line 1"),
    *("[1] x> WARN - ", "[1] x> WARN - a.bib", "[1] x> WARN - a.bib, line 1\n", "[1] x> WARN - entry 'a", "a.bib", "a"),
    *("LaTeX Warning: Citation `", "LaTeX Warning: Citation `a' ", "Package natbib Warning: Citation 'a' undefined\n"),
    *("Package biblatex Warning: The following entry could not be found\n(biblatex) ", "[1] x> WARN - a b entry 'c' ("),
]
_TEX = [
    *(
        "\\cite",
        "\\cite{",
        "\\cite{a}",
        "\\cite[",
        "\\cite[{",
        "\\cite[{}",
        "\\cite(",
        "\\cite<",
        "\\cites{a}",
        "\\cites",
        "\\volcites{a}{",
        "\\volcite{",
        "\\citename{a}",
        "\\begin{displaycquote}",
        "\\iffalse",
        "\\iffalse\\fi",
        "\\iffalse\\else",
        "{\\end{document}",
        "\\newcites{",
        "\\newcites{a}",
        "\\let\\x=",
    ),
    *(
        "\\begin{verbatim}",
        "\\begin{verbatim}\\end{",
        "\\verb",
        "\\verb|",
        "\\verb+a",
        "\\\\",
        "\\%",
        "\\begin{minted}",
    ),
    *("\\newcommand{\\x}", "\\newcommand{\\x}[1]{", "\\newcommand\\x[1][", "\\def\\x#1{\\cite{#1}}", "\\def\\x", "#1"),
    *(
        "\\NewDocumentCommand\\x{",
        "\\NewDocumentCommand\\x{m{}",
        "\\let\\x\\cite",
        "\\DeclareCiteCommand{\\x",
        "{}",
        "{a}",
    ),
    *(
        "\\bibliography{",
        "\\addbibresource[",
        "\\addbibresource{a}",
        "\\citation{",
        "\\abx@aux@cite{0}{",
        "<bcf:citekey",
    ),
    *("\\newrefsection", "\\refsection[", "\\begin{refsection}", "\\newrefsection[a]", "\\usepackage{", "\\@input{"),
    *('<bcf:section number="1">', '<bcf:bibdata section="1">', "<bcf:datasource ", "INPUT a\n", "INPUT "),
    *("<bcf:citekey>", "<bcf:citekey>a</bcf:citekey>", "\\long\\def\\x", "\\gdef\\x#1#2", "\\let\\", "\\def\\see#1{#1"),
]
_MARKDOWN = [
    "[@a]",
    "[@",
    "<!--",
    "<!-- a -->",
    "    a\n\n",
    "```a\n~~~\n",
    "`\n\n",
    "`a``b",
    "---\n",
    "- a\n\n    @b\n",
    "[a @b; ",
    "```",
    "```\n",
    "~~~\n",
    "`",
    "``",
    "`a",
    "@{",
    "@{a}",
    "@a.",
    "[",
    "[[@a",
    "@a:b",
]
_PAGE = [
    "95.5AIMay 7\n",
    "h-index13\n",
    "23papers\n",
    "LGNov 29, 2024\n",
    "et al.\n",
    "AI Score47\n",
    "A, B et al.\n\n",
]
_LISTS = ["a;b\n", "a = b\n", ";", "=", '"', '"a', '"a";"b"\n', "a,b,c\n", ",\n"]
_STYLE = [
    "ENTRY",
    "ENTRY {",
    "ENTRY {a} ",
    "FUNCTION",
    "FUNCTION {",
    "FUNCTION {a}",
    "FUNCTION { ",
    "FUNCTION {a ",
    "%",
]
_WORDS = [
    "title:",
    "tag:a ",
    '"a',
    '"a" ',
    "(",
    ")",
    "a OR ",
    "a AND ",
    "-a ",
    "-",
    "year:1..",
    "a:b ",
    "((a) ",
    "“",
    "a -(b ",
]


def _drained(read: Callable[[str], Iterable[object]]) -> Callable[[str], object]:
    return lambda text: deque(read(text), maxlen=0)


def _imported(name: str) -> Callable[[str], object]:
    def work(text: str) -> None:
        importer = IMPORTERS[name]
        importer.confidence(text, "x")
        importer.read(text, _CONTEXT)

    return work


_READERS: dict[str, tuple[Callable[[str], object], list[str]]] = {
    **{name: (_imported(name), _PAGE) for name in IMPORTERS if name != "bibtex"},
    "clipboard": (links, _HTML),
    "blg": (_drained(blg_notes), _LOG),
    "log": (_drained(log_notes), _LOG),
    "tex": (_drained(citations), _TEX),
    "macros": (lambda text: cite_macros(text, {}), _TEX),
    "projects": (_drained(bibliographies), _TEX),
    "aux": (_drained(aux_keys), _TEX),
    "bcf": (_drained(bcf_keys), _TEX),
    "outline": (outline_of, _TEX),
    "sections": (_drained(built_sections), _TEX),
    "recorder": (lambda text: list(recorded(text, "INPUT")), _TEX),
    "aux inputs": (_drained(aux_inputs), _TEX),
    "markdown": (_drained(pandoc_citations), _MARKDOWN),
    "abbreviations": (lambda text: read_abbreviations(text.splitlines()), _LISTS),
    "style": (read_style, _STYLE),
    "search": (lambda text: parse_query(text, today=date(2026, 1, 1)), _WORDS),
    "decoding": (lambda text: decode(f"x{text}".replace("\0", "x").encode("utf-8", "surrogatepass"), "x"), _PAGE),
}
_THOROUGH = {"profile", "identifier", "search"}
"""These look at each character often enough that all pieces would take half a minute."""


@pytest.mark.uncovered
@pytest.mark.parametrize("name", _READERS)
def test_four_times_the_text_takes_four_times_as_long(name: str) -> None:
    read, own = _READERS[name]
    anything = _ANY[::3] if name in _THOROUGH else _ANY
    assert list(filter(None, (too_slow(read, piece) for piece in [*own, *anything]))) == []
