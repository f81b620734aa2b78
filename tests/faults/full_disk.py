"""A disk that is really full: a small file system in memory, seen by one child only (A5)."""

import ctypes
import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.operations import acknowledged, perform, refusal
from tests.faults.tally import Tally
from tests.faults.workloads import workload

_LIBC = ctypes.CDLL(None, use_errno=True)
# unshare(2), mount(2).
_NEW_MOUNTS, _NEW_PERSONS = 0x00020000, 0x10000000
_PRIVATE, _RECURSIVE = 1 << 18, 1 << 14
_PATIENCE_S = 120.0
_OPERATIONS = 3
_NOT_ALLOWED = "did not run: this place lets nobody mount a small disk"
_WORKLOADS = ("importing", "bulk_editing", "attaching", "exporting", "backing_up", "restoring")


def full_disk(harness: Harness, tally: Tally) -> None:
    """The disk has room for some of the work: refused in words or done, and afterwards all is as it was promised."""
    refused = 0
    for name in _WORKLOADS:
        known = harness.reference(name)
        size = sum(path.stat().st_size for path in known.folder.rglob("*") if path.is_file())
        for _ in range(harness.count(3, 20)):
            folder = harness.copy(known.folder)
            room = int(size * harness.chance.uniform(1.02, 2.2)) + (64 << 10)
            where = f"{name} on a disk of {room:,} bytes, {size:,} of them used"
            child = spawn(partial(_on_a_small_disk, name, folder, room), folder.with_name(f"{folder.name}.log"))
            child.go()
            if not child.wait(_PATIENCE_S):
                tally.hang(where)
            elif _NOT_ALLOWED in child.lines:
                tally.note = _NOT_ALLOWED
                return
            elif child.status:
                tally.bug(where, child.said)
            tally.runs += 1
            tally.faults += 1
            refused += bool(refusal(child))
            at = acknowledged(child, 0)
            tally.take(harness.check(known, folder, at, last=at + 1), where)
            harness.forget(folder)
    if not refused:
        tally.fail("full disk", "nothing was ever refused, so no disk was full")


def _on_a_small_disk(name: str, folder: Path, room: int, acknowledge: Acknowledge) -> None:
    disk = folder.with_name(f"{folder.name}.disk")
    disk.mkdir()
    try:
        _mount(disk, room)
    except OSError:
        acknowledge(_NOT_ALLOWED)
        return
    there = disk / "library"
    _copy(folder, there)
    perform(workload(name), there, 1, _OPERATIONS, acknowledge)
    # What the disk holds goes with this process; it is checked where there is room again.
    shutil.rmtree(folder)
    _copy(there, folder)


def _copy(source: Path, target: Path) -> None:
    """By another program: in this one only SQLite opens libraries."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _mount(place: Path, room: int) -> None:
    """A file system of our own; it needs no rights where persons may have name spaces of their own."""
    person, group = os.getuid(), os.getgid()
    if _LIBC.unshare(_NEW_MOUNTS if not person else _NEW_MOUNTS | _NEW_PERSONS):
        raise OSError(ctypes.get_errno(), "unshare")
    if person:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{person} {person} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    if _LIBC.mount(b"none", b"/", None, ctypes.c_ulong(_RECURSIVE | _PRIVATE), None):
        raise OSError(ctypes.get_errno(), "mount")
    if _LIBC.mount(b"tmpfs", os.fsencode(place), b"tmpfs", ctypes.c_ulong(0), f"size={room}".encode()):
        raise OSError(ctypes.get_errno(), "mount")
