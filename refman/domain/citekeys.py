"""Citation keys from a pattern in JabRef's language.

A pattern is text with markers in brackets and modifiers after a colon (`key_patterns.py` reads it). Where JabRef joins
the particle to the family name (`vonGlehn`), refman takes the family name alone. A marker that names none of the ones
below is a field.

A key is legal for BibTeX, biber and `\\cite` whatever the paper holds: letters and digits of ASCII, `:`, `_`, `-`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase

from refman.domain.dates import MONTH_MACROS, first_year
from refman.domain.key_modifiers import capital, modified
from refman.domain.key_names import OF_PEOPLE, families, initials, of_number
from refman.domain.key_patterns import Marker, read_pattern
from refman.domain.month_texts import read_month
from refman.domain.names import Name
from refman.domain.paper import Draft
from refman.domain.transliteration import to_ascii

NO_NAME = "paper"
"""Stands for the author of a paper that has neither a name nor a title in letters that a key can hold."""

_ILLEGAL = re.compile(r"[^A-Za-z0-9:_-]+")
_TEX = re.compile(r"\\[A-Za-z]+|[\\{}$^_]")
_ELISION = re.compile(r"\b(?:l|d|qu)'(?=\w)", re.IGNORECASE)
# A single letter or digit belongs to the part after its hyphen: Q-learning is one word, Divide-and-Conquer are three.
_WORD = re.compile(r"(?:\b[A-Za-z0-9]-)?[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_ARTICLES_AND_THE_LIKE = """
a an the and or nor but of on in at by for to from with via as is are its into
der die das ein eine einer eines und den dem von vom zur zum im am
le la les un une des du de et au aux en sur el los las il lo gli y
"""
_STOP_WORDS = frozenset(_ARTICLES_AND_THE_LIKE.split())


def key_candidates(draft: Draft, pattern: str) -> Iterator[str]:
    """Keys for a paper, best first, without end: the pattern's, then with the next significant word of the title,
    then the pattern's with a letter (a to z, aa, ab ...).

    Whoever makes a key takes the first that is free and never changes it again. The same draft and pattern always
    give the same keys.
    """
    base, longer = key_stems(draft, pattern)
    yield base
    if longer:
        yield longer
    yield from (key for place in count() if (key := base + letters_at(place)) != longer)


def key_stems(draft: Draft, pattern: str) -> tuple[str, str]:
    """The first two of `key_candidates`: the pattern's key, and that with one word more ("" when there is none)."""
    material = _Material(draft)
    pieces = read_pattern(pattern).of(draft.type)
    base = _legal("".join(_value(piece, material) for piece in pieces)) or NO_NAME
    word = material.next_word()
    return base, base + (word.lower() if base == base.lower() else word) if word else ""


def letters_at(place: int) -> str:
    """The letters that make a key another one: 0 is a, 25 is z, 26 is aa."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = ascii_lowercase[letter] + letters
    return letters


def significant_words(title: str) -> list[str]:
    """The words of a title in ASCII, case kept, without articles, short prepositions and conjunctions.

    A title of nothing else keeps them all.
    """
    plain = _ELISION.sub("", to_ascii(_TEX.sub(" ", title)).replace("`", "'"))
    words = [re.sub("[-']", "", word) for word in _WORD.findall(plain)]
    return [word for word in words if word.lower() not in _STOP_WORDS] or words


@dataclass(slots=True)
class _Material:
    """A draft, how many words of its title have gone into the key so far, and whether one stands for the author."""

    draft: Draft
    used: int = 0
    lent: int = 0

    def words(self, most: int | None = None) -> list[str]:
        """The significant words behind the one that stands for a missing author; they count as used."""
        rest = significant_words(self.draft.plain("title"))[self.lent :][:most]
        self.used = max(self.used, self.lent + len(rest))
        return rest

    def next_word(self) -> str:
        """The first word that is not in the key yet, or ""."""
        return capital("".join(significant_words(self.draft.plain("title"))[self.used : self.used + 1]))

    def lend_word(self) -> str:
        """The first word of the title in place of an author."""
        words = significant_words(self.draft.plain("title"))
        if not words:
            return NO_NAME
        self.lent = 1
        self.used = max(self.used, 1)
        return capital(words[0])


def _first_name(draft: Draft) -> str:
    """The family name of the first author, else of the first editor, else the first word of an organisation."""
    for role in ("author", "editor"):
        people = draft.people.get(role)
        if people and people.names and (word := _family(people.names[0])):
            return word
    for name in ("organization", "institution", "publisher"):
        if words := significant_words(draft.plain(name)):
            return capital(words[0])
    return ""


def _family(name: Name) -> str:
    if name.literal:
        return capital("".join(significant_words(name.literal)[:1]))
    return _letters_only(name.family or name.given)


def _letters_only(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", to_ascii(text))


def _run_together(text: str) -> str:
    return "".join(capital(re.sub("[-']", "", word)) for word in _WORD.findall(to_ascii(text)))


def _legal(key: str) -> str:
    return _ILLEGAL.sub("", to_ascii(key))


# Markers


def _value(marker: Marker, material: _Material) -> str:
    """A piece of the key; `[TITLE]` is the field as it stands, an unknown name that of a field."""
    if not marker.name:
        return marker.text
    return modified(_named(marker.name, material), marker.modifiers)


def _named(name: str, material: _Material) -> str:
    match = re.fullmatch(r"([a-z]+)(\d{1,4})", name)
    if name in _PLAIN:
        return _PLAIN[name](material)
    if match and match.group(1) in _NUMBERED:
        return _NUMBERED[match.group(1)](material, int(match.group(2)))
    for start, behind, role in (("auth", "", "author"), ("editor", "or", "editor"), ("edtr", "", "editor")):
        if name.startswith(start):
            found = _of_people(behind + name.removeprefix(start), material, role)
            return _run_together(material.draft.plain(name.lower())) if found is None else found
    if name.isupper():
        return _as_it_stands(material.draft, name.lower())
    return _run_together(material.draft.plain(name.lower()))


def _of_people(rest: str, material: _Material, role: str) -> str | None:
    """The value of a marker about people by what stands behind `auth` or `edtr`, None when there is no such marker."""
    people = material.draft.people.get(role)
    names = people.names if people else ()
    if rest in OF_PEOPLE:
        return OF_PEOPLE[rest](names, _family)
    if match := re.fullmatch(r"Ini(\d{1,3})", rest):
        return initials(names, _family, int(match.group(1)))
    if match := re.fullmatch(r"(\d{1,3})_(\d{1,3})", rest):
        return of_number(names, _family, int(match.group(1)), int(match.group(2)))
    if match := re.fullmatch(r"\d{1,3}", rest):
        return _editor(material)[: int(rest)]
    return families(names, _family) if rest == "ors" else None


def _as_it_stands(draft: Draft, name: str) -> str:
    """A field without a change but what a key cannot hold; people as `FamilyGiven`."""
    people = draft.people.get(name)
    if people:
        return "".join(one.literal or f"{one.prefix}{one.family}{one.given}" for one in people.names)
    return draft.plain(name)


def _auth(material: _Material) -> str:
    return _first_name(material.draft) or material.lend_word()


def _families(material: _Material, most: int | None = None) -> str:
    return families(material.draft.authors, _family, most) or _auth(material)


def _editor(material: _Material) -> str:
    people = material.draft.people.get("editor")
    return _family(people.names[0]) if people and people.names else ""


def _year(material: _Material) -> str:
    year = material.draft.plain("year") or first_year(material.draft.plain("date"))
    return "".join(char for char in year if char.isascii() and char.isalnum())


def _month(material: _Material) -> str:
    read = read_month(material.draft.plain("month"))
    return MONTH_MACROS[read.month - 1] if read and read.month <= len(MONTH_MACROS) else ""


def _title(material: _Material, most: int | None = None) -> str:
    return "".join(map(capital, material.words(most)))


def _initials_of_title(material: _Material) -> str:
    return "".join(word[:1].upper() for word in material.words(3))


def _camel(material: _Material, most: int | None = None) -> str:
    words = _WORD.findall(to_ascii(_TEX.sub(" ", material.draft.plain("title"))))
    return "".join(capital(re.sub("[-']", "", word)) for word in words[:most])


def _keyword(material: _Material, number: int) -> str:
    keywords = _all_keywords(material)
    return _run_together(keywords[number - 1]) if 0 < number <= len(keywords) else ""


def _keywords(material: _Material, most: int) -> str:
    return "".join(map(_run_together, _all_keywords(material)[:most]))


def _all_keywords(material: _Material) -> list[str]:
    return [part for part in re.split("[,;]", material.draft.plain("keywords")) if part.strip()]


def _pages(material: _Material) -> list[str]:
    return re.findall(r"\d+", material.draft.plain("pages"))


def _page_prefix(material: _Material) -> str:
    match = re.match(r"\s*([A-Za-z]+)", material.draft.plain("pages"))
    return match.group(1) if match else ""


_PLAIN: dict[str, Callable[[_Material], str]] = {
    "auth": _auth,
    "authors": _families,
    "edtr": _editor,
    "year": _year,
    "shortyear": lambda material: _year(material)[-2:],
    "month": _month,
    "title": _title,
    "shorttitle": lambda material: _title(material, 3),
    "shorttitleINI": _initials_of_title,
    "veryshorttitle": lambda material: _title(material, 1),
    "camel": _camel,
    "fulltitle": lambda material: _as_it_stands(material.draft, "title"),
    "firstpage": lambda material: "".join(_pages(material)[:1]),
    "lastpage": lambda material: "".join(_pages(material)[-1:]),
    "pageprefix": _page_prefix,
    "entrytype": lambda material: capital(material.draft.type),
}
_NUMBERED: dict[str, Callable[[_Material, int], str]] = {
    "auth": lambda material, length: _auth(material)[:length],
    "authors": _families,
    "keyword": _keyword,
    "keywords": _keywords,
    "camel": _camel,
}
