r"""Simple math as text for display and search: `$\alpha$` is α, `$H_2O$` is H₂O; all other math stays as it stands.

Only characters that an export can write again are made (`symbols.ENSURED`), so a title that is edited afterwards
still compiles. What has layout (fractions, roots, fonts, letters raised or lowered) is no text and stays math.
"""

import re

from refman.formats.bibtex.plain_text import segments
from refman.formats.bibtex.symbols import ENSURED, MATH_SYMBOLS

_LONGEST = 200
_SYMBOLS = {tex[1:]: char for char, tex in MATH_SYMBOLS.items() if tex[0] == "\\"} | {
    "le": "≤", "ge": "≥", "ne": "≠", "to": "→", "lnot": "¬", "ldots": "…", "dots": "…", "prime": "′",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:mathrm|mathit|text|textrm|mathsf)\s*\{(?P<upright>[A-Za-z0-9 ]+)\}|\\(?P<word>[A-Za-z]+)"
    r"|\\(?P<sign>[%#&_{}])|\\(?P<space>[,;:! ])|(?P<shift>[\^_])\s*(?:\{(?P<group>[0-9+\-ni]+)\}|(?P<one>[0-9ni]))"
    r"|(?P<plain>[A-Za-z0-9+\-=<>/.,:;!()\[\]*|])|(?P<blank>\s+)|\{(?P<braced>[0-9.,]+)\}|(?P<prime>')"
)
_WORDS = re.compile(r"[A-Za-z]\s+[A-Za-z]")


def with_math_as_text(plain: str) -> str:
    """A plain text, typed or read, with its simple math as text: what two spellings of one title have in common."""
    if "$" not in plain and "\\(" not in plain:
        return plain
    return "".join(math_as_text(part.text) if part.is_math else part.text for part in segments(plain))


def math_as_text(math: str) -> str:
    r"""The text of math with its delimiters (`$...$`, `\(...\)`), or just that when it is not simple. Linear."""
    inner = math[2:-2] if math[:2] in {"$$", "\\(", "\\["} else math[1:-1]
    is_odd = (
        not inner or len(inner) > _LONGEST or inner[0].isspace() or inner[-1].isspace() or math[:2] in {"$$", "\\["}
    )
    if is_odd or _WORDS.search(inner):
        return math
    pieces: list[str] = []
    position = 0
    while position < len(inner):
        match = _TOKEN.match(inner, position)
        text = _text_of(match) if match else None
        if match is None or text is None:
            return math
        pieces.append(text)
        position = match.end()
    return "".join(pieces)


def _text_of(match: re.Match[str]) -> str | None:
    """What a piece of math shows, None when that is no text."""
    if word := match.group("word"):
        return _SYMBOLS.get(word)
    if shift := match.group("shift"):
        raised = [ENSURED.get(f"{shift}{{{char}}}") for char in match.group("group") or match.group("one")]
        return "".join(char for char in raised if char) if all(raised) else None
    if match.group("prime"):
        return "′"
    if match.group("space") or match.group("blank"):
        return "" if match.group("space") == "!" else " "
    return next(text for name in ("upright", "sign", "plain", "braced") if (text := match.group(name)))
