"""How entries of a linked file stood before refman changed them or took them out: an undo gives back their bytes.

Kept in `seen`, beside the hashes of the fields, as JSON. `@before` has texts of the entry by the state of the paper
that they stood for, and the hash of the text that refman wrote last: when somebody else touched the entry since, they
count no more. `@out` is what was taken out of the file, with its place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2s

from refman.domain.paper import Draft
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.file_edits import place_of
from refman.formats.bibtex.parts import EntryPart
from refman.services.linking.seen import BEFORE, GONE, OUT, overlays_of, seen_of, state_of

_TEXTS = 4
_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An entry that refman took out of the file: its text (with the comment that named it), the white space that kept
    it apart, the comment (`anchor`) or the keys that stood before it, nearest first, how many entries did, and what was
    remembered of it."""

    text: str
    gap: str
    anchor: str
    number: int
    behind: Sequence[str]
    seen: Mapping[str, str]

    def is_for(self, paper: Draft) -> bool:
        """True when the paper is what it was: then the very text comes back."""
        return _state(paper, self.seen) == state_of(self.seen)


def with_text_before(before: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """What is remembered of a changed entry: `old` stood for the paper as `before` knows it, `new` is written now."""
    texts = _texts(before, old)
    texts.pop(state_of(before), None)
    texts[state_of(before)] = old
    kept = dict(list(texts.items())[-_TEXTS:])
    return {**before, BEFORE: json.dumps({"wrote": _hash(new), "texts": kept})}


def text_before(seen: Mapping[str, str], paper: Draft, now: str) -> str | None:
    """The text of the entry when the paper was as it is again; None for a state or a text (`now`) that is not known."""
    found = _texts(seen, now).get(_state(paper, seen))
    return found if found != now else None


def taken_out_of(document: Document, entry: EntryPart, seen: Mapping[str, str]) -> dict[str, str]:
    """What is remembered of an entry that leaves the file."""
    place = place_of(document, entry)
    number = next(number for number, one in enumerate(document.entries) if one is entry)
    behind = [one.key for one in document.entries[max(number - _NEIGHBOURS, 0) : number][::-1]]
    out = TakenOut(place.text, place.gap, place.anchor, number, behind, dict(seen))
    return {GONE: "1", OUT: json.dumps(asdict(out))}


def taken_out(seen: Mapping[str, str]) -> TakenOut | None:
    """The entry that refman took out; None for one that is there, or that others took out."""
    return TakenOut(**json.loads(seen[OUT])) if OUT in seen else None


def _texts(seen: Mapping[str, str], now: str) -> dict[str, str]:
    memory = json.loads(seen[BEFORE]) if BEFORE in seen else {}
    return dict(memory["texts"]) if memory and memory["wrote"] == _hash(now) else {}


def _state(paper: Draft, seen: Mapping[str, str]) -> str:
    held = overlays_of(seen)
    return state_of({name: value for name, value in seen_of(paper).items() if name not in held})


def _hash(text: str) -> str:
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
