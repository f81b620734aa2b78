"""Citation keys: made once from the pattern, unique, never changed silently."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase

from refman.domain.changes import OperationKind
from refman.domain.citekeys import key_candidates
from refman.domain.errors import ConflictError, InvalidValue, LibraryReadOnly
from refman.domain.paper import Draft, Paper, PaperId
from refman.domain.ports import Reader, Store, Writer
from refman.services.operations import Step, change, run
from refman.services.outcome import Outcome, count_of

_CHUNK = 500
# A comma, white space or `}` is illegal in BibTeX, `" # % ' ( ) = {` stop biber, `# % ~ \ { }` break \cite.
_ILLEGAL = re.compile(r"""[\s,{}"#%'()=~\\\x00-\x1f\x7f]""")


class KeyMaker:
    """Gives out keys that no paper has, no export remembers and this object has not given out before."""

    def __init__(self, reader: Reader, pattern: str) -> None:
        self._reader = reader
        self._pattern = pattern
        self._given: set[str] = set()

    def make(self, draft: Draft, *, owner: PaperId | None = None) -> str:
        """The first free key for a paper; `owner` may have it already."""
        candidates = key_candidates(draft, self._pattern)
        return next(key for key in candidates if self.take(key, owner=owner))

    def keep(self, key: str) -> str:
        """The key itself when it is free, else the key with the first letters that make it so."""
        if self.take(key):
            return key
        return next(longer for letters in _letters() if self.take(longer := key + letters))

    def take(self, key: str, *, owner: PaperId | None = None) -> bool:
        """Gives this very key out; False when it is not free."""
        folded = key.lower()
        if folded in self._given or not self._reader.key_is_free(key, owner):
            return False
        self._given.add(folded)
        return True


def parse_key(text: str) -> str:
    """A key that BibTeX, biber and `\\cite` take. Raises: InvalidValue."""
    key = text.strip()
    illegal = _ILLEGAL.search(key)
    if not key:
        raise InvalidValue("empty-key", "A paper needs a citation key; write key=NEW with letters and digits.")
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

    step = Step(OperationKind.MAKE_KEYS, f"Make {count_of(len(ids), 'citation key')}")
    return change(store, step, work, code="keys-made", arguments=(str(len(ids)),))


def preview_key(store: Store, paper: Paper, *, pattern: str) -> str:
    """The key that the paper would get; nothing is written."""
    with store.read() as reader:
        return KeyMaker(reader, pattern).make(paper, owner=paper.id)


def keys_that_leave(store: Store, ids: Sequence[PaperId], *, pattern: str) -> dict[PaperId, str]:
    """The keys of papers that go into a file or a document: missing ones are made, all are remembered.

    Papers that do not exist are left out. Raises: LibraryReadOnly when a key is missing and cannot be made.
    """
    with store.read() as reader:
        keys = {row.id: row.key for part in _parts(ids) for row in reader.rows(part)}
    missing = [paper_id for paper_id, key in keys.items() if not key]
    if not store.is_writable:
        _check_none_is_missing(missing, store.location)
        return keys

    def work(writer: Writer) -> None:
        maker = KeyMaker(writer, pattern)
        for paper in _papers(writer, missing):
            # Another program may have made it since.
            keys[paper.id] = paper.key or maker.make(paper)
            writer.set_key(paper.id, keys[paper.id])
        writer.remember_exported({key: paper_id for paper_id, key in keys.items()})

    run(store, Step(OperationKind.MAKE_KEYS, f"Make {count_of(len(missing), 'citation key')}"), work)
    return keys


def _check_none_is_missing(missing: Sequence[PaperId], location: str) -> None:
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


def _letters() -> Iterator[str]:
    """a to z, aa, ab ..."""
    return ("".join(letters) for length in count(1) for letters in product(ascii_lowercase, repeat=length))
