"""What refman never uses is loaded when somebody asks for it, and then it is whole."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

_BEGIN = "from refman.app.late_modules import delay_unused_modules; delay_unused_modules(); import sys, json\n"


def _told_by(program: str) -> object:
    """What a Python of its own prints as JSON: this one has loaded everything long ago."""
    result = subprocess.run([sys.executable, "-c", _BEGIN + program], check=True, stdout=subprocess.PIPE)
    told: object = json.loads(result.stdout)
    return told


def test_a_search_on_the_command_line_runs_neither_asyncio_nor_the_metadata(tmp_path: Path) -> None:
    library = str(tmp_path / "l.refman")
    program = (
        "from refman.app.main import main\n"
        f"main(['--library', {library!r}, 'init'])\n"
        f"main(['--library', {library!r}, 'search', 'x'])\n"
        "print(json.dumps([name in sys.modules for name in"
        " ('sqlalchemy', 'asyncio', 'asyncio.base_events', 'ssl', 'email')]), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", _BEGIN + program], check=True, capture_output=True, env={**os.environ}, text=True
    )
    assert json.loads(result.stderr.splitlines()[-1]) == [True, True, False, False, False]


def test_importing_it_again_does_not_run_it() -> None:
    assert _told_by("import asyncio, asyncio\nprint(json.dumps('asyncio.base_events' in sys.modules))") is False


def test_small_parts_come_alone() -> None:
    program = """
import asyncio
async def work(): pass
coroutine = work()
said = asyncio.iscoroutine(coroutine), issubclass(asyncio.CancelledError, BaseException)
coroutine.close()
print(json.dumps([*said, 'asyncio.base_events' in sys.modules]))
"""
    assert _told_by(program) == [True, True, False]


def test_whoever_uses_it_gets_all_of_it() -> None:
    program = """
import asyncio
async def work():
    await asyncio.sleep(0)
    return [1, 2]
print(json.dumps(asyncio.run(work())))
"""
    assert _told_by(program) == [1, 2]


def test_names_and_stars_can_be_imported_from_it() -> None:
    program = """
from asyncio import Queue
from asyncio import *
from importlib.metadata import version
import importlib.metadata
print(json.dumps([Queue.__name__, Event.__name__, version("sqlalchemy") == importlib.metadata.version("sqlalchemy")]))
"""
    assert _told_by(program) == ["Queue", "Event", True]


def test_what_it_does_not_have_is_said_as_by_any_module() -> None:
    program = """
import asyncio
said = []
for _ in range(2):
    try:
        asyncio.nothing_of_the_kind
    except AttributeError as error:
        said.append(str(error))
print(json.dumps(said))
"""
    assert _told_by(program) == ["module 'asyncio' has no attribute 'nothing_of_the_kind'"] * 2


def test_whoever_looks_at_every_module_runs_none() -> None:
    program = """
import asyncio, hashlib, inspect
inspect.getsource(hashlib)
print(json.dumps([hasattr(asyncio, "__wrapped__"), "_hashlib" in sys.modules, "asyncio.base_events" in sys.modules]))
"""
    assert _told_by(program) == [False, False, False]


def test_a_hash_is_the_same() -> None:
    program = "import hashlib\nprint(json.dumps(hashlib.sha256(b'refman').hexdigest()))"
    assert _told_by(program) == hashlib.sha256(b"refman").hexdigest()


def test_threads_that_ask_at_once_get_the_same_module() -> None:
    program = """
import asyncio
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda _: asyncio.StreamReader, range(64)))
print(json.dumps(len(set(found))))
"""
    assert _told_by(program) == 1


def test_a_module_that_is_loaded_already_stays() -> None:
    program = "import asyncio\nasyncio.run\nbefore = asyncio\ndelay_unused_modules()\n"
    assert _told_by(program + "print(json.dumps(sys.modules['asyncio'] is before))") is True
