"""What is found in a file, with its place."""

from dataclasses import field

from refman.domain.frozen import dataclass
from refman.domain.quality import Finding
from refman.formats.bibfile.document import EntryId
from refman.formats.bibtex.parts import Part


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A finding with its place: 1-based line and column in characters, and the part of the file that it is about.

    `entry` is None beside entries, and where another check than one of values found it.
    """

    line: int
    column: int
    key: str
    finding: Finding
    entry: EntryId | None = None
    part: Part | None = field(default=None, repr=False, compare=False)
