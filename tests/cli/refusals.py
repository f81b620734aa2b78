"""What a refused command says, and what it must not touch."""

import hashlib
import subprocess
import sys
from pathlib import Path


def sentence_of(done_err: str) -> str:
    """The one line on standard error."""
    (line,) = done_err.splitlines()
    assert line.startswith("refman: ")
    return line.removeprefix("refman: ")


def limited(most_bytes: int, *arguments: str) -> str:
    """What a command says in whose process no file can grow beyond some bytes; it must fail."""
    script = (
        "import resource, sys; from refman.app.main import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True)
    assert done.returncode == 1
    return sentence_of(done.stderr)


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
