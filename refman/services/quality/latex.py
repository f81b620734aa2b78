"""What stops LaTeX or hides text, and brackets without partners."""

import re
from collections.abc import Iterator

from refman.domain.fields import NAME_FIELDS, Kind, field_of
from refman.domain.quality import CheckName, Finding, Fix, Severity
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.plain_text import has_balanced_braces, segments
from refman.formats.bibtex.text_to_latex import without_escape
from refman.services.quality.subjects import Subject, Value

_MAY_BE_WRONG = re.compile(r"[%&#_^$\\\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_MATH = r"(?<!\\)\$\$?(?:[^$\\]|\\.)++\$\$?|\\\((?:[^\\]|\\[^()])*+\\\)|\\\[(?:[^\\]|\\[^\[\]])*+\\\]"
# Arguments that are no text: addresses, keys, labels; and \ensuremath, whose argument is math.
_ARGUMENTS = r"\\(?:url|href|path|nolinkurl|doi|eprint|ensuremath|label|ref|autoref|cite[a-z]*\*?)\s*+\{[^{}]*+\}"
_TOKEN = re.compile(
    rf"(?P<kept>{_MATH}|{_ARGUMENTS}|\\[A-Za-z@]++|\\.|&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,30}}[0-9]{{0,2}});)"
    r"|(?P<sign>[%&#_^$])",
    re.DOTALL,
)
_MATH_OR_COMMAND = re.compile(rf"{_MATH}|\\.", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))(?:[ivxIVX]{1,4}|\w)\)(?=\s|$)")
_BRACKETED = frozenset({Kind.TITLE, Kind.LINE})


def check_latex(subject: Subject) -> Iterator[Finding]:
    """Signs without a backslash, math that does not end, controls, letters that BibTeX's styles cannot print."""
    for value in subject.printed:
        if value.tex is not None and _MAY_BE_WRONG.search(value.tex):
            yield from _of_tex(value, value.tex)
        if subject.dialect is Dialect.BIBTEX and (left := without_escape(value.plain)):
            message = f"BibTeX has no escape for {left} in {value.name}; compile with LuaLaTeX or XeLaTeX."
            yield value.finding(
                CheckName.LATEX, Severity.NOTICE, "no-escape", said=message, arguments=(left, value.name)
            )


def _of_tex(value: Value, tex: str) -> Iterator[Finding]:
    if control := _CONTROL.search(tex):
        message = f"{value.name} holds the control character U+{ord(control.group()):04X}, which stops LaTeX."
        fix = value.fix(_CONTROL.sub("", tex))
        yield value.finding(CheckName.LATEX, Severity.ERROR, "control", said=message, arguments=(value.name,), fix=fix)
        return
    if "\ufffd" in tex:
        message = f"{value.name} holds U+FFFD: a letter was lost when the text was read in the wrong encoding."
        yield value.finding(CheckName.LATEX, Severity.WARNING, "lost-letter", said=message, arguments=(value.name,))
    if _ends_in_backslash(tex):
        message = f"{value.name} ends in a backslash, which takes the brace behind it along."
        yield value.finding(CheckName.LATEX, Severity.ERROR, "backslash", said=message, arguments=(value.name,))
        return
    wrong = "".join(dict.fromkeys(match["sign"] for match in _TOKEN.finditer(tex) if match["sign"]))
    if wrong:
        yield _unescaped(value, tex, wrong)


def _ends_in_backslash(tex: str) -> bool:
    text = tex.rstrip()
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _unescaped(value: Value, tex: str, wrong: str) -> Finding:
    if "$" in wrong:
        message = f"{value.name} holds a $ without a partner: math begins there and does not end."
        return value.finding(CheckName.LATEX, Severity.ERROR, "open-math", said=message, arguments=(value.name,))
    signs = " ".join(wrong)
    what = "hides the rest of the line" if wrong == "%" else "stops LaTeX"
    message = f"{value.name} holds {signs} without a backslash, which {what}."
    fix = None if "^" in wrong or value.name in NAME_FIELDS else _escaped(value, tex)
    return value.finding(
        CheckName.LATEX, Severity.ERROR, "unescaped", said=message, arguments=(value.name, signs), fix=fix
    )


def _escaped(value: Value, tex: str) -> Fix | None:
    return value.fix(_TOKEN.sub(lambda match: f"\\{match['sign']}" if match["sign"] else match.group(), tex))


def check_brackets(subject: Subject) -> Iterator[Finding]:
    """Round and square brackets outside math have partners; braces of typed text do."""
    for value in subject.printed:
        if field_of(value.name).kind not in _BRACKETED:
            continue
        text = _without_math(value)
        if value.is_plain and not has_balanced_braces(text):
            yield _unpaired(value, "brace", "{", "}")
        # Half-open intervals, [0, 1), are pairs too.
        elif _count(text, "([") != _count(text, ")]") and _is_unpaired(text):
            yield _unpaired(value, "bracket", "([", ")]")


def _without_math(value: Value) -> str:
    if value.tex is not None:
        return _MATH_OR_COMMAND.sub("", value.tex)
    return "".join(part.text for part in segments(value.plain) if not part.is_math)


def _is_unpaired(text: str) -> bool:
    text = _ENUMERATOR.sub("", text)
    return _count(text, "([") != _count(text, ")]")


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))


def _unpaired(value: Value, what: str, opening: str, closing: str) -> Finding:
    message = f"A {what} in {value.name} has no partner."
    text = _paired(value.text, opening, closing)
    fix = value.fix(text, is_certain=False) if text else None
    return value.finding(
        CheckName.BRACKETS, Severity.NOTICE, f"unpaired-{what}", said=message, arguments=(value.name,), fix=fix
    )


def _paired(text: str, opening: str, closing: str) -> str:
    """The text with a partner for the one bracket that lacks it, "" where that is not the only way to read it.

    One that opens is closed at the end; one that closes is dropped from the end.
    """
    if "$" in text or "\\" in text:
        return ""
    opened: list[str] = []
    alone = 0
    for sign in text:
        if sign in opening:
            opened.append(sign)
        elif sign in closing and opened:
            if opening.index(opened.pop()) != closing.index(sign):
                # Of another kind: which of the two is wrong is not known.
                return ""
        elif sign in closing:
            alone += 1
    if len(opened) == 1 and not alone:
        return text + closing[opening.index(opened[0])]
    return text[:-1].rstrip() if alone == 1 and not opened and text[-1:] in closing else ""
