"""The line above each paper of an author page: score, category code and date, glued, spaced or each on a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from refman.domain.categories import is_known
from refman.domain.dates import MONTH_NAMES, month_number
from refman.formats.profile_blocks import ends_sentence
from refman.formats.profile_lines import Line
from refman.formats.profile_names import Shape, shape

# No header is longer, so no long line is ever searched.
_LONGEST = 64
# A longer line is a whole paragraph: nobody wraps lines so wide.
_UNWRAPPED = 300
_GAP = r"[\s·•|]*"
_SCORE = r"(?P<score>\d{1,3}(?:[.,]\d{1,3})?)"
_CODE = r"(?P<code>[A-Za-z][A-Za-z.-]*?)"
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTH_NAMES) + "|Sept"
_DATE = rf"(?P<month>{_MONTH})\.?\s*(?P<day>\d{{1,2}})(?:\s*,?\s*(?P<year>\d{{4}}))?"
# Firefox copies the numbers of a list.
_LIST_NUMBER = r"(?:\d{1,5}[.)]\s+|[-•*]\s*)?"
_WHOLE = re.compile(rf"{_LIST_NUMBER}(?:{_SCORE}{_GAP})?{_CODE}{_GAP}{_DATE}", re.IGNORECASE)
_WITHOUT_DATE = re.compile(rf"{_LIST_NUMBER}(?:{_SCORE}{_GAP})?{_CODE}", re.IGNORECASE)
_ONLY_DATE = re.compile(_DATE, re.IGNORECASE)
_ONLY_SCORE = re.compile(rf"{_LIST_NUMBER}{_SCORE}")
_ONLY_LIST_NUMBER = re.compile(r"\d{1,5}[.)]")
_UNKNOWN_CODE = re.compile(r"[A-Z]{2,5}|[a-z]{2,}-[a-z]{2,}|[a-z]{2,}(?:-[a-z]{2,})?\.[A-Za-z]{2,}(?:-[a-z]{2,})?")
_LABEL_BEFORE_NUMBER = re.compile(r"h\W?index|novelty|ai\s?score|papers?|citations?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a paper; `first` and `last` index the lines it takes. `day` is as read, it may not exist."""

    first: int
    last: int
    code: str
    month: int
    day: int
    score: str = ""
    year: int | None = None


def is_code(text: str) -> bool:
    """A category code of arXiv, or a word in the form of one."""
    return len(text) <= _LONGEST and (is_known(text) or _UNKNOWN_CODE.fullmatch(text) is not None)


def find_headers(lines: Sequence[Line]) -> list[Header]:
    """The headers in order. Cost is linear: a look at each line and at most six lines around a likely header."""
    candidates = _candidates(lines)
    starts = {header.first for header in candidates}
    has_blank_lines = any(line.is_after_blank for line in lines[1:])
    return [header for header in candidates if _is_borne_out(header, lines, starts, has_blank_lines=has_blank_lines)]


def _candidates(lines: Sequence[Line]) -> list[Header]:
    found: list[Header] = []
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        header = _one_line(lines, index) or _date_under_code(lines, index)
        if header:
            found.append(_with_list_number(header, lines))
    return found


def _one_line(lines: Sequence[Line], index: int) -> Header | None:
    match = _WHOLE.fullmatch(lines[index].text)
    if not match or not is_code(match["code"]):
        return None
    score = match["score"] or ""
    first = index
    if not score and _is_score(lines, index - 1):
        first, score = index - 1, lines[index - 1].text
    return _header(match, first, index, code=match["code"], score=score)


def _date_under_code(lines: Sequence[Line], index: int) -> Header | None:
    match = _ONLY_DATE.fullmatch(lines[index].text)
    above = lines[index - 1].text if match and index else ""
    upper = _WITHOUT_DATE.fullmatch(above) if len(above) <= _LONGEST else None
    if not match or not upper or not is_code(upper["code"]):
        return None
    score = upper["score"] or ""
    first = index - 1
    if not score and _is_score(lines, index - 2):
        first, score = index - 2, lines[index - 2].text
    return _header(match, first, index, code=upper["code"], score=score)


def _is_score(lines: Sequence[Line], index: int) -> bool:
    """A number of its own that no label of the page's head above it claims."""
    if index < 0 or len(lines[index].text) > _LONGEST or not _ONLY_SCORE.fullmatch(lines[index].text):
        return False
    return index == 0 or not _LABEL_BEFORE_NUMBER.fullmatch(lines[index - 1].text)


def _header(match: re.Match[str], first: int, last: int, *, code: str, score: str) -> Header:
    number = _ONLY_SCORE.fullmatch(score)
    return Header(
        first,
        last,
        code,
        month_number(match["month"]) or 0,
        int(match["day"]),
        number["score"].replace(",", ".") if number else "",
        int(match["year"]) if match["year"] else None,
    )


def _with_list_number(header: Header, lines: Sequence[Line]) -> Header:
    before = lines[header.first - 1].text if header.first else ""
    return replace(header, first=header.first - 1) if _ONLY_LIST_NUMBER.fullmatch(before) else header


def _is_borne_out(header: Header, lines: Sequence[Line], starts: set[int], *, has_blank_lines: bool) -> bool:
    """A line in a hard-wrapped abstract can look like a header: blank lines or the lines below must agree.

    A code in small letters could be a word, so it needs a title and authors below it in any case.
    """
    if _title_and_authors_follow(lines, header.last + 1, starts):
        return True
    above = lines[header.first - 1].text if header.first else ""
    is_below_whole_abstract = len(above) > _UNWRAPPED and ends_sentence(above)
    is_below_end = is_below_whole_abstract or (ends_sentence(above) and _is_glued(header, lines[header.last].text))
    may_begin = lines[header.first].is_after_blank or is_below_end or not has_blank_lines
    return may_begin and not (header.code.isalpha() and header.code.islower())


def _is_glued(header: Header, line: str) -> bool:
    """`LGFeb 19, 2020`: as the page has it, and as no sentence has it."""
    code, _, date = line.partition(header.code)
    return not code.strip("0123456789.") and _ONLY_DATE.fullmatch(date) is not None and date[:1].isupper()


def _title_and_authors_follow(lines: Sequence[Line], title: int, starts: set[int]) -> bool:
    if title in starts:
        return False
    for index in range(title + 1, min(title + 5, len(lines))):
        if index in starts:
            return False
        if shape(lines[index].text) is Shape.LIST:
            return True
    is_single = title + 1 < len(lines) and shape(lines[title + 1].text) is Shape.ONE
    return is_single and _stands_alone(lines, title + 1)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """One name could be any line, so it must be a paragraph, or have the whole abstract on the line below it."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    if lines[index].is_after_blank:
        return below is None or below.is_after_blank
    return below is not None and len(below.text) > _UNWRAPPED


def begins_paper(text: str) -> bool:
    """True for a header on one line and for its date alone, as the blocks of a page's HTML show them."""
    if len(text) > _LONGEST:
        return False
    match = _WHOLE.fullmatch(text)
    return bool(match and is_code(match["code"])) or _ONLY_DATE.fullmatch(text) is not None
