"""What a reader of papers for exports leaves out."""

from dataclasses import replace
from datetime import UTC, datetime

from refman.domain.paper import Paper

_NO_TIME = datetime.fromtimestamp(0, UTC)


def bare(paper: Paper) -> Paper:
    """The paper without its tags, notes, files and times."""
    paper = replace(paper, tags=(), notes=(), stored_notes=(), attachments=(), span=None)
    return replace(paper, added=_NO_TIME, changed=_NO_TIME, trashed=None)
