"""The settings file: what is saved comes back, what is broken is kept, a failed write changes nothing."""

import os
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.app.settings_file import SettingsFile, SettingsUnwritable, to_toml
from refman.domain.settings import CiteCommand, RowHeight, Settings, ThemeMode

SOME = Settings(
    theme=ThemeMode.DARK,
    row_height=RowHeight.DENSE,
    cite_command=CiteCommand.CITEP,
    citation_key_pattern='[auth]:["x"]',
    preview_before_import=False,
    undo_message_seconds=20,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_without_a_file_there_are_defaults_and_no_complaint(path: Path) -> None:
    assert SettingsFile(path).load() == (Settings(), ())
    assert not path.exists()


def test_what_is_saved_is_loaded(path: Path) -> None:
    SettingsFile(path).save(SOME)
    assert SettingsFile(path).load() == (SOME, ())


def test_defaults_are_not_written(path: Path) -> None:
    SettingsFile(path).save(Settings(theme=ThemeMode.DARK))
    assert tomllib.loads(path.read_text()) == {"theme": "dark"}


def test_saving_leaves_no_other_file(path: Path) -> None:
    file = SettingsFile(path)
    file.save(SOME)
    file.save(Settings())
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


def test_what_a_newer_refman_wrote_is_written_back(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('theme = "dark"\nlens = 3\n[servers]\nhome = ["a", {b = 1.5}]\n')
    file = SettingsFile(path)
    settings, problems = file.load()
    file.save(settings.changed("row_height", "compact"))
    assert problems == ()
    assert tomllib.loads(path.read_text()) == {
        "theme": "dark",
        "row_height": "compact",
        "lens": 3,
        "servers": {"home": ["a", {"b": 1.5}]},
    }


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b'theme = "dark"\ntheme = "light"\n'])
def test_a_broken_file_is_kept_and_named_and_defaults_are_used(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings, problems = SettingsFile(path).load()
    (kept,) = path.parent.iterdir()
    assert settings == Settings()
    assert kept.name.startswith("settings.toml.broken-")
    assert kept.read_bytes() == content
    assert [(p.code, p.line) for p in problems] == [("settings-broken", 0)]
    assert str(path) in problems[0].message
    assert kept.name in problems[0].message


def test_a_bad_value_is_named_and_the_file_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('theme = "purple"\nrow_height = "dense"\n')
    settings, problems = SettingsFile(path).load()
    assert settings == Settings(row_height=RowHeight.DENSE)
    assert [p.code for p in problems] == ["setting-value"]
    assert path.exists()


def test_a_folder_in_the_place_of_the_file_is_a_problem(path: Path) -> None:
    path.mkdir(parents=True)
    settings, problems = SettingsFile(path).load()
    assert settings == Settings()
    assert [p.code for p in problems] == ["settings-unreadable"]


def test_a_failed_write_leaves_the_old_file_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.save(SOME)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsUnwritable, match="No space left on device"):
        file.save(Settings())
    assert SettingsFile(path).load() == (SOME, ())
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


def test_a_linked_settings_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("")
    path.parent.mkdir()
    path.symlink_to(real)
    SettingsFile(path).save(SOME)
    assert path.is_symlink()
    assert SettingsFile(real).load() == (SOME, ())


_values = st.recursive(
    st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates(min_value=date(1000, 1, 1))
    | st.datetimes(min_value=datetime(1000, 1, 1)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), _values))
def test_everything_toml_can_hold_is_written_so_that_it_reads_the_same(table: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(table)) == table
