"""TeX of a field to Unicode text for display and search; the TeX itself is kept beside it, untouched.

Math that is no simple text stays as it stands (`math_display`), braces go, commands become what they print. Nothing
raises, whatever the text holds, and time is linear. A text without TeX costs one search; pylatexenc is only asked for
commands unknown here.
"""

import html
import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb

from refman.formats.bibtex.grammar import BRACED_PATTERN
from refman.formats.bibtex.math_display import math_as_text
from refman.formats.bibtex.one_line import one_line
from refman.formats.bibtex.symbols import ACCENT_SIGNS, ACCENT_WORDS, ENSURED, LIGATURES, SPACING_ACCENTS, WORDS

_ENTITY = re.compile(r"\\?(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_MATH = r"\$\$(?:[^$\\]|\\.)++\$\$|\$(?:[^$\\]|\\.)++\$|\\\((?:[^\\]|\\[^()])*+\\\)|\\\[(?:[^\\]|\\[^\[\]])*+\\\]"
_TOKEN = re.compile(
    rf"(?P<math>{_MATH})|\\(?P<word>[A-Za-z@]++)\*?\s*+|\\(?P<sign>[^A-Za-z])|(?P<brace>[{{}}])"
    r"|(?P<ligature>---?|``|''|[?!]`)|(?P<backtick>`)|(?P<other>[~\\])",
    re.DOTALL,
)
# What most values hold: math, escaped signs, accents in braces, braces, ties and dashes. One pass does for these.
# No group is captured inside a possessive repeat: Python 3.11's re raises SystemError at some of them.
_SIGN = r"\\[`'^\"~=.]"
_ACCENTED = rf"\{{{_SIGN}(?:[A-Za-z]|\{{[A-Za-z]\}})\}}"
# Each alternative begins with a sign of its own: so the search looks for these signs only.
_SIMPLE = re.compile(rf"({_MATH}|\\[&%#_$]|{_ACCENTED}|---?\{{\}}|''\{{\}}|---?|''|\{{|\}}|~)", re.DOTALL)
_PRINTED = {
    **{f"\\{sign}": sign for sign in "&%#_$"},
    **{sign: LIGATURES[sign] for sign in ("---", "--", "''")},
    **{f"{sign}{{}}": sign for sign in ("---", "--", "''")},
    "{": "",
    "}": "",
    "~": " ",
}
# A noncharacter stands for the quote that opened with a backtick until its partner is found.
_BACKTICK = "\ufdd0"
_SINGLE_QUOTED = re.compile(rf"{_BACKTICK}([^{_BACKTICK}‘’']*+)'(?!\w)")
_DROPPED_SIGNS = frozenset("/-@!*")
_BLANK_SIGNS = frozenset(" \t\r\n,;:>\\")
_VERBATIM_WORDS = frozenset({"url", "path", "nolinkurl", "doi"})
# Arguments that print nothing: sort keys, colours, link targets, lengths.
_DROPPED_ARGUMENT = frozenset(
    {
        "noopsort", "SortNoop", "sortnoop", "NoopSort", "href", "textcolor", "color", "label", "hspace", "vspace",
        "hypertarget",
    }
)  # fmt: skip
_RAISED = {"textsuperscript": "^", "textsubscript": "_"}

# Debris of PDFs and web pages: joined letters are parted, what has no width goes.
_DEBRIS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_DEBRIS_PATTERN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06]")

# An expression of one text looks for its first sign, which is four times as fast as `in` where that sign is rare.
_DASHES = re.compile("--")
_QUOTES = re.compile("''")


_LONGEST_REMEMBERED = 60


def latex_to_text(tex: str) -> str:
    """One line of text: line breaks and runs of blanks become one blank, as BibTeX reads them. NFC."""
    if tex.isalnum() and tex.isascii():
        return tex
    return one_line(tex if _prints_itself(tex) else clean(_decode(tex)))


def _prints_itself(tex: str) -> bool:
    """True for most values. A look for each sign takes a tenth of the time of an expression that runs over the text."""
    return tex.isascii() and not (
        "\\" in tex
        or "{" in tex
        or "}" in tex
        or "$" in tex
        or "&" in tex
        or "~" in tex
        or "`" in tex
        or ("-" in tex and _DASHES.search(tex))
        or ("'" in tex and _QUOTES.search(tex))
    )


def latex_to_paragraphs(tex: str) -> str:
    """Like `latex_to_text`, but an empty line in the TeX stays one."""
    if "\n" not in tex and "\r" not in tex:
        return latex_to_text(tex)
    parts = re.split(r"\n[ \t]*+(?:\n[ \t]*+)+", tex.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(text for part in parts if (text := latex_to_text(part)))


def clean(text: str) -> str:
    """NFC without the debris of PDFs: ligatures parted, soft hyphens and zero-width characters dropped."""
    if text.isascii():
        return text
    if _DEBRIS_PATTERN.search(text):
        text = text.translate(_DEBRIS)
    return unicodedata.normalize("NFC", text)


def unescape_entities(tex: str) -> str:
    """HTML's `&amp;` and the like, also `\\&amp;`, as TeX of the character."""
    return _ENTITY.sub(_entity, tex) if "&" in tex and ";" in tex else tex


def _entity(match: re.Match[str]) -> str:
    char = html.unescape(match.group(1))
    if char == match.group(1):
        return match.group()
    return f"\\{char}" if len(char) == 1 and char in "&%$#_{}" else char


def _decode(tex: str) -> str:
    tex = unescape_entities(tex)
    if not _has_commands(tex):
        return _without_signs(tex)
    parts = _SIMPLE.split(tex)
    between = "".join(parts[::2])
    if not ("\\" in between or "$" in between or "`" in between):
        # A brace prints "", and is what most of them are.
        parts[1::2] = ["" if token in "{}" else _simple(token) for token in parts[1::2]]
        return "".join(parts)
    text = _Decoder(tex).decode()
    return _SINGLE_QUOTED.sub("‘\\1’", text).replace(_BACKTICK, "‘") if _BACKTICK in text else text


def _has_commands(tex: str) -> bool:
    """True for what needs an expression: commands, math, quotes and dashes that were typed sign by sign (`--{}`)."""
    return "\\" in tex or "$" in tex or "`" in tex or "{}" in tex


def _without_signs(tex: str) -> str:
    """What prints the text has no commands: dashes and quotes first, for braces part them."""
    if "-" in tex and "--" in tex:
        tex = tex.replace("---", LIGATURES["---"]).replace("--", LIGATURES["--"])
    if "'" in tex and "''" in tex:
        tex = tex.replace("''", LIGATURES["''"])
    if "{" in tex or "}" in tex:
        tex = tex.replace("{", "").replace("}", "")
    return tex.replace("~", " ") if "~" in tex else tex


def _simple(token: str) -> str:
    """What one of the simple tokens prints."""
    printed = _PRINTED.get(token)
    if printed is not None:
        return printed
    if len(token) <= _LONGEST_REMEMBERED:
        return _short_token(token)
    return math_as_text(token)


@lru_cache(maxsize=4096)
def _short_token(token: str) -> str:
    """An accent or math. Remembered: few of them stand in many titles."""
    if token.startswith("{\\"):
        return unicodedata.normalize("NFC", token.strip("{}")[-1] + ACCENT_SIGNS[token[2]])
    return math_as_text(token)


class _Decoder:
    def __init__(self, tex: str) -> None:
        self._tex = tex
        self._position = 0
        self._out: list[str] = []
        self._accents: list[str] = []

    def decode(self) -> str:
        while match := _TOKEN.search(self._tex, self._position):
            self._put(self._tex[self._position : match.start()])
            self._position = match.end()
            self._take(match)
        self._put(self._tex[self._position :])
        self._put_bare_accents()
        return "".join(self._out)

    def _take(self, match: re.Match[str]) -> None:
        token = match.group()
        match match.lastgroup:
            case "math":
                self._put_bare_accents()
                self._out.append(math_as_text(token))
            case "word":
                self._word(match.group("word"))
            case "sign":
                self._sign(match.group("sign"))
            case "brace":
                self._brace(token)
            case "ligature":
                self._put(token if self._was_typed() else LIGATURES[token])
            case "backtick":
                self._put(token if self._was_typed() else _BACKTICK)
            case _:
                self._put(" " if token == "~" else token)

    def _was_typed(self) -> bool:
        """True when an empty group follows, which an export puts behind signs that were typed one by one."""
        if not self._tex.startswith("{}", self._position):
            return False
        self._position += 2
        return True

    # Output

    def _put(self, text: str) -> None:
        """Adds text; accents that wait go onto its first letter."""
        if not self._accents:
            self._out.append(text)
            return
        text = text.lstrip()
        if text:
            base = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            self._out.append(unicodedata.normalize("NFC", base + "".join(reversed(self._accents))) + text[1:])
            self._accents.clear()

    def _put_bare_accents(self) -> None:
        self._out.extend(SPACING_ACCENTS.get(accent, "") for accent in self._accents)
        self._accents.clear()

    # Tokens

    def _brace(self, brace: str) -> None:
        if brace == "}":
            self._put_bare_accents()

    def _sign(self, sign: str) -> None:
        if sign in ACCENT_SIGNS:
            self._accents.append(ACCENT_SIGNS[sign])
        elif sign in _BLANK_SIGNS:
            self._put(" ")
        elif sign not in _DROPPED_SIGNS:
            self._put(sign)

    def _word(self, word: str) -> None:
        if word in ACCENT_WORDS:
            self._accents.append(ACCENT_WORDS[word])
        elif word in WORDS:
            self._put(WORDS[word])
        elif word in _VERBATIM_WORDS:
            self._put(self._argument())
        elif word in _DROPPED_ARGUMENT:
            self._argument()
        elif word in _RAISED:
            self._put(_raised(self._argument(), _RAISED[word]))
        elif word == "ensuremath":
            self._put(_ensured(self._argument()))
        elif word == "enquote":
            self._put(f"“{latex_to_text(self._argument())}”")
        else:
            self._put(_unknown_word(word))

    def _argument(self) -> str:
        """The content of the braces that follow, without them; "" when none follow."""
        match = BRACED_PATTERN.match(self._tex, self._position)
        if not match:
            return ""
        self._position = match.end()
        return match.group()[1:-1]


def _raised(tex: str, sign: str) -> str:
    """Figures as the small ones of Unicode, other text as it is."""
    text = latex_to_text(tex)
    small = [ENSURED.get(f"{sign}{{{char}}}", "") for char in text]
    return "".join(small) if text and all(small) else text


def _ensured(tex: str) -> str:
    return ENSURED.get(tex.strip()) or f"${tex}$"


@lru_cache(maxsize=4096)
def _unknown_word(word: str) -> str:
    """What pylatexenc prints for a command without looking at its arguments; they follow in the text anyway."""
    spec = _known_commands().get_macro_spec(word)
    printed = spec.simplify_repl if spec else None
    return printed if isinstance(printed, str) and "%" not in printed and "\n" not in printed else ""


@lru_cache(maxsize=1)
def _known_commands() -> LatexContextDb:
    return get_default_latex_context_db()
