"""Numbers and days as arguments; what is none is wrong usage."""

import argparse
import re
from datetime import date

_MOST = 2**63 - 1
"""The largest number that a database holds; nothing has more."""


def parse_number(text: str) -> int:
    """A count or an id."""
    if not (text.isascii() and text.isdigit() and len(text) <= 100):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number; write digits such as 50')
    return min(int(text), _MOST)


def parse_day(text: str) -> date:
    """`2026-11-22`."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it as 2026-11-22')
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no day {text}") from None
