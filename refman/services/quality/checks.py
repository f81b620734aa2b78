"""Every check once: its name, what it is called, and the function that looks at one paper."""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from refman.domain.frozen import dataclass
from refman.domain.quality import CheckName, Finding
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.services.quality.dating import check_date, check_month, check_pages
from refman.services.quality.html_remains import check_html
from refman.services.quality.keys import check_key
from refman.services.quality.latex import check_brackets, check_latex
from refman.services.quality.letters import check_nfc
from refman.services.quality.numbers import check_doi, check_isbn, check_issn
from refman.services.quality.required import check_required
from refman.services.quality.subjects import Subject
from refman.services.quality.titles import check_capitals, check_title_caps


@dataclass(frozen=True, slots=True)
class Check:
    """A check; `find` is None for those that look at whole files or hold papers against one another.

    A check finds at most one thing with a fix in one field.
    """

    name: CheckName
    label: str
    summary: str
    find: Callable[[Subject], Iterator[Finding]] | None = None


_ALL = (
    Check(CheckName.SYNTAX, "Syntax", "what BibTeX cannot read or reads otherwise (files only)"),
    Check(CheckName.KEY, "Citation keys", "missing, twice, or with signs that an engine cannot take", check_key),
    Check(CheckName.LATEX, "Signs that stop LaTeX", "signs without a backslash, open math, controls", check_latex),
    Check(CheckName.REQUIRED, "Required fields", "what the entry type must have", check_required),
    Check(CheckName.DOI, "DOI", "no DOI, or not a bare one", check_doi),
    Check(CheckName.DUPLICATE_DOI, "Equal DOIs", "one DOI in two papers"),
    Check(CheckName.PREPRINT, "Published preprints", "a preprint whose published version is here too"),
    Check(CheckName.ISBN, "ISBN", "wrong check digit, or more than the number", check_isbn),
    Check(CheckName.ISSN, "ISSN", "wrong check digit, or no hyphen", check_issn),
    Check(CheckName.PAGES, "Pages", "single hyphens, labels, ranges that go backwards", check_pages),
    Check(CheckName.MONTH, "Months", "months that are no macros", check_month),
    Check(CheckName.DATE, "Dates and years", "what biblatex cannot read, years that are none", check_date),
    Check(CheckName.BRACKETS, "Brackets", "brackets without a partner", check_brackets),
    Check(CheckName.HTML, "HTML left-overs", "entities and tags of web pages", check_html),
    Check(CheckName.NFC, "Letters in parts", "accents that stand behind their letters (not NFC)", check_nfc),
    Check(CheckName.CAPITALS, "Unprotected capitals", "words that styles write small", check_capitals),
    Check(CheckName.TITLE_CAPS, "Titles in capitals", "titles all in capitals", check_title_caps),
)

CHECKS = MappingProxyType({check.name: check for check in _ALL})
"""Every check by its name, in the order in which they are shown."""

_OF_CONTROL = frozenset({CheckName.KEY, CheckName.NFC})


def findings_of(subject: Subject, names: Iterable[CheckName]) -> Iterator[Finding]:
    """What these checks find in one paper, check by check. Entries that only steer a style have keys, no more."""
    is_control = subject.draft.type.lower() in CONTROL_TYPES
    for name in names:
        find = CHECKS[name].find
        if find is not None and (not is_control or name in _OF_CONTROL):
            yield from find(subject)
