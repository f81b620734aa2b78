"""Files, pipes and devices are read to their end, if they have one."""

import os
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from refman.domain.errors import Cancelled, UnreadableInput
from refman.services import input_bytes
from refman.services.file_reading import BIG_BYTES, is_streamed
from refman.services.input_bytes import bytes_of_file, bytes_of_stream

_ENTRY = b"@misc{a, title={T}}\n"


@dataclass
class Watcher:
    """Looks on; does something at the n-th look."""

    deeds: dict[int, Callable[[], object]]
    looks: int = 0
    is_stopped: bool = False

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Nothing is shown."""

    @property
    def is_cancelled(self) -> bool:
        """Asked at every look."""
        self.looks += 1
        self.deeds.get(self.looks, lambda: None)()
        return self.is_stopped

    def stop(self) -> None:
        """The person has had enough."""
        self.is_stopped = True


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def _refusal(path: Path) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        bytes_of_file(path, str(path))
    return caught.value


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_end_is_no_text(device: str) -> None:
    assert _refusal(Path(device)).code == "binary-input"


def test_a_file_of_a_gigabyte_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with open(path, "wb") as file:
        for _ in range(5):
            file.write(_ENTRY * ((1 << 20) // len(_ENTRY) + 1))
        # A hole, which takes no room on the disk.
        file.truncate(1 << 30)
    tracemalloc.start()
    try:
        assert _refusal(path).code == "too-large"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 64 << 20


def test_an_endless_text_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_bytes, "MOST_BYTES", 1 << 20)
    read: list[int] = []

    def endless(size: int) -> bytes:
        read.append(size)
        return _ENTRY * (size // len(_ENTRY))

    with pytest.raises(UnreadableInput) as caught:
        bytes_of_stream(endless, "pipe")
    assert caught.value.code == "too-large"
    assert "pipe gives more than 1 MB" in caught.value.message
    assert sum(read) < 4 << 20


def test_of_an_endless_text_in_no_format_the_formats_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_bytes, "MOST_BYTES", 1 << 20)
    with pytest.raises(UnreadableInput, match=r"the formats tried are author page \(profile\)"):
        bytes_of_stream(lambda size: b"y\n" * (size // 2), "yes")


def test_zeros_behind_a_text_end_the_reading_at_once() -> None:
    blocks = iter([_ENTRY * 10_000, b"\0" * 100])
    with pytest.raises(UnreadableInput, match="is a binary file"):
        bytes_of_stream(lambda _: next(blocks), "file")


def test_a_text_of_wide_letters_is_read_whole() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        content = (_ENTRY.decode() * 10_000).encode(encoding)
        assert bytes_of_stream(BytesIO(content).read, "file") == content


def test_a_huge_file_that_is_no_bib_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.bib"
    with open(path, "wb") as file:
        file.truncate(50 << 30)
    assert not is_streamed(path, "")
    assert _refusal(path).code == "binary-input"


def test_a_large_bib_is_still_read_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "large.bib"
    path.write_bytes(_ENTRY * (BIG_BYTES // len(_ENTRY) + 1))
    assert is_streamed(path, "")


def test_a_pipe_nobody_writes_to_is_refused(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_bytes, "WRITER_WAIT_S", 0.0)
    error = _refusal(pipe)
    assert (error.code, f"Nobody writes to {pipe}" in error.message) == ("silent-input", True)


def test_a_writer_that_thinks_is_waited_for(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_bytes, "WRITER_WAIT_S", 0.0)
    writer = os.open(pipe, os.O_RDWR)

    watcher = Watcher({3: lambda: os.write(writer, _ENTRY), 6: lambda: os.close(writer)})
    assert bytes_of_file(pipe, "pipe", progress=watcher) == _ENTRY


def test_waiting_for_a_writer_can_be_stopped(pipe: Path) -> None:
    writer = os.open(pipe, os.O_RDWR)
    watcher = Watcher({3: lambda: watcher.stop()})
    with pytest.raises(Cancelled):
        bytes_of_file(pipe, "pipe", progress=watcher)
    os.close(writer)


def test_an_empty_pipe_whose_writer_left_is_empty() -> None:
    reader, writer = os.pipe()
    os.close(writer)
    assert bytes_of_file(Path(f"/dev/fd/{reader}"), "pipe") == b""
    os.close(reader)


def test_files_and_open_descriptors_are_read(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(_ENTRY)
    with open(path, "rb") as file:
        assert bytes_of_file(path, "refs.bib") == bytes_of_file(Path(f"/dev/fd/{file.fileno()}"), "fd") == _ENTRY
