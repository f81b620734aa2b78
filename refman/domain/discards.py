"""What was deleted and is no paper: notes, tags and files of papers, until the trash is emptied."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId

DiscardId = NewType("DiscardId", int)


class DiscardKind(StrEnum):
    """What it was."""

    NOTE = "note"
    TAG = "tag"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Discard:
    """`what` is the text of a note, the name of a tag, the title or path of a file.

    `paper` names the paper of a note or file (its key, else its title), "" for a tag; `papers` is how many papers
    carried a tag, else 1.
    """

    id: DiscardId
    kind: DiscardKind
    what: str
    when: datetime
    paper_id: PaperId | None = None
    paper: str = ""
    papers: int = 1
