"""What web pages leave behind: entities and tags."""

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from refman.domain.quality import CheckName, Finding, Fix, Severity
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.text_to_latex import text_to_latex
from refman.services.quality.subjects import Subject, Value

_ENTITY = re.compile(r"\\?(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_TAG = re.compile(
    r"<(?P<close>/?)(?:jats:|mml:)?(?P<name>inline-formula|[A-Za-z]{1,10}[0-9]?)(?P<rest>(?:\s[^<>]*)?)/?>"
)
_ESCAPED_TAG = re.compile(r"\\?&lt;(/?(?:jats:)?([A-Za-z]{1,10})(?:\s[^<>&]*)?/?)\\?&gt;")
_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("i", "em", "it", "italic"), "emph"),
        **dict.fromkeys(("b", "strong", "bold"), "textbf"),
        **dict.fromkeys(("sub", "inf"), "textsubscript"),
        **dict.fromkeys(("sup",), "textsuperscript"),
        **dict.fromkeys(("scp", "sc"), "textsc"),
        **dict.fromkeys(("tt", "code"), "texttt"),
    }
)
_EMPTY = frozenset({"p", "br", "span", "div", "font", "a", "u", "title", "sec", "small", "nobr", "wbr"})
# Math of publishers: what it stands for is more than its text.
_MATH = frozenset(
    {"math", "mi", "mn", "mo", "mrow", "msub", "msup", "msubsup", "mfrac", "msqrt", "mtext", "mover", "munder",
     "semantics", "inline-formula", "mspace", "mstyle", "mathml"}
)  # fmt: skip
_KNOWN = frozenset({*_COMMANDS, *_EMPTY, *_MATH})
_SMALL: Mapping[str, str] = MappingProxyType(
    {
        "sub": "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎",
        "sup": "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾",
    }
)
_SIZED = "0123456789+-=()"
_RAISED = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
_DEEPEST = 3


def check_html(subject: Subject) -> Iterator[Finding]:
    """`&amp;`, `&#233;`, `<i>`: in printed fields and in the abstract."""
    values = [*subject.printed, *(value for name, value in subject.values.items() if name == "abstract")]
    for value in values:
        text = value.text
        if ("&" in text or "<" in text) and (first := _first(text)):
            message = f"{value.name} holds {first}, a left-over of a web page."
            yield value.finding(
                CheckName.HTML,
                Severity.WARNING,
                "html",
                said=message,
                arguments=(value.name, first),
                fix=_mended(value, subject.dialect),
            )


def _first(text: str) -> str:
    tag = next((match.group() for match in _TAG.finditer(text) if match["name"].lower() in _KNOWN), "")
    return tag or next((match[1] for match in _ENTITY.finditer(text) if _char_of(match[1])), "")


def _char_of(entity: str) -> str:
    """What an entity stands for, "" for what is none."""
    char = html.unescape(entity)
    return "" if char == entity or "\ufffd" in char or (not char.isprintable() and not char.isspace()) else char


def _mended(value: Value, dialect: Dialect) -> Fix | None:
    text = value.text
    for _ in range(_DEEPEST):
        # `&amp;lt;i&amp;gt;` went through two programs.
        without = _ENTITY.sub(lambda match: _escaped(match, value, dialect), _ESCAPED_TAG.sub(_tag, text))
        if without == text:
            break
        text = without
    mended = _without_tags_in_tex(text) if value.tex is not None else _without_tags(text)
    return value.fix(mended) if mended is not None else None


def _tag(match: re.Match[str]) -> str:
    return f"<{match[1]}>" if match[2].lower() in _KNOWN else match.group()


def _escaped(match: re.Match[str], value: Value, dialect: Dialect) -> str:
    char = _char_of(match[1])
    if not char:
        return match.group()
    if value.tex is None:
        return char
    return "~" if char == "\u00a0" else text_to_latex(char, dialect)


def _without_tags(text: str) -> str | None:
    """Plain text; figures below and above the line stay there. None when something would be lost."""
    text = _RAISED.sub(_sized, text)
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name in _MATH or name in {"sub", "sup", "inf"}:
            return None
    return " ".join(_TAG.sub(lambda match: _gone(match), text).split(" "))


def _gone(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if name not in _KNOWN:
        return match.group()
    return " " if name == "br" else ""


def _sized(match: re.Match[str]) -> str:
    table = _SMALL[match[1].lower()]
    places = [_SIZED.find(char) for char in match[2]]
    return match.group() if -1 in places else "".join(table[place] for place in places)


def _without_tags_in_tex(tex: str) -> str | None:
    """Commands for tags, None when they do not pair."""
    out: list[str] = []
    opened: list[str] = []
    done = 0
    for match in _TAG.finditer(tex):
        name = match["name"].lower()
        if name not in _KNOWN:
            continue
        if name in _MATH:
            return None
        out.append(tex[done : match.start()])
        done = match.end()
        command = _COMMANDS.get(name, "")
        if not command:
            out.append(_gone(match))
        elif not match["close"]:
            opened.append(name)
            out.append(f"\\{command}{{")
        elif not opened or opened.pop() != name:
            return None
        else:
            out.append("}")
    out.append(tex[done:])
    return None if opened else "".join(out)
