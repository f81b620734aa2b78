"""Carrying out an import whose drafts come packed from a worker process.

Most drafts of a large file have nothing in common with any paper or draft: what a draft shares with others is found
for a part of the file at once, and only drafts that share something are unpacked and matched. The others are new, and
are stored as they came. What is decided is what `applying` decides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from refman.domain.packing import Packing
from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader
from refman.services.applying import Import
from refman.services.duplicates import CROWD, known_paper
from refman.services.import_plan import OnDuplicate
from refman.services.matching import Incoming, Match
from refman.services.part_codec import FilePart, Marks

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_MOST_LETTERS = 6
"""A key with so many letters behind it is made when 300 million papers have the others."""


class PackedImport(Import):
    """One import, some of whose drafts are packed."""

    def take_packed(
        self, part: FilePart, position: int, source: int, *, packing: Packing, on_duplicate: OnDuplicate
    ) -> None:
        """Takes a part, whose first draft has this position among all of the import; see `take`."""
        marks = part.marks
        apart = drafts_apart(self._writer, marks)
        drafts = {place: packing.unpack(part.packed, place) for place in sorted(apart)}
        matches = self._matching.match(
            self._writer,
            [
                Incoming(position + place, draft, source, on_duplicate, marks.contents[place])
                for place, draft in drafts.items()
            ],
        )

        def store(new: Sequence[Match], keyed: Sequence[Draft]) -> list[PaperId]:
            places = [match.incoming.position - position for match in new]
            instead = {place: draft for place, draft in zip(places, keyed, strict=True) if draft is not drafts[place]}
            without = apart.difference(places)
            if len(without) == len(marks.keys):
                return []
            ids = self._writer.add_packed(
                part.packed,
                instead=instead,
                without=without,
                source_id=self._sources.id_of(source),
                added=self._sources.when,
            )
            stored = [place for place in range(len(marks.keys)) if place not in without]
            self._matching.settle_run(ids[0], source, _claims(marks, stored, position))
            by_place = dict(zip(stored, ids, strict=True))
            self._settle_rest(part, position, by_place, apart)
            return [by_place[place] for place in places]

        self._carry_out(matches, store)
        # The others are stored with their places.
        self._add_spans([match for match in matches if match.paper is not None and not match.is_skipped])
        self._tally.close()

    def _settle_rest(self, part: FilePart, position: int, ids: dict[int, PaperId], apart: Collection[int]) -> None:
        """Counts the drafts that have nothing in common with others, and links their files."""
        places = [place for place in ids if place not in apart]
        keys = part.marks.keys
        self._tally.add_many([position + place for place in places], [keys[place] for place in places])
        for place, links in part.links.items():
            if place not in apart:
                for link in links:
                    self._writer.add_attachment(ids[place], link)


def drafts_apart(reader: Reader, marks: Marks) -> set[int]:
    """The places of drafts that share something with a paper or with one another, or lack a key.

    A made key depends on what was given to the drafts before; so where one is to be made, all drafts are looked at.
    """
    keys = [key.lower() for key in marks.keys]
    if "" in keys:
        return set(range(len(keys)))
    taken = reader.taken_keys(keys)
    apart = {
        *_places(keys, taken | _repeated(keys)),
        *_places(marks.dois, _repeated(marks.dois)),
        *_places(marks.arxivs, _repeated(marks.arxivs)),
        *_places(marks.titles, _repeated(marks.titles)),
    }
    # A file that is read again shares every key: nothing else needs to be asked then.
    apart |= _known(reader, marks, [place for place in range(len(keys)) if place not in apart])
    return apart | _near(keys, apart)


def _known(reader: Reader, marks: Marks, places: Sequence[int]) -> set[int]:
    """The places among these whose identifier or title a paper has."""
    dois, arxivs, titles = (
        {column[place] for place in places} - {""} for column in (marks.dois, marks.arxivs, marks.titles)
    )
    crowded = reader.crowded_titles(titles, most=CROWD)
    found = reader.candidates(
        dois=dois | {f"10.48550/arxiv.{one}" for one in arxivs}, eprints=arxivs, titles=titles - crowded
    )
    traits = [known_paper(candidate).traits for candidate in found]
    known_dois, known_arxivs = {one.doi for one in traits} - {""}, {one.arxiv for one in traits} - {""}
    known_titles = crowded | {one.title for one in traits} - {""}
    if not (known_dois or known_arxivs or known_titles):
        return set()
    return {
        place
        for place in places
        if marks.dois[place] in known_dois or marks.arxivs[place] in known_arxivs or marks.titles[place] in known_titles
    }


def _near(keys: Sequence[str], apart: Collection[int]) -> set[int]:
    """The places of keys that a draft apart might get: its own key, or that with letters behind it."""
    stems = {keys[place] for place in apart}
    return {place for place, key in enumerate(keys) if stems and place not in apart and _is_near(key, stems)}


def _is_near(key: str, stems: Collection[str]) -> bool:
    for cut in range(1, min(_MOST_LETTERS, len(key) - 1) + 1):
        if key[-cut] not in _LETTERS:
            return False
        if key[:-cut] in stems:
            return True
    return False


def _repeated(values: Sequence[str]) -> set[str]:
    if len(set(values)) == len(values):
        return set()
    return {value for value, count in Counter(values).items() if count > 1 and value}


def _places(values: Iterable[str], wanted: Collection[str]) -> list[int]:
    return [place for place, value in enumerate(values) if value in wanted] if wanted else []


def _claims(marks: Marks, places: Sequence[int], position: int) -> tuple[list[int], ...]:
    """The values of the claims of new papers, value by value, as `duplicates.claim_of` gives them."""
    return (
        [position + place for place in places],
        [hash(marks.keys[place]) for place in places],
        [marks.contents[place] for place in places],
        [hash(marks.types[place]) for place in places],
    )
