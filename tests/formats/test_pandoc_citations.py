"""Keys that Markdown cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.cite_arguments import SECOND
from refman.formats.markdown_hidden import blanked_markdown, markdown_comments
from refman.formats.pandoc_citations import pandoc_citations, pandoc_mentions


def _keys(text: str, name: str = "") -> list[str]:
    return [one.key for one in pandoc_citations(text, file_name=name)]


def test_keys_and_their_places() -> None:
    text = (
        "See [@a1; see -@b:2, p. 3] and @bare, [@{odd.key}.], [@fig-one], me@x.org\n"
        "```\n[@code]\n```\n`[@c]` [not closed @d\n[@e_f.g.]\n"
    )
    assert [(one.key, one.line) for one in pandoc_citations(text)] == [
        ("a1", 1),
        ("b:2", 1),
        ("bare", 1),
        ("odd.key", 1),
        ("d", 5),
        ("e_f.g", 6),
    ]
    assert all(text[one.start :].startswith(one.key) for one in pandoc_citations(text))
    assert [text[one.start : one.start + 4] for one in pandoc_mentions(text, "bare")] == ["bare"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("@a says [-@b], **@c**, (@d) and \u201c@e\u201d; @{f}.", "abcdef"),
        ('---\nnocite: "@a"\n---\n', "a"),
        ("---\ntitle: x\nnocite: |\n  @a, @b\n\n    @c\n...\n\nText @d", "abcd"),
        ("---\nnocite:\n    - '@a'\n    - \"@*\"\n---\n@b", "ab"),
        (r"As \cite{a} and \textcite[p. 3]{b}, 100 % \citep{c} @d", "abcd"),
        (r"\see{no}{a} @b", "ab"),
        ("x@a.org <mailto:x@b.org> https://c.org/@d \\@ref(fig:x) @@e", ""),
        ("[@fig:a] @tbl:b @eq:c @sec:d @lst:e @Fig:f @tbl-g @sec-h", ""),
        ("`@a` ``@b ` @c`` `@d\n@e` \\`@f\\`", "f"),
        ("A ` that is alone\n\n@a ` @b", "ab"),
        ("```{r}\nx@a\n@b\n````\n@c\n~~~ sh\n@d\n```\n", "c"),
        ("- item\n\n  ```\n  @a\n  ```\n> ```\n> @b\n> ```\n@c ```@d``` @e", "ce"),
        ("```{=latex}\n\\cite{a}\n```\n```latex\n\\cite{b}\n```\n", "a"),
        ("Text\n\n    @a code\n\n\t@b code\nText @c\n    @d goes on\n", "cd"),
        ("- item\n\n    @a in it\n\n1. x\n    @b\n\n[^1]: Note\n\n    @c\n\nText\n\n    @d\n", "abc"),
        ("<!-- @a\n\\cite{b} --> @c <!-- @d", "cd"),
    ],
)
def test_what_is_a_citation(text: str, keys: str) -> None:
    assert [one.key for one in pandoc_citations(text, {"see": SECOND})] == [*keys]


def test_a_readme_names_people() -> None:
    text = "By @alice and [@paper; @b], \\cite{c}, [x](y)"
    assert _keys(text, "README.md") == ["paper", "b", "c"] == _keys(text, "changelog.md")
    assert _keys(text, "thesis.md") == ["alice", "paper", "b", "c"] == _keys(text, "authorship.md")
    assert [one.key for one in pandoc_mentions(text, "alice")] == ["alice"]


def test_comments_have_places() -> None:
    text = "`<!-- a -->` <!-- b --> c\n<!-- d"
    assert [text[start:end] for start, end in markdown_comments(text)] == ["<!-- b -->"]


_PIECES = [*"@a[]{}`~\n -:", "```", "~~~", "    ", "<!--", "-->", "- ", "---\n", "\\cite{", "\r\n"]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    shown = blanked_markdown(text)
    assert len(shown) == len(text) and shown.count("\n") == text.count("\n")
    for one in pandoc_citations(text):
        assert text[one.start :].startswith(one.key)
        assert one.line == text.count("\n", 0, one.start) + 1
