"""What an import would do, before it does it, and what it did."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from pathlib import Path

from refman.domain.changes import Changes
from refman.domain.errors import Problem
from refman.domain.frozen import dataclass
from refman.domain.paper import Draft, PaperId
from refman.domain.sources import Block
from refman.formats.base import ImportResult, ProfileDraft
from refman.services.outcome import Outcome


class OnDuplicate(StrEnum):
    """What happens to a draft whose paper is in the library already."""

    UPDATE = "update"  # fill its empty fields
    SKIP = "skip"  # leave it alone
    KEEP = "keep"  # add the draft as a paper of its own


class Status(StrEnum):
    """What the library has of a draft."""

    NEW = "new"
    HERE = "here"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class ImportInput:
    """A text to import; `name` is that of the file (or what stands for it), `html` the clipboard's other half.

    `format` is the name of an importer, "" to tell it from the text. `problems` came up while it was decoded.
    """

    name: str
    text: str
    html: str = ""
    format: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import. `captured_on` is the day the page was copied; `format` holds for inputs without their own."""

    captured_on: date
    tags: tuple[str, ...] = ()
    on_duplicate: OnDuplicate = OnDuplicate.UPDATE
    keywords_as_tags: bool = False
    format: str = ""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A problem and the input it is in; `line` is 1-based, 0 for the whole input."""

    file: str
    line: int
    code: str
    message: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says one thing in the library (`here`) and another in the draft (`read`), as shown to people."""

    field: str
    here: str
    read: str


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """An input that an importer understood; it is kept with the papers it gives."""

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """A draft and what would become of it. A person may narrow it with `dataclasses.replace`.

    `match` is the paper in the library, with its key; `repeat_of` the position of an earlier draft of this plan that
    is the same paper, of the same source if there is one. `fills` names the empty fields it would fill.
    `on_duplicate` None is the option's.
    """

    draft: Draft
    source_index: int
    status: Status
    match: PaperId | None = None
    match_key: str = ""
    repeat_of: int | None = None
    fills: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    chosen: bool = True
    on_duplicate: OnDuplicate | None = None


@dataclass(frozen=True, slots=True)
class PlannedProfile:
    """An author page's head with the source it stood in. `is_known`: the library has these numbers of that day."""

    profile: ProfileDraft
    source_index: int
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that gave no draft, and why."""

    file: str
    code: str
    message: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input gave; `refusal` says why it gave no draft."""

    name: str
    format: str
    text: str
    result: ImportResult
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that was read, in source order; nothing is written yet."""

    options: ImportOptions
    items: tuple[PlannedDraft, ...] = ()
    sources: tuple[PlannedSource, ...] = ()
    profiles: tuple[PlannedProfile, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; added + updated + unchanged + skipped = drafts. `keys[i]` belongs to draft i.

    `problems` are those of the plan and of the doing; `profiles` the names whose captures were read.
    """

    outcome: Outcome = field(
        default_factory=lambda: Outcome(Changes(), "Nothing to import", "imported-nothing", ("0", "0", "0", "0"))
    )
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    keys: Sequence[str] = ()
    profiles: tuple[str, ...] = ()
    problems: tuple[FileProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class BigFile:
    """A large .bib that is imported while it is read; `name` is what people call it."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class BigReport:
    """What an import of large files did, and the inputs that gave no paper."""

    report: ImportReport
    refused: tuple[Refusal, ...] = ()
