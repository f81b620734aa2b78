"""What a look at a library finds."""

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.domain.quality import Finding


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A finding about a paper; `reason` is why it is ignored, None when it is not. `others` are the same work.

    With a `file` it is about an entry there that could not be read and is no paper: `paper_id` is 0, `before` of the
    finding its text.
    """

    paper_id: PaperId
    key: str
    title: str
    finding: Finding
    reason: str | None = None
    others: tuple[PaperId, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def name(self) -> str:
        """How a list names it: by the key, else the title, else the place."""
        return self.key or self.title or f"{self.file}:{self.line}"
