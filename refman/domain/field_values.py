"""Typed text to plain values, field by field. Every `parse_` raises InvalidValue with a sentence for the field."""

import re
import unicodedata
from urllib.parse import unquote

from refman.domain.dates import MONTH_NAMES, is_edtf, month_number
from refman.domain.errors import InvalidValue

_DOI = re.compile(
    r"(?:doi:\s*)?(?P<resolver>(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(?P<doi>10\.[0-9]{4,9}(?:/|%2F)\S+)",
    re.IGNORECASE,
)
# Since April 2007 ids begin with year and month, before with the archive (https://arxiv.org/help/arxiv_identifier).
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
    r"(?P<id>(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)(?:\.pdf)?",
    re.IGNORECASE | re.ASCII,
)


def parse_line(text: str) -> str:
    """One line: NFC, line breaks and runs of blanks become one blank, ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def parse_paragraphs(text: str) -> str:
    """Text with its line breaks: NFC, `\\n` line ends, ends trimmed."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def parse_year(text: str) -> str:
    """A year of one to four digits, negative before year 0 (EDTF)."""
    value = text.strip()
    if value and not re.fullmatch(r"-?[0-9]{1,4}", value):
        raise InvalidValue(
            "bad-year",
            f'"{value}" is not a year; write digits such as 2026, or clear the field.',
            value,
        )
    return value


def parse_month(text: str) -> str:
    """1 to 12, from a number or a name in any usual spelling (`jan`, `Sept.`, `March`, `août`)."""
    value = text.strip()
    number = month_number(value)
    if value and number is None:
        raise InvalidValue("bad-month", f'"{value}" is not a month; write 1 to 12 or a name such as March.', value)
    return str(number) if number else ""


def parse_day(text: str) -> str:
    """1 to 31."""
    value = text.strip()
    if value and not (value.isascii() and value.isdigit() and 1 <= int(value) <= 31):
        raise InvalidValue("bad-day", f'"{value}" is not a day of a month; write 1 to 31.', value)
    return str(int(value)) if value else ""


def parse_date(text: str) -> str:
    """An EDTF date of level 0 or 1 as biblatex takes it: `2026-05-07`, `2019/2021`, `1990~`, `199X`."""
    value = text.strip()
    if value and not is_edtf(value):
        raise InvalidValue(
            "bad-date",
            f'"{value}" is not a date; write 2026-05-07, 2026-05, 2026 or 2019/2021.',
            value,
        )
    return value


def parse_score(text: str) -> str:
    """A number such as 95.5."""
    value = text.strip()
    if value and not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
        raise InvalidValue("bad-number", f'"{value}" is not a number; write digits such as 95.5.', value)
    return value


def parse_doi(text: str) -> str:
    """A bare DOI (`10.1000/xyz`); a resolver address or `doi:` in front is taken off, other text is kept as typed."""
    value = parse_line(text)
    return find_doi(value) or value


def parse_eprint(text: str) -> str:
    """An eprint id; `arXiv:` or an arxiv.org address in front is taken off, other text is kept as typed."""
    value = parse_line(text)
    return find_arxiv_id(value) or value


def find_doi(text: str) -> str:
    """The DOI that is the whole of `text` (with or without resolver), else ""."""
    match = _DOI.fullmatch(text.strip())
    if not match:
        return ""
    # In an address `%28` stands for a bracket; a bare DOI may hold percent signs of its own.
    doi = unquote(match["doi"]) if match["resolver"] else match["doi"]
    return doi if "/" in doi else ""


def find_arxiv_id(text: str) -> str:
    """The arXiv id that is the whole of `text` (with or without address), else ""."""
    match = _ARXIV.fullmatch(text.strip())
    return match["id"] if match else ""


def show_month(value: str) -> str:
    """The English name of a month number."""
    return MONTH_NAMES[int(value) - 1] if value.isascii() and value.isdigit() and 1 <= int(value) <= 12 else value
