"""The writer that services see."""

from array import array
from collections.abc import Iterable

from refman.domain.changes import OperationKind
from refman.domain.discards import DiscardId
from refman.domain.listing import Hits, Listing
from refman.domain.paper import PaperId
from refman.storage.adding_packed import PackedAdding
from refman.storage.catalog_writes import CatalogWrites
from refman.storage.journal import Step
from refman.storage.linked_file_writes import LinkedFileWrites
from refman.storage.paper_things import ThingWrites
from refman.storage.paper_writes import PaperWrites
from refman.storage.reader import SqliteReader


class SqliteWriter(PackedAdding, PaperWrites, ThingWrites, CatalogWrites, LinkedFileWrites, SqliteReader):
    """`domain.ports.Writer` over one operation."""

    def journal(self, kind: OperationKind, name: str, *, merge_key: str = "") -> None:
        """Names the step. A step with the same `merge_key` within 2 s of the last one becomes one with it."""
        step: Step = self.step
        step.kind, step.name, step.merge_key = kind, name, merge_key

    def commit_chunk(self) -> None:
        """Ends this transaction of a bulk operation and begins the next; readers see what was written so far.

        Between the two other writers get their turn. The step is `running` until the operation ends.
        """
        self.workspace.next_chunk()
        self.new_ids.forget()
        self.forget_tags()

    def give_turn(self) -> None:
        """`commit_chunk` when somebody waits or this transaction has lasted long, else nothing but the index."""
        # Indexed now, so that whoever comes to wait later waits for little more than the commit.
        self.indexes.flush()
        if self.workspace.is_turn_over():
            self.commit_chunk()

    def put_back(self, paper_id: PaperId, entry_id: int) -> None:
        """Writes the value before an entry of `history_of` again. Raises: NotFound, ConflictError."""
        # Late, as the next two: seldom asked for.
        from refman.storage.past_values import put_back

        put_back(self, paper_id, entry_id)

    def restore_discards(self, ids: Iterable[DiscardId]) -> None:
        """Takes notes, tags and files out of the trash. Raises: NotFound."""
        # Late, see above.
        from refman.storage.discard_writes import restore_discards

        restore_discards(self, ids)

    def forget_discards(self, ids: Iterable[DiscardId]) -> None:
        """Deletes notes, tags and files in the trash for good; those that are no longer there are left out."""
        # Late, see above.
        from refman.storage.discard_writes import forget_discards

        forget_discards(self, ids)

    def first_ids(self, listing: Listing, *, limit: int) -> "array[int]":
        """The first ids in order, what this step wrote included."""
        self.indexes.flush()
        return super().first_ids(listing, limit=limit)

    def hits(self, listing: Listing, *, first: int) -> Hits:
        """Exact count and the first ids in order, what this step wrote included."""
        self.indexes.flush()
        return super().hits(listing, first=first)

    def ids(self, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
        """Ids in the order of the listing, what this step wrote included."""
        self.indexes.flush()
        return super().ids(listing, offset=offset, limit=limit)

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        """As the reader's, what this step wrote included."""
        self.indexes.flush()
        return super().tag_counts(listing)
