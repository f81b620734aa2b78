"""What goes with a file that an export replaces, counted by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.domain.errors import ExportRefused
from refman.services import export_guard
from refman.services.export_guard import guard_of
from tests.growth import too_slow


def _entries(*keys: str) -> str:
    return "".join(f"@article{{{key},\n  title = {{T}},\n}}\n" for key in keys)


def _many(count: int, stem: str = "k") -> list[str]:
    return [f"{stem}{number}" for number in range(count)]


def _refusal(path: Path, new: str) -> str:
    """The code of the refusal; "" when the file may be replaced."""
    guard = guard_of(path)
    assert guard is not None
    pieces = [new[start : start + 7] for start in range(0, len(new), 7)]
    assert "".join(guard.passed(pieces)) == new
    try:
        guard.check()
    except ExportRefused as error:
        return f"{error.code} {' '.join(error.arguments[1:])}".strip()
    return ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("", _entries("a"), "", id="empty"),
        pytest.param("[]\n", _entries("a"), "", id="an empty export"),
        pytest.param(_entries("a"), _entries("b"), "", id="one for another"),
        pytest.param(_entries("a", "b"), _entries("c", "d"), "export-shrinks 2 2", id="all of few"),
        pytest.param(_entries("a", "b"), _entries("a"), "", id="a few"),
        pytest.param(_entries(*_many(60)), _entries(*_many(50)), "", id="a sixth"),
        pytest.param(_entries(*_many(50)), _entries(*_many(39)), "export-shrinks 11 50", id="over a fifth"),
        pytest.param(_entries(*_many(600)), _entries(*_many(499)), "export-shrinks 101 600", id="over 100"),
        pytest.param(_entries(*_many(30)), _entries(*_many(90, "x")), "export-shrinks 30 30", id="others"),
        pytest.param("\\documentclass{article}\n", _entries("a"), "export-over-other", id="a text"),
        pytest.param("@string{x = {y}}\n@comment{a, b}\n", _entries("a"), "export-over-other", id="no entries"),
        pytest.param(" @ Article ( \n a , title={T})\n@BOOK{b,", _entries("c"), "export-shrinks 2 2", id="odd forms"),
        pytest.param(_entries("a", "b").replace("\n", "\r"), _entries("c"), "export-shrinks 2 2", id="old line ends"),
        pytest.param('[\n {\n "id": "a"\n},\n{\n"id": "b"\n}]', "[]", "export-shrinks 2 2", id="CSL-JSON"),
        pytest.param("TY  - GEN\nID  - a\nER  - \nTY  - GEN\nID  - b\n", "", "export-shrinks 2 2", id="RIS"),
    ],
)
def test_much_that_would_go_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "refs"
    path.write_bytes(old.encode())
    assert _refusal(path, new) == said


def test_bytes_that_are_no_text_stand_for_themselves(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"@a{k\xe9y,\n}\n" + _entries(*_many(12)).encode())
    assert _refusal(path, _entries(*_many(12))) == ""


def test_keys_at_the_edges_of_blocks_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_entries(*_many(40)))
    monkeypatch.setattr(export_guard, "_BLOCK_CHARACTERS", 11)
    assert _refusal(path, _entries(*_many(40))) == ""


def test_no_file_needs_no_guard(tmp_path: Path) -> None:
    assert guard_of(tmp_path / "new.bib") is None


def test_what_cannot_be_read_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("x")

    def refuse(_: Path) -> Iterator[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(export_guard, "ShrinkGuard", refuse)
    with pytest.raises(ExportRefused, match="cannot be read"):
        guard_of(path)


@pytest.mark.parametrize("piece", ["@", "@a{", "@a{\n", "\n @ \t", '"id": "', "ID  - ", "\n\n", "@a{b ", '\n"id" \t'])
def test_looking_for_keys_grows_in_line_with_the_text(piece: str) -> None:
    assert not too_slow(lambda text: export_guard._keys([text]), piece)
