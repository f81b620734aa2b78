"""Citation keys: made once from the pattern, unique, never changed silently."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from refman.domain.changes import OperationKind
from refman.domain.citekeys import key_stems, letters_at
from refman.domain.errors import ConflictError, InvalidValue, LibraryReadOnly
from refman.domain.paper import Draft, Paper, PaperId
from refman.domain.ports import Reader, Store, Writer
from refman.services.operations import Step, run
from refman.services.outcome import Outcome, Sentence, count_of, outcome_of

_CHUNK = 500
_LONGEST_BLOCK = 4096
# A comma, white space or `}` is illegal in BibTeX, `" # % ' ( ) = {` stop biber, `# % ~ \ { }` break \cite.
_ILLEGAL = re.compile(r"""[\s,{}"#%'()=~\\\x00-\x1f\x7f]""")


# Controls, zero-width characters, half characters, those of nobody and separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class KeyMaker:
    """Gives out keys that no paper has, no export remembers and this object has not given out before.

    Whoever makes many calls `look_up` for each batch of drafts: then a batch costs one query.
    """

    def __init__(self, reader: Reader, pattern: str) -> None:
        self._reader = reader
        self._pattern = pattern
        self._given: set[str] = set()
        self._taken: dict[str, bool] = {}
        """What `look_up` learnt of keys, in lower case."""
        self._stems: dict[int, tuple[str, str]] = {}
        self._cited: frozenset[str] | None = None
        """Keys in lower case that projects of linked files cite; None until the first key is made."""
        self._spent: dict[str, int] = {}
        """How many keys with letters are gone of a stem, so that a million equal titles cost a million looks."""

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Asks about the first keys of all these drafts at once; forgets what it asked before."""
        self._stems = {id(draft): key_stems(draft, self._pattern) for draft in drafts if not draft.key}
        wanted = {draft.key for draft in drafts}.union(*self._stems.values()) - {""}
        taken = self._reader.taken_keys(wanted)
        self._taken = {(folded := key.lower()): folded in taken for key in wanted}

    def forget_stored(self) -> None:
        """Every key that was given out is stored now: the library itself knows it."""
        self._given.clear()
        self._taken.clear()
        self._stems.clear()

    def make(self, draft: Draft, *, owner: PaperId | None = None) -> str:
        """The first free key for a paper; `owner` may have it already."""
        base, longer = self._stems.get(id(draft)) or key_stems(draft, self._pattern)
        for key in (base, longer):
            if key and not self._is_cited(key, owner) and self.take(key, owner=owner):
                return key
        return self._with_letters(base, owner, never=longer)

    def keep(self, key: str) -> str:
        """The key itself when it is free, else the key with the first letters that make it so."""
        return key if self.take(key) else self._with_letters(key, None)

    def give_back(self, key: str) -> None:
        """Gives out a key that is not free: its paper was deleted and comes back."""
        self._given.add(key.lower())

    def is_stored(self, key: str) -> bool:
        """True when a paper has or had the key, and this object did not give it out."""
        folded = key.lower()
        if not key or folded in self._given:
            return False
        known = self._taken.get(folded)
        return bool(self._reader.taken_keys([key])) if known is None else known

    def wishes(self, draft: Draft) -> tuple[str, ...]:
        """The keys that a draft may have had before: the one that was read, else those that the pattern makes first."""
        return (draft.key,) if draft.key else self._stems.get(id(draft)) or key_stems(draft, self._pattern)

    def take(self, key: str, *, owner: PaperId | None = None) -> bool:
        """Gives this very key out; False when it is not free."""
        folded = key.lower()
        if folded in self._given:
            return False
        is_taken = self._taken.get(folded) if owner is None else None
        if is_taken is None:
            is_taken = bool(self._reader.taken_keys([key], owner))
        if not is_taken:
            self._given.add(folded)
        return not is_taken

    def cited_keys(self) -> frozenset[str]:
        """The keys, in lower case, that the projects of linked files cite; read once."""
        if self._cited is None:
            links = self._reader.linked_files()
            self._cited = frozenset()
            if any(link.project for link in links):
                # Late: most libraries have no project, and need no reader of LaTeX.
                from refman.services.linking.cited_search import reserved_keys

                self._cited = reserved_keys(links)
        return self._cited

    def _is_cited(self, key: str, owner: PaperId | None) -> bool:
        """True when a LaTeX project cites this key already, and so means another paper than the one it is made for."""
        if key.lower() not in self.cited_keys():
            return False
        return owner is None or self._reader.ids_of_keys([key]).get(key) != owner

    def _with_letters(self, base: str, owner: PaperId | None, *, never: str = "") -> str:
        """The base with the first letters that nobody has; those that are gone for good are not asked again."""
        stem = base.lower()
        start = self._spent.get(stem, 0)
        for first, end in _growing_blocks(start):
            keys = [base + letters_at(place) for place in range(first, end)]
            taken = self._reader.taken_keys(keys, owner)
            for place, key in enumerate(keys, first):
                is_given = key.lower() in self._given or self._is_cited(key, owner)
                if not is_given and key.lower() not in taken and key != never:
                    self._given.add(key.lower())
                    return key
                # A key that another paper has may become free when papers get new keys; in an import none does.
                is_gone = is_given or owner is None
                if is_gone and place == self._spent.get(stem, 0):
                    self._spent[stem] = place + 1
        raise AssertionError("letters without end")


def is_ready_for_key(draft: Draft) -> bool:
    """True when a paper has what keys are mostly made of; until then its key waits, for it is made once."""
    has_people = any(people.names for people in draft.people.values())
    return has_people and bool(draft.plain("title")) and bool(draft.plain("year") or draft.plain("date"))


def key_for(reader: Reader, paper: Paper, maker: KeyMaker) -> str:
    """The key of a paper, the one it was exported with if it lost it (by undo), else a new one."""
    remembered = sorted(reader.exported_keys(paper.id))
    return paper.key or next((key for key in remembered if maker.take(key, owner=paper.id)), "") or maker.make(paper)


def parse_key(text: str) -> str:
    """A key that BibTeX, biber and `\\cite` take. Raises: InvalidValue."""
    key = text.strip()
    illegal = _ILLEGAL.search(key)
    if not key:
        raise InvalidValue("empty-key", "A paper needs a citation key; write key=NEW with letters and digits.")
    if key == "*":
        raise InvalidValue("star-key", r'"*" cannot be a key: \nocite{*} means every paper; use letters and digits.')
    hidden = next((char for char in key if unicodedata.category(char) in _UNSEEN and not char.isspace()), "")
    if hidden:
        named = unicodedata.name(hidden, f"U+{ord(hidden):04X}").lower()
        raise InvalidValue(
            "unseen-in-key",
            f"The key holds a character that cannot be seen ({named}); type it again with letters and digits.",
            named,
        )
    if illegal:
        sign = "a blank" if illegal.group().isspace() else illegal.group()
        raise InvalidValue(
            "bad-key",
            f'The key "{key}" holds {sign}, which BibTeX, biber or \\cite cannot read; use letters, digits, : _ and -.',
            key,
            sign,
        )
    return key


def check_is_free(reader: Reader, key: str, owner: PaperId | None) -> None:
    """Raises: ConflictError when the key belongs to another paper."""
    if not reader.key_is_free(key, owner):
        raise ConflictError(
            "key-taken", f'The key "{key}" belongs to another paper, or did in an export; choose another one.', key
        )


def make_keys(store: Store, ids: Sequence[PaperId], *, pattern: str) -> Outcome:
    """Makes the keys of these papers anew; a paper whose key is one of the pattern's keeps it."""

    def work(writer: Writer) -> None:
        maker = KeyMaker(writer, pattern)
        for paper in _papers(writer, ids):
            writer.set_key(paper.id, maker.make(paper, owner=paper.id))

    _, changes = run(store, Step(OperationKind.MAKE_KEYS, f"Make {count_of(len(ids), 'citation key')}"), work)
    made = count_of(len(changes.changed), "citation key")
    return outcome_of(changes, Sentence("keys-made", f"{made} made", (made,)))


def preview_key(store: Store, paper: Paper, *, pattern: str) -> str:
    """The key that the paper would get anew; nothing is written."""
    with store.read() as reader:
        return KeyMaker(reader, pattern).make(paper, owner=paper.id)


def key_when_needed(store: Store, paper: Paper, *, pattern: str) -> str:
    """The key with which the paper would leave; nothing is written."""
    with store.read() as reader:
        return key_for(reader, paper, KeyMaker(reader, pattern))


def keys_that_leave(store: Store, ids: Sequence[PaperId], *, pattern: str) -> dict[PaperId, str]:
    """The keys of papers that go into a file or a document: missing ones are made, all are remembered.

    Papers that do not exist are left out. Raises: LibraryReadOnly when a key is missing and cannot be made.
    """
    with store.read() as reader:
        keys = {paper_id: key for part in _parts(ids) for paper_id, key in reader.keys_of(part).items()}
    missing = [paper_id for paper_id, key in keys.items() if not key]
    if not store.is_writable:
        _check_none_is_missing(missing, store.location)
        return keys

    def work(writer: Writer) -> None:
        maker = KeyMaker(writer, pattern)
        for paper in _papers(writer, missing):
            # Another program may have made it since.
            keys[paper.id] = key_for(writer, paper, maker)
            writer.set_key(paper.id, keys[paper.id])
        writer.remember_exported({key: paper_id for paper_id, key in keys.items()})

    run(store, Step(OperationKind.MAKE_KEYS, f"Make {count_of(len(missing), 'citation key')}"), work)
    return keys


def let_keys_leave(store: Store, ids: Sequence[PaperId], *, pattern: str) -> None:
    """As `keys_that_leave` for any number of papers, without giving the keys back; others get their turns meanwhile."""
    with store.read() as reader:
        missing = set(reader.ids_without_key()).intersection(ids)
    if not store.is_writable:
        _check_none_is_missing(list(missing), store.location)
        return

    def work(writer: Writer) -> None:
        maker = KeyMaker(writer, pattern)
        for part in _parts(ids):
            keys = writer.keys_of(part)
            for paper in writer.papers([one for one, key in keys.items() if not key]):
                keys[paper.id] = key_for(writer, paper, maker)
                writer.set_key(paper.id, keys[paper.id])
            writer.remember_exported({key: paper_id for paper_id, key in keys.items()})
            writer.give_turn()

    run(store, Step(OperationKind.MAKE_KEYS, f"Make {count_of(len(missing), 'citation key')}"), work)


def _check_none_is_missing(missing: Sequence[int], location: str) -> None:
    if missing:
        raise LibraryReadOnly(
            "no-key-read-only",
            f"{count_of(len(missing), 'paper')} of {location} lack a citation key, and the library cannot be written; "
            "export the others, or make the library writable.",
            str(len(missing)),
            location,
        )


def _papers(reader: Reader, ids: Sequence[PaperId]) -> list[Paper]:
    return [paper for part in _parts(ids) for paper in reader.papers(part)]


def _parts(ids: Sequence[PaperId]) -> list[Sequence[PaperId]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]


def _growing_blocks(start: int) -> Iterator[tuple[int, int]]:
    """Stretches of places from `start` on, first and end, each four times the one before."""
    size = 4
    while True:
        yield start, start + size
        start, size = start + size, min(4 * size, _LONGEST_BLOCK)
