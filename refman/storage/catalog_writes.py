"""Writing profiles, saved searches and the ledger of exported keys."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from sqlalchemy import bindparam, delete, select

from refman.domain.listing import SavedSearch
from refman.domain.paper import PaperId
from refman.domain.profile import Capture
from refman.storage.journal import ChangeKind
from refman.storage.journal_tables import exported_key
from refman.storage.mapping import fold_key, fold_word
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import as_list, in_list
from refman.storage.tables import profile, saved_search
from refman.storage.writes import Writes, no_such

_PROFILE = select(profile).where(profile.c.folded == bindparam("folded"))
_RELEASE = delete(exported_key).where(exported_key.c.key_folded.in_(in_list()))
_SEARCH = select(saved_search).where(saved_search.c.folded == bindparam("folded"))


class CatalogWrites(Writes):
    """Writes of what stands beside the papers."""

    def put_capture(self, name: str, category_code: str, capture: Capture) -> None:
        """Adds a capture; the same profile (folded name) and day is replaced.

        The name stays as it was first read; a category code is filled in or replaced, never emptied.
        """
        row = self.connection.execute(_PROFILE, {"folded": fold_word(name)}).one_or_none()
        if row is None:
            profile_id = self.new_ids.take("profile")
            self.put_row(ChangeKind.PROFILE, [profile_id], [profile_id, name, fold_word(name), category_code])
        else:
            profile_id = row.id
            code = category_code or row.category_code
            self.put_row(ChangeKind.PROFILE, [profile_id], [profile_id, row.name, row.folded, code])
        day = capture.captured_on.isoformat()
        self.put_row(ChangeKind.CAPTURE, [profile_id, day], [profile_id, day, *astuple(capture)[1:]])

    def save_search(self, search: SavedSearch) -> None:
        """Adds or replaces a saved search."""
        row = self.connection.execute(_SEARCH, {"folded": fold_word(search.name)}).one_or_none()
        search_id = row.id if row else self.new_ids.take("saved_search")
        self.put_row(
            ChangeKind.SAVED_SEARCH, [search_id], [search_id, search.name, fold_word(search.name), search.text]
        )

    def delete_saved_search(self, name: str) -> None:
        """Raises: NotFound."""
        row = self.connection.execute(_SEARCH, {"folded": fold_word(name)}).one_or_none()
        if row is None:
            raise no_such("saved search", name)
        self.put_row(ChangeKind.SAVED_SEARCH, [row.id], None)

    def remember_exported(self, keys: Mapping[str, PaperId]) -> None:
        """Exported keys belong to their papers for ever. Not journalled: undo does not forget."""
        rows = [(fold_key(key), key, paper_id) for key, paper_id in keys.items()]
        insert_rows(self.connection, exported_key, rows, ignore_known=True)

    def release_keys(self, keys: Sequence[str]) -> None:
        """Forgets remembered keys: the papers that left with them are gone, and come back now. Not journalled."""
        self.connection.execute(_RELEASE, as_list([fold_key(key) for key in keys]))
