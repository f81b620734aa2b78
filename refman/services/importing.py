"""Planning an import: every draft with what the library has of it; nothing is written."""

from collections.abc import Iterable, Sequence

from refman.domain.fields import field_of
from refman.domain.folding import fold
from refman.domain.paper import Draft, Paper
from refman.domain.ports import Store
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.progress import Progress
from refman.formats.base import ProfileDraft
from refman.services.import_plan import (
    Difference,
    FileProblem,
    ImportInput,
    ImportOptions,
    ImportPlan,
    PlannedDraft,
    PlannedProfile,
    PlannedSource,
    Reading,
    Status,
)
from refman.services.matching import Incoming, Match, Matching
from refman.services.reading import problems_of, read_inputs

_LONGEST_VALUE = 60
_SPECIAL_LABELS = {"key": "the citation key", "type": "the type"}


def plan(store: Store, inputs: Sequence[ImportInput], *, options: ImportOptions, progress: Progress) -> ImportPlan:
    """Reads inputs and compares them with the library. Raises: InvalidValue, Cancelled."""
    return plan_readings(store, read_inputs(inputs, options, progress=progress), options=options)


def plan_readings(store: Store, readings: Sequence[Reading], *, options: ImportOptions) -> ImportPlan:
    """Compares what was read with the library."""
    drafts = [(draft, source) for source, reading in enumerate(readings) for draft in reading.result.drafts]
    # What the library has of a draft is shown whatever shall become of it.
    batch = [Incoming(position, draft, source) for position, (draft, source) in enumerate(drafts)]
    with store.read() as reader:
        matches = Matching().match(reader, batch)
        has_profiles = any(reading.result.profiles for reading in readings)
        captures = _captures(reader.profiles()) if has_profiles else frozenset()
    return ImportPlan(
        options,
        items=tuple(_planned(match) for match in matches),
        sources=tuple(_source(reading) for reading in readings),
        profiles=tuple(
            PlannedProfile(profile, source, is_known=_capture(profile) in captures)
            for source, reading in enumerate(readings)
            # An input without papers is refused as a whole and leaves the library as it is.
            if not reading.refusal
            for profile in reading.result.profiles
        ),
        problems=tuple(problems_of(readings)),
        refused=tuple(reading.refusal for reading in readings if reading.refusal),
    )


def _name(name: str) -> str:
    """The same for names that are one profile."""
    return " ".join(fold(name).split())


def _captures(profiles: Iterable[AuthorProfile]) -> frozenset[tuple[str, str, Capture]]:
    return frozenset((_name(one.name), one.category_code, capture) for one in profiles for capture in one.captures)


def _capture(profile: ProfileDraft) -> tuple[str, str, Capture]:
    return _name(profile.name), profile.category_code, profile.capture


def _planned(match: Match) -> PlannedDraft:
    paper = match.paper
    status = Status.NEW if paper is None else Status.DIFFERS if match.filling.differences else Status.HERE
    return PlannedDraft(
        match.incoming.draft,
        match.incoming.source,
        status,
        match=match.known.paper_id,
        match_key=paper.key if isinstance(paper, Paper) else "",
        repeat_of=match.earlier if match.repeat_of is None else match.repeat_of,
        fills=match.fills,
        differences=match.filling.differences,
    )


def _source(reading: Reading) -> PlannedSource:
    return PlannedSource(reading.name, reading.format, reading.text, reading.result.blocks)


def difference_problem(difference: Difference, draft: Draft, *, which: str, file: str) -> FileProblem:
    """What a person is told about a value that was not taken; `which` names the paper."""
    label = _SPECIAL_LABELS.get(difference.field) or field_of(difference.field).label.lower()
    return FileProblem(
        file,
        draft.span.line if draft.span else 0,
        "differs",
        f'{which}: {label} is "{_clipped(difference.here)}" in the library and "{_clipped(difference.read)}" here; '
        "it was left as it is.",
        (which, difference.field, difference.here, difference.read),
    )


def key_problem(draft: Draft, key: str, *, file: str) -> FileProblem:
    """What a person is told about a key that another paper has."""
    return FileProblem(
        file,
        draft.span.line if draft.span else 0,
        "key-taken",
        f'The citation key "{draft.key}" belongs to another paper here, so this one got {key}.',
        (draft.key, key),
    )


def resembling_problem(draft: Draft, key: str, other: str, *, file: str) -> FileProblem:
    """What a person is told of an entry that may be the work that is here under another key."""
    return FileProblem(
        file,
        draft.span.line if draft.span else 0,
        "looks-like",
        f"{key} may be the work that is here as {other}; if it is, make them one: refman merge {other} {key}.",
        (key, other),
    )


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE].rstrip() + "…"
