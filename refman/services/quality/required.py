"""What an entry type must have, in BibTeX and in biblatex.

Sources: btxdoc section 3.1 (`formats.bibtex.types.REQUIRED`); the mandatory constraints of biblatex's blx-dm.def.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from refman.domain.fields import canonical_name
from refman.domain.quality import CheckName, Finding, Severity
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.types import BIBLATEX_ONLY_TYPES, CONTROL_TYPES, REQUIRED, entry_type
from refman.services.quality.subjects import Subject
from refman.services.quality.substitutes import nearest_type, substitute

_AUTHOR_TITLE = ("author", "title", "date/year")
_PART = ("author", "title", "booktitle", "date/year")
_EDITED = ("editor", "title", "date/year")
_TITLE = ("title", "date/year")
_WITH_TYPE = ("author", "title", "institution", "date/year")
_BIBLATEX: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "article": ("author", "journaltitle", "title", "date/year"),
        **dict.fromkeys(("book", "mvbook", "unpublished"), _AUTHOR_TITLE),
        **dict.fromkeys(("inbook", "bookinbook", "suppbook", "inproceedings", "conference"), _PART),
        "booklet": ("author/editor", "title", "date/year"),
        **dict.fromkeys(("collection", "reference", "mvcollection", "periodical"), _EDITED),
        "mvreference": ("editor", "title"),
        **dict.fromkeys(("incollection", "suppcollection", "inreference"), ("author", "editor", *_PART[1:])),
        **dict.fromkeys(("dataset", "software", "mvproceedings"), ("title",)),
        **dict.fromkeys(("manual", "misc", "proceedings"), _TITLE),
        **dict.fromkeys(("online", "electronic", "www"), ("title", "url/doi/eprint", "date/year")),
        "patent": ("author", "title", "number", "date/year"),
        **dict.fromkeys(("report", "thesis"), ("author", "title", "type", "institution", "date/year")),
        **dict.fromkeys(("techreport", "mastersthesis", "phdthesis"), _WITH_TYPE),
    }
)
"""biber gives the old types (`techreport`) their `type` itself."""

_MISC = ("author/editor/key",)
_SCHOOL = "school/institution"
_KNOWN = frozenset(BIBLATEX_ONLY_TYPES | REQUIRED.keys())


def check_required(subject: Subject) -> Iterator[Finding]:
    """Fields whose absence the style or biber's data model reports, and types that nobody knows."""
    kind = subject.draft.type.lower()
    if kind in CONTROL_TYPES:
        return
    if kind not in _KNOWN:
        message = f"No style knows the entry type {kind}; it is printed as misc."
        yield Finding(
            CheckName.REQUIRED,
            Severity.WARNING,
            "type",
            "unknown-type",
            message,
            (kind,),
            kind,
            nearest_type(kind, _KNOWN),
        )
        return
    if kind in BIBLATEX_ONLY_TYPES and _is_entry_of_bibtex(subject):
        # What refman exports itself for BibTeX leaves as a type that BibTeX has.
        message = f"BibTeX's own styles do not know the type {kind} and print it as misc; biblatex knows it."
        yield Finding(CheckName.REQUIRED, Severity.NOTICE, "type", "type-of-biblatex", message, (kind,), kind)
    if _inherits_from_elsewhere(subject):
        return
    for alternatives in _wanted(subject, kind):
        if not any(_has(subject, canonical_name(name)) for name in alternatives.split("/")):
            what = alternatives.replace("/", " or ")
            who = "biblatex" if subject.dialect is Dialect.BIBLATEX else "BibTeX"
            message = f"The {kind} has no {what}, which {who} wants."
            fix = substitute(subject, alternatives)
            field = fix.field if fix else ""
            yield Finding(CheckName.REQUIRED, Severity.WARNING, field, "missing-field", message, (kind, what), "", fix)


def _wanted(subject: Subject, kind: str) -> tuple[str, ...]:
    if subject.dialect is Dialect.BIBLATEX:
        return _BIBLATEX.get(kind, ())
    kind = entry_type(subject.draft, Dialect.BIBTEX)
    if kind == "misc":
        # plain.bst does without a title there: a letter, a talk.
        return _MISC
    wanted = REQUIRED.get(kind, ())
    # An export gives a thesis its school; in a file it must be called so.
    return tuple(name.partition("/")[0] if name == _SCHOOL else name for name in wanted) if subject.is_entry else wanted


def _inherits_from_elsewhere(subject: Subject) -> bool:
    """True when a parent is named that is not at hand: then nobody can say what is missing."""
    draft = subject.draft
    if not (draft.plain("crossref") or draft.plain("xdata")):
        return False
    derived = [value.is_guess for value in draft.fields.values()] + [value.is_guess for value in draft.people.values()]
    return not any(derived)


def _has(subject: Subject, name: str) -> bool:
    draft = subject.draft
    people, value = draft.people.get(name), draft.fields.get(name)
    if people and (people.names or people.truncated):
        return True
    if name == "institution" and draft.plain("school") and not _is_entry_of_bibtex(subject):
        return True
    if name != "year":
        return bool(value and value.plain)
    if _is_entry_of_bibtex(subject):
        # A date gives refman its year; BibTeX does not look there.
        return "year" in subject.values or bool(value and value.is_guess)
    return bool((value and value.plain) or draft.plain("date"))


def _is_entry_of_bibtex(subject: Subject) -> bool:
    """BibTeX reads what stands in the entry under the very name; refman, which writes it anew, is less strict."""
    return subject.is_entry and subject.dialect is Dialect.BIBTEX
