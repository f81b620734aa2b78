"""What stands behind an entry that a brace closed too early, and what is a comment."""

import pytest

from refman.domain.errors import Problem
from refman.formats.bibfile.document import read_document
from refman.services.quality.file_quality import look_at
from tests.formats.bibtex.bib import read


def _found(text: str) -> list[Problem]:
    return [problem for problem in read(text).problems if problem.code == "text-behind-entry"]


@pytest.mark.parametrize(
    "text",
    [
        "@article{q,\n title={T one}}, journal={J}, year={2001}}",
        "@article{q,\n title={T one}},\n year=2001}",
        "@article{q}2, title={T}, year=2001}",
        "@article{q,\n title={T}}\n}\n@misc{r, title={R}}",
        '@article{q,\n title="T"}\n  note = {lost}\n}',
        "@article{q,\n title={T}} % closed\n, note = {lost}}",
        "@article(q,\n title={T})}",
        "@article{q,\n title={T} # {a}}, note = {lost}}",
    ],
)
def test_text_that_was_meant_to_be_in_the_entry_is_told(text: str) -> None:
    (problem,) = _found(text)
    assert problem.arguments == ("q",)
    assert "the entry q " in problem.message
    assert "BibTeX ignores it" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "@article{q, title={T}}\n% title = {old}\n@misc{r, title={R}}",
        "@article{q, title={T}}\nSome words, a = b and c={d}.\n",
        "@article{q, title={T}}\narticle{off,\n title = {left out}}\n",
        "@article{q, title={T}},\n\n@misc{r, title={R}}",
        "@article{q, title={T}} %%%\n\n=====\n@misc{r, title={R}}",
        "@string{j = {J}} }\n@misc{r, title={R}}",
        "title = {T}\n@misc{r, title={R}}",
        "@comment{x}\n title = {T}\n@misc{r, title={R}}",
    ],
)
def test_a_comment_between_entries_is_none(text: str) -> None:
    assert _found(text) == []


def test_the_line_is_that_of_the_text() -> None:
    assert [problem.line for problem in _found("@misc{q,\n title={T}\n}\n\n  % x\n  }\n")] == [6]


def test_lint_warns_of_it() -> None:
    document = read_document(b"@misc{q,\n title={T}},\n note={lost}}\n", "x.bib")
    found = [(one.line, str(one.finding.severity)) for one in look_at(document) if one.finding.code.startswith("text-")]
    assert found == [(2, "warning")]
