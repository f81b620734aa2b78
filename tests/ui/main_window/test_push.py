"""Copying and pushing citations in the window; what was used last is the default."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.main_window.person import CTRL, Person


def _do(person: Person, command: str) -> None:
    actions = person.context.actions
    assert actions is not None
    action = actions.action(command)
    person.sees(action.isEnabled)
    action.trigger()


def test_the_form_that_was_used_last_is_that_of_the_key(reader: Person) -> None:
    reader.clicks_row(0)
    _do(reader, "cite.as_pandoc")
    reader.sees(lambda: reader.clipboard == "[@zheng2026ai]")
    _do(reader, "cite.as_textcite")
    reader.sees(lambda: reader.clipboard == "\\textcite{zheng2026ai}")
    reader.context.table.setFocus()
    _do(reader, "cite.as_typst")
    reader.sees(lambda: reader.clipboard == "@zheng2026ai")
    _do(reader, "cite.as_cite")
    reader.sees(lambda: reader.clipboard == "\\cite{zheng2026ai}")


def test_the_editor_that_was_used_last_is_that_of_the_key(
    reader: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "texworks"
    program.write_text('#!/bin/sh\nprintf "%s %s\\n" "$@" >> "$0.said"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    reader.clicks_row(0)
    _do(reader, "cite.to_texworks")
    reader.sees_message("Pushed \\cite{zheng2026ai} to TeXworks")
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_L, CTRL)
    said = program.with_name("texworks.said")
    reader.sees(lambda: said.read_text() == "--insert-text \\cite{zheng2026ai}\n" * 2)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    _do(reader, "cite.to_lyx")
    reader.sees_message("LyX has no pipe to listen on")
