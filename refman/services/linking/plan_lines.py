"""What a plan would do to its file, line by line: what goes, what comes, and a line round it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import ndiff
from itertools import islice

from refman.formats.bibfile.document import Document
from refman.services.linking.sync_plan import STRING, SyncPlan, Written

_HEAD = {"-": -1, "+": 1, " ": 0}


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the file: `sign` -1 goes, 1 comes, 0 stays."""

    sign: int
    text: str


def lines_of(plan: SyncPlan, most: int) -> Iterator[DiffLine]:
    """The macros and entries that change, `most` of them, in the order of the plan; those that only spell a renamed
    macro otherwise come last."""
    for before, after in islice(_texts(plan), most):
        yield from _near(_compare(before, after))


def _texts(plan: SyncPlan) -> Iterator[tuple[list[str], list[str]]]:
    for one in plan.written:
        yield _of_string(plan, one) if one.what == STRING else _of_entry(plan, one.key)
    if any(edit.old and edit.old.lower() != edit.name.lower() for edit in plan.strings):
        told = {one.key for one in plan.written}
        for key, number in plan.now.by_id:
            if not number and key not in told and _entry(plan.now, key) != _entry(plan.result, key):
                yield _of_entry(plan, key)


def _of_entry(plan: SyncPlan, key: str) -> tuple[list[str], list[str]]:
    return _entry(plan.now, key), _entry(plan.result, key)


def _of_string(plan: SyncPlan, one: Written) -> tuple[list[str], list[str]]:
    edit = next(edit for edit in plan.strings if edit.name == one.key.removeprefix("@string "))
    return _string(plan.now, edit.old), _string(plan.result, edit.name)


def _entry(document: Document, key: str) -> list[str]:
    entry = document.by_id.get((key, 0))
    return document.raw(entry).splitlines() if entry else []


def _string(document: Document, name: str) -> list[str]:
    found = (one for one in document.others if one.kind == "string" and one.name.lower() == name.lower())
    return next((document.raw(one).splitlines() for one in found), [])


def _compare(before: list[str], after: list[str]) -> list[DiffLine]:
    return [DiffLine(_HEAD[line[0]], line[2:]) for line in ndiff(before, after) if line[0] in _HEAD]


def _near(lines: Iterable[DiffLine]) -> Iterator[DiffLine]:
    """The first line (it has the key), the changed ones and their neighbours."""
    listed = list(lines)
    for number, line in enumerate(listed):
        around = listed[max(number - 1, 0) : number + 2]
        if number == 0 or any(one.sign for one in around):
            yield line
