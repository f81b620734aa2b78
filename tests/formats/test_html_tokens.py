"""HTML as browsers, and people who mean harm, put it on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.html_tokens import Tag, html_tokens, unescaped

_PIECES = [
    "<",
    ">",
    "</",
    "<a",
    " href=",
    "'",
    '"',
    "=",
    "/",
    "<!--",
    "-->",
    "<![",
    "<?",
    "<script>",
    "</script",
    "&#",
    "x",
    " ",
]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a &amp; b", ["a & b"]),
        ("<A HREF=x CLASS='y z' href=w>", [Tag("a", False, {"href": "x", "class": "y z"})]),
        ("<br/>", [Tag("br", False, {})]),
        ("</P >", [Tag("p", True, {})]),
        ("<a title='a > b &lt;'>", [Tag("a", False, {"title": "a > b <"})]),
        ("<a ==x>", [Tag("a", False, {"x": ""})]),
        ("1 < 2<3", ["1 ", "<", " 2", "<", "3"]),
        ("<!-- <a> -->x<!doctype html>y<?xml ?>z</>w<![CDATA[q]]>", ["x", "y", "z", "w"]),
        ("<script>if (a<b) '</p>'</SCRIPT>x", [Tag("script", False, {}), Tag("script", True, {}), "x"]),
        ("<style>never closed <a href=x>", [Tag("style", False, {})]),
        ("x<a href='never closed>y", ["x"]),
        ("x<!-- never closed", ["x"]),
        (f"&#{'1' * 5000};&#x{'f' * 5000};", [f"&#{'1' * 5000};\ufffd"]),
    ],
)
def test_it_is_read_as_browsers_read_it(html: str, expected: list[str | Tag]) -> None:
    assert list(html_tokens(html)) == expected


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_nothing_raises_and_text_without_tags_stays(html: str) -> None:
    assert all(isinstance(token, Tag | str) for token in html_tokens(html))
    assert "".join(token for token in html_tokens(html.replace("<", "")) if isinstance(token, str)) == unescaped(
        html.replace("<", "")
    )
