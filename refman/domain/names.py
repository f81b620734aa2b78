"""People and organisations as structured names."""

import re
from collections.abc import Iterable, Sequence

from refman.domain.frozen import dataclass


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
        """`von Glehn, Jr., Ingrid`: what `parse_name` reads back as this name; an organisation without its braces.

        A comma at the end keeps `De Gaulle,` from having a given name.
        """
        if self.literal:
            return self.literal
        head = " ".join(part for part in (self.prefix, self.family) if part)
        is_plain = " " not in self.family and (not self.prefix or self.prefix[0].islower())
        ends_early = bool(head) and not self.given and (bool(self.suffix) or not is_plain)
        return ", ".join(part for part in (head, self.suffix, self.given) if part) + ("," if ends_early else "")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word without its braces; `is_lower` tells the first letter outside of braces, if there is one."""

    text: str
    is_lower: bool


def parse_name(text: str) -> Name:
    """Reads one name as people write it, `Given von Family` or `von Family, Jr, Given`; braces make an organisation.

    The split is BibTeX's (btxdoc section 4): words that start in lower case before the last word are the prefix, and
    braces hold words together. Unlike there a hyphen parts no name: `Kyung-hyun Cho` has one given name. For TeX see
    `formats.bibtex.names`.
    """
    joined = " ".join(text.split())
    if _is_one_group(joined):
        return Name(literal=_without_braces(joined))
    parts = _comma_parts(joined)
    head, tail = parts[0], parts[1:]
    if not head and tail:
        head, tail = tail[0], tail[1:]
    if not tail:
        return _from_reading_order(head)
    prefix, family = _split_prefix(head)
    suffix, given = (tail[0], tail[1:]) if len(tail) > 1 else ([], tail)
    return Name(_text(word for part in given for word in part), prefix, family, _text(suffix))


_GROUP_EDGE = re.compile(r"[{}]")
_NAME_PIECE = re.compile(r"[{}, ]|[^{}, ]+")


def _is_one_group(text: str) -> bool:
    """True when the brace that opens the text closes at its end."""
    depth = 0
    for edge in _GROUP_EDGE.finditer(text):
        depth += 1 if edge.group() == "{" else -1
        if depth < 1:
            return text.startswith("{") and edge.end() == len(text)
    return False


def _without_braces(text: str) -> str:
    return " ".join(_GROUP_EDGE.sub("", text).split())


def _comma_parts(text: str) -> list[list[_Word]]:
    """The words between commas; commas and blanks inside braces part nothing."""
    depth = 0
    parts: list[list[str]] = [[""]]
    for piece in _NAME_PIECE.findall(text):
        depth = max(0, depth + (piece == "{") - (piece == "}"))
        if depth == 0 and piece == ",":
            parts.append([""])
        elif depth == 0 and piece == " ":
            parts[-1].append("")
        else:
            parts[-1][-1] += piece
    return [[_word(word) for word in part if _without_braces(word)] for part in parts]


def _word(text: str) -> _Word:
    depth = 0
    for char in text:
        depth = max(0, depth + (char == "{") - (char == "}"))
        if depth == 0 and char.isalpha():
            return _Word(_without_braces(text), char.islower())
    return _Word(_without_braces(text), False)


def _text(words: Iterable[_Word]) -> str:
    return " ".join(word.text for word in words)


def _from_reading_order(words: Sequence[_Word]) -> Name:
    start = next((place for place, word in enumerate(words[:-1]) if word.is_lower), len(words) - 1)
    prefix, family = _split_prefix(words[max(start, 0) :])
    return Name(_text(words[: max(start, 0)]), prefix, family)


def _split_prefix(words: Sequence[_Word]) -> tuple[str, str]:
    """The prefix runs to the last lower-case word that is not the last word of all."""
    end = max((place for place, word in enumerate(words[:-1], start=1) if word.is_lower), default=0)
    return _text(words[:end]), _text(words[end:])


def short_list(names: Iterable[Name], *, truncated: bool, most: int = 3) -> str:
    """Family names for a list row: `Zheng, von Glehn, Zwols et al.`; at most `most` names."""
    shown = list(names)
    text = ", ".join(name.short for name in shown[:most])
    return f"{text} et al." if text and (truncated or len(shown) > most) else text
