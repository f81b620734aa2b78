"""A citation that names no entry, mended in the sources: `vasvani2017` is `vaswani2017`."""

from pathlib import Path

from refman.domain.ports import Store
from refman.services.linking.rename_everywhere import said_places
from refman.services.linking.renaming import check_found, plan_rename, rename
from refman.services.outcome import Outcome


def mend(store: Store, folder: Path, old: str, new: str) -> Outcome:
    """Writes the right key wherever the project cites the wrong one; no paper changes, but undo takes the files back.

    Raises: NotFound when nobody cites it any more, ConflictError, ExportRefused, DiskFull; then all is as it was.
    """
    plan = plan_rename(old, new, [folder], [])
    check_found(plan, is_in_library=False)
    changes = rename(store, plan)
    places = said_places(plan)
    return Outcome(changes, f"{old} is {new} now: {places}", "key-mended", (old, new, places))
