"""What a modifier makes of the value of a marker."""

import re
from collections.abc import Callable, Iterable

from refman.domain.key_patterns import Modifier
from refman.domain.transliteration import to_ascii

_LONGEST = 500
"""Characters that a regular expression is given at most: one of a person's own can be slow."""


def modified(value: str, modifiers: Iterable[Modifier]) -> str:
    """The value after all modifiers in their order; one that does not exist does nothing."""
    for modifier in modifiers:
        value = _modified(value, modifier)
    return value


def capital(word: str) -> str:
    """With a capital in front."""
    return word[:1].upper() + word[1:]


def _modified(value: str, modifier: Modifier) -> str:
    if modifier.name == "default":
        return value or modifier.instead
    if modifier.name == "regex":
        try:
            return re.sub(modifier.wanted, modifier.instead, to_ascii(value)[:_LONGEST])
        except (re.error, IndexError):
            return value
    if match := re.fullmatch(r"truncate([0-9]{1,4})", modifier.name):
        return value[: int(match.group(1))]
    change = _CHANGES.get(modifier.name)
    return change(value) if change else value


def _sentence_case(value: str) -> str:
    return value[:1].upper() + value[1:].lower()


_CHANGES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": capital,
    "titlecase": str.title,
    "title_case": str.title,
    "camel": capital,
    "sentencecase": _sentence_case,
    "sentence_case": _sentence_case,
    # The parts of a value run together with a capital each, so the capitals and figures are its abbreviation.
    "abbr": lambda value: re.sub(r"(?<=[A-Za-z])[a-z]+", "", value),
}
