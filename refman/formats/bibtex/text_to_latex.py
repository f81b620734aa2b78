"""Unicode text to the inside of a BibTeX value: every value it gives is brace-balanced and compiles.

`latex_to_text` gives the text back; only a no-break space becomes a blank, and characters without width are dropped.
What TeX would join (typed `--` and quotes of two signs) it may join: an empty group behind says that it was typed so.
Source of the escapes: case 30 of the hard cases and LaTeX's kernel (docs/decisions/0042-escapes.md).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from refman.formats.bibtex.case_protection import protected_spans
from refman.formats.bibtex.compatible import WITHOUT_WIDTH, ends_in_command, plain_form
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.latex_to_text import clean
from refman.formats.bibtex.plain_text import Segment, has_balanced_braces, segments
from refman.formats.bibtex.symbols import (
    ACCENT_SIGNS,
    ACCENT_WORDS,
    GREEK,
    MATH_SYMBOLS,
    SPECIAL_CHARACTERS,
    TEXT_SYMBOLS,
)

_ODD = re.compile(
    r"(?P<entity>&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});))"
    r"|(?P<ligature>---?|``|''|[?!]?`)|(?P<word>[\u0370-\u03ff\u1f00-\u1fff]{3,})|(?P<cluster>[^\W\d_][\u0300-\u036f]++)|(?P<special>[\\~^&%$#_{}<>|])|(?P<other>[^\x00-\x7f])",
    re.DOTALL,
)
_ODD_IN_ASCII = re.compile(r"---?|``|''|\?`|!`|`|\\|~|\^|&|%|\$|#|_|\{|\}|<|>|\|")
"""As `_ODD` where all is ASCII: alternatives that begin with a letter each are looked for at once."""
_USUAL = bytes(sorted({9, 10, *range(32, 127)} - set(b"\\~^&%$#_{}<>|`")))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PARTNER = re.compile(r"[^`'\n]++'(?!\w)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_UNESCAPED_IN_MATH = re.compile(r"\\.|([%#&])", re.DOTALL)
_WORDS_OF_MARKS = {mark: word for word, mark in ACCENT_WORDS.items()}
_SIGNS_OF_MARKS = {mark: sign for sign, mark in ACCENT_SIGNS.items()}
_TYPOGRAPHY = {
    "“": ("``", "{\\textquotedblleft}", "`?!"),
    "”": ("''", "{\\textquotedblright}", "'”"),
    "–": ("--", "{\\textendash}", "-–—"),
    "—": ("---", "{\\textemdash}", "-–—"),
    "\u00a0": ("~", "~", ""),
    "\u202f": ("\\,", "\\,", ""),
    "\u2010": ("-", "-", ""),
    "\u2011": ("-", "-", ""),
}
"""Character to its short form, its long form, and the neighbours that ask for the long one."""


def text_to_latex(plain: str, dialect: Dialect) -> str:
    """The text with TeX's special characters escaped and its math kept; case is not protected."""
    return _convert(plain, dialect)


def name_to_latex_text(plain: str, dialect: Dialect) -> str:
    """Like `text_to_latex` for a part of a name: Greek words stay letters, styles make labels of 500 bytes of them."""
    return _convert(plain, dialect, keeps_greek=True)


def title_to_latex(plain: str, dialect: Dialect, learned: frozenset[str] = frozenset()) -> str:
    """Like `text_to_latex`, with braces round what a style must not write in lower case; math is such too.

    `learned` are words that get braces beside those that refman knows.
    """
    return _convert(plain, dialect, partial(_protected, learned=learned))


def verbatim_to_latex(plain: str) -> str:
    """An address or identifier: nothing is escaped, but what could break out of the value is percent-encoded."""
    if plain.isprintable() and "{" not in plain and "}" not in plain:
        # Surrogates and controls are not printable.
        return plain.strip()
    text = _CONTROL.sub("", plain.replace("\n", " ")).strip()
    return text if has_balanced_braces(text) else text.replace("{", "%7B").replace("}", "%7D")


def address_to_latex(plain: str) -> str:
    """A URL or DOI: like `verbatim_to_latex`, and in ASCII as RFC 3987 maps it."""
    text = verbatim_to_latex(plain)
    return text if text.isascii() else quote(text, safe=_ASCII_SIGNS)


def without_escape(plain: str) -> str:
    """The characters of a text for which BibTeX's dialect has no escape, each once, in order."""
    if plain.isascii():
        return ""
    left = text_to_latex(plain, Dialect.BIBTEX)
    return "".join(dict.fromkeys(char for char in left if not char.isascii()))


def whole_letters(tex: str) -> str:
    """Names in BibTeX: a letter without an escape as one for its styles, which cut UTF-8 in bytes (alpha, abbrv)."""
    return tex if tex.isascii() else _NOT_ASCII.sub(r"{\\relax \g<0>}", tex)


def escape_non_ascii(tex: str, *, keeps_greek: bool = False) -> str:
    """TeX that was read, its non-ASCII characters as TeX escapes, everything else as it is.

    `keeps_greek` leaves Greek words, as in names.
    """
    if tex.isascii():
        return tex

    def escape(match: re.Match[str]) -> str:
        return match.group() if keeps_greek and match.lastgroup == "word" else _escape_if_not_ascii(match)

    return _ODD.sub(escape, unicodedata.normalize("NFC", tex.translate(WITHOUT_WIDTH)))


_NOT_ASCII = re.compile(r"(?<!\\relax )[^\x00-\x7f]")
_ASCII_SIGNS = "".join(chr(code) for code in range(33, 127))

_Encode = Callable[[str], str]


def _convert(
    plain: str,
    dialect: Dialect,
    with_text: Callable[[str, _Encode], str] | None = None,
    *,
    keeps_greek: bool = False,
) -> str:
    if is_usual(plain):
        return with_text(plain, str) if with_text else plain
    text = _CONTROL.sub("", clean(plain))
    if not (_ODD_IN_ASCII if text.isascii() else _ODD).search(text):
        return with_text(text, str) if with_text else text
    parts = list(segments(text))
    braces_match = has_balanced_braces("".join(part.text for part in parts if not part.is_math))

    def encode(run: str) -> str:
        return _encode(run, dialect, braces_match=braces_match, keeps_greek=keeps_greek)

    def convert(part: Segment) -> str:
        if part.is_math:
            return _math(part.text, protects=with_text is not None)
        return with_text(part.text, encode) if with_text else encode(part.text)

    return "".join(map(convert, parts))


def is_usual(plain: str) -> bool:
    """True for ASCII that stays as it is; ten times as fast as looking for what does not."""
    if not plain.isascii() or "--" in plain or "''" in plain:
        return False
    return not plain.encode().translate(None, _USUAL)


def _protected(text: str, encode: _Encode, *, learned: frozenset[str]) -> str:
    out: list[str] = []
    done = 0
    for start, end in protected_spans(text, learned):
        out += [encode(text[done:start]), "{", encode(text[start:end]), "}"]
        done = end
    return "".join(out) + encode(text[done:])


def _encode(run: str, dialect: Dialect, *, braces_match: bool, keeps_greek: bool) -> str:
    def replace(match: re.Match[str]) -> str:
        odd = match.group()
        match match.lastgroup or _kind(match):
            case "entity":
                return "\\&{}"
            case "special":
                return _special(odd, braces_match=braces_match)
            case "ligature":
                return _typed(match)
            case "word":
                return odd if keeps_greek or dialect is Dialect.BIBLATEX else _greek_word(odd)
            case "cluster":
                return _cluster(odd) if dialect is Dialect.BIBTEX else odd
        return _bibtex_char(odd, match) if dialect is Dialect.BIBTEX else _biblatex_char(odd)

    return (_ODD_IN_ASCII if run.isascii() else _ODD).sub(replace, run)


def _kind(match: re.Match[str]) -> str:
    """The name of the group of `_ODD` for what `_ODD_IN_ASCII` found."""
    odd = match.group()
    if odd == "&" and _ENTITY.match(match.string, match.start()):
        return "entity"
    return "ligature" if len(odd) > 1 or odd == "`" else "special"


def _typed(match: re.Match[str]) -> str:
    """Signs that TeX would join, told apart by an empty group; a backtick without a partner is one by itself."""
    signs = match.group()
    if signs in {"`", "?`", "!`"} and not _PARTNER.match(match.string, match.end()):
        return f"{signs[:-1]}{{\\`{{}}}}"
    return f"{signs}{{}}"


def _greek_word(word: str) -> str:
    """Letter by letter in math, which every document can print; as it is where a letter has no such form."""
    letters = [GREEK.get(char) for char in word]
    return "".join(f"{{\\ensuremath{{{tex}}}}}" for tex in letters) if all(letters) else word


def _special(char: str, *, braces_match: bool) -> str:
    if char in "{}" and not braces_match:
        return "{\\textbraceleft}" if char == "{" else "{\\textbraceright}"
    return SPECIAL_CHARACTERS[char]


def _escape_if_not_ascii(match: re.Match[str]) -> str:
    odd = match.group()
    if match.lastgroup == "cluster":
        return _cluster(odd)
    if match.lastgroup == "word":
        return _greek_word(odd)
    if match.lastgroup != "other":
        return odd
    written = _bibtex_char(odd)
    # Letters would lengthen the command before them.
    return f"{{{written}}}" if written.isalpha() and ends_in_command(match.string, match.start()) else written


def _bibtex_char(char: str, match: re.Match[str] | None = None) -> str:
    if char in _TYPOGRAPHY:
        short, long, neighbours = _TYPOGRAPHY[char]
        return long if match is None or _touches(match, neighbours) else short
    if char in TEXT_SYMBOLS:
        return f"{{\\{TEXT_SYMBOLS[char]}}}"
    if char in MATH_SYMBOLS:
        return f"{{\\ensuremath{{{MATH_SYMBOLS[char]}}}}}"
    if char in GREEK:
        return _greek_word(char)
    decomposed = unicodedata.normalize("NFD", char)
    return _cluster(decomposed) if len(decomposed) > 1 else _plainly(char)


def _plainly(char: str) -> str:
    """A ligature, a fullwidth letter and the like as the letters that it is; as it is where one has no escape."""
    plain = plain_form(char)
    written = _encode(plain, Dialect.BIBTEX, braces_match=False, keeps_greek=False)
    if not plain or not written.isascii():
        return char
    # A comma would part a name, a quote end a value.
    is_letters = plain == " " or (plain.isalnum() and written == plain)
    return written if is_letters else f"{{{written}}}"


def _biblatex_char(char: str) -> str:
    """UTF-8, but for symbols that pdfLaTeX's UTF-8 does not know; those of Latin-1 it does."""
    if char in MATH_SYMBOLS and ord(char) > 0xFF:
        return f"{{\\ensuremath{{{MATH_SYMBOLS[char]}}}}}"
    return "~" if char == "\u00a0" else char


def _touches(match: re.Match[str], neighbours: str) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return (before != "" and before in neighbours) or (after != "" and after in neighbours)


def _cluster(text: str) -> str:
    """A letter with its marks as TeX accents, as it is when one of them has none."""
    decomposed = unicodedata.normalize("NFD", text)
    base, marks = decomposed[0], decomposed[1:]
    letter = _base(base, marks)
    if letter is None:
        return text
    for mark in marks:
        if mark in _SIGNS_OF_MARKS:
            letter = f"\\{_SIGNS_OF_MARKS[mark]}{letter}"
        elif mark in _WORDS_OF_MARKS:
            letter = f"\\{_WORDS_OF_MARKS[mark]}{letter if letter.startswith(chr(92)) else '{' + letter + '}'}"
        else:
            return text
        letter = f"{{{letter}}}"
    return letter


def _base(char: str, marks: str) -> str | None:
    """The letter under the accents; i and j lose their dot under an accent above."""
    if char in "ij":
        is_above = marks[0] not in "\u0323\u0326\u0327\u0328\u0331"
        return f"\\{char}" if is_above else char
    if char.isascii():
        return char if char.isalpha() else None
    symbol = _bibtex_char(char)
    return symbol if symbol != char else None


def _math(text: str, *, protects: bool) -> str:
    """Math as it is, but nothing in it that ends a line or a cell; styles write capitals of math in lower case too."""
    escaped = _UNESCAPED_IN_MATH.sub(lambda match: f"\\{match.group()}" if match.group(1) else match.group(), text)
    if not escaped.isascii():
        escaped = "".join(f"{{{MATH_SYMBOLS[char]}}}" if char in MATH_SYMBOLS else char for char in escaped)
    return f"{{{escaped}}}" if protects and any(map(str.isupper, escaped)) else escaped
