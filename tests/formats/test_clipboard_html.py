"""Links of pasted HTML in document order, with the text they stood on and the text before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.base import Link
from refman.formats.clipboard_html import links


def test_links_come_in_order_with_their_text_and_the_blocks_before_them() -> None:
    html = """
        <html><head><title>Page</title><style>a { color: red }</style></head><body><!--StartFragment-->
        <p>Some <b>bold</b> text</p>
        <h3>A <i>Title</i>&nbsp;Here</h3><div><a href="https://arxiv.org/abs/1"><svg><path/></svg></a></div>
        <ul><li>One<li><a href="https://b/?x=1&amp;y=2">The
        <em>second</em> link</a></ul>
        <script>var a = "<a href='x'>";</script>
        <!--EndFragment--></body></html>
    """
    assert links(html) == (
        Link("", "https://arxiv.org/abs/1", ("Some bold text", "A Title Here")),
        Link("The second link", "https://b/?x=1&y=2", ("One",)),
    )


def test_blocks_inside_a_link_are_its_lines() -> None:
    html = '<a href="/paper/1"><div>95.5<span>AI</span>May 7</div><h3>A Title</h3><p>Jane Doe</p></a> after'
    assert links(html) == (Link("95.5AIMay 7\nA Title\nJane Doe", "/paper/1"), Link("", "", ("after",)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ()),
        ("no links", ()),
        ("<a name='x'>anchor</a>", ()),
        ("<a href=''>empty</a>", ()),
        ("<a href=x>open", (Link("open", "x"),)),
        ("<a href=x>one<a href=y>two</a>", (Link("one", "x"), Link("two", "y"))),
        ("<A HREF=x>One</A>", (Link("One", "x"),)),
        ("<a href=x>one<br>two</a>", (Link("one\ntwo", "x"),)),
        ("<a href=x>a &amp; b &#8211; c</a>", (Link("a & b – c", "x"),)),
        ("<p>cut <a href='x", ()),
        ("</a></p><a href=x>one</a>", (Link("one", "x"),)),
    ],
)
def test_html_as_it_comes(html: str, expected: tuple[Link, ...]) -> None:
    assert links(html) == expected


_PIECES = st.sampled_from(
    [
        "<a href=x>",
        "</a>",
        "<p>",
        "</p>",
        "<br>",
        "text",
        " ",
        "<script>",
        "</script>",
        "&amp;",
        "&#",
        "<",
        "<!--",
        "-->",
        "<![CDATA[",
        "\x00",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_broken_html_never_raises(html: str) -> None:
    assert len(links(html)) <= html.count("<a href") + 1
