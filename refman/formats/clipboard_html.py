"""The links of HTML that a browser put on the clipboard beside the text."""

from refman.formats.base import Link
from refman.formats.html_tokens import Tag, html_tokens

# Everything else flows with the text around it. Source: the HTML standard's rendering section, `display: block`.
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "button", "center", "dd", "details", "dialog"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "search"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_SILENT = frozenset({"head", "script", "style", "template", "title"})


def links(html: str) -> tuple[Link, ...]:
    """The links in document order, each with its text and the blocks of text before it. Linear; never raises.

    Text behind the last link comes as a `Link` without address; without any link the result is empty.
    """
    reader = _LinkReader()
    for token in html_tokens(html):
        if not isinstance(token, Tag):
            reader.take_text(token)
        elif token.is_end:
            reader.end(token.name)
        else:
            reader.start(token)
    reader.close()
    return tuple(reader.found)


class _LinkReader:
    """Keeps the blocks of text since the last link; inside a link they are the link's own."""

    def __init__(self) -> None:
        self.found: list[Link] = []
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._preceding: tuple[str, ...] = ()
        self._url: str | None = None
        self._silent = ""

    def start(self, tag: Tag) -> None:
        """A link begins, a block ends."""
        if tag.name in _SILENT:
            self._silent = self._silent or tag.name
        elif tag.name == "a":
            self._end_link()
            self._begin_link(tag.attributes.get("href", ""))
        elif tag.name in _BLOCKS:
            self._end_block()

    def end(self, tag: str) -> None:
        """A link or a block ends."""
        if tag == self._silent:
            self._silent = ""
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._end_block()

    def take_text(self, data: str) -> None:
        """Text of the block at hand."""
        if not self._silent:
            self._pieces.append(data)

    def close(self) -> None:
        """A link that the cut left open ends here, and so does the text behind the last one."""
        self._end_link()
        self._end_block()
        if self.found and self._blocks:
            self.found.append(Link("", "", tuple(self._blocks)))

    def _begin_link(self, url: str) -> None:
        if url:
            self._end_block()
            self._preceding, self._blocks = tuple(self._blocks), []
            self._url = url

    def _end_link(self) -> None:
        if self._url is not None:
            self._end_block()
            self.found.append(Link("\n".join(self._blocks), self._url, self._preceding))
            self._blocks, self._url = [], None

    def _end_block(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._pieces = []
        if text:
            self._blocks.append(text)
