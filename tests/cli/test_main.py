"""The process as a whole: streams, locales, pipes, signals, and faults of our own."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from refman.app.main import main
from refman.cli.main import _MODULES, make_parser
from tests.cli.conftest import PAGE, Cli

_REFMAN = [sys.executable, "-m", "refman"]


def _run(*arguments: str, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*_REFMAN, *arguments],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )


def _shell(line: str) -> "subprocess.CompletedProcess[str]":
    """Runs a line of bash in which `$R` is refman."""
    command = f"R='{sys.executable} -m refman'; set -o pipefail; {line}"
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "de_DE.ISO-8859-1"])
def test_json_is_utf_8_in_any_locale(locale: str) -> None:
    done = _run(
        "search",
        "author:velickovic",
        "--json",
        environment={"LC_ALL": locale, "PYTHONIOENCODING": "", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0
    papers = json.loads(done.stdout.decode("utf-8"))
    assert {"given": "Petar", "family": "Veličković"} in papers[0]["authors"]
    assert "Veličković".encode() in done.stdout


@pytest.mark.usefixtures("page")
def test_the_same_arguments_in_another_encoding(cli: Cli) -> None:
    done = _run("search", "Veličković", "--json", environment={"PYTHONIOENCODING": "ascii"})
    assert json.loads(done.stdout) == cli("search", "Veličković", "--json").json


@pytest.mark.usefixtures("page")
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    for line in ("$R search '' --json | head -c 5", "$R export | true", "$R --help | true"):
        done = _shell(line)
        assert (done.returncode, done.stderr) == (0, ""), line


@pytest.mark.usefixtures("page")
def test_output_that_cannot_be_written_is_an_error() -> None:
    for command in ("search ''", "export", "show zheng2026ai --json", "--version", "--help"):
        done = _shell(f"$R {command} > /dev/full")
        assert done.returncode == 1
        assert done.stderr == "refman: the output cannot be written: No space left on device.\n"


@pytest.mark.usefixtures("page")
def test_streams_that_are_closed() -> None:
    for command in ("search ''", "export", "--version"):
        done = _shell(f"$R {command} >&-")
        assert (done.returncode, done.stderr) == (0, ""), command
    for command in ("import -", "note add zheng2026ai", "note add zheng2026ai -"):
        done = _shell(f"$R {command} <&-")
        assert (done.returncode, done.stderr) == (1, "refman: Standard input is closed; give a file or a text.\n")
    assert _shell("$R show nope >&- 2>&- <&-").returncode == 1


@pytest.mark.usefixtures("page")
def test_an_export_through_pipes_and_devices(tmp_path: Path) -> None:
    plain = _shell("$R export --format ris").stdout
    assert _shell("$R export --format ris --output /dev/stdout | cat").stdout == plain
    assert _shell(f"$R export --format ris --output /dev/stdout > {tmp_path}/x; cat {tmp_path}/x").stdout == plain
    assert (
        _shell(f"mkfifo {tmp_path}/f; cat {tmp_path}/f & $R export --format ris --output {tmp_path}/f; wait").stdout
        == plain
    )
    assert _shell("$R export --format ris --output /dev/stdout | head -c 3").stdout == plain[:3]


def test_a_file_through_process_substitution() -> None:
    done = _shell(f"$R import --json <(cat '{PAGE}') - < /dev/null")
    assert json.loads(done.stdout)["added"] == 23
    assert done.returncode == 1


def test_ctrl_c_is_130_and_leaves_nothing_half_done(cli: Cli, tmp_path: Path) -> None:
    cli("init")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # A shell that started the tests in the background may have told them to ignore it.
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen([*_REFMAN, "import", str(pipe)], stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, ignored)
    # The pipe opens when refman begins to read it.
    with process, pipe.open("w"):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err == "refman: stopped; what was not finished was taken back.\n"
    assert cli("search", "", "--json").json == []


def test_ctrl_c_before_the_command_began(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(argv: Sequence[str], world: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("refman.cli.main.run", interrupt)
    assert main(["search", ""]) == 130


def test_a_fault_of_ours_is_one_sentence_and_in_the_log(
    cli: Cli, own_home: Path, monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
) -> None:
    def fail(argv: Sequence[str]) -> None:
        raise ZeroDivisionError("deliberate")

    monkeypatch.setattr("refman.cli.main.make_parser", fail)
    log = own_home / "state" / "refman" / "logs" / "refman.log"
    assert cli("search", "", fails=1).err == f"refman: a fault of refman stopped it; please report it with {log}.\n"
    assert "in fail" in log.read_text("utf-8")
    assert log.read_text("utf-8").rstrip().endswith("ZeroDivisionError")
    assert [record.levelname for record in logged] == ["CRITICAL"]


def test_the_arguments_of_the_process_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["refman", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("refman ")


@pytest.mark.parametrize(
    ("arguments", "given", "quits"),
    [
        ([], None, False),
        (["gui"], None, False),
        (["gui", "--quit-after-start"], None, True),
        (["--library", "x.refman"], "x.refman", False),
        (["gui", "--library", "x.refman"], "x.refman", False),
    ],
)
def test_without_a_command_the_window_opens(arguments: list[str], given: str | None, quits: bool) -> None:
    class World:
        def open_window(self, given: str | None, *, quit_after_start: bool) -> int:
            self.opened = (given, quit_after_start)
            return 7

    world = World()
    parsed = make_parser(arguments).parse_args(arguments)
    assert parsed.run(parsed, world) == 7
    assert world.opened == (given, quits)


@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
@pytest.mark.parametrize("name", ["ü".encode(), b"\xff"])
def test_files_may_have_any_name_in_any_locale(tmp_path: Path, name: bytes, locale: dict[str, str]) -> None:
    papers, library, copy, target = (os.fsdecode(os.fsencode(tmp_path) + b"/" + name + end) for end in _ENDS)
    Path(papers).write_text("@misc{k, title={T}, author={A B}}", "utf-8")
    commands = (
        ("init",),
        ("import", papers),
        ("backup", copy),
        ("restore", copy),
        ("export", "--output", target),
        ("check",),
        ("tag", "add", "x", "k"),
    )
    words = [word for command in commands for word in ("--library", library, *command, ";")]
    done = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_THE_OTHER, *words], capture_output=True, env={**os.environ, **locale}
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    assert Path(target).read_text("utf-8").startswith("@misc{k,")
    assert _run("--library", copy, "search", "", environment=locale).stdout.startswith(b"k ")


# Names come in as the process decodes them; to start it once is enough for that.
_ONE_AFTER_THE_OTHER = """
import sys
from refman.app.main import main
words = sys.argv[1:]
while words:
    end = words.index(";")
    if status := main(words[:end]):
        sys.exit(status)
    del words[: end + 1]
"""
_ENDS = (b".bib", b".refman", b"-copy.refman", b"-out.bib")


@pytest.mark.parametrize(
    "arguments", [("--library", "", "search", "x"), ("import", ""), ("export", "--output", "")], ids=" ".join
)
def test_an_empty_name_of_a_file_is_wrong_usage(cli: Cli, library: Path, arguments: tuple[str, ...]) -> None:
    assert "the name is empty; name a file" in cli(*arguments, fails=2).err
    assert not library.exists()


def test_an_argument_that_fills_screens_is_named_by_both_ends(cli: Cli) -> None:
    cli("init")
    said = cli("show", "x" * 100_000, fails=1).err
    assert len(said) < 6000
    assert said.endswith("nothing was done; check the key.\n")
    assert 'no paper with the key "" in' in cli("show", "", fails=1).err


_IN_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_arguments_in_utf8_are_read_in_any_locale(cli: Cli, library: Path) -> None:
    cli("init")
    cli("import", "-", stdin="@misc{k, title={Élan}, author={A B}}".encode())
    for arguments in (["tag", "add", "Émile", "k"], ["edit", "k", "title=Élan vital", "note=naïve"]):
        assert _run(*arguments, environment=_IN_C).returncode == 0
    found = _run("search", "tag:émile élan", "--json", environment=_IN_C)
    assert json.loads(found.stdout)[0]["key"] == "k"
    assert cli("show", "k", "--json").json[0]["tags"] == ["Émile"]
    assert cli("show", "k", "--json").json[0]["title"] == "Élan vital"


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["search", "import"], {"search_commands"}),
        (["--library", "import", "undo"], {"journal_commands"}),
        (["-h", "search"], None),
        (["--library"], None),
        (["nonsense"], None),
    ],
)
def test_only_what_a_command_needs_is_loaded(
    arguments: list[str], modules: set[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = set()

    class Module:
        def add_to(self, commands: object) -> None:
            """Nothing is declared."""

    def load(name: str) -> Module:
        loaded.add(name.rpartition(".")[2])
        return Module()

    monkeypatch.setattr("refman.cli.main.import_module", load)
    make_parser(arguments)
    assert loaded == (modules or set(_MODULES))
