"""Is LaTeX at work in a folder: its .aux files are young while it is."""

import os
from pathlib import Path
from time import time

_YOUNG_S = 5


def is_building(folder: Path) -> bool:
    """True when an .aux file of the folder is younger than five seconds."""
    now = time()
    try:
        with os.scandir(folder) as entries:
            return any(one.name.endswith(".aux") and now - one.stat().st_mtime < _YOUNG_S for one in entries)
    except OSError:
        return False
