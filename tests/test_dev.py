"""The dev script: set up once, then out of the way."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that was never set up; refman, Python and pip are two small programs."""
    for name in ("dev", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    _write_program(programs / "refman", '#!/bin/sh\ncat; echo "$@"; exit 7\n')
    _write_program(programs / "python", '#!/bin/sh\necho "python $@"\n')
    return tmp_path


def _write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def _dev(
    checkout: Path, *arguments: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "dev"), *arguments]
    return subprocess.run(command, input=stdin, env=env, capture_output=True, encoding="utf-8")


def test_the_first_start_sets_up_and_the_second_does_not(checkout: Path) -> None:
    first, second = _dev(checkout, "test"), _dev(checkout, "test")
    assert f"--editable {checkout}[dev]" in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout == "python -m pytest -n 2 --dist worksteal\n"


def test_run_is_refman_itself(checkout: Path) -> None:
    """Set-up talks on standard error only; input, output and status are refman's."""
    expected = (7, "a page\nimport - --json\n")
    for _ in range(2):
        done = _dev(checkout, "run", "import", "-", "--json", stdin="a page\n")
        assert (done.returncode, done.stdout) == expected
    assert done.stderr == ""


def test_run_needs_less_than_tests_and_tests_bring_all(checkout: Path) -> None:
    assert f"--editable {checkout}\n" in _dev(checkout, "run").stderr
    assert f"--editable {checkout}[dev]\n" in _dev(checkout, "test").stderr
    (checkout / ".venv/refman-run.stamp").unlink()
    assert _dev(checkout, "run").stderr == ""


def test_faults_go_on_without_the_fuzzer_where_it_has_no_wheel(checkout: Path) -> None:
    assert f"--only-binary atheris --editable {checkout}[fuzz]\n" in _dev(checkout, "faults").stderr
    (checkout / ".venv/refman-fuzz.stamp").unlink()
    _write_program(checkout / ".venv/bin/python", '#!/bin/sh\necho "python $@"\ncase "$*" in *atheris*) exit 1; esac\n')
    done = _dev(checkout, "faults")
    assert f"--editable {checkout}[dev]\n" in done.stderr
    assert "There is no Atheris for this Python" in done.stderr
    assert (done.returncode, done.stdout) == (0, "python -m tests.faults\n")


def test_checks_run_the_tests_unless_these_left_their_coverage_just_now(checkout: Path) -> None:
    for name in ("ruff", "mypy", "lint-imports"):
        _write_program(checkout / ".venv/bin" / name, f'#!/bin/sh\necho "{name} $@"\n')
    tests = "python -m pytest -n 2 --dist worksteal --cov --cov-report="
    whole, rest = _dev(checkout, "check"), _dev(checkout, "check", "--tested")
    ran = [line for line in whole.stdout.splitlines() if "pip" not in line]
    assert (whole.returncode, rest.returncode) == (0, 0)
    assert [line.split()[0] for line in ran[:4]] == ["ruff", "ruff", "mypy", "lint-imports"]
    assert ran[4] == tests
    assert rest.stdout.splitlines() == [line for line in ran if line != tests]
    assert sum("coverage report --fail-under=95" in line for line in ran) == 3


def test_checks_take_no_other_words(checkout: Path) -> None:
    done = _dev(checkout, "check", "--quick")
    assert (done.returncode, done.stderr) == (2, "./dev check knows no --quick; only --tested.\n")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_dependency_is_set_up(checkout: Path, name: str) -> None:
    _dev(checkout, "run")
    (checkout / name).write_text("changed")
    assert "pip install" in _dev(checkout, "run").stderr


@pytest.mark.parametrize(("needed", "status"), [(True, 1), (False, 0)])
def test_the_exact_line_for_missing_libraries_is_told(checkout: Path, needed: bool, status: int) -> None:
    """`run` goes on without them: the command line needs none."""
    shutil.copy(checkout / "dev", checkout / "dev.py")
    code = f"import dev; dev.LIBRARIES = {{'libnobody.so.1': 'libnobody1'}};dev.install_libraries(is_needed={needed})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env={"PATH": ""},
        capture_output=True,
        encoding="utf-8",
    )
    line = "sudo apt-get install --yes --no-install-recommends libnobody1"
    said = f"The window needs system libraries. Install them with:\n  {line}\n"
    assert (done.returncode, done.stderr) == (status, said)


def test_an_environment_that_works_is_kept(checkout: Path) -> None:
    (checkout / ".venv/kept").touch()
    assert _dev(checkout, "run").returncode == 7
    assert (checkout / ".venv/kept").exists()


def test_a_broken_environment_is_made_anew_and_a_missing_pip_is_named(checkout: Path) -> None:
    (checkout / ".venv/kept").touch()
    (checkout / ".venv/bin/python").unlink()
    for name in ("pip.py", "ensurepip.py"):
        (checkout / name).write_text("raise SystemExit(1)\n")
    done = _dev(checkout, "run", env={"PATH": "", "PYTHONPATH": str(checkout)})
    assert (done.returncode, (checkout / ".venv/kept").exists()) == (1, False)
    line = "sudo apt-get install --yes --no-install-recommends python3-pip"
    assert done.stderr.endswith(f"pip is missing. Install it with:\n  {line}\n")


def test_tests_take_the_arguments_of_pytest(checkout: Path) -> None:
    done = _dev(checkout, "test", "tests/domain", "-x")
    assert done.stdout == "python -m pytest -n 2 --dist worksteal tests/domain -x\n"


def test_an_unknown_command_is_wrong_usage(checkout: Path) -> None:
    done = _dev(checkout, "fly")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("unknown command: fly\n")
    assert "./dev test" in done.stderr


def test_an_old_python_gets_one_sentence(checkout: Path) -> None:
    """Whatever python3.N stands on the PATH: here none does."""
    code = (
        "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'; sys.argv = ['dev'];"
        "import runpy; runpy.run_path('dev', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, env={"PATH": ""}, capture_output=True, encoding="utf-8"
    )
    sentence = "refman needs Python 3.11 or newer; this one is 3.9.2.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_old_pythons_can_read_the_script() -> None:
    tree = ast.parse((ROOT / "dev").read_text("utf-8"), feature_version=(3, 4))
    assert "main" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
