"""Conflict markers as git writes them, round the lines that clash and no others."""

import re
from difflib import SequenceMatcher

from refman.formats.bibfile.document import Document, Splice
from refman.formats.bibfile.entry_edits import change_entry
from refman.formats.bibfile.merge import EntryConflict, Merged
from refman.formats.bibfile.merge_others import OtherConflict
from refman.formats.bibfile.placing import Places
from refman.formats.bibfile.style import learn_style, newline_of

_MARKERS = re.compile(r"^(?:<{7,}|>{7,}) |^(?:={7,}|\|{7,})$", re.MULTILINE)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def has_markers(text: str) -> bool:
    """True when a merge that was not finished left its lines: all three kinds stand in the text."""
    kinds = {match.group()[0] for match in _MARKERS.finditer(text.replace("\r", "\n"))}
    return {"<", "=", ">"} <= kinds


def marked(merged: Merged, *, size: int = 7, mine: str = "ours", theirs: str = "theirs") -> str:
    """The merged text with both sides of every conflict between markers."""
    document = merged.document
    writer = _Writer(newline_of(document.text), size, mine, theirs)
    splices = [_entry_splice(document, one, writer) for one in merged.entries]
    splices += [_other_splice(document, one, writer) for one in merged.others]
    text = document.text
    for one in sorted(splices, key=lambda splice: splice.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


class _Writer:
    def __init__(self, newline: str, size: int, mine: str, theirs: str) -> None:
        self._newline = newline
        self._begin = f"{'<' * size} {mine}{newline}"
        self._middle = f"{'=' * size}{newline}"
        self._end = f"{'>' * size} {theirs}{newline}"

    def between(self, mine: str, theirs: str) -> str:
        """Both texts (whole lines) with markers round the lines that differ."""
        old, new = _lines(mine), _lines(theirs)
        pieces: list[str] = []
        for kind, *(start, end, new_start, new_end) in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                pieces += old[start:end]
            else:
                pieces += [self._begin, *self._whole(old[start:end]), self._middle]
                pieces += [*self._whole(new[new_start:new_end]), self._end]
        return "".join(pieces)

    def _whole(self, lines: list[str]) -> list[str]:
        return [line if line.endswith(("\n", "\r")) else line + self._newline for line in lines]


def _lines(text: str) -> list[str]:
    return [line for line in _LINES.findall(text) if line]


def _entry_splice(document: Document, conflict: EntryConflict, writer: _Writer) -> Splice:
    newline = newline_of(document.text)
    if conflict.mine is None or conflict.mine not in document.by_id:
        places = Places(document)
        start, is_behind = places.offset(places.number_behind(conflict.after))
        start = _line_end(document.text, start) if is_behind else start
        lead = newline if start and document.text[start - 1] not in "\r\n" else ""
        return Splice(start, start, lead + writer.between("", (conflict.theirs_raw or "") + newline))
    entry = document.by_id[conflict.mine]
    start, end = _line_start(document.text, entry.start), _line_end(document.text, entry.end)
    region = document.text[start:end]
    if conflict.theirs_raw is None:
        wanted = ""
    else:
        wanted = region
        for one in change_entry(document, entry, conflict.wanted, style=learn_style(document)):
            wanted = region[: one.start - start] + one.text + region[one.end - start :]
    return Splice(start, end, writer.between(region, wanted))


def _other_splice(document: Document, conflict: OtherConflict, writer: _Writer) -> Splice:
    part = next((one for one in document.others if document.raw(one) == conflict.mine), None)
    if part is None:
        text = (conflict.theirs or "") + newline_of(document.text)
        return Splice(0, 0, writer.between("", text))
    start, end = _line_start(document.text, part.start), _line_end(document.text, part.end)
    region = document.text[start:end]
    theirs = document.text[start : part.start] + (conflict.theirs or "") + document.text[part.end : end]
    return Splice(start, end, writer.between(region, theirs if theirs.strip() else ""))


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    """The offset behind the line end that follows."""
    match = _LINES.match(text, offset)
    return match.end() if match else offset
