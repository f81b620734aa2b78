"""Power cuts: what a process wrote is written down, and disks are made on which only some of it arrived (A3).

What was synced before the cut is there. Of the rest each write may have arrived, not, or in part (sectors of 512
bytes). New, renamed and removed names arrive in their order, those up to the last sync of a folder for certain.
"""

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.harness import Harness
from tests.faults.reference import Reference
from tests.faults.tally import Tally

IN_PLACE = ("linking_files", "renaming_everywhere")
"""Workloads that remember where their files are: their disks are looked at in the folder in which they were written."""
POWER_WORKLOADS = (
    *("editing", "importing", "tagging", "merging", "attaching", "exporting", "backing_up", "restoring", "undoing"),
    *IN_PLACE,
    "importing_big",
)
_OPERATIONS = 3
_SECTOR = 512
_HEAD = struct.Struct("<c7xQQQQ")
_SOURCE = Path(__file__).with_name("power_shim.c")
_ACKS = "acks"
"""The file whose lines are the promises; it is written through the shim, so its place in the log is right."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log; `second` is data, or the new name."""

    what: str
    place: int
    inode: int
    path: str
    second: bytes


@dataclass(slots=True)
class Disk:
    """What would be on the disk after a cut: content by inode, inode by name."""

    content: dict[int, bytearray] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def write(self, event: Event, data: bytes) -> None:
        """Puts data where it belongs."""
        target = self.content.setdefault(event.inode, bytearray())
        if len(target) < event.place:
            target.extend(bytes(event.place - len(target)))
        target[event.place : event.place + len(data)] = data

    def truncate(self, event: Event) -> None:
        """Cuts, or lengthens by zeros."""
        target = self.content.setdefault(event.inode, bytearray())
        del target[event.place :]
        target.extend(bytes(event.place - len(target)))

    def rename(self, event: Event) -> None:
        """What happens to names."""
        match event.what:
            case "C":
                self.names[event.path] = event.inode
            case "D":
                self.folders.add(event.path)
            case "U":
                self.names.pop(event.path, None)
            case "L":
                self.names[event.second.decode()] = event.inode
            case _:
                self.names.pop(event.path, None)
                self.names[event.second.decode()] = event.inode


def record(name: str, folder: Path, shim: Path, before: Disk) -> list[Event]:
    """Runs the workload once below the shim."""
    log = folder.with_name(f"{folder.name}.power")
    code = (
        "import sys; from pathlib import Path; from tests.faults.operations import perform; "
        "from tests.faults.workloads import workload; acks = open(sys.argv[2] + '/acks', 'ab', buffering=0); "
        "perform(workload(sys.argv[1]), Path(sys.argv[2]), 1, int(sys.argv[3]), "
        "lambda line: acks.write((line + chr(10)).encode()) and None)"
    )
    environment = {**os.environ, "LD_PRELOAD": str(shim), "FAULTS_LOG": str(log), "FAULTS_FOLDER": str(folder)}
    subprocess.run(
        [sys.executable, "-c", code, name, str(folder), str(_OPERATIONS)], env=environment, check=True, timeout=300
    )
    return _with_own_numbers(parse(log.read_bytes()), before)


def _with_own_numbers(events: Sequence[Event], before: Disk) -> list[Event]:
    """The system gives the number of a file that is gone to a new one; here every file has its own."""
    names, own, numbered = dict(before.names), {inode: inode for inode in before.content}, list[Event]()
    for event in events:
        if event.what == "C" and event.path not in names:
            own[event.inode] = -len(numbered) - 1
        here = Event(event.what, event.place, own.get(event.inode, event.inode), event.path, event.second)
        numbered.append(here)
        if here.what == "U":
            names.pop(here.path, None)
        elif here.what == "R":
            names.pop(here.path, None)
            names[here.second.decode()] = here.inode
        elif here.what in "CL":
            names[here.second.decode() if here.what == "L" else here.path] = here.inode
    return numbered


def parse(data: bytes) -> list[Event]:
    """The entries of a log."""
    events, at = [], 0
    while at < len(data):
        what, place, inode, path_length, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        path = data[at : at + path_length].decode()
        second = data[at + path_length : at + path_length + length]
        at += path_length + length
        events.append(Event(what.decode(), place, inode, path, second))
    return events


def cut(disk: Disk, events: Sequence[Event], folder: str, chance: random.Random) -> int:
    """Brings the disk to a moment after these events; the last operation that was promised until then."""
    synced = _last_sync_of_each(events)
    files = {one.inode for one in events if one.what in "WT"}
    last_folder_sync = max(
        (n for n, one in enumerate(events) if one.what == "S" and one.inode not in files), default=-1
    )
    names = [n for n, one in enumerate(events) if one.what in "CDULR"]
    unsure = [n for n in names if n > last_folder_sync]
    names_until = unsure[chance.randint(0, len(unsure)) - 1] if unsure and chance.random() < 0.9 else last_folder_sync
    promised = 0
    for number, event in enumerate(events):
        if event.path == f"{folder}/{_ACKS}":
            promised = max([promised, *(int(line) for line in event.second.split() if line.isdigit())])
        elif event.what in "CDULR":
            if number <= max(last_folder_sync, names_until):
                disk.rename(event)
        elif event.what in "WT":
            _arrive(disk, event, is_sure=number < synced.get(event.inode, -1), chance=chance)
    return promised


def _last_sync_of_each(events: Sequence[Event]) -> dict[int, int]:
    return {event.inode: number for number, event in enumerate(events) if event.what == "S"}


def _arrive(disk: Disk, event: Event, *, is_sure: bool, chance: random.Random) -> None:
    fate = "kept" if is_sure else chance.choice(("kept", "kept", "dropped", "torn"))
    if event.what == "T":
        if fate != "dropped":
            disk.truncate(event)
        return
    if fate == "kept":
        disk.write(event, event.second)
    elif fate == "torn":
        for start in range(0, len(event.second), _SECTOR):
            if chance.random() < 0.5:
                part = Event("W", event.place + start, event.inode, event.path, b"")
                disk.write(part, event.second[start : start + _SECTOR])


def _disk_of(folder: Path) -> Disk:
    """What was on it before."""
    disk = Disk()
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            disk.folders.add(str(path))
        else:
            disk.names[str(path)] = path.stat().st_ino
            disk.content[path.stat().st_ino] = bytearray(path.read_bytes())
    return disk


def _write(disk: Disk, source: str, target: Path) -> None:
    for name in sorted(disk.folders):
        Path(str(target) + name.removeprefix(source)).mkdir(parents=True, exist_ok=True, mode=0o700)
    target.mkdir(exist_ok=True)
    for name, inode in disk.names.items():
        path = Path(str(target) + name.removeprefix(source))
        if name.endswith("-shm") or not path.parent.is_dir():
            # SQLite's index of the log is in memory and made anew.
            continue
        path.write_bytes(disk.content.get(inode, bytearray()))
        path.chmod(0o600)


def power_cuts(name: str, harness: Harness, tally: Tally) -> None:
    """So many disks, from moments all over the workload."""
    shim = harness.place / "shim.so"
    try:
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(_SOURCE), "-ldl", "-lpthread"], check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        tally.fail("power cuts", f"the shim cannot be compiled: {error}")
        return
    known = harness.reference(name)
    folder = harness.copy(known.folder)
    before = _disk_of(folder)
    events = record(name, folder, shim, before)
    for _ in range(harness.count(200, 10_000)):
        target = folder if name in IN_PLACE else harness.new_place()
        if target == folder:
            shutil.rmtree(folder)
        _one_cut(harness, known, tally, before, events, source=str(folder), target=target)
    harness.forget(folder)


def _one_cut(
    harness: Harness,
    known: Reference,
    tally: Tally,
    before: Disk,
    events: Sequence[Event],
    *,
    source: str,
    target: Path,
) -> None:
    disk = Disk(
        {inode: bytearray(data) for inode, data in before.content.items()}, dict(before.names), set(before.folders)
    )
    moment = harness.chance.randint(1, len(events))
    promised = cut(disk, events[:moment], source, harness.chance)
    _write(disk, source, target)
    tally.runs += 1
    tally.faults += 1
    verdict = harness.check(known, target, promised, last=promised + 1)
    tally.take(verdict, f"{known.workload.NAME}: power cut after entry {moment} of {len(events)}")
    if not verdict.is_well:
        harness.keep(target)
    if str(target) != source:
        harness.forget(target)
