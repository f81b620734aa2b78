"""Other programs that read the same .bib, for those who have them: what they take beside refman."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_PARSE = "import sys, bibtexparser; print(len(bibtexparser.parse_file(sys.argv[1]).entries))"
# A small process between: the memory of whoever starts a program counts as the program's own (getrusage(2)).
_LAUNCHER = """
import os, sys
null = os.open(os.devnull, os.O_WRONLY)
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = os.wait4(pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program on PATH, or a module of this Python; `{bib}` and `{out}` stand for the two files."""

    name: str
    deed: str
    command: tuple[str, ...]
    module: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether it can be run here."""
        return find_spec(self.module) is not None if self.module else shutil.which(self.command[0]) is not None


PEERS = (
    Peer("bibtexparser", "parse", (sys.executable, "-c", _PARSE, "{bib}"), "bibtexparser"),
    Peer("pybtex", "convert to .bib", ("pybtex-convert", "{bib}", "{out}")),
    Peer("papis", "read and save as .bib", ("papis", "bibtex", "read", "{bib}", "save", "--force", "{out}")),
    Peer("JabRef", "convert to .bib", ("jabref", "--nogui", "--import", "{bib}", "--output", "{out}")),
    Peer("bibutils", "convert to MODS", ("bib2xml", "{bib}")),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor time of a process and of those it waited for, and the most memory that one of them had."""

    cpu_s: float
    peak_mb: float


def names() -> str:
    """`bibtexparser, pybtex; not installed: papis`."""
    here = ", ".join(peer.name for peer in PEERS if peer.is_installed) or "none"
    absent = ", ".join(peer.name for peer in PEERS if not peer.is_installed)
    return f"{here}; not installed: {absent}" if absent else here


def spent_by(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Runs a program to its end. Raises: subprocess.CalledProcessError when it fails; what it said is shown."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        check=True,
    )
    cpu, kilobytes = done.stdout.split()
    return Spent(float(cpu), int(kilobytes) / 1024)


def run_peer(peer: Peer, bib: Path, folder: Path) -> Spent:
    """Lets it read the .bib, with a home of its own: a person's settings are neither read nor changed."""
    home = folder / peer.name
    home.mkdir(exist_ok=True)
    names = {"{bib}": str(bib), "{out}": str(home / "out.bib")}
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    return spent_by([names.get(part, part) for part in peer.command], environment)
