"""People as BibTeX names that BibTeX splits into the same parts again."""

import re
from functools import lru_cache

from refman.domain.names import Name
from refman.domain.paper import People
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.names import read_name, read_people, split_names
from refman.formats.bibtex.text_to_latex import name_to_latex_text

_USUAL_FAMILY = re.compile(r"[A-Z][A-Za-z']*(?:-[A-Z][A-Za-z']*)*")
_USUAL_GIVEN = re.compile(r"[A-Z][A-Za-z.']*(?:[ -][A-Z][A-Za-z.']*)*")


def people_to_latex(people: People, dialect: Dialect) -> str:
    """All names as `von Family, Jr, Given`, joined by `and`; a cut list ends in `and others`."""
    names = [name_to_latex(name, dialect) for name in people.names]
    return " and ".join([*names, "others"] if people.truncated else names)


@lru_cache(maxsize=65536)
def name_to_latex(name: Name, dialect: Dialect) -> str:
    """One name; parts that BibTeX would split or misread stand in braces.

    What neither dialect can say is said as it prints: a family name of several words alone becomes an organisation,
    and for BibTeX a prefix in capitals becomes part of the family name.
    """
    if not name.literal and not name.prefix and not name.suffix and _is_usual(name):
        return f"{name.family}, {name.given}"
    if name.literal or not (name.prefix or name.family):
        literal = name_to_latex_text(name.literal or name.given, dialect)
        # A group that begins with a backslash is a letter for BibTeX, not an organisation; `{others}` is read as a cut.
        is_odd = literal.startswith("\\") or read_people(f"{{{literal}}}").people.truncated
        return f"{{{{{literal}}}}}" if is_odd else f"{{{literal}}}"
    return _unambiguous(name, dialect) or _last_resort(name, dialect)


def _is_usual(name: Name) -> bool:
    return (
        bool(_USUAL_FAMILY.fullmatch(name.family) and _USUAL_GIVEN.fullmatch(name.given)) and " and " not in name.given
    )


def _unambiguous(name: Name, dialect: Dialect) -> str:
    """The inverted form with as few braces as it takes to be read back as it is, "" when none does."""
    prefix = name_to_latex_text(name.prefix, dialect)
    given, family, suffix = (name_to_latex_text(part, dialect) for part in (name.given, name.family, name.suffix))
    for given_part, family_part, suffix_part in (
        (given, family, suffix),
        (given, _braced(family), suffix),
        (_braced(given), family, suffix),
        (_braced(given), _braced(family), _braced(suffix)),
    ):
        written = _inverted(given_part, f"{prefix} {family_part}" if prefix else family_part, suffix_part)
        if split_names(f"x and {written} and x") == ["x", written, "x"] and _is_read_as(written, name):
            return written
    return ""


def _is_read_as(written: str, name: Name) -> bool:
    """By BibTeX, and by those who read `et al.` and semicolons as what was meant."""
    return read_name(written) == name and read_people(written).people == People((name,))


def _inverted(given: str, head: str, suffix: str) -> str:
    if suffix:
        return f"{head}, {suffix}, {given or '{}'}"
    return f"{head}, {given}" if given else head


def _braced(part: str) -> str:
    return f"{{{part}}}" if part else ""


def _last_resort(name: Name, dialect: Dialect) -> str:
    if dialect is Dialect.BIBLATEX and name.prefix and name.family:
        parts = {"family": name.family, "given": name.given, "prefix": name.prefix, "suffix": name.suffix}
        return ", ".join(f"{part}={{{name_to_latex_text(text, dialect)}}}" for part, text in parts.items() if text)
    whole = " ".join(part for part in (name.prefix, name.family) if part)
    merged = Name(given=name.given, family=whole, suffix=name.suffix)
    head = _braced(name_to_latex_text(whole, dialect))
    suffix = _braced(name_to_latex_text(name.suffix, dialect))
    return _unambiguous(merged, dialect) or _inverted(_braced(name_to_latex_text(name.given, dialect)), head, suffix)
