"""Pushing a citation into an editor that runs: by argument lists, never through a shell.

Sources: the manuals of the editors and JabRef's calls. Kile and LyX listen on LyX's pipe ("LyX server" in its manual).
"""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from refman.domain.editors import EDITOR_NAMES, Editor
from refman.domain.errors import RefmanError

_WAIT_S = 3.0
"""An editor that was not running stays; one that failed has said so by then."""
_PROGRAMS: Mapping[Editor, tuple[str, ...]] = {
    Editor.TEXSTUDIO: ("texstudio",),
    Editor.TEXWORKS: ("texworks",),
    Editor.TEXMAKER: ("texmaker",),
    Editor.EMACS: ("emacsclient",),
    Editor.VIM: ("vim", "gvim"),
    Editor.KILE: ("kile",),
    Editor.LYX: ("lyx",),
}
_ON_PIPE = (Editor.KILE, Editor.LYX)
_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt", "/snap/bin", "~/.local/bin")


class NotPushed(RefmanError):
    """The editor did not take the citation; nothing else happened."""


def push(editor: Editor, text: str, keys: Sequence[str]) -> None:
    r"""Gives `text` (`\cite{a,b}`) to an editor; those on LyX's pipe get the keys. Takes up to 3 s.

    Raises: NotPushed, saying what to do.
    """
    if editor in _ON_PIPE:
        _write_to_pipe(editor, f"LYXCMD:refman:citation-insert:{','.join(keys)}\n")
    else:
        _run(editor, arguments_for(editor, _program(editor), text))


def arguments_for(editor: Editor, program: str, text: str) -> list[str]:
    """The argument list that inserts a text at the cursor."""
    match editor:
        case Editor.TEXSTUDIO:
            return [program, "--insert-cite", text]
        case Editor.TEXWORKS:
            return [program, "--insert-text", text]
        case Editor.TEXMAKER:
            return [program, "-insert", text]
        case Editor.EMACS:
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            return [program, "-n", "-e", f'(with-current-buffer (window-buffer (selected-window)) (insert "{quoted}"))']
        case _:
            keys = text.replace("<", "<lt>")
            return [program, "--servername", "VIM", "--remote-send", f"<C-\\><C-N>a{keys}"]


def jump(editor: Editor, path: Path, line: int) -> None:
    """Opens a file in an editor at a line (1-based). Takes up to 3 s. Raises: NotPushed."""
    _run(editor, arguments_to_jump(editor, _program(editor), str(path), line))


def arguments_to_jump(editor: Editor, program: str, path: str, line: int) -> list[str]:
    """The argument list that shows a line of a file."""
    match editor:
        case Editor.TEXSTUDIO | Editor.KILE:
            return [program, "--line", str(line), path]
        case Editor.TEXWORKS:
            return [program, f"--position={line}", path]
        case Editor.TEXMAKER:
            return [program, "-line", str(line), path]
        case Editor.EMACS:
            return [program, "-n", f"+{line}", path]
        case Editor.VIM:
            return [program, "--servername", "VIM", "--remote-silent", f"+{line}", path]
        case _:
            return [program, path]


def pipe_of_lyx() -> Path | None:
    """The pipe on which LyX or Kile reads commands, None when there is none."""
    home = Path.home()
    folders = (home / ".lyx", home, Path(tempfile.gettempdir()))
    for folder in folders:
        for path in sorted(folder.glob("*lyxpipe*in*")):
            if path.is_fifo():
                return path
    return None


def _program(editor: Editor) -> str:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(os.path.expanduser, _FOLDERS)])
    found = next((program for name in _PROGRAMS[editor] if (program := shutil.which(name, path=path))), None)
    if found is None:
        name = EDITOR_NAMES[editor]
        raise NotPushed(
            "no-editor", f"{name} is not installed here; choose another editor, or copy the citation (Ctrl+K).", name
        )
    return found


def _run(editor: Editor, arguments: Sequence[str]) -> None:
    name = EDITOR_NAMES[editor]
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise _not_run(name, error.strerror or str(error)) from error
    try:
        _, said = process.communicate(timeout=_WAIT_S)
    except subprocess.TimeoutExpired:
        # It was not running and has just been started: it took the text with it.
        if process.stderr:
            process.stderr.close()
        return
    if process.returncode:
        lines = said.decode("utf-8", "replace").strip().splitlines()
        raise _not_run(name, lines[-1] if lines else f"exit status {process.returncode}")


def _not_run(name: str, reason: str) -> NotPushed:
    return NotPushed("not-pushed", f"{name} did not take the citation: {reason}. Is it running?", name, reason)


def _write_to_pipe(editor: Editor, command: str) -> None:
    name = EDITOR_NAMES[editor]
    pipe = pipe_of_lyx()
    if pipe is None:
        raise NotPushed(
            "no-lyx-pipe",
            f"{name} has no pipe to listen on; set ~/.lyx/lyxpipe as LyXServer pipe in its preferences.",
            name,
        )
    try:
        # Without a reader an open would wait for ever.
        descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise _not_run(name, error.strerror or str(error)) from error
        raise NotPushed("nobody-on-pipe", f"{name} is not running: nobody reads {pipe}.", name, str(pipe)) from error
    try:
        os.write(descriptor, command.encode("utf-8"))
    except OSError as error:
        raise _not_run(name, error.strerror or str(error)) from error
    finally:
        os.close(descriptor)
