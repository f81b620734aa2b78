"""Keys that LaTeX sources cite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.tex_citations import Citation, citations
from refman.formats.tex_hidden import blanked


def _keys(text: str) -> list[str]:
    return [one.key for one in citations(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{a,b} \citep[see][p.~3]{c} \citet*{d}", ["a", "b", "c", "d"]),
        (r"\parencite[][{[x]}]{a} \Textcite{b} \footcite{c} \autocite {d}", ["a", "b", "c", "d"]),
        (r"\cites(pre)(post)[1]{a}[2][3]{b}{c} \cite{d}{e}", ["a", "b", "c", "d"]),
        (r"\nocite{*} \nocite{a} \citeauthor{b}\citeyearpar{c}\bibentry{d}", ["a", "b", "c", "d"]),
        ("\\cite{a,\n  b % no\n , c}", ["a", "b", "c"]),
        ("% \\cite{a}\n\\cite{b} \\% \\cite{c} \\\\% \\cite{d}", ["b", "c"]),
        (r"\verb|\cite{a}| \begin{verbatim}\cite{b}\end{verbatim}\cite{c}", ["c"]),
        (r"\citestyle{a} \citename{b} \newcommand{\x}[1]{\cite{#1}} \excited{d}", []),
        (r"\cite{a b} \cite{ü:1} \cite{}", ["a", "b", "ü:1"]),
    ],
)
def test_cited_keys(text: str, keys: list[str]) -> None:
    assert _keys(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\volcite{2}{a} \volcite[see]{2}[5]{b} \Pvolcite{1}{c} \fvolcite{1}{d} \ftvolcite{1}{e}", "abcde"),
        (r"\svolcite{1}{a}\tvolcite{1}{b}\avolcite[x]{\textbf{IV}}[y]{c} \Avolcite{1}{d,e}", "abcde"),
        (r"\volcites(see)(end){1}{a}[x]{2}[3]{b} \Ftvolcites{1}{c}{{2}}{d}", "abcd"),
        (r"\volcite{2} nothing \volcites{3}", ""),
        (r"} \{ \volcite{\{2}{a} \}", "a"),
        (r"\citename{a}[first]{author} \citelist{b}{publisher} \citefield[x][y]{c}{title} \citename{text}", "abc"),
        (r"\textcquote[see][5]{a}[.]{text} \textcquote*{b}{t}[.] \blockcquote{c}{t} \blockcquote[x]{d}{t}", "abcd"),
        (r"\foreigntextcquote{german}[x]{a}{t} \hyphentextcquote{german}{b}{t} \foreignblockcquote{fr}{c}{t}", "abc"),
        (r"\hybridblockcquote{fr}{a}{t} \hyphenblockcquote*{fr}[x][y]{b}{t} \textquote{c}{d} \blockquote{e}", "ab"),
        (r"\begin{displaycquote}[x][y]{a}b\end{displaycquote}\begin{foreigndisplaycquote}{fr}{c}", "ac"),
        (r"\addtocategory{read}{a, b} \DeclareBibliographyCategory{c}", "ab"),
        (r"\AtNextCite{c} \AtEveryCitekey{d} \ifciteseen{e}{f} \DeclareCitePunctuationPosition{g}{h}", ""),
        (r"\citetext{see \citealp{a}} \citetext{private} \string\cite{b} \footcitetext{c}", "ac"),
        (r"\defcitealias{a}{Paper I} \citetalias{b}{c} \citepalias[x]{d} \shortcites{e}{f}", "abde"),
        (r"\newcites{web,prim}{Web,Primary sources} \citeweb{a} \nociteprim{b}", "ab"),
        (r"\DeclareDocumentCommand\mycite{m}{x} \renewcommand\citepunct{y} \let\cite\citet {z}", ""),
        (r"\def\mycite{x} \newrobustcmd*\xcite{y} \NewCommandCopy\ocite\cite {z} \def\y{\cite{a}}", "a"),
        (r"\cite[see \emph{a \textbf{deep {one}}}][5]{a}", "a"),
    ],
)
def test_arguments_of_packages(text: str, keys: str) -> None:
    assert _keys(text) == [*keys]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("\\cite{a}\n\\end{document}\n\\cite{x}", "a"),
        ("{\\cite{a} \\{}\\end {document} \\cite{x}", "a"),
        (r"\newcommand{\stop}{bye \end{document}} \cite{a}", "a"),
        ("% \\end{document}\n\\cite{a}", "a"),
        (r"\iffalse \cite{x} \fi \cite{a}", "a"),
        (r"\iffalse \ifdraft\cite{x}\else y\fi \ifthenelse{x}{y}{z} $\iff$ \cite{x} \fi \cite{a}", "a"),
        ("\\iffalse % \\fi\n\\cite{x} \\else \\cite{a} \\fi \\cite{b}", "ab"),
        (r"\iffalse \cite{a} \iffalse \cite{b}", "ab"),
        (r"\iffalsehood \cite{a} \fi", "a"),
        (r"\begin{comment}\cite{x}\end{comment} \cite{a} \begin{comment} \cite{b}", "ab"),
        (
            r"\begin{lstlisting}100 % \end{lstlisting}\cite{a} \verb|%| \cite{b} \begin {minted}\cite{x}\end{minted}",
            "ab",
        ),
    ],
)
def test_what_latex_does_not_read(text: str, keys: str) -> None:
    assert _keys(text) == [*keys]


def test_each_key_has_its_place() -> None:
    text = "x\n\\cite{one,\n two}"
    assert list(citations(text)) == [Citation("one", 2, 8), Citation("two", 3, 14)]
    assert all(text[one.start :].startswith(one.key) for one in citations(text))


_PIECES = [
    *"\\cite{}[]%,ab *\n|verb",
    "\\iffalse",
    "\\fi",
    "\\else",
    "\\volcites",
    "\\end{document}",
    "\\begin{comment}",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    shown = blanked(text)
    assert len(shown) == len(text) and shown.count("\n") == text.count("\n")
    for one in citations(text):
        assert text[one.start :].startswith(one.key)
        assert one.line == text.count("\n", 0, one.start) + 1
