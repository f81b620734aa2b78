"""A full look at a library once a week, beside the work: bit rot is found while good backups are still there."""

from datetime import timedelta
from pathlib import Path

from refman.domain.errors import LibraryDamaged
from refman.domain.progress import Progress, stop_if_cancelled
from refman.services.backing_up import Backups
from refman.services.deep_check import check_deep
from refman.services.safety_record import time_of

_EVERY = timedelta(days=7)
_DEEP_BYTES = 500_000_000
"""A deep look copies the library first; of a larger one only the file is read."""


def is_check_due(backups: Backups) -> bool:
    """True a week after the last check or, where there was none, after the oldest backup; never while it is unsound."""
    record, now = backups.record(), backups.clock.now()
    if record.is_unsound:
        return False
    last = time_of(record.checked)
    if last is None:
        made = backups.all()
        last = made[-1].when if made else now
    # A time in the future is that of a clock that was wrong.
    return now < last or now - last >= _EVERY


def check_if_due(backups: Backups, progress: Progress) -> bool:
    """Looks where it is due, and remembers what was found; True when it looked.

    Raises: LibraryDamaged with what is wrong, Cancelled (nothing is remembered), DiskFull.
    """
    if not is_check_due(backups):
        return False
    is_deep = Path(backups.location).stat().st_size <= _DEEP_BYTES
    if is_deep:
        problems = check_deep(backups.keeper, backups.location, progress=progress)
    else:
        with backups.keeper.view(backups.location) as store:
            problems = store.check_file(progress)
    stop_if_cancelled(progress)
    backups.remember_check(problems, is_deep=is_deep)
    if problems:
        raise LibraryDamaged(
            "weekly-check",
            f"The weekly check of {backups.location} found: {' '.join(problems)} No backup is taken away until it is "
            "sound again; look at File > Safety for one to restore.",
            backups.location,
            " ".join(problems),
        )
    return True
