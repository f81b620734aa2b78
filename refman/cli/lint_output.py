"""Findings as lines and as JSON."""

from pathlib import Path
from shlex import quote

from refman.cli.output import say
from refman.cli.session import name_of
from refman.domain.quality import MERGE, Finding
from refman.services.quality.found_in_file import FileFinding
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_fixes import Foreseen

_MOST_LINES = 8
_LONGEST = 160


def say_file_finding(path: Path, found: FileFinding) -> None:
    """`refs.bib:12:8: warning: ... [isbn]`, as compilers write it."""
    finding = found.finding
    key = f"{found.key}: " if found.key else ""
    say(f"{path}:{found.line}:{found.column}: {finding.severity}: {key}{_line(finding)}")


def say_paper_finding(found: PaperFinding) -> None:
    """`smith2020deep: warning: ... [isbn]`; an entry that is no paper with its place and its first lines."""
    if found.file:
        key = f"{found.key}: " if found.key else ""
        say(f"{found.file}:{found.line}: {found.finding.severity}: {key}{_line(found.finding)}")
        lines = found.finding.before.splitlines()
        for line in lines[:_MOST_LINES]:
            say(f"    {line[:_LONGEST]}")
        if len(lines) > _MOST_LINES:
            say(f"    ... {len(lines) - _MOST_LINES:,} more lines")
        return
    say(f"{name_of(found.key, found.paper_id)}: {found.finding.severity}: {_line(found.finding)}")


def say_foreseen(one: Foreseen) -> None:
    """`smith2020deep: pages: {1-2} -> {1--2}`."""
    before, after = (" ".join(text.split()) for text in (one.before, one.after))
    say(f"{name_of(one.key, one.paper_id)}: {one.field}: {before} -> {after}")


def foreseen_json(one: Foreseen) -> dict[str, object]:
    """A value that would change."""
    return {"id": one.paper_id, "key": one.key, "field": one.field, "before": one.before, "after": one.after}


def _line(finding: Finding) -> str:
    fix = finding.fix
    mark = "" if fix is None or fix.field == MERGE else "*" if fix.is_certain else "?"
    said = " ".join(finding.message.split())
    if fix is not None and fix.field == MERGE:
        said += f" Make them one: refman merge {quote(fix.text)} {quote(finding.before)}."
    return f"{said} [{finding.check}{mark}]"


def file_json(path: Path, found: FileFinding) -> dict[str, object]:
    """A finding of a file."""
    return {"file": str(path), "line": found.line, "column": found.column, "key": found.key, **_json(found.finding)}


def paper_json(found: PaperFinding) -> dict[str, object]:
    """A finding of the library; of an entry that could not be read with its file, line and text, and no id."""
    if found.file:
        place = {"file": found.file, "line": found.line, "text": found.finding.before}
        return {"id": None, "key": found.key, **place, **_json(found.finding)}
    return {"id": found.paper_id, "key": found.key, **_json(found.finding)}


def _json(finding: Finding) -> dict[str, object]:
    fix = finding.fix
    return {
        "check": finding.check,
        "severity": finding.severity,
        "field": finding.field,
        "code": finding.code,
        "message": finding.message,
        "fix": {"before": finding.before, "after": fix.text, "certain": fix.is_certain} if fix else None,
    }
