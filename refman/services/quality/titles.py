"""Capitals of titles: those that a style would write small, and titles that are all capitals."""

import re
from collections.abc import Iterator

from refman.domain.quality import CheckName, Finding, Severity
from refman.formats.bibtex.braces import Braces
from refman.formats.bibtex.case_protection import NAMES, protected_spans
from refman.formats.bibtex.languages import is_foreign
from refman.services.quality.subjects import Subject

_SHELTERED = re.compile(r"\\[A-Za-z@]+\*?\s*|\\.|\$\$?(?:[^$\\]|\\.)+\$\$?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 3
_SHOWN = 3
_NAMES = {name.lower(): name for name in NAMES}
# A letter that no rule of capitals minds; it keeps words together that braces or commands cut.
_FILLER = "x"


def check_capitals(subject: Subject) -> Iterator[Finding]:
    """Words with inner capitals, acronyms and names outside braces: plain.bst and its kin write them small.

    Typed titles need none, an export protects them.
    """
    value = subject.values.get("title")
    if value is None or value.tex is None or _is_in_capitals(value.plain) or is_foreign(subject.draft):
        return
    tex = value.tex
    spans = [span for span in protected_spans(_masked(tex)) if not _is_kept_anyway(tex, span)]
    if not spans:
        return
    out, done = [], 0
    for start, end in spans:
        out += [tex[done:start], "{", tex[start:end], "}"]
        done = end
    words = ", ".join(dict.fromkeys(tex[start:end] for start, end in spans[:_SHOWN]))
    message = f"Styles write {words} in small letters; braces keep the capitals."
    yield value.finding(
        CheckName.CAPITALS,
        Severity.NOTICE,
        "capitals",
        said=message,
        arguments=(words,),
        fix=value.fix("".join([*out, tex[done:]])),
    )


def check_title_caps(subject: Subject) -> Iterator[Finding]:
    """A title all in capitals: no style can make words of it."""
    value = subject.values.get("title")
    if value is None or not _is_in_capitals(value.plain):
        return
    is_text = "\\" not in value.text and "$" not in value.text
    fix = value.fix(_sentence(value.text), is_certain=False) if is_text else None
    yield value.finding(
        CheckName.TITLE_CAPS, Severity.NOTICE, "title-caps", said="The title is all in capitals.", fix=fix
    )


def _is_in_capitals(title: str) -> bool:
    """Three words or more, most of their letters in scripts that have capitals."""
    letters = sum(map(str.isalpha, title))
    capitals = sum(map(str.isupper, title))
    return title.isupper() and 2 * capitals > letters and len(_WORD.findall(title)) >= _FEWEST_WORDS


def _masked(tex: str) -> str:
    """The title at the same offsets; braces with their content, commands and math are filler."""
    braces = Braces(tex)
    out: list[str] = []
    position = 0
    while position < len(tex):
        end = braces.end_of_braced(position) if tex[position] == "{" else -1
        if end < 0:
            match = _SHELTERED.match(tex, position)
            end = match.end() if match else -1
        out.append(tex[position] if end < 0 else _FILLER * (end - position))
        position = position + 1 if end < 0 else end
    return "".join(out)


def _is_kept_anyway(tex: str, span: tuple[int, int]) -> bool:
    """The first letter of a title and of what follows a colon stays a capital."""
    start, end = span
    before = tex[:start].rstrip()
    is_first = not before or (before.endswith(":") and before != tex[:start])
    return is_first and not any(char.isupper() for char in tex[start + 1 : end])


def _sentence(title: str) -> str:
    """Small letters but for the first one, names and what stands in braces or holds a figure."""
    braces = Braces(title)
    out: list[str] = []
    position = 0
    is_first = True
    while position < len(title):
        end = braces.end_of_braced(position) if title[position] == "{" else -1
        word = _WORD.match(title, position)
        if end > 0:
            out.append(title[position:end])
        elif word:
            end = word.end()
            out.append(_small(word.group(), is_first=is_first))
            is_first = False
        else:
            end = position + 1
            out.append(title[position])
            is_first = is_first or title[position] == ":"
        position = end
    return "".join(out)


def _small(word: str, *, is_first: bool) -> str:
    if any(char.isdigit() for char in word):
        return word
    lowered = word.lower()
    return _NAMES.get(lowered) or (lowered.capitalize() if is_first else lowered)
