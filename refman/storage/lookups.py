"""Finding papers by key, DOI, eprint and title."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Executable, bindparam, exists, select, text, union, union_all

from refman.domain.folding import fold, match_key
from refman.domain.paper import PaperId
from refman.domain.sources import Candidate
from refman.storage.journal_tables import exported_key
from refman.storage.mapping import fold_key, title_hash
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.tables import paper, paper_text
from refman.storage.values import from_json, names_from_lists

_BY_KEY = select(paper.c.key, paper.c.id).where(paper.c.key_folded.in_(in_list()))
_KEYS = select(paper.c.id, paper.c.key).where(paper.c.id.in_(in_list()))
_WITHOUT_KEY = select(paper.c.id).where(paper.c.key_folded.is_(None)).order_by(paper.c.id)
_OWNER = select(paper.c.id).where(paper.c.key_folded == bindparam("key"))
_EXPORTED = select(exported_key.c.key).where(exported_key.c.paper_id == bindparam("paper_id"))
_OTHER = paper.alias()
_FORMER = (
    select(exported_key.c.paper_id, exported_key.c.key)
    .join(paper, paper.c.id == exported_key.c.paper_id)
    .where(
        exported_key.c.paper_id.in_(in_list()),
        exported_key.c.key != paper.c.key,
        ~exists().where(
            _OTHER.c.key_folded == exported_key.c.key_folded, _OTHER.c.id != paper.c.id, _OTHER.c.trashed.is_(None)
        ),
    )
    .order_by(exported_key.c.key_folded)
)
_LEDGER_OWNER = select(exported_key.c.paper_id).where(exported_key.c.key_folded == bindparam("key"))
_IS_TRASHED = select(paper.c.id).where(paper.c.id == bindparam("paper_id"), paper.c.trashed.is_not(None))
_IS_LISTED = select(paper.c.id).where(paper.c.id == bindparam("paper_id"), paper.c.trashed.is_(None))

_OWNERS: CompoundSelect[Any] = union_all(
    select(paper.c.key_folded, paper.c.id).where(paper.c.key_folded.in_(in_list())),
    select(exported_key.c.key_folded, exported_key.c.paper_id).where(exported_key.c.key_folded.in_(in_list())),
)


def _starting_with(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return (column >= bindparam("stem")) & (column < bindparam("end"))


_KEYS_LIKE: CompoundSelect[Any] = union(
    select(paper.c.key_folded).where(_starting_with(paper.c.key_folded)),
    select(exported_key.c.key_folded).where(_starting_with(exported_key.c.key_folded)),
)


def _candidates(condition: ColumnElement[bool]) -> Executable:
    p = paper.c
    return (
        select(
            p.id, p.key, p.title, p.title_match, p.doi_folded, p.eprint_folded, p.year_sort, p.type, paper_text.c.author
        )
        .join_from(paper, paper_text, paper_text.c.paper_id == p.id)
        .where(p.trashed.is_(None), condition)
    )


# Text, for the innermost SELECT must see the outermost table. Each count ends soon after `most`.
_HOW_MANY = text(
    "SELECT value, (SELECT count(*) FROM"
    " (SELECT 1 FROM paper WHERE trashed IS NULL AND title_match = value LIMIT :most)) FROM json_each(:list)"
)
_BY_DOI = _candidates(paper.c.doi_folded.in_(in_list()))
_BY_EPRINT = _candidates(paper.c.eprint_folded.in_(in_list()))
_BY_TITLE = _candidates(paper.c.title_match.in_(in_list()))


class LookupReads(Reads):
    """Reads that find papers by what they are known for."""

    def keys_of(self, ids: Sequence[PaperId]) -> dict[PaperId, str]:
        """Ids to citation keys, "" for one without, also in the trash, in the order of `ids`."""
        found = dict(self.connection.execute(_KEYS, as_list(ids)).all())
        return {paper_id: found[paper_id] or "" for paper_id in ids if paper_id in found}

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Exact citation keys to ids, also in the trash; unknown keys are left out."""
        wanted = set(keys)
        rows = self.connection.execute(_BY_KEY, as_list({fold_key(key) for key in wanted}))
        return {key: PaperId(paper_id) for key, paper_id in rows if key in wanted}

    def ids_of_keys_in_any_case(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Each of the keys, as it is given, to the paper with it in any case, also in the trash; others left out."""
        wanted = {key: fold_key(key) for key in keys}
        rows = self.connection.execute(_BY_KEY, as_list(set(wanted.values())))
        found = {fold_key(key): PaperId(paper_id) for key, paper_id in rows if key}
        return {key: found[folded] for key, folded in wanted.items() if folded in found}

    def candidates(
        self, *, dois: Iterable[str] = (), eprints: Iterable[str] = (), titles: Iterable[str] = ()
    ) -> list[Candidate]:
        """Papers outside the trash with one of these folded DOIs, eprints (without version) or title match keys."""
        wanted_titles = set(titles)
        hashes = {number for title in wanted_titles if (number := title_hash(title)) is not None}
        by_title = self._candidates(_BY_TITLE, as_list(hashes))
        found = {
            **{candidate.id: candidate for candidate in by_title if candidate.title in wanted_titles},
            **{candidate.id: candidate for candidate in self._candidates(_BY_DOI, as_list(set(dois)))},
            **{candidate.id: candidate for candidate in self._candidates(_BY_EPRINT, as_list(set(eprints)))},
        }
        return [found[paper_id] for paper_id in sorted(found)]

    def crowded_titles(self, titles: Iterable[str], *, most: int) -> set[str]:
        """Those of the title match keys that more than `most` papers outside the trash have (hashes are compared)."""
        hashes = {title: number for title in titles if (number := title_hash(title)) is not None}
        rows = self.connection.execute(_HOW_MANY, {"most": most + 1, **as_list(set(hashes.values()))})
        crowded = {number for number, count in rows if count > most}
        return {title for title, number in hashes.items() if number in crowded}

    def _candidates(self, statement: Executable, parameters: dict[str, str]) -> list[Candidate]:
        return [_candidate(row) for row in self.connection.execute(statement, parameters)]

    def keys_like(self, folded_stem: str) -> set[str]:
        """Lower-case keys that begin with the stem: of every paper, trash included, and every remembered key."""
        end = folded_stem + "\U0010ffff"
        return set(self.connection.scalars(_KEYS_LIKE, {"stem": folded_stem, "end": end}))

    def key_is_free(self, key: str, paper_id: PaperId | None) -> bool:
        """False when another paper has the key (without case) or it was exported for another paper.

        One in the trash that gave its key away (it was imported again) does not count.
        """
        holder = self.connection.scalar(_OWNER, {"key": fold_key(key)})
        left = self.owner_of_exported(key)
        if holder not in (None, paper_id) or left in (None, paper_id):
            return holder in (None, paper_id)
        return self.connection.scalar(_IS_TRASHED, {"paper_id": left}) is not None

    def may_come_back(self, key: str, paper_id: PaperId) -> bool:
        """False when another paper has the key, or a listed one left with it: undo brings the paper back without it."""
        holder = self.connection.scalar(_OWNER, {"key": fold_key(key)})
        left = self.owner_of_exported(key)
        if holder not in (None, paper_id) or left in (None, paper_id):
            return holder in (None, paper_id)
        return self.connection.scalar(_IS_LISTED, {"paper_id": left}) is None

    def taken_keys(self, keys: Iterable[str], paper_id: PaperId | None = None) -> set[str]:
        """Those of the keys, in lower case, of which `key_is_free` says no; one query for any number."""
        rows = self.connection.execute(_OWNERS, as_list({fold_key(key) for key in keys}))
        return {key for key, owner in rows if owner != paper_id}

    def owner_of_exported(self, key: str) -> PaperId | None:
        """The paper with which a key (without case) left; it may have another key now, or be gone."""
        owner = self.connection.scalar(_LEDGER_OWNER, {"key": fold_key(key)})
        return None if owner is None else PaperId(owner)

    def exported_keys(self, paper_id: PaperId) -> list[str]:
        """Every key with which a paper has left. Cost: reads the whole ledger of exported keys."""
        return list(self.connection.scalars(_EXPORTED, {"paper_id": paper_id}))

    def former_keys(self, ids: Sequence[PaperId]) -> dict[PaperId, list[str]]:
        """Keys with which these papers left before they got another one, and which no other paper outside the trash
        has now, in any case; papers without any are left out. Cost: reads the whole ledger of exported keys, once."""
        found: dict[PaperId, list[str]] = {}
        for paper_id, key in self.connection.execute(_FORMER, as_list(ids)):
            found.setdefault(PaperId(paper_id), []).append(key)
        return found

    def ids_without_key(self) -> "array[int]":
        """Papers whose citation key was not made yet."""
        return array("q", self.connection.scalars(_WITHOUT_KEY))


def _candidate(row: Any) -> Candidate:
    names = names_from_lists(from_json(row.author)) if row.author else ()
    return Candidate(
        id=PaperId(row.id),
        key=row.key or "",
        title=match_key(row.title or ""),
        doi=row.doi_folded or "",
        eprint=row.eprint_folded or "",
        families=frozenset(fold(name.family or name.literal) for name in names) - {""},
        year=row.year_sort,
        type=row.type,
    )
