"""What a fix would change, in the words of the view: a value, or the lines of an entry."""

from collections.abc import Iterator
from difflib import ndiff

from PySide6.QtCore import QCoreApplication

from refman.domain.quality import ENTRY, MERGE, Finding

_MOST_LINES = 8
_LONGEST = 160


def proposed(finding: Finding) -> str:
    """What would stand there, in one line; "" without a fix."""
    fix = finding.fix
    if fix is None:
        return ""
    if fix.field == MERGE:
        return QCoreApplication.translate("Proposals", "merge with {0}").format(fix.text)
    if fix.field != ENTRY:
        is_new = not finding.before and fix.field[:1] != "@"
        return _line(f"{fix.field} = {fix.text}" if is_new else fix.text)
    came = [line[2:] for line in _changed(finding.before, fix.text) if line[0] == "+"]
    return _line(came[0]) if came else QCoreApplication.translate("Proposals", "one field less")


def now_and_then(finding: Finding) -> list[str]:
    """What stands there and what would, line by line; nothing without a fix."""
    fix = finding.fix
    if fix is None:
        return []
    if fix.field == MERGE:
        return [QCoreApplication.translate("Proposals", "One paper of both: you choose what stays.")]
    if fix.field == ENTRY:
        signs = {"-": "\N{MINUS SIGN}", "+": "+"}
        lines = [f"{signs[line[0]]} {line[2:].strip()}" for line in _changed(finding.before, fix.text)]
        return lines[:_MOST_LINES]
    nothing = QCoreApplication.translate("Proposals", "nothing")
    return [
        QCoreApplication.translate("Proposals", "Now: {0}").format(_line(finding.before) or nothing),
        QCoreApplication.translate("Proposals", "Then: {0}").format(_line(fix.text) or nothing),
    ]


def text_of(finding: Finding) -> list[str]:
    """The first lines of a text that could not be read."""
    return [line[:_LONGEST] for line in finding.before.splitlines()[:_MOST_LINES]]


def _changed(before: str, after: str) -> Iterator[str]:
    return (line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+")


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
