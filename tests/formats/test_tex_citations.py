"""Keys that LaTeX sources cite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.tex_citations import Citation, blanked, citations


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


def test_each_key_has_its_place() -> None:
    text = "x\n\\cite{one,\n two}"
    assert list(citations(text)) == [Citation("one", 2, 8), Citation("two", 3, 14)]
    assert all(text[one.start :].startswith(one.key) for one in citations(text))


@given(st.text(st.sampled_from("\\cite{}[]%,ab *\n|verb"), max_size=60))
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    assert len(blanked(text)) == len(text)
    for one in citations(text):
        assert text[one.start :].startswith(one.key)
        assert one.line == text.count("\n", 0, one.start) + 1
