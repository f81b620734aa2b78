"""People of a .bib field as BibTeX and biber split them, as structured names.

The split is that of bibtex.web 0.99d (sections 377 to 396), held against the real program by a test; letters beyond
ASCII have their case, as for biber. bibtexparser's functions are not used: they do not part names at hyphens
(`al-Khwarizmi` has the prefix `al`) and give `de Gaulle` a first name (docs/decisions/0043-names.md).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from refman.domain.frozen import dataclass
from refman.domain.names import Name
from refman.domain.paper import People
from refman.formats.bibtex.latex_to_text import latex_to_text
from refman.formats.bibtex.usual_names import usual_name, usual_split

_AND_OR_BRACE = re.compile(r"[{}]|\s+and(?=\s)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]++")
_NAME_TOKEN = re.compile(r"[{}]|[\s~-]+|,|[^{}\s~,-]+")
_SPECIAL_LETTER = re.compile(r"\\([A-Za-z]+)")
_UPPER_COMMANDS = frozenset({"OE", "AE", "AA", "O", "L"})
_LOWER_COMMANDS = frozenset({"i", "j", "oe", "ae", "aa", "o", "l", "ss"})
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix|id)(?:-i)?\s*=", re.IGNORECASE)
_EXTENDED_PART = re.compile(r"\s*([a-z-]+)\s*=\s*(\"[^\"]*\"|(?:[^{},]|\{(?:[^{}]|\{[^{}]*\})*\})*)", re.IGNORECASE)
# What people write for `and others`; to BibTeX these are names.
_CUT = re.compile(r"(?:^|(?<=\s))(?:\{others\}|\{?et\.? al(?:\.|\b)\}?)$")
# Not that of an entity (`M&uuml;ller`).
_SEMICOLONS = re.compile(r"(?<!&\w{2})(?<!&\w{3})(?<!&\w{4})(?<!&\w{5})(?<!&\w{6});(?=\s|$)")
_ET_AL = re.compile(r"\bet\s+al\b|^\W*others\W*$", re.IGNORECASE)

_LONGEST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class NameFault:
    """Something odd about the names of one field; `code`, `message` and `argument` make a `Problem`."""

    code: str
    message: str
    argument: str


@dataclass(frozen=True, slots=True)
class ReadNames:
    """The people of a field and what was odd."""

    people: People
    faults: tuple[NameFault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a name with what stands before it: a blank, `~` or `-`."""

    tex: str
    separator: str


def read_people(tex: str) -> ReadNames:
    """The people in the TeX of a field (without its delimiters): names joined by `and`, a last `others` is the cut.

    Also takes biblatex's form (`family=Waals, prefix=van der, given=J.`). Empty names are left out.
    """
    parts = split_names(tex)
    last = parts[-1] if parts else ""
    truncated = last.strip(" ,\t\r\n") == "others"
    if truncated:
        parts.pop()
    if len(tex) <= _LONGEST_REMEMBERED and all(usual := [*map(usual_name, parts)]):
        return ReadNames(People(tuple(filter(None, usual)), truncated))
    names: list[Name] = []
    faults: list[NameFault] = []
    for part in parts:
        read, odd = read_part(part) if len(part) <= _LONGEST_REMEMBERED else read_part.__wrapped__(part)
        names += read
        faults += odd
    return ReadNames(People(tuple(names), truncated or is_cut(last)), tuple(faults))


def is_cut(last: str) -> bool:
    """True for a last name that is or ends in what people write for `and others`."""
    return ("al" in last or "others" in last) and _CUT.search(" ".join(last.split())) is not None


@lru_cache(maxsize=1 << 13)
def read_part(part: str) -> tuple[Sequence[Name], Sequence[NameFault]]:
    """The people and faults of one name. Remembered: the same people write many papers, and an odd name costs 50 µs."""
    usual = usual_name(part)
    if usual is not None:
        return (usual,), ()
    name = read_name(part)
    if name == Name():
        macros = " ".join(_SPECIAL_LETTER.findall(part))  # `\Thanh` alone: somebody whom only its document knows.
        empty = NameFault("empty-name", "A name is empty; it is left out.", "")
        return ((Name(family=macros),), ()) if macros else ((), (empty,))
    return tuple(_meant(part, name)), tuple(_faults(part))


def has_extended_names(tex: str) -> bool:
    """True when a name is in biblatex's form, which BibTeX cannot read."""
    return "=" in tex and any(_EXTENDED.match(part) for part in split_names(tex))


def split_names(tex: str) -> list[str]:
    """Cut at every `and` between white space outside braces, in any case; the text of "" has no names."""
    if tex.isprintable() and (usual := usual_split(tex)):
        return usual
    # BibTeX too reads runs of white space as one blank; it keeps the search for "and" linear.
    tex = _SPACE.sub(" ", tex).strip()
    if not tex:
        return []
    names: list[str] = []
    start = depth = 0
    for match in _AND_OR_BRACE.finditer(tex):
        token = match.group()
        if token in "{}":
            depth = max(0, depth + (1 if token == "{" else -1))
        elif depth == 0:
            names.append(tex[start : match.start()])
            start = match.end()
    names.append(tex[start:])
    return [name.strip() for name in names]


def read_name(tex: str) -> Name:
    """One name; `Name()` when it has no letters. A name that is one pair of braces is an organisation."""
    if _EXTENDED.match(tex):
        return _extended_name(tex)
    tokens, commas = _tokens(tex)
    if not tokens:
        return Name()
    if len(tokens) == 1 and not commas and _is_group(tokens[0].tex):
        return Name(literal=latex_to_text(tokens[0].tex))
    return _reading_order(tokens) if not commas else _inverted(tokens, commas)


def _meant(tex: str, name: Name) -> list[Name]:
    """The people that a name of BibTeX stands for where it holds more than one or the mark of a cut list, else `name`.

    Their field keeps what was written: this is what people see and search.
    """
    whole = _CUT.sub("", " ".join(tex.split())).strip(" ,")
    if _EXTENDED.match(tex) or not whole:
        return [name] if whole else []
    if whole == tex and ";" not in tex:
        return [name]
    parts = _SEMICOLONS.split(whole) if ";" in re.sub(r"\{[^{}]*\}", "", whole) else [whole]
    return [read for part in parts if (read := read_name(part)) != Name()]


# Words


def _tokens(tex: str) -> tuple[list[_Token], list[int]]:
    """The words of a name, and for its first two commas how many words stand before."""
    tokens: list[_Token] = []
    commas: list[int] = []
    word = ""
    depth = 0
    separator = " "
    for token in _NAME_TOKEN.findall(tex.lstrip(" \t\r\n~-").rstrip(" \t\r\n~-,")):
        if depth > 0 or not (token[0].isspace() or token[0] in "~-,"):
            word += token
            depth = max(0, depth + (token == "{") - (token == "}"))
            continue
        if word:
            tokens.append(_Token(word, separator))
            word, separator = "", token[0] if token[0] in "~-" else " "
        if token == "," and len(commas) < 2:
            commas.append(len(tokens))
    if word:
        tokens.append(_Token(word, separator))
    return tokens, commas


def is_lower(word: str) -> bool:
    """True when BibTeX takes a word for part of the prefix: its first letter outside braces is a small one.

    A group that begins with a backslash is one letter; other groups have no case.
    """
    position = 0
    while position < len(word):
        char = word[position]
        if char == "{":
            end = _end_of_group(word, position)
            if word.startswith("{\\", position):
                return _is_lower_letter(word[position + 1 : end])
            position = end
            continue
        if char.isupper() or char.islower():
            return char.islower()
        position += 1
    return False


def _is_lower_letter(group: str) -> bool:
    """The case of a special letter such as `\\'e}` or `\\OE}`."""
    match = _SPECIAL_LETTER.match(group)
    if match and match.group(1) in _UPPER_COMMANDS | _LOWER_COMMANDS:
        return match.group(1) in _LOWER_COMMANDS
    rest = group[match.end() :] if match else group
    return next((char.islower() for char in rest if char.isupper() or char.islower()), False)


def _end_of_group(word: str, start: int) -> int:
    depth = 0
    for position in range(start, len(word)):
        if word[position] == "{":
            depth += 1
        elif word[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    return len(word)


def _is_group(word: str) -> bool:
    return word.startswith("{") and not word.startswith("{\\") and _end_of_group(word, 0) == len(word)


# Parts


def _reading_order(tokens: list[_Token]) -> Name:
    """`First von Last`."""
    last = len(tokens) - 1
    start = next((index for index in range(last) if is_lower(tokens[index].tex)), None)
    if start is None:
        # Without a prefix the family name is the last word, with those that a hyphen joins to it.
        while last > 0 and tokens[last].separator == "-":
            last -= 1
        return Name(given=_text(tokens[:last]), family=_text(tokens[last:]))
    end = _end_of_prefix(tokens, start)
    return Name(given=_text(tokens[:start]), prefix=_text(tokens[start:end]), family=_text(tokens[end:]))


def _inverted(tokens: list[_Token], commas: list[int]) -> Name:
    """`von Last, First` or `von Last, Jr, First`."""
    head = tokens[: commas[0]]
    end = _end_of_prefix(head, 0)
    suffix = tokens[commas[0] : commas[1]] if len(commas) > 1 else []
    return Name(
        given=_text(tokens[commas[-1] :]),
        prefix=_text(head[:end]),
        family=_text(head[end:]),
        suffix=_text(suffix),
    )


def _end_of_prefix(tokens: list[_Token], start: int) -> int:
    """Behind the last small word that is not the last word of all."""
    end = len(tokens) - 1
    while end > start and not is_lower(tokens[end - 1].tex):
        end -= 1
    return max(end, start)


def _text(tokens: list[_Token]) -> str:
    words = [token.tex if index == 0 else _joint(token) + token.tex for index, token in enumerate(tokens)]
    tex = "".join(words)
    # The blank of a control space (`R.\ Fugate`), at which BibTeX cuts.
    shown = latex_to_text(f"{tex} ").strip() if tex.endswith("\\") else ""
    return shown or latex_to_text(tex)


def _joint(token: _Token) -> str:
    return "-" if token.separator == "-" else " "


def _extended_name(tex: str) -> Name:
    parts: dict[str, str] = {}
    position = 0
    while match := _EXTENDED_PART.match(tex, position):
        parts.setdefault(match.group(1).lower(), latex_to_text(match.group(2).strip().strip('"')))
        position = match.end() + 1
    given, prefix, family, suffix = (parts.get(name, "") for name in ("given", "prefix", "family", "suffix"))
    return Name(given=given, prefix=prefix, family=family, suffix=suffix)


# Faults


def _faults(tex: str) -> list[NameFault]:
    name = " ".join(tex.split())
    outside = re.sub(r"\{[^{}]*\}", "", name)
    if _EXTENDED.match(tex):
        return []
    found = []
    if outside.count(",") > 2:
        found.append(NameFault("too-many-commas", f'BibTeX finds too many commas in the name "{name}".', name))
    elif outside.endswith(","):
        found.append(NameFault("comma-at-end", f'The name "{name}" ends in a comma.', name))
    if _ET_AL.search(name.strip("{}")):
        found.append(NameFault("odd-others", f'"{name}" looks like a cut list; BibTeX wants "and others".', name))
    if _SEMICOLONS.search(outside) or re.search(r"\.and\s|\sand$", outside):
        found.append(
            NameFault("odd-separator", f'"{name}" may be several names; BibTeX wants "and" between them.', name)
        )
    return found
