"""Web addresses as they are compared: without case, scheme, `www.` and a slash at the end."""

import re

from refman.domain.folding import lower_ascii

ADDRESS_STARTS = ("https://", "http://", "https://www.", "http://www.", "www.", "")
"""What may stand before a folded address in a stored one."""

_TYPED = re.compile(r"(?:https?://(?:www\.)?|www\.)(?P<rest>[^\s\0]+)", re.IGNORECASE)


def fold_address(text: str) -> str:
    """The folded form of a text that is a web address as a whole; "" for any other text."""
    match = _TYPED.fullmatch(text)
    return lower_ascii(match["rest"]).rstrip("/") if match else ""


def begins_with_address(stored: str, folded: str) -> bool:
    """Whether a stored address is a folded one or begins with it."""
    return lower_ascii(stored).startswith(tuple(start + folded for start in ADDRESS_STARTS))
