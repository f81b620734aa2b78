"""The links of HTML that a browser put on the clipboard beside the text."""

from html.parser import HTMLParser

from refman.formats.base import Link

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
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


class _LinkReader(HTMLParser):
    """Keeps the blocks of text since the last link; inside a link they are the link's own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Link] = []
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._preceding: tuple[str, ...] = ()
        self._url: str | None = None
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link begins, a block ends."""
        if tag in _SILENT:
            self._silent = self._silent or tag
        elif tag == "a":
            self._end_link()
            self._begin_link(dict(attrs).get("href"))
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        """A link or a block ends."""
        if tag == self._silent:
            self._silent = ""
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        """Text of the block at hand."""
        if not self._silent:
            self._pieces.append(data)

    def close(self) -> None:
        """A link that the cut left open ends here, and so does the text behind the last one."""
        super().close()
        self._end_link()
        self._end_block()
        if self.found and self._blocks:
            self.found.append(Link("", "", tuple(self._blocks)))

    def _begin_link(self, url: str | None) -> None:
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
