"""Papers as an export profile wants them, before they are written: fields left out, ids and names put elsewhere.

A paper that the profile leaves alone comes back as the same object, so that its entry can leave as it was read.
"""

from collections.abc import Mapping
from dataclasses import replace

from refman.domain.dates import split_date
from refman.domain.export_profile import Addresses, ArxivPlace, Engine, Shaping
from refman.domain.fields import Kind, canonical_name, field_of
from refman.domain.paper import Draft, FieldValue, Paper
from refman.formats.abbreviations import short_name
from refman.formats.bibfile.leaks import LeakKind, leak_kind
from refman.formats.bibtex.arxiv import is_id
from refman.formats.bibtex.date_writing import printed_values
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.field_writing import foreign_title
from refman.formats.bibtex.languages import is_foreign
from refman.formats.bibtex.types import bibtex_type
from refman.formats.link_ids import doi_of_url, without_version

_TRAVELLING = {"eprint": ("archiveprefix", "primaryclass"), "year": ("date",), "date": ("year", "month", "day")}
"""Fields that are kept with another one."""
_JOINED = {"subtitle": "title", "booksubtitle": "booktitle"}
_POINTERS = frozenset({"crossref"})
_LEFT_BY_PROGRAMS = frozenset({LeakKind.PRIVATE})
_UNPUBLISHED = frozenset({"misc", "online", "unpublished", "article"})

Fields = dict[str, FieldValue]


class Shaper:
    """Shapes papers by one profile."""

    def __init__(self, shaping: Shaping) -> None:
        self._shaping = shaping
        self._profile = profile = shaping.profile
        self._left_out = frozenset(map(canonical_name, profile.words("left_out")))
        kept = {canonical_name(name) for name in profile.words("kept")}
        kept |= {"ids"} if kept and profile.leaves_former_keys else set()
        self._kept = kept | {other for name in kept for other in _TRAVELLING.get(name, ())}

    def shape(self, paper: Paper) -> Paper:
        """The paper as it leaves."""
        fields: Fields = {name: value for name, value in paper.fields.items() if not value.is_guess}
        before = dict(fields)
        self._choose_addresses(fields)
        kind = self._place_arxiv_id(fields, paper.type)
        self._shorten(fields)
        self._add_own(fields, paper)
        self._date_for_style(fields)
        fields = {name: value for name, value in fields.items() if self._may_leave(name, value)}
        self._add_former_keys(fields, paper)
        people = {role: value for role, value in paper.people.items() if self._is_wanted(role)}
        self._keep_braces(fields, paper)
        kind = self._type(replace(paper, type=kind))
        if fields == before and people == paper.people and kind == paper.type:
            return paper
        return replace(paper, type=kind, fields=fields, people=people)

    def _type(self, paper: Paper) -> str:
        """The type, or the one that the style has instead."""
        types = self._shaping.types
        if types is None or paper.type.lower() in types:
            return paper.type
        nearest = bibtex_type(paper)
        return nearest if nearest in types else "misc"

    # Which fields leave

    def _may_leave(self, name: str, value: FieldValue) -> bool:
        kind = leak_kind(name, value.source or value.plain) if name != "keywords" else None
        if name not in self._kept:
            is_private = kind in _LEFT_BY_PROGRAMS
            is_file = kind in {LeakKind.FILE, LeakKind.PATH} and not self._profile.files
            is_note = kind is LeakKind.NOTE and not self._profile.notes
            if is_private or is_file or is_note:
                return False
        return self._is_wanted(name)

    def _is_wanted(self, name: str) -> bool:
        if name in self._left_out:
            return False
        if self._kept and name not in self._kept:
            return False
        return self._is_printed(name)

    def _is_printed(self, name: str) -> bool:
        """By the style; what steers BibTeX itself always leaves, and what was asked for by name."""
        printed = self._shaping.printed
        if printed is None or name in _POINTERS or name in self._kept or self._is_asked_for(name):
            return True
        # The exporter puts it behind the title.
        name = _JOINED.get(name, name)
        names = {field_of(name).bibtex_name, "school" if name == "institution" else "", name}
        return bool(names & printed)

    def _is_asked_for(self, name: str) -> bool:
        asked = {"file": self._profile.files, "pdf": self._profile.files}
        asked |= {"annote": self._profile.notes, "keywords": self._profile.tags}
        asked |= {"ids": self._profile.leaves_former_keys}
        return asked.get(name, False)

    # What goes elsewhere

    def _choose_addresses(self, fields: Fields) -> None:
        policy, doi = self._profile.addresses, fields.get("doi")
        if policy is Addresses.DOI and not (doi and doi.plain):
            _take_doi_from_url(fields)
        has_doi = doi is not None and doi.plain != "" and self._is_wanted("doi")
        if policy is Addresses.URL and doi is not None and doi.plain and "url" not in fields:
            fields["url"] = FieldValue(f"https://doi.org/{doi.plain}")
        drops_url = policy in {Addresses.DOI, Addresses.NEITHER} or (policy is Addresses.DOI_FIRST and has_doi)
        _drop(fields, *(("url", "urldate") if drops_url else ()))
        _drop(fields, *(("doi",) if policy in {Addresses.URL, Addresses.NEITHER} else ()))

    def _place_arxiv_id(self, fields: Fields, kind: str) -> str:
        """Puts the id where the profile wants it; the type that the paper has then."""
        found, place = _arxiv_id(fields), self._profile.arxiv
        if not found or place is ArxivPlace.EPRINT:
            return kind
        if place is ArxivPlace.JOURNAL and not _is_unpublished(fields, kind):
            return kind
        _drop(fields, "eprint", "archiveprefix", "primaryclass")
        match place:
            case ArxivPlace.URL:
                self._as_address(fields, found)
            case ArxivPlace.NOTE:
                _into_note(fields, found)
            case ArxivPlace.JOURNAL:
                fields["journal"] = FieldValue(f"arXiv preprint arXiv:{found}")
                return "article"
        return kind

    def _as_address(self, fields: Fields, found: str) -> None:
        """As URL; in the note where the style prints none, or where another address stands."""
        url = fields["url"].plain if "url" in fields else ""
        if not url and self._is_wanted("url"):
            fields["url"] = FieldValue(f"https://arxiv.org/abs/{found}")
        elif without_version(found) not in url or not self._is_wanted("url"):
            _into_note(fields, found)

    def _shorten(self, fields: Fields) -> None:
        for name in ("journal", "booktitle"):
            value = fields.get(name)
            short = short_name(self._shaping.short_names, value.plain) if value else ""
            if short and name == "journal" and self._profile.engine is Engine.BIBLATEX:
                fields.setdefault("shortjournal", FieldValue(short))
            elif short:
                fields[name] = FieldValue(short)

    def _add_own(self, fields: Fields, paper: Paper) -> None:
        """The person's notes and tags, where they are asked for."""
        if self._profile.notes and paper.stored_notes:
            texts = [fields["annote"].plain] if "annote" in fields else []
            fields["annote"] = FieldValue("\n\n".join([*texts, *(note.text for note in paper.stored_notes)]))
        if self._profile.tags and paper.tags:
            words = fields["keywords"].plain if "keywords" in fields else ""
            new = [tag for tag in paper.tags if tag not in words]
            if new:
                fields["keywords"] = FieldValue(", ".join([*([words] if words else []), *new]))

    def _add_former_keys(self, fields: Fields, paper: Paper) -> None:
        """Behind those that the entry names itself; no key twice, and never its own. Nothing to add changes nothing."""
        former = self._shaping.former_keys.get(paper.id, ())
        named = [key.strip() for key in fields["ids"].plain.split(",")] if "ids" in fields else []
        if "ids" not in self._left_out and not set(former) <= set(named):
            keys = dict.fromkeys([*filter(None, named), *former])
            fields["ids"] = FieldValue(", ".join(key for key in keys if key != paper.key))

    def _keep_braces(self, fields: Fields, paper: Paper) -> None:
        """No style may change a title that is not English, also where the language itself does not leave."""
        if is_foreign(paper) and not is_foreign(replace(paper, fields=fields)):
            for name, value in fields.items():
                if value.source is None and value.plain and field_of(name).kind is Kind.TITLE:
                    dialect = Dialect(self._profile.engine)
                    fields[name] = replace(value, source=foreign_title(value.plain, dialect))

    def _date_for_style(self, fields: Fields) -> None:
        """A style that prints no `date` gets the year and month of it."""
        printed, date = self._shaping.printed, fields.get("date")
        if printed is None or "date" in printed or date is None:
            return
        for name, value in printed_values(Draft(fields=fields)).items():
            fields[name] = FieldValue(value.strip("{}"), value)
        for name, text in zip(("year", "month"), split_date(date.plain) or (), strict=False):
            if text:
                fields.setdefault(name, FieldValue(text))
        _drop(fields, "date")


def _drop(fields: Fields, *names: str) -> None:
    for name in names:
        fields.pop(name, None)


def _take_doi_from_url(fields: Fields) -> None:
    """The DOI that only the address says would be lost with it."""
    if "url" in fields and (found := doi_of_url(fields["url"].plain)):
        fields["doi"] = FieldValue(found)


def _into_note(fields: Fields, found: str) -> None:
    note = fields["note"].plain if "note" in fields else ""
    if found not in note:
        fields["note"] = FieldValue(f"{note}, arXiv:{found}" if note else f"arXiv:{found}")


def _arxiv_id(fields: Mapping[str, FieldValue]) -> str:
    """The id in `eprint`, "" when it is of another archive or is none."""
    eprint, archive = fields.get("eprint"), fields.get("archiveprefix")
    if eprint is None or (archive is not None and archive.plain.lower() not in {"", "arxiv"}):
        return ""
    return eprint.plain if is_id(eprint.plain) else ""


def _is_unpublished(fields: Mapping[str, FieldValue], kind: str) -> bool:
    return kind.lower() in _UNPUBLISHED and "journal" not in fields and "booktitle" not in fields
