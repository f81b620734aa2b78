"""Places where a library is not safe: network drives, and folders that a program of a cloud keeps in step.

A library there opens all the same, since it may be the only copy; the person is told (RELIABILITY A13, A14).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from refman.domain.errors import Problem

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"9p|afs|beegfs|ceph|cifs|coda|davfs|glusterfs|gpfs|lustre|ncpfs|nfs4?|orangefs|smb[23]|smbfs"
    r"|fuse\.(davfs2|glusterfs|gvfsd-fuse|rclone|s3fs|sshfs)"
)
"""Types of file systems, as Linux names them in proc(5)."""
_CLOUDS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "yandex.disk": "Yandex Disk",
}
"""How the names of their folders begin; `OneDrive - Company` is one, `Dropboxes` is none."""
_NAME = re.compile(rf"({'|'.join(map(re.escape, _CLOUDS))})(?![a-z])")
_MARKS = {".dropbox.cache": "Dropbox", ".stfolder": "Syncthing"}
"""What they lay into the top of a folder of any name."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def risk_of(location: str) -> Problem | None:
    """What is risky about the place of a library, None for nothing known. Asks the disk: for a lane."""
    path = os.path.realpath(location)
    kind = _network_kind(path)
    if kind:
        return Problem(
            0,
            "library-on-network",
            f"{location} is on a network drive ({kind}): when the connection breaks, or another machine writes, work "
            "can be lost. Keep the library on this machine and its backups there (Preferences, second place).",
            (location, kind),
        )
    cloud = _cloud_of(path)
    if cloud:
        return Problem(
            0,
            "library-in-cloud",
            f"{location} is in a folder that {cloud} keeps in step: it may put an older file in its place while refman "
            "writes. Keep the library outside and its backups there (Preferences, second place).",
            (location, cloud),
        )
    return None


def _network_kind(path: str) -> str:
    """The type of the file system when it is one of a network."""
    best, kind = "", ""
    for place, found in _mounts():
        # The last one of equals lies over the others. A machine without a disk of its own has nowhere else to go.
        if place != "/" and len(place) >= len(best) and os.path.commonpath([place, path]) == place:
            best, kind = place, found
    return kind if _NETWORK.fullmatch(kind) else ""


def _mounts() -> Iterator[tuple[str, str]]:
    """Places and types; none on a system without that list."""
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        parts = before.split(" ")
        if len(parts) > 4 and after:
            yield _ESCAPED.sub(lambda match: chr(int(match[1], 8)), parts[4]), after.split(" ")[0]


def _cloud_of(path: str) -> str:
    for folder in Path(path).parents:
        if match := _NAME.match(folder.name.casefold()):
            return _CLOUDS[match[1]]
        for mark, cloud in _MARKS.items():
            if (folder / mark).exists():
                return cloud
    return ""
