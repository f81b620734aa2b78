"""What a window that met a fault has promised, and whether it is so.

What it showed as stored must be in the library; what it did not store it must have told, and what was typed must stand
in the library or in the file where the window keeps it when it is ended.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from refman.domain.errors import RefmanError
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.services.library import Library
from tests.faults.check import left_over, undo_problem, unsound
from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.session import Session
from tests.faults.tally import Tally

Said: TypeAlias = dict[str, dict[str, Any]]
"""What was told of each step."""

PAPERS = 30
STEPS = ("opened", "year", "note", "title", "tag", "undoing", "undo", "paste", "closed")
_PASTED = "knuth1984"
_PATIENCE_S = 120.0


def judge(folder: Path, child: Child, tally: Tally, where: str, *, is_over: bool) -> bool:
    """Whether the library and the manners of a window are as they must be; `is_over` after a fault that has ended."""
    before = len(tally.failures)
    lines = [json.loads(line) for line in child.lines]
    said = {line["step"]: line for line in lines}
    # The last words are for whoever looks into it.
    last = "\n".join([*child.lines, child.said[-1500:]])
    if "bug" in said or "Traceback" in child.said or "a fault of refman" in child.said or child.status == 70:
        tally.bug(where, last)
    if "hang" in said:
        tally.hang(f"{where}: {last}")
    if child.status == 0 and "hang" not in said:
        for problem in _manners(said, is_over=is_over):
            tally.bug(where, f"{last}\n{problem}")
    look = spawn(partial(_look, folder, said, child.status == 0), folder.with_name(f"{folder.name}.look.log"))
    look.go()
    look.wait(_PATIENCE_S)
    for line in look.lines:
        kind, _, problem = line.partition(" ")
        setattr(tally, kind, getattr(tally, kind) + 1)
        tally.fail(where, f"{last}\n{problem}")
    if look.status:
        tally.take_problem(where, f"{last}\n{look.said}")
    look.log.unlink(missing_ok=True)
    return len(tally.failures) == before


def _manners(said: Said, *, is_over: bool) -> list[str]:
    """What a window must do whatever fails: say why, go on once it can, end."""
    silent = [
        f"{step} was refused without a word"
        for step, line in said.items()
        if line["state"] in ("refused", "stays") and not line["said"]
    ]
    if is_over and said["opened"]["state"] == "stored":
        if said.get("after", {}).get("state") != "stored":
            silent.append("after the fault nothing can be stored")
        if said["closed"]["state"] != "closed":
            silent.append("after the fault the window cannot be closed")
    return silent


def _look(folder: Path, said: Said, has_ended: bool, acknowledge: Acknowledge) -> None:
    """In a child without Qt: opens the library as refman does and tells what is wrong, a line each."""
    session = Session(folder)
    session.clock.number = 10_000
    try:
        for problem in _wrong_values(session, said, _kept(folder) if has_ended else None):
            acknowledge(problem)
        if problem := unsound(session):
            acknowledge(f"unsound {problem}")
        if problem := undo_problem(session):
            acknowledge(f"half {problem}")
        session.close()
        if problem := left_over(session):
            acknowledge(f"unsound {problem}")
    except RefmanError as error:
        acknowledge(f"unsound {type(error).__name__} {' '.join(error.message.split())}")


def _kept(folder: Path) -> str:
    """What the window kept of what it could not store."""
    home = folder.with_name(f"{folder.name}.home")
    return "\n".join(path.read_text("utf-8") for path in home.rglob("*.txt"))


def _wrong_values(session: Session, said: Said, kept: str | None) -> list[str]:
    from tests.faults.window_person import NOTE, TITLE, YEAR

    papers = session.library.papers(list(map(PaperId, session.library.ids(Listing()))))
    there = partial(_is_there, session.library, {paper.id: paper for paper in papers})
    wrong = [f"lost {step} was shown as stored" for step in _deeds(said, "stored") if not there(step, said[step])]
    if kept is not None:
        typed = {"year": YEAR, "note": NOTE, "title": TITLE}
        refused = [step for step in _deeds(said, "refused") if step in typed and not there(step, said[step])]
        wrong += [f"lost {step} was typed and is nowhere" for step in refused if typed[step] not in kept]
    if len(papers) != PAPERS + any(paper.key == _PASTED for paper in papers):
        wrong.append(f"half {len(papers)} papers")
    return wrong


def _is_there(library: Library, papers: dict[PaperId, Paper], step: str, line: dict[str, Any]) -> bool:
    from tests.faults.window_person import AFTER, NOTE, TAG, TITLE, YEAR

    about = line["about"]
    looks: dict[str, Callable[[], bool]] = {
        "year": lambda: papers[about].plain("year") == YEAR,
        "title": lambda: papers[about].plain("title") == TITLE,
        "undo": lambda: papers[about].plain("title") != TITLE,
        "note": lambda: [note.text for note in library.notes(about)] == [NOTE],
        "tag": lambda: TAG in library.tags_of([about]),
        "after": lambda: AFTER in library.tags_of([about]),
        "paste": lambda: any(paper.key == _PASTED for paper in papers.values()),
    }
    return looks[step]()


def _deeds(said: Said, state: str) -> list[str]:
    steps = ("year", "tag", "note", "title", "undo", "paste", "after")
    # What is being taken back may be there or not.
    passed = ("title",) if "undoing" in said else ()
    return [step for step in steps if said.get(step, {}).get("state") == state and step not in passed]
