"""Words that the library's abstracts write with a capital inside sentences: proposals for braces in titles."""

import re
from collections import Counter
from collections.abc import Iterator

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.ports import Store
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats.bibtex.case_protection import NAMES

_CHUNK = 500
_MOST_PAPERS = 20_000
_LEAST = 3
_SHARE = 0.95
# Behind a full stop, a colon, a bracket or a quote a capital says nothing.
_INSIDE = re.compile(r"(?<=[a-z0-9,;)] )[^\W\d_]{3,40}(?![\w'’-])")
_IN_TITLE = re.compile(r"(?<![\w'’-])[A-Z][a-z]{2,39}(?![\w'’-])")


def learned_words(store: Store, progress: Progress, *, most: int = 200) -> list[str]:
    """Those that stand capitalised in a title too, the most frequent first. Raises: Cancelled.

    A word counts when at least three abstracts of the newest 20,000 papers have it and 95 % of them with a capital.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    titles: set[str] = set()
    for title, abstract in _texts(store, progress):
        titles.update(_IN_TITLE.findall(title))
        words = set(_INSIDE.findall(abstract))
        capital.update(word for word in words if word[0].isupper() and word[1:].islower())
        small.update(word for word in words if word.islower())
    found = [
        (count, word)
        for word, count in capital.items()
        if word in titles and word not in NAMES and count >= _LEAST and count >= _SHARE * (count + small[word.lower()])
    ]
    return [word for _, word in sorted(found, key=lambda one: (-one[0], one[1]))[:most]]


def _texts(store: Store, progress: Progress) -> Iterator[tuple[str, str]]:
    with store.read() as reader:
        ids = [PaperId(one) for one in reader.ids(Listing(), limit=_MOST_PAPERS)]
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        with store.read() as reader:
            for paper in reader.papers(ids[start : start + _CHUNK]):
                yield paper.plain("title"), paper.plain("abstract")
        progress.report(min(start + _CHUNK, len(ids)), len(ids), "Learn words")
