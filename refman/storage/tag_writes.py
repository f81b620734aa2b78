"""Writing tags: on papers, and the tree of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, select

from refman.domain.folding import tokens
from refman.domain.paper import PaperId
from refman.domain.tags import fold_tag, is_same_or_below
from refman.storage.journal import Change, ChangeKind, runs
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import as_list, in_list
from refman.storage.tables import paper, paper_tag, tag
from refman.storage.writes import Row, Workspace, Writes, no_such

_ALL = select(tag).order_by(tag.c.id)
_EXISTING = select(paper.c.id).where(paper.c.id.in_(in_list()))
_CARRIERS = select(paper_tag.c.paper_id).where(paper_tag.c.tag_id == bindparam("tag_id"))
_CARRIERS_AMONG = _CARRIERS.where(paper_tag.c.paper_id.in_(in_list()))
_TAKE = delete(paper_tag).where(paper_tag.c.tag_id == bindparam("tag_id"), paper_tag.c.paper_id.in_(in_list()))


class TagWrites(Writes):
    """Writes of tags."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._tags: dict[int, Row] = {}
        self._ids: dict[str, int] | None = None

    def put_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Puts tags on papers; new tags are made. A tag that exists in another case is that tag."""
        existing = set(self.connection.scalars(_EXISTING, as_list(set(ids))))
        for name in names:
            self.carry(self.tag_id(name), existing)

    def take_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Takes tags off papers; the tags themselves stay."""
        for name in names:
            tag_id = self._ids_by_folded().get(fold_tag(name))
            if tag_id is not None:
                self.drop(tag_id, ids)

    def create_tag(self, name: str) -> None:
        """Makes an empty tag if there is none of that folded name."""
        self.tag_id(name)

    def rename_tag(self, old: str, new: str) -> None:
        """Renames a tag and all below it; where the new name exists they are merged. Raises: NotFound."""
        # From the lowest level up, so that a tag that moves below itself makes room first.
        for row in sorted(self._branch(old), key=lambda row: -len(row[1])):
            self._rename(row, new + row[1][len(old) :])

    def delete_tag(self, name: str) -> None:
        """Deletes a tag and all below it from everywhere. Raises: NotFound."""
        for row in self._branch(name):
            self.drop(row[0], self._carriers(row[0]))
            self.put_tag_row(row[0], None)

    def set_tag_look(self, name: str, *, colour: int, number_key: int) -> None:
        """Colour 0 or 1-12; number key 0 or 1-9 (taken from the tag that had it). Raises: NotFound."""
        self._branch(name)
        tag_id = self.tag_id(name)
        for row in list(self._tags.values()):
            if number_key and row[5] == number_key and row[0] != tag_id:
                self.put_tag_row(row[0], [*row[:5], 0])
        self.put_tag_row(tag_id, [*self._tags[tag_id][:4], colour, number_key])

    def tag_id(self, name: str) -> int:
        """The id of a tag, made if need be."""
        known = self._ids_by_folded().get(fold_tag(name))
        if known is not None:
            return known
        tag_id = self.new_ids.take("tag")
        self.put_tag_row(tag_id, [tag_id, name, fold_tag(name), _words(name), 0, 0])
        return tag_id

    def find_tag(self, folded: str) -> int | None:
        """The id of the tag with this folded name."""
        return self._ids_by_folded().get(folded)

    def numbers_of_tags(self) -> set[int]:
        """The number keys that are taken."""
        self._ids_by_folded()
        return {row[5] for row in self._tags.values()}

    def put_tag_row(self, tag_id: int, row: Row | None) -> None:
        """Writes or deletes the row of a tag."""
        ids = self._ids_by_folded()
        self.put_row(ChangeKind.TAG, [tag_id], row)
        old = self._tags.pop(tag_id, None)
        if old is not None and ids.get(old[2]) == tag_id:
            del ids[old[2]]
        if row is not None:
            self._tags[tag_id] = list(row)
            ids[row[2]] = tag_id

    def carry(self, tag_id: int, ids: Iterable[int]) -> None:
        """Puts a tag on papers, all of which exist."""
        wanted = set(ids)
        missing = sorted(wanted.difference(self.carriers_among(tag_id, wanted)))
        insert_rows(self.connection, paper_tag, [(paper_id, tag_id) for paper_id in missing])
        self._record(tag_id, missing, is_carried=True)

    def drop(self, tag_id: int, ids: Iterable[int]) -> None:
        """Takes a tag off those of the papers that carry it."""
        carriers = self.carriers_among(tag_id, ids)
        self.connection.execute(_TAKE, {"tag_id": tag_id, **as_list(carriers)})
        self._record(tag_id, carriers, is_carried=False)

    def carriers_among(self, tag_id: int, ids: Iterable[int]) -> Sequence[int]:
        """Those of the papers that carry the tag."""
        return self.connection.scalars(_CARRIERS_AMONG, {"tag_id": tag_id, **as_list(ids)}).all()

    def forget_tags(self) -> None:
        """Another transaction begins: others may have changed tags."""
        self._ids = None

    def _record(self, tag_id: int, ids: Iterable[int], *, is_carried: bool) -> None:
        self._ids_by_folded()
        name = self._tags[tag_id][1] if tag_id in self._tags else str(tag_id)
        before, after = (None, name) if is_carried else (name, None)
        for first, last in runs(self.step.older(ids)):
            self.step.record(Change(ChangeKind.TAGGED, first, last, str(tag_id), before, after))

    def _rename(self, row: Row, name: str) -> None:
        target = self._ids_by_folded().get(fold_tag(name))
        if target is not None and target != row[0]:
            carriers = self._carriers(row[0])
            self.carry(target, carriers)
            self.drop(row[0], carriers)
            self.put_tag_row(row[0], None)
        else:
            self.put_tag_row(row[0], [row[0], name, fold_tag(name), _words(name), *row[4:]])

    def _branch(self, name: str) -> list[Row]:
        """The rows of a tag and all below it. Raises: NotFound when there is not even a level of that name."""
        top = fold_tag(name)
        rows = [self._tags[tag_id] for folded, tag_id in self._ids_by_folded().items() if is_same_or_below(folded, top)]
        if not rows:
            raise no_such("tag", name)
        return rows

    def _carriers(self, tag_id: int) -> Sequence[int]:
        return self.connection.scalars(_CARRIERS, {"tag_id": tag_id}).all()

    def _ids_by_folded(self) -> dict[str, int]:
        """Folded name to id; reads the tags anew when they may have changed."""
        if self._ids is None:
            self._tags = {row.id: list(row) for row in self.connection.execute(_ALL)}
            self._ids = {row[2]: row[0] for row in self._tags.values()}
        return self._ids


def _words(name: str) -> str:
    return " ".join(tokens(name))
