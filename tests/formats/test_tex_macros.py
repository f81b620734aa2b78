"""Commands of a project that cite."""

import pytest

from refman.formats.cite_arguments import FIRST, MANY, SECOND
from refman.formats.tex_citations import citations
from refman.formats.tex_macros import cite_macros


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        (r"\newcommand{\pair}[2]{\citep{#1,#2}}", {"pair": (1, 2)}),
        (r"\newcommand{\pair}[3]{\cite{#1} #2 \volcite{3}{#3}}", {"pair": (1, 3)}),
        (r"\newcommand{\pair}[2]{\citep{#1,#2}} \newcommand{\duo}[2]{\pair{#2}{x}}", {"pair": (1, 2), "duo": (2,)}),
        (r"\newrobustcmd*{\see}[2][]{\cite[#1]{#2}}", {"see": (1,)}),
        (r"\renewrobustcmd\see[1]{\cite{#1}}", {"see": (1,)}),
        (r"\providecommand{\see}[2]{\cite[#1]{#2}}", {"see": (2,)}),
        (r"\DeclareDocumentCommand\dd{m}{\citet{#1}}", {"dd": (1,)}),
        (r"\NewDocumentCommand\see{>{\SplitList{,}}m r() t+ O{a{b}} +m}{\cite[#1]{#5}}", {"see": (2,)}),
        (r"\def\opt[#1]#2{\citep[#1]{#2}}", {"opt": (1,)}),
        (r"\protected\long\def\opt#1[#2]#3{\citep[#2]{#1,#3}}", {"opt": (1, 2)}),
        (r"\def\until#1.#2{\cite{#1}\cite{#2}}", {"until": (1,)}),
        (
            r"\newcommand{\my@cite}[2][]{\citep[#1]{#2}}\newcommand{\sta}{\@ifstar{\my@cite}{\my@cite}}",
            {"my@cite": (1,), "sta": (1,)},
        ),
        (r"\newcommand{\see}{see \citep} \newcommand\vol[1]{#1 \volcite[x]}", {"see": (1,), "vol": (3,)}),
        (r"\def\see{\string\cite} \def\no{\let\x=\other}", {}),
        (r"\let\see=\volcite \NewCommandCopy{\again}{\cite}", {"see": (2,), "again": (1,)}),
        (
            r"\newrobustcmd*{\xvol}{\volcitecmd\xcite} \newcommand\xvols{\multivolcitecmd\xcites}",
            {"xvol": (2,), "xvols": (2,)},
        ),
        (r"\let\string\bibcite", {}),
        (r"\newcommand{\see}[1]{\def\x##1{\cite{##1}}}", {}),
        (r"\newcommand{\mycite}[2]{#1 \cite{#2}}", {"mycite": (2,)}),
        (r"\newcommand{\see}[1]{(see \citep{#1})}", {"see": (1,)}),
        (r"\renewcommand*\see [2][p]{\citep[#1]{#2}}", {"see": (1,)}),
        (r"\newcommand{\see}[2]{#1 \parencite{#2}}", {"see": (2,)}),
        (r"\DeclareRobustCommand{\see}[1]{\textcite{a,#1}}", {"see": (1,)}),
        (r"\def\see#1#2{\cite{#2}}", {"see": (2,)}),
        (r"\NewDocumentCommand{\see}{s O{} m +m}{\cite[#2]{#4}}", {"see": (2,)}),
        (r"\NewDocumentCommand{\see}{O{} m}{\cite[#1]{#2}}", {"see": (1,)}),
        (r"\let\see=\citet", {"see": (1,)}),
        (r"\DeclareCiteCommand{\see}{a}{b}{c}{d}", {"see": (1,)}),
        (r"\newcommand{\see}[1]{\textbf{#1}}", {}),
        (r"% \newcommand{\see}[1]{\cite{#1}}", {}),
        (r"\newcommand{\see}[1]", {}),
        (r"\newcommand{\see}{\cite{#1}}", {}),
        (r"plain text", {}),
    ],
)
def test_definitions(definition: str, found: dict[str, tuple[int, ...]]) -> None:
    assert {name: one.keys for name, one in cite_macros(definition, {}).items()} == found


def test_a_macro_that_calls_another() -> None:
    assert cite_macros(r"\newcommand\vgl[1]{\see{#1}}", {"see": FIRST}) == {"vgl": FIRST}


def test_the_argument_that_holds_keys() -> None:
    text = r"\see[x]{not this}{a, b} \see{only one} \Citet{c} \see*{}{d}"
    assert [one.key for one in citations(text, {"see": SECOND})] == ["a", "b", "c", "d"]


def test_every_argument_that_holds_keys() -> None:
    macros = cite_macros(r"\newcommand{\pair}[2]{\citep{#1,#2}} \DeclareDocumentCommand\dd{m}{\pair{#1}{#1}}", {})
    text = r"\pair{a}{b} \renewcommand\pair[2]{x} \dd{c} \DeclareDocumentCommand\dd{m}{x}"
    assert [one.key for one in citations(text, macros)] == ["a", "b", "c"]


def test_options_that_hold_keys() -> None:
    macros = cite_macros(
        r"\newcommand{\also}[2][x]{\cite{#2,#1}} \newcommand{\one}[1][x]{\also[#1]{y}}"
        r"\NewDocumentCommand{\see}{s o O{} m}{\cite[#2]{#3} #4}",
        {},
    )
    text = r"\also[a, b]{c} \also{d} \one [e] {no} \see*[p.~1]< >[f]{no} \see[p.]{no} \one"
    assert [one.key for one in citations(text, macros)] == [*"abcdef"]
    assert all(text[one.start] == one.key for one in citations(text, macros))


def test_multibib_and_multicites() -> None:
    macros = cite_macros(r"\newcites{books, style}{Books, Style} \DeclareMultiCiteCommand{\sees}{\see}{x}", {})
    assert macros["sees"] == MANY
    text = r"\citebooks{a}{x} \citestyle{b} \nocitestyle{c} \citepbooks[x]{d} \sees{e}[f]{g}"
    assert [one.key for one in citations(text, macros)] == ["a", "b", "c", "d", "e", "g"]
