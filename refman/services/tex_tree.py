"""Asks the TeX installation where it keeps a file."""

import os
import shutil
import subprocess
from pathlib import Path

_WAIT_S = 10


def known_to_tex(name: str, *, kind: str) -> Path | None:
    """The file that `kpsewhich` finds by its name; `kind` is its format, as `bib` or `bst`. None without TeX."""
    program = shutil.which("kpsewhich")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, f"-format={kind}", "--", name],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_WAIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    path = os.fsdecode(done.stdout).strip()
    return Path(path) if path and os.path.isfile(path) else None
