"""Citations for editors: what each is started with, and LyX's pipe."""

import os
from pathlib import Path

import pytest

from refman.domain.editors import Editor
from refman.services.citing import cited
from refman.services.pushing import NotPushed, arguments_for, jump, push

_SCRIPT = '#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "$one" >> "$0.said"; done\nexit {status}\n'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path) -> Path:
    """A folder of programs on the path that write down what they get."""
    folder = tmp_path / "bin with blanks"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return folder


def _program(folder: Path, name: str, status: int = 0) -> Path:
    path = folder / name
    path.write_text(_SCRIPT.format(status=status))
    path.chmod(0o755)
    return path.with_name(f"{name}.said")


@pytest.mark.parametrize(
    ("editor", "name", "arguments"),
    [
        (Editor.TEXSTUDIO, "texstudio", ["--insert-cite", "\\cite{a,$(b)}"]),
        (Editor.TEXWORKS, "texworks", ["--insert-text", "\\cite{a,$(b)}"]),
        (Editor.TEXMAKER, "texmaker", ["-insert", "\\cite{a,$(b)}"]),
        (
            Editor.EMACS,
            "emacsclient",
            ["-n", "-e", '(with-current-buffer (window-buffer (selected-window)) (insert "\\\\cite{a,$(b)}"))'],
        ),
        (Editor.VIM, "vim", ["--servername", "VIM", "--remote-send", "<C-\\><C-N>a\\cite{a,$(b)}"]),
    ],
)
def test_every_editor_gets_its_arguments_and_no_shell_reads_them(
    programs: Path, editor: Editor, name: str, arguments: list[str]
) -> None:
    said = _program(programs, name)
    push(editor, "\\cite{a,$(b)}", ["a", "$(b)"])
    assert said.read_text().splitlines() == arguments


@pytest.mark.parametrize(
    ("editor", "name", "arguments"),
    [
        (Editor.TEXSTUDIO, "texstudio", ["--line", "12", "a b.tex"]),
        (Editor.KILE, "kile", ["--line", "12", "a b.tex"]),
        (Editor.TEXWORKS, "texworks", ["--position=12", "a b.tex"]),
        (Editor.TEXMAKER, "texmaker", ["-line", "12", "a b.tex"]),
        (Editor.EMACS, "emacsclient", ["-n", "+12", "a b.tex"]),
        (Editor.VIM, "vim", ["--servername", "VIM", "--remote-silent", "+12", "a b.tex"]),
        (Editor.LYX, "lyx", ["a b.tex"]),
    ],
)
def test_every_editor_jumps_to_a_line(programs: Path, editor: Editor, name: str, arguments: list[str]) -> None:
    said = _program(programs, name)
    jump(editor, Path("a b.tex"), 12)
    assert said.read_text().splitlines() == arguments


def test_quotes_and_angles_are_escaped() -> None:
    assert arguments_for(Editor.EMACS, "e", 'a"b\\')[-1].endswith('(insert "a\\"b\\\\"))')
    assert arguments_for(Editor.VIM, "vim", "<x>")[-1] == "<C-\\><C-N>a<lt>x>"


def test_an_editor_that_fails_or_is_not_there(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(programs, "texstudio", status=3)
    with pytest.raises(NotPushed, match="exit status 3"):
        push(Editor.TEXSTUDIO, "\\cite{a}", ["a"])
    (programs / "texworks").write_bytes(b"\x7fELF no program")
    (programs / "texworks").chmod(0o755)
    with pytest.raises(NotPushed, match="Is it running"):
        push(Editor.TEXWORKS, "\\cite{a}", ["a"])
    monkeypatch.setenv("PATH", str(programs / "none"))
    with pytest.raises(NotPushed, match="Texmaker is not installed"):
        push(Editor.TEXMAKER, "\\cite{a}", ["a"])


def test_lyx_reads_its_pipe(own_home: Path) -> None:
    folder = Path.home() / ".lyx"
    folder.mkdir(parents=True)
    with pytest.raises(NotPushed, match="no pipe"):
        push(Editor.LYX, "", ["a", "b"])
    os.mkfifo(folder / "lyxpipe.in")
    with pytest.raises(NotPushed, match="nobody reads"):
        push(Editor.KILE, "", ["a", "b"])
    reader = os.open(folder / "lyxpipe.in", os.O_RDONLY | os.O_NONBLOCK)
    try:
        push(Editor.LYX, "", ["a", "b"])
        assert os.read(reader, 100) == b"LYXCMD:refman:citation-insert:a,b\n"
    finally:
        os.close(reader)


def test_forms_of_citations() -> None:
    assert cited(["a", "b"], "\\citep") == "\\citep{a,b}"
    assert cited(["a", "b.c"], "pandoc") == "[@a; @b.c]"
    assert cited(["a/"], "pandoc") == "[@{a/}]"
    assert cited(["a", "b:c"], "typst") == "@a @b:c"
    assert cited(["a+b"], "typst") == '#cite(label("a+b"))'
    assert cited([], "\\cite") == ""
