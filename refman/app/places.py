"""Where refman keeps its files: the folders of the system, and which library is meant."""

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import PlatformDirs

from refman.domain.frozen import dataclass

LIBRARY_VARIABLE = "REFMAN_LIBRARY"


@dataclass(frozen=True, slots=True)
class Places:
    """Paths; nothing is made by asking for them."""

    library: Path
    settings: Path
    logs: Path
    cache: Path


def places() -> Places:
    """The folders of this person on this system."""
    folders = PlatformDirs("refman", appauthor=False)
    return Places(
        library=folders.user_data_path / "library.refman",
        settings=folders.user_config_path / "settings.toml",
        logs=folders.user_state_path / "logs",
        cache=folders.user_cache_path,
    )


def library_location(given: str | None, environment: Mapping[str, str]) -> str:
    """The library that is meant: the one given, else that of REFMAN_LIBRARY, else the default place.

    A path is made absolute, so that it stays right whatever becomes of the working folder; an address stays.
    """
    location = given or environment.get(LIBRARY_VARIABLE, "")
    if not location:
        return str(places().library)
    return location if "://" in location else os.path.abspath(os.path.expanduser(location))
