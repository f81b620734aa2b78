"""People and organisations as structured names."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One author or editor; an organisation has only `literal`.

    The parts are those of BibTeX (btxdoc section 4): `Ludwig van Beethoven, Jr.` is given Ludwig, prefix van,
    family Beethoven, suffix Jr. All parts are plain Unicode text without TeX braces.
    """

    given: str = ""
    prefix: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def display(self) -> str:
        """The name in reading order: `Ingrid von Glehn`."""
        if self.literal:
            return self.literal
        words = " ".join(part for part in (self.given, self.prefix, self.family) if part)
        return f"{words}, {self.suffix}" if self.suffix else words

    @property
    def short(self) -> str:
        """What a narrow column shows: prefix and family name, or the organisation."""
        return self.literal or " ".join(part for part in (self.prefix, self.family) if part) or self.given

    @property
    def inverted(self) -> str:
        """`von Glehn, Jr., Ingrid`: the unambiguous form, for editing and for BibTeX without escapes."""
        if self.literal:
            return self.literal
        head = " ".join(part for part in (self.prefix, self.family) if part)
        return ", ".join(part for part in (head, self.suffix, self.given) if part)


def parse_name(text: str) -> Name:
    """Reads one name as people write it, `Given von Family` or `von Family, Jr, Given`; braces make an organisation.

    The split is BibTeX's (btxdoc section 4): words that start in lower case before the last word are the prefix.
    """
    words = text.split()
    joined = " ".join(words)
    if joined.startswith("{") and joined.endswith("}"):
        return Name(literal=joined[1:-1])
    if "," not in joined:
        return _from_reading_order(words)
    head, *tail = (part.strip() for part in joined.split(","))
    prefix, family = _split_prefix(head.split())
    suffix = tail[0] if len(tail) > 1 else ""
    given = " ".join(tail[1:]) if len(tail) > 1 else tail[0]
    return Name(given=given, prefix=prefix, family=family, suffix=suffix)


def _from_reading_order(words: list[str]) -> Name:
    first_lower = next((i for i, word in enumerate(words[:-1]) if word[0].islower()), None)
    if first_lower is None:
        return Name(given=" ".join(words[:-1]), family=words[-1] if words else "")
    prefix, family = _split_prefix(words[first_lower:])
    return Name(given=" ".join(words[:first_lower]), prefix=prefix, family=family)


def _split_prefix(words: list[str]) -> tuple[str, str]:
    """The prefix runs to the last lower-case word that is not the last word of all."""
    end = 0
    for position, word in enumerate(words[:-1], start=1):
        if word[0].islower():
            end = position
    return " ".join(words[:end]), " ".join(words[end:])


def short_list(names: Iterable[Name], *, truncated: bool, most: int = 3) -> str:
    """Family names for a list row: `Zheng, von Glehn, Zwols et al.`; at most `most` names."""
    shown = list(names)
    text = ", ".join(name.short for name in shown[:most])
    return f"{text} et al." if text and (truncated or len(shown) > most) else text
