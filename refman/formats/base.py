"""What every importer takes and gives, and what every exporter gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Protocol

from refman.domain.errors import Problem
from refman.domain.export_profile import Shaping
from refman.domain.frozen import dataclass
from refman.domain.paper import Draft, Paper, SourceId, SourceSpan, Span
from refman.domain.profile import Capture
from refman.domain.sources import Block


@dataclass(frozen=True, slots=True)
class Link:
    """A link of pasted HTML: the text it stood on (blocks in it separated by `\\n`) and its address.

    `preceding` are the blocks of text between the link before it and this one, in order, so that a link on an icon
    can be told to belong to the title above it. The text behind the last link comes as a `Link` without address.
    """

    text: str
    url: str
    preceding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What an importer may need beside the text. `captured_on` is the day the page was copied."""

    captured_on: date
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """An author page's head as read; `span` is its place in the text."""

    name: str
    category_code: str
    capture: Capture
    span: Span


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Everything an importer found, in source order. Whatever it could not use is a problem with its line."""

    drafts: tuple[Draft, ...] = ()
    profiles: tuple[ProfileDraft, ...] = ()
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()


class Importer(Protocol):
    """Reads one format. Stateless; any thread."""

    @property
    def name(self) -> str:
        """The word for `--format` (`profile`, `bibtex`)."""

    @property
    def label(self) -> str:
        """What people call the format (`author page`)."""

    def confidence(self, text: str, file_name: str) -> float:
        """0 (certainly not) to 1 (certainly) from content first, file name second; cheap, never raises."""

    def read(self, text: str, context: ReadContext) -> ImportResult:
        """Linear in the length of the text; bad input gives problems, never an exception."""


def _no_data(key: str) -> Draft | None:
    return None


def _not_kept(place: SourceSpan) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What an exporter may need beside the papers: macros (lower-case name to value as written), raw preambles.

    `blocks` are the parts of kept .bib files that are no papers; `raw` gives the text of an entry at a place where a
    paper was read, "" when it is not kept. `spelled` gives the key of the library for one in any case, `data` the
    `@xdata` of a key that is a paper. `shaping` is the export profile by which the papers were shaped. Without
    `local_paths` fields that hold paths of this machine do not leave (decision 0103).
    """

    macros: Mapping[str, str] = field(default_factory=dict)
    preambles: tuple[str, ...] = ()
    blocks: Sequence[tuple[SourceId, Block]] = ()
    raw: Callable[[SourceSpan], str] = _not_kept
    spelled: Callable[[str], str] = str
    data: Callable[[str], Draft | None] = _no_data
    shaping: Shaping | None = None
    local_paths: bool = True


class Exporter(Protocol):
    """Writes one format. Stateless; the same papers give the same bytes."""

    @property
    def name(self) -> str:
        """The word for `--format`."""

    @property
    def label(self) -> str:
        """What people call the format."""

    @property
    def extension(self) -> str:
        """File name ending without the dot."""

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        """Pieces of text that make the whole file (UTF-8). Papers come sorted by citation key, all have keys."""

    def problems(self, paper: Paper) -> list[Problem]:
        """Why this paper would not compile or would lose something in this format; empty when all is well."""

    def count(self, text: str) -> int:
        """How many papers a written text holds, by reading it again; guards an export before it replaces a file.

        Entries that only steer a style or biber are no papers.
        """

    def count_blocks(self, blocks: Iterable[str]) -> int:
        """The same for a text that comes in pieces, which may be larger than memory."""
