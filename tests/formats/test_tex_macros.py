"""Commands of a project that cite, and Markdown."""

import pytest

from refman.formats.pandoc_citations import pandoc_citations, pandoc_mentions
from refman.formats.tex_citations import citations
from refman.formats.tex_macros import cite_macros


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        (r"\newcommand{\see}[1]{(see \citep{#1})}", {"see": 1}),
        (r"\renewcommand*\see [2][p]{\citep[#1]{#2}}", {"see": 1}),
        (r"\newcommand{\see}[2]{#1 \parencite{#2}}", {"see": 2}),
        (r"\DeclareRobustCommand{\see}[1]{\textcite{a,#1}}", {"see": 1}),
        (r"\def\see#1#2{\cite{#2}}", {"see": 2}),
        (r"\NewDocumentCommand{\see}{s O{} m +m}{\cite[#2]{#4}}", {"see": 2}),
        (r"\NewDocumentCommand{\see}{O{} m}{\cite[#1]{#2}}", {"see": 1}),
        (r"\let\see=\citet", {"see": 1}),
        (r"\DeclareCiteCommand{\see}{a}{b}{c}{d}", {"see": 1}),
        (r"\newcommand{\see}[1]{\textbf{#1}}", {}),
        (r"% \newcommand{\see}[1]{\cite{#1}}", {}),
        (r"\newcommand{\mycite}[1]{\cite{#1}}", {}),
        (r"\newcommand{\see}[1]", {}),
        (r"\newcommand{\see}{\cite{#1}}", {}),
        (r"plain text", {}),
    ],
)
def test_definitions(definition: str, found: dict[str, int]) -> None:
    assert cite_macros(definition, {}) == found


def test_a_macro_that_calls_another() -> None:
    assert cite_macros(r"\newcommand\vgl[1]{\see{#1}}", {"see": 1}) == {"vgl": 1}


def test_the_argument_that_holds_keys() -> None:
    text = r"\see[x]{not this}{a, b} \see{only one} \Citet{c} \see*{}{d}"
    assert [one.key for one in citations(text, {"see": 2})] == ["a", "b", "c", "d"]


def test_pandoc() -> None:
    text = (
        "See [@a1; see -@b:2, p. 3] and @bare, [@{odd.key}.], [@fig-one], me@x.org\n"
        "```\n[@code]\n```\n`[@c]` [not closed @d\n[@e_f.g.]\n"
    )
    assert [(one.key, one.line) for one in pandoc_citations(text)] == [
        ("a1", 1),
        ("b:2", 1),
        ("odd.key", 1),
        ("e_f.g", 6),
    ]
    assert [text[one.start : one.start + 4] for one in pandoc_mentions(text, "bare")] == ["bare"]
