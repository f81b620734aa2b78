"""Text as one line, which most of it is already."""

import re

_LINE_END = re.compile("\n *+")
# An expression of one text finds two signs in half the time that `in` takes where the first of them is common.
_TWO_BLANKS = re.compile("  ")
_LONG = 200


def one_line(text: str) -> str:
    """Runs of white space as one blank. A long text mostly has few lines and no runs, and to see that costs less."""
    if len(text) < _LONG:
        return " ".join(text.split())
    if "\n" in text:
        text = _LINE_END.sub(" ", text.replace("\r\n", "\n"))
    if _TWO_BLANKS.search(text) or not _is_of_blanks(text):
        return " ".join(text.split())
    return text.strip(" ")


def _is_of_blanks(text: str) -> bool:
    """True when no other white space than blanks can be in a text."""
    if not text.isascii():
        return text.isprintable()
    return not (
        "\t" in text
        or "\r" in text
        or "\n" in text
        or "\v" in text
        or "\f" in text
        or "\x1c" in text
        or "\x1d" in text
        or "\x1e" in text
        or "\x1f" in text
    )
