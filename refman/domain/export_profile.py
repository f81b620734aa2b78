"""Export profiles: named answers to what leaves for LaTeX and how, each answer declared once.

Without a profile an export is what it always was: everything, as it was read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Annotated, Any

from refman.domain.declaring import Said, declared
from refman.domain.errors import InvalidValue, Problem
from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.domain.setting import Setting, SettingGroup, SettingValue


class Engine(StrEnum):
    """Who reads the file; the words are those of the export formats."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


class Order(StrEnum):
    """The order of the entries; parents of a crossref stand behind all others in every order."""

    KEY = "key"
    AUTHOR = "author"
    YEAR = "year"
    TITLE = "title"
    ADDED = "added"


class Addresses(StrEnum):
    """Which of DOI and URL leave."""

    BOTH = "both"
    DOI_FIRST = "doi-first"
    DOI = "doi"
    URL = "url"
    NEITHER = "neither"


class ArxivPlace(StrEnum):
    """Where the arXiv id goes, for styles that print no `eprint`."""

    EPRINT = "eprint"
    URL = "url"
    NOTE = "note"
    JOURNAL = "journal"
    NOWHERE = "nowhere"


class CaseProtection(StrEnum):
    """Which words of typed and fetched titles get braces; titles read from a .bib keep the braces they have."""

    NONE = "none"
    CAPITALS = "capitals"
    LEARNED = "learned"


_ENGINES = {Engine.BIBTEX: "BibTeX (ASCII)", Engine.BIBLATEX: "biblatex, biber (UTF-8)"}
_ORDERS = {
    Order.KEY: "Citation key",
    Order.AUTHOR: "Authors",
    Order.YEAR: "Year, oldest first",
    Order.TITLE: "Title",
    Order.ADDED: "Added, oldest first",
}
_ADDRESSES = {
    Addresses.BOTH: "DOI and URL",
    Addresses.DOI_FIRST: "URL only without a DOI",
    Addresses.DOI: "DOI only",
    Addresses.URL: "URL only",
    Addresses.NEITHER: "Neither",
}
_ARXIV = {
    ArxivPlace.EPRINT: "As eprint",
    ArxivPlace.URL: "As URL",
    ArxivPlace.NOTE: "In the note",
    ArxivPlace.JOURNAL: "As journal (preprint)",
    ArxivPlace.NOWHERE: "Not at all",
}
_CASES = {
    CaseProtection.NONE: "No words",
    CaseProtection.CAPITALS: "Capitals and names",
    CaseProtection.LEARNED: "These and words below",
}
_GROUP = SettingGroup.CITING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportProfile:
    """One profile. A new answer is one entry here: the form, the file and the command line follow from it."""

    name: str
    engine: Annotated[Engine, Said(group=_GROUP, label="For", labels=_ENGINES)] = Engine.BIBTEX
    order: Annotated[Order, Said(group=_GROUP, label="Sorted by", labels=_ORDERS)] = Order.KEY
    left_out: Annotated[
        str, Said(group=_GROUP, label="Fields left out", help="Names with blanks between: abstract keywords.")
    ] = ""
    kept: Annotated[
        str,
        Said(group=_GROUP, label="Fields kept", help="If any are named here, all others are left out."),
    ] = ""
    style: Annotated[
        str,
        Said(
            group=_GROUP,
            label="Style (.bst)",
            help="A file, or the name of one that TeX finds: only fields it prints and types it knows leave.",
        ),
    ] = ""
    addresses: Annotated[Addresses, Said(group=_GROUP, label="DOI and URL", labels=_ADDRESSES)] = Addresses.BOTH
    arxiv: Annotated[
        ArxivPlace, Said(group=_GROUP, label="arXiv id", labels=_ARXIV, help="For styles that print no eprint.")
    ] = ArxivPlace.EPRINT
    abbreviations: Annotated[
        str,
        Said(
            group=_GROUP,
            label="Abbreviations",
            help="A list of journals and book titles, a line each: full name; abbreviation. "
            "BibTeX gets the short name, biblatex a shortjournal.",
        ),
    ] = ""
    expand_macros: Annotated[
        bool,
        Said(group=_GROUP, label="Write macros out", help="The months stay macros: every style knows them."),
    ] = False
    case_protection: Annotated[
        CaseProtection,
        Said(
            group=_GROUP,
            label="Braces in titles",
            labels=_CASES,
            help="Words with capitals inside, and names. Titles read from a .bib keep their own.",
        ),
    ] = CaseProtection.CAPITALS
    protected_words: Annotated[
        str, Said(group=_GROUP, label="Words in braces", help="With blanks between, written as in a title.")
    ] = ""
    former_keys: Annotated[
        bool,
        Said(
            group=_GROUP,
            label="Former keys",
            help="biblatex only: a renamed paper leaves with its former keys as ids, so that \\cite of them works.",
        ),
    ] = False
    files: Annotated[bool, Said(group=_GROUP, label="Paths of files on this computer")] = False
    notes: Annotated[bool, Said(group=_GROUP, label="Notes", help="They leave as annote.")] = False
    tags: Annotated[bool, Said(group=_GROUP, label="Tags", help="They leave among the keywords.")] = False

    def changed(self, name: str, value: object) -> "ExportProfile":
        """This profile with one answer changed. Raises: InvalidValue; KeyError for no such answer, which is a bug."""
        change: dict[str, Any] = {name: _BY_NAME[name].parse(value)}
        return replace(self, **change)

    def value(self, name: str) -> SettingValue:
        """One answer by its name."""
        value: SettingValue = getattr(self, name)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """The words of an answer that holds several, without commas."""
        return tuple(str(self.value(name)).replace(",", " ").split())

    @property
    def leaves_former_keys(self) -> bool:
        """Whether renamed papers leave with `ids`, which biber alone understands."""
        return self.former_keys and self.engine is Engine.BIBLATEX

    def differing(self) -> dict[str, SettingValue]:
        """The answers that are not the default, by name, in the order of declaration."""
        return {s.name: self.value(s.name) for s in PROFILE_SETTINGS if self.value(s.name) != s.default}


@dataclass(frozen=True, slots=True)
class Shaping:
    """A profile with the files it names, read: what a style prints and knows, and the short names of journals.

    `printed` and `types` are None without a style. `short_names` has full names in lower case. `former_keys` are those
    that papers leave with as `ids`, in this order; empty unless the profile wants them.
    """

    profile: ExportProfile
    printed: frozenset[str] | None = None
    types: frozenset[str] | None = None
    short_names: Mapping[str, str] = field(default_factory=dict)
    former_keys: Mapping[PaperId, tuple[str, ...]] = field(default_factory=dict)


PROFILE_SETTINGS: tuple[Setting, ...] = declared(ExportProfile(name=""))
"""The answers of a profile in the order of declaration."""

_BY_NAME = {setting.name: setting for setting in PROFILE_SETTINGS}


def parse_profile_name(text: str) -> str:
    """A name for a profile: one line, not empty. Raises: InvalidValue."""
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise InvalidValue("bad-profile-name", "An export profile needs a name of one line; type some letters.", text)
    return name


def profile_named(profiles: Iterable[ExportProfile], name: str) -> ExportProfile:
    """The profile of a name, in any case. Raises: InvalidValue, naming those that exist."""
    known = list(profiles)
    for profile in known:
        if profile.name.casefold() == name.strip().casefold():
            return profile
    listed = ", ".join(profile.name for profile in known) or "there is none yet"
    raise InvalidValue(
        "no-export-profile", f'There is no export profile "{name}"; the profiles: {listed}.', name, listed
    )


def with_profile(profiles: Iterable[ExportProfile], wanted: ExportProfile) -> tuple[ExportProfile, ...]:
    """The profiles, sorted by name, with this one added or in place of the one of its name."""
    others = [one for one in profiles if one.name.casefold() != wanted.name.casefold()]
    return tuple(sorted([*others, wanted], key=lambda one: one.name.casefold()))


def profiles_to_table(profiles: Iterable[ExportProfile]) -> dict[str, object]:
    """Name to the answers that are not the default."""
    return {profile.name: profile.differing() for profile in profiles}


def profiles_of(table: object) -> tuple[tuple[ExportProfile, ...], list[Problem]]:
    """The inverse; a bad answer is a problem and its default is used, unknown ones are passed over."""
    profiles: tuple[ExportProfile, ...] = ()
    problems: list[Problem] = []
    for name, answers in (table if isinstance(table, Mapping) else {}).items():
        profile = ExportProfile(name=str(name))
        for answer, value in (answers if isinstance(answers, Mapping) else {}).items():
            if answer in _BY_NAME:
                try:
                    profile = profile.changed(str(answer), value)
                except InvalidValue as error:
                    problems.append(Problem(0, error.code, f"{name}: {error.message}", error.arguments))
        profiles = with_profile(profiles, profile)
    return profiles, problems
