"""Seeded papers with realistic text: Zipf-like words, abstracts of about 1,200 characters, 3 to 8 authors."""

import random
from collections.abc import Iterator

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Origin, People

GENERATOR = 2
"""To be raised with every change of what is generated: libraries of another one are built anew."""

_SEED = 20261122
_WORDS = 30_000
_POOL = 60_000
_FAMILIES = 8_000
_SYLLABLES = tuple(consonant + vowel for consonant in "bdfglmnprstvz" for vowel in "aeiou")
_VENUES = tuple(f"Journal of {topic} Research" for topic in ("Learning", "Planning", "Inference", "Vision", "Graphs"))
_TYPES = ("article", "inproceedings", "misc", "book", "phdthesis")


class _Words:
    """A vocabulary of which a few words make most of a text, as in real language (Zipf's law)."""

    def __init__(self, generator: random.Random) -> None:
        self._generator = generator
        words = [self._made_word() for _ in range(_WORDS)]
        # Every word as often as its rank says: drawing from it needs no weights, which is four times quicker.
        self._drawn_from = [word for rank, word in enumerate(words, 2) for _ in range(_POOL // rank)]

    def _made_word(self) -> str:
        return "".join(self._generator.choices(_SYLLABLES, k=self._generator.randint(1, 5)))

    def some(self, count: int) -> list[str]:
        """`count` words, frequent ones more often."""
        return self._generator.choices(self._drawn_from, k=count)


def drafts(count: int) -> Iterator[Draft]:
    """`count` drafts, the same on every machine. Two to six of 4,000 tags each, a note on every twentieth."""
    generator = random.Random(_SEED)
    words = _Words(generator)
    families = tuple(word.capitalize() for word in words.some(_FAMILIES))
    for number in range(count):
        yield _draft(number, generator, words, families)


def _draft(number: int, generator: random.Random, words: _Words, families: tuple[str, ...]) -> Draft:
    title = " ".join(words.some(generator.randint(5, 13))).capitalize()
    names = tuple(
        Name(given=generator.choice("ABCDEFGHIJKLMNOPRSTVW") + ".", family=family)
        for family in generator.choices(families, k=generator.randint(3, 8))
    )
    fields = {
        "title": title,
        "abstract": " ".join(words.some(200)).capitalize() + ".",
        "year": str(min(2026, int(generator.triangular(1950, 2027, 2022)))),
        "month": str(generator.randint(1, 12)),
        "journal": generator.choice(_VENUES),
        "volume": str(generator.randint(1, 80)),
        "doi": f"10.5555/{number:07d}",
    }
    return Draft(
        type=generator.choices(_TYPES, weights=(50, 30, 15, 3, 2))[0],
        key=f"{names[0].family.lower()}{fields['year']}n{number}",
        fields={name: FieldValue(value, origin=Origin.IMPORTER) for name, value in fields.items()},
        people={"author": People(names)},
        tags=tuple(_tag(generator.randrange(4_000)) for _ in range(generator.randint(2, 6))),
        notes=(f"Read again: {' '.join(words.some(30))}",) if number % 20 == 0 else (),
    )


def _tag(number: int) -> str:
    """A tree of 20 areas, 20 topics each, 10 words each."""
    return f"area {number // 200}/topic {number // 10 % 20}/word {number % 10}"
