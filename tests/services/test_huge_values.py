"""Huge things of one kind that strangers' files hold: they come in whole, are found, and leave whole."""

from random import Random

import pytest

from refman.domain.listing import Listing
from refman.domain.query_parser import MAX_WORDS
from refman.services.library import Library
from tests.services.papers import import_texts, paper_of

_AUTHORS = 100_000
_SYLLABLES = ("ba", "ko", "li", "mun", "ter", "sa", "vo", "rin")


@pytest.mark.uncovered
def test_a_paper_of_100_000_authors(library: Library) -> None:
    chance = Random(11)
    families = ["".join(chance.choices(_SYLLABLES, k=4)).capitalize() for _ in range(_AUTHORS)]
    names = " and ".join(f"{family}, {chance.choice('ABCD')}." for family in families)
    import_texts(library, f"@article{{many, title={{Many hands}}, author={{{names}}}, journal={{J}}, year={{2012}}}}")
    paper = paper_of(library, "many")
    assert [name.family for name in paper.authors] == families
    found = Listing(query=library.parse_query(f"author:{families[-1]}").root)
    assert list(library.ids(found)) == [paper.id]
    [row] = library.rows([paper.id])
    assert len(row.authors) < 1000, "a row of the list holds a few names"
    exported = library.export_text(Listing(), "bibtex")
    assert exported.count(" and ") == _AUTHORS - 1
    assert names in exported
    library.edit(paper.id, {"title": "Many more hands"})
    assert paper_of(library, "many").authors == paper.authors


def test_a_query_of_10_000_words(library: Library) -> None:
    library.new_paper("article", {"title": " ".join(f"word{number}" for number in range(MAX_WORDS))})
    library.new_paper("article", {"title": "word0"})
    query = library.parse_query(" ".join(f"word{number}" for number in range(10_000)))
    assert [part.code for part in query.misunderstood] == ["too-many-words"]
    assert list(library.ids(Listing(query=query.root))) == [1]
