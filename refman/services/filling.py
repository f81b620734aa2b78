"""What a draft adds to a paper that is here already: empty fields are filled, nothing is overwritten.

A field that a person cleared stays empty. A value that says something else is a difference and stays as it is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from refman.domain.fields import SITE_FIELDS, Kind, field_of
from refman.domain.folding import tokens
from refman.domain.paper import Draft, FieldValue, Origin, People
from refman.formats.bibtex.math_display import with_math_as_text
from refman.formats.bibtex.xdata_keys import is_same_reference
from refman.services.duplicates import arxiv_id
from refman.services.filling_dates import DATE_FIELDS, fill_dates
from refman.services.filling_people import fill_people
from refman.services.import_plan import Difference

UNKNOWN_TYPE = "misc"
"""The type that says nothing; a draft that knows better fills it."""

_EXACT_KINDS = frozenset({Kind.VERBATIM, Kind.NUMBER, Kind.KEYS})


@dataclass(frozen=True, slots=True)
class Filling:
    """What a draft would fill and where it differs; `scores` are the site's newer figures.

    `type` and `key` are "" when they stay as they are.
    """

    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, People] = field(default_factory=dict)
    type: str = ""
    key: str = ""
    scores: Mapping[str, FieldValue] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that would be filled; a new score is not one of them."""
        special = [name for name, value in (("type", self.type), ("key", self.key)) if value]
        return (*special, *self.fields, *self.people)


def compare(draft: Draft, paper: Draft, *, type_is_set: bool = False) -> Filling:
    """Compares a draft with a paper or an earlier draft. `type_is_set`: a person chose the type of the paper."""
    dates, differing_dates = fill_dates(draft, paper)
    people, differing_people = fill_people(draft.people, paper.people)
    fields, differing_fields = _fill_fields(draft, paper)
    entry_type, differing_type = _fill_type(draft, paper, type_is_set)
    return Filling(
        fields={**fields, **dates},
        people=people,
        type=entry_type,
        key="" if paper.key else draft.key,
        scores=_newer_scores(draft, paper),
        differences=(
            *_differing_key(draft, paper),
            *differing_type,
            *differing_people,
            *differing_dates,
            *differing_fields,
        ),
    )


def filled(paper: Draft, filling: Filling) -> Draft:
    """The paper with everything filled; of the class of `paper`."""
    return replace(
        paper,
        type=filling.type or paper.type,
        key=filling.key or paper.key,
        fields={**paper.fields, **filling.fields, **filling.scores},
        people={**paper.people, **filling.people},
    )


def is_open(value: FieldValue | None) -> bool:
    """True when a read value may go here: there is none, or only one that was derived."""
    return value is None or (value.origin is not Origin.PERSON and (not value.plain or value.is_guess))


def _fill_fields(draft: Draft, paper: Draft) -> tuple[dict[str, FieldValue], list[Difference]]:
    fills: dict[str, FieldValue] = {}
    differences = []
    for name, read in draft.fields.items():
        here = paper.fields.get(name)
        if not read.plain or name in DATE_FIELDS or name in SITE_FIELDS:
            continue
        if _is_gap(read, here):
            fills[name] = read
        elif here and _says_something_else(name, read, here):
            differences.append(Difference(name, here.plain, read.plain))
    return fills, differences


def _is_gap(read: FieldValue, here: FieldValue | None) -> bool:
    """A guess fills what is empty, but not another guess."""
    is_both_guessed = here is not None and bool(here.plain) and read.is_guess
    return is_open(here) and not is_both_guessed


def _says_something_else(name: str, read: FieldValue, here: FieldValue) -> bool:
    if not here.plain or read.is_guess or is_same_reference(here.source, read.source):
        return False
    if field_of(name).kind in _EXACT_KINDS:
        return _identifier(name, read.plain) != _identifier(name, here.plain)
    if read.plain == here.plain or tokens(read.plain) == tokens(here.plain):
        return False
    # The same formula may have been typed as TeX and read as text.
    return tokens(with_math_as_text(read.plain)) != tokens(with_math_as_text(here.plain))


def _identifier(name: str, plain: str) -> str:
    """Versions of one preprint are one id; case does not count."""
    return (arxiv_id(plain) if name == "eprint" else "") or plain.strip().casefold()


def _fill_type(draft: Draft, paper: Draft, type_is_set: bool) -> tuple[str, list[Difference]]:
    read, here = draft.type.lower(), paper.type.lower()
    if read in (here, UNKNOWN_TYPE):
        return "", []
    if here == UNKNOWN_TYPE:
        return ("", []) if type_is_set else (draft.type, [])
    return "", [Difference("type", paper.type, draft.type)]


def _differing_key(draft: Draft, paper: Draft) -> list[Difference]:
    is_other = draft.key and paper.key and draft.key != paper.key
    return [Difference("key", paper.key, draft.key)] if is_other else []


def _newer_scores(draft: Draft, paper: Draft) -> dict[str, FieldValue]:
    """The score of the draft when it was captured later, or the first one; never over a person's."""
    scores = {name: draft.fields[name] for name in sorted(SITE_FIELDS) if name in draft.fields}
    here = paper.fields.get("score")
    is_persons = here is not None and here.origin is Origin.PERSON
    is_same = draft.plain("score") == paper.plain("score")
    if not draft.plain("score") or is_persons or is_same:
        return {}
    is_newer = draft.plain("score_date") > paper.plain("score_date") or not paper.plain("score")
    return scores if is_newer else {}
