"""A library on a network drive or in a folder of a cloud is told about; all other places are silence."""

from pathlib import Path

import pytest

from refman.services import risky_places
from refman.services.risky_places import risk_of

_TYPES = (
    "nfs", "nfs4", "cifs", "smb3", "smb2", "fuse.sshfs", "9p", "afs", "davfs", "ceph", "lustre", "fuse.rclone"
)  # fmt: skip


def _mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    path = tmp_path / "mountinfo"
    path.write_text("".join(f"{number} 1 0:{number} / {line}\n" for number, line in enumerate(lines)))
    monkeypatch.setattr(risky_places, "_MOUNTS", path)


def _line(place: str | Path, kind: str) -> str:
    escaped = str(place).replace("\\", "\\134").replace(" ", "\\040")
    return f"{escaped} rw,relatime shared:7 - {kind} server:/x rw"


def _said(location: Path) -> str:
    risk = risk_of(str(location))
    return f"{risk.code} {risk.arguments[1]}" if risk else ""


@pytest.mark.parametrize("kind", _TYPES)
def test_every_network_drive_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    drive = tmp_path / "my drive"
    _mounts(tmp_path, monkeypatch, _line("/", "ext4"), _line(drive, kind), _line("/tmp", "tmpfs"))
    assert _said(drive / "papers.refman") == f"library-on-network {kind}"
    assert _said(tmp_path / "my drive 2" / "papers.refman") == ""
    assert _said(tmp_path / "papers.refman") == ""


def test_the_mount_that_lies_nearest_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _mounts(tmp_path, monkeypatch, _line("/", "nfs4"), _line(tmp_path, "ext4"), _line(tmp_path / "far", "cifs"))
    assert _said(tmp_path / "near" / "papers.refman") == ""
    assert _said(tmp_path / "far" / "deep" / "papers.refman") == "library-on-network cifs"
    (tmp_path / "link").symlink_to(tmp_path / "far")
    assert _said(tmp_path / "link" / "papers.refman") == "library-on-network cifs"


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - A University", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("iCloud~com~refman", "iCloud"),
        ("Dropboxes", ""),
        ("my-dropbox", ""),
        ("papers", ""),
    ],
)
def test_folders_of_clouds_are_told(tmp_path: Path, folder: str, cloud: str) -> None:
    (tmp_path / folder / "thesis").mkdir(parents=True)
    said = _said(tmp_path / folder / "thesis" / "papers.refman")
    assert said == (f"library-in-cloud {cloud}" if cloud else "")


@pytest.mark.parametrize(("mark", "cloud"), [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox")])
def test_a_folder_of_another_name_is_told_by_its_mark(tmp_path: Path, mark: str, cloud: str) -> None:
    (tmp_path / "work" / mark).mkdir(parents=True)
    assert _said(tmp_path / "work" / "papers.refman") == f"library-in-cloud {cloud}"


def test_a_system_without_a_list_of_mounts_is_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risky_places, "_MOUNTS", tmp_path / "none")
    assert _said(tmp_path / "papers.refman") == ""


def test_lines_of_another_kind_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mountinfo"
    path.write_text(f"nonsense\n\n1 2 - nfs\n1 1 0:1 / {_line(tmp_path, 'nfs')}\n")
    monkeypatch.setattr(risky_places, "_MOUNTS", path)
    assert _said(tmp_path / "papers.refman") == "library-on-network nfs"
