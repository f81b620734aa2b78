"""DOI, ISBN and ISSN."""

import re
from collections.abc import Iterator

from refman.domain.check_digits import is_isbn, is_issn
from refman.domain.field_values import find_doi
from refman.domain.quality import CheckName, Finding, Severity
from refman.formats.bibtex.plain_values import without_braces
from refman.services.quality.subjects import Subject, Value

_DOI_INSIDE = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>{}]+")
_DOI_END = ".,;:"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ISBN = re.compile(r"(?<![0-9])(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])")
_ISSN = re.compile(r"(?<![0-9])[0-9]{4}[- ]?[0-9]{3}[0-9Xx](?![0-9])")
_ISBN_LABEL = re.compile(r"(?:e-?|print )?isbn(?:[- ]?1[03])?\s*:?\s*", re.IGNORECASE)
_ISSN_LABEL = re.compile(r"(?:e-?|print )?issn(?:[- ][lL])?\s*:?\s*", re.IGNORECASE)
_NO_HYPHEN = re.compile(r"[0-9]{7}[0-9Xx]")


def check_doi(subject: Subject) -> Iterator[Finding]:
    """A DOI is bare (`10.1000/xyz`): styles put the resolver in front themselves."""
    value = subject.values.get("doi")
    if value is None or (not value.is_plain and value.tex is None):
        return
    text = value.text.strip()
    doi = find_doi(without_braces(text))
    if not doi:
        yield _no_doi(value, text)
    elif doi[-1] in _DOI_END:
        message = f"The DOI {doi} ends in a {_name_of(doi[-1])}."
        fix = value.fix(doi.rstrip(_DOI_END), is_certain=False)
        yield value.finding(CheckName.DOI, Severity.WARNING, "doi-end", said=message, arguments=(doi,), fix=fix)
    elif doi != text:
        message = f"The DOI is not bare: {text}; styles put the address in front themselves."
        yield value.finding(
            CheckName.DOI, Severity.NOTICE, "doi-not-bare", said=message, arguments=(text,), fix=value.fix(doi)
        )


def _name_of(sign: str) -> str:
    return {".": "full stop", ",": "comma", ";": "semicolon", ":": "colon"}[sign]


def _no_doi(value: Value, text: str) -> Finding:
    inside = _DOI_INSIDE.search(text)
    fix = value.fix(inside.group().rstrip(_DOI_END), is_certain=False) if inside else None
    message = f"“{text}” is no DOI; one looks like 10.1000/xyz."
    return value.finding(CheckName.DOI, Severity.WARNING, "no-doi", said=message, arguments=(text,), fix=fix)


def check_isbn(subject: Subject) -> Iterator[Finding]:
    """Every ISBN of the field has the right check digit, and nothing else stands in it."""
    value = subject.values.get("isbn")
    if value is None:
        return
    text = value.plain.translate(_DASHES)
    found = _ISBN.findall(text)
    wrong = [one.strip() for one in found if not is_isbn(one)]
    if not found:
        what = "is an ISSN" if _ISSN.search(text) else "is no ISBN; one has 10 or 13 digits"
        message = f"“{value.plain}” {what}."
        yield value.finding(CheckName.ISBN, Severity.WARNING, "no-isbn", said=message, arguments=(value.plain,))
    elif wrong:
        message = f"The check digit of the ISBN {wrong[0]} is wrong: a digit was mistyped."
        yield value.finding(CheckName.ISBN, Severity.WARNING, "isbn-digit", said=message, arguments=(wrong[0],))
    else:
        yield from _with_label(value, CheckName.ISBN, _ISBN_LABEL)


def check_issn(subject: Subject) -> Iterator[Finding]:
    """Every ISSN of the field has the right check digit and its hyphen."""
    value = subject.values.get("issn")
    if value is None:
        return
    text = value.plain.translate(_DASHES)
    found = _ISSN.findall(text)
    wrong = [one for one in found if not is_issn(one)]
    if not found:
        message = f"“{value.plain}” is no ISSN; one looks like 1234-5679."
        yield value.finding(CheckName.ISSN, Severity.WARNING, "no-issn", said=message, arguments=(value.plain,))
    elif wrong:
        message = f"The check digit of the ISSN {wrong[0]} is wrong: a digit was mistyped."
        yield value.finding(CheckName.ISSN, Severity.WARNING, "issn-digit", said=message, arguments=(wrong[0],))
    elif _NO_HYPHEN.fullmatch(text.strip()):
        bare = text.strip()
        message = f"The ISSN {bare} lacks its hyphen."
        fix = value.fix(f"{bare[:4]}-{bare[4:].upper()}")
        yield value.finding(CheckName.ISSN, Severity.NOTICE, "issn-hyphen", said=message, arguments=(bare,), fix=fix)
    else:
        yield from _with_label(value, CheckName.ISSN, _ISSN_LABEL)


def _with_label(value: Value, check: CheckName, label: re.Pattern[str]) -> Iterator[Finding]:
    """Words and dashes round a right number: `ISBN: 0-306-40615-2`."""
    bare = label.sub("", value.text).strip().translate(_DASHES)
    if bare != value.text.strip():
        name = check.value.upper()
        message = f"The field {check} holds more than the number: {value.text.strip()}."
        yield value.finding(
            check, Severity.NOTICE, f"{check}-label", said=message, arguments=(name, value.text), fix=value.fix(bare)
        )
