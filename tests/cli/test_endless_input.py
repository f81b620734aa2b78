"""What never ends is refused in a moment; pipes and process substitution work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_ENTRY = b"@misc{roe2020, title={New}, author={Roe, R.}, year=2020}\n"
_REFMAN = (sys.executable, "-m", "refman")


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/urandom", "/dev/full"])
def test_a_device_without_end(cli: Cli, library: Path, name: str) -> None:
    done = cli("import", name, fails=1)
    assert f'"{name}" is a binary file, not text; choose a text file' in done.err
    assert not library.exists()


def test_a_pipe_that_nobody_writes_to(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refman.services.input_bytes.WRITER_WAIT_S", 0.1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert f"Nobody writes to {pipe}" in cli("import", pipe, fails=1).err


def test_one_endless_input_does_not_keep_the_others_out(cli: Cli, tmp_path: Path) -> None:
    good = tmp_path / "good.bib"
    good.write_bytes(_ENTRY)
    done = cli("import", "/dev/zero", good, "--json", fails=1)
    assert (done.json["added"], [one["file"] for one in done.json["problems"]]) == (1, ["/dev/zero"])


@pytest.mark.parametrize("command", ["import -", "note add roe2020 -"])
def test_standard_input_without_end(cli: Cli, command: str) -> None:
    cli("import", "-", stdin=_ENTRY)
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run([*_REFMAN, *command.split()], stdin=endless, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        'refman: "standard input" is a binary file, not text; choose a text file such as a .bib or a saved author '
        "page.\n"
    )


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
def test_a_pipe_is_read_to_its_end(library: Path, name: str) -> None:
    done = subprocess.run([*_REFMAN, "import", name], input=_ENTRY, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"1 added\n", b"")
    assert library.exists()


@pytest.mark.usefixtures("library")
def test_process_substitution() -> None:
    reader, writer = os.pipe()
    with subprocess.Popen(
        [*_REFMAN, "import", f"/dev/fd/{reader}"], stdout=subprocess.PIPE, pass_fds=[reader]
    ) as started:
        os.close(reader)
        os.write(writer, _ENTRY)
        os.close(writer)
        assert started.communicate()[0] == b"1 added\n"
