"""What stands under a header of an author page: title, authors, abstract, each a paragraph that may be hard-wrapped.

Blank lines are used where they are, but each may be lost or doubled, so the form of the lines decides with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from refman.formats.profile_lines import Line
from refman.formats.profile_names import Shape, ends_cut, shape

# A title or list of authors is never so long, a line of a hard-wrapped text neither.
_LONGEST_LINE = 300
_MOST_TITLE_LINES = 5


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The parts of one paper, each in order and without gaps; what is not there is empty. `rest` belongs to no part."""

    title: Sequence[Line]
    authors: Sequence[Line]
    abstract: Sequence[Line]
    rest: Sequence[Line]


def split_paragraphs(lines: Sequence[Line], *, is_closed: bool = False) -> Paragraphs:
    """Divides the lines below a header. Linear. `is_closed`: a blank line and then the next header follow them."""
    authors = _authors_start(lines)
    title_end = _title_end_without_authors(lines) if authors is None else authors
    after = title_end if authors is None else _authors_end(lines, authors)
    end = _abstract_end(lines, after, is_closed=is_closed)
    return Paragraphs(lines[:title_end], lines[title_end:after], lines[after:end], lines[end:])


def ends_sentence(text: str) -> bool:
    """True when a text can end here: a full stop or the like, quotes and brackets after it, or an address."""
    last_word = text.rpartition(" ")[2]
    return last_word.rstrip("\"'”’»)]}$*").endswith((".", "?", "!", "…", "。", "？", "！")) or "://" in last_word


def is_prose(text: str) -> bool:
    """A line that is neither a title nor names: too long, or a sentence that ends in a full stop."""
    is_sentence = text.endswith(".") and text.count(" ") > 6 and not ends_cut(text)
    return len(text) > _LONGEST_LINE or (is_sentence and not is_list(text))


def is_list(text: str) -> bool:
    """A list of names, with more certainty than one name can have."""
    return shape(text) is Shape.LIST


def headless_paper(lines: Sequence[Line], index: int) -> bool:
    """True when a title and a list of authors stand here, so the paper's header was lost."""
    return index + 1 < len(lines) and not is_prose(lines[index].text) and is_list(lines[index + 1].text)


def _authors_start(lines: Sequence[Line]) -> int | None:
    """The first line of the authors: a list of names below the title's paragraph, else by place and form."""
    candidates = range(1, min(_first_prose(lines), _MOST_TITLE_LINES + 1))
    title_end = _paragraph_end(lines, 0)
    for index in candidates:
        if index <= title_end and is_list(_with_next(lines, index)):
            return index
    possible = [index for index in candidates if not _reads_like_text(lines[index].text)]
    single = [index for index in possible if shape(lines[index].text) is Shape.ONE]
    if title_end in possible:
        return title_end
    return next(iter([*single, *possible]), None)


def _title_end_without_authors(lines: Sequence[Line]) -> int:
    """The title is its paragraph; where blank lines are lost it is the first line."""
    end = _paragraph_end(lines, 0)
    return end if end < len(lines) and end <= _first_prose(lines) else min(1, len(lines))


def _first_prose(lines: Sequence[Line]) -> int:
    return next((index for index in range(1, len(lines)) if is_prose(lines[index].text)), len(lines))


def _reads_like_text(text: str) -> bool:
    """True when the line has so many words in small letters that it is no odd name (`bell hooks`, `the 3DV team`)."""
    return sum(word[0].islower() for word in text.split()) > 3


def _with_next(lines: Sequence[Line], index: int) -> str:
    """A list of names can be broken so that its first line alone is none: `Daniel Zheng, Ingrid von`."""
    text = lines[index].text
    if "," in text and not is_list(text) and index + 1 < len(lines) and not lines[index + 1].is_after_blank:
        return f"{text} {lines[index + 1].text}"
    return text


def _paragraph_end(lines: Sequence[Line], start: int) -> int:
    """The index after the last line before a blank one."""
    return next((index for index in range(start + 1, len(lines)) if lines[index].is_after_blank), len(lines))


def _authors_end(lines: Sequence[Line], start: int) -> int:
    """The list goes on while the lines together still are names and nothing says that it is whole."""
    text = lines[start].text
    for index in range(start + 1, len(lines)):
        line = lines[index]
        longer = f"{text} {line.text}"
        if line.is_after_blank or ends_cut(text) or len(line.text) > _LONGEST_LINE or not is_list(longer):
            return index
        text = longer
    return len(lines)


def _abstract_end(lines: Sequence[Line], start: int, *, is_closed: bool) -> int:
    """One paragraph, or less where a blank line was lost behind it and something else follows without one."""
    if start == len(lines) or headless_paper(lines, start) or is_list(lines[start].text):
        return start
    end = _paragraph_end(lines, start)
    width = max(len(line.text) for line in lines[start:end])
    is_paragraph = lines[start].is_after_blank and (width <= _LONGEST_LINE or (is_closed and end == len(lines)))
    while end > start + 1 and lines[end - 1].text == lines[end - 2].text:
        end -= 1
    for index in range(start + 1, end):
        if not ends_sentence(lines[index - 1].text):
            continue
        if headless_paper(lines, index) or (not is_paragraph and not _is_full(lines, index - 1, width)):
            return index
    return end


def _is_full(lines: Sequence[Line], index: int, width: int) -> bool:
    """True when the line was broken because the next word did not fit, so that the paragraph goes on."""
    next_word = lines[index + 1].text.split(" ", 1)[0]
    return width <= _LONGEST_LINE and len(lines[index].text) + 1 + len(next_word) > width
