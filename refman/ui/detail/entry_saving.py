"""Typed BibTeX on its way into the library, and into its draft while it cannot get there."""

from dataclasses import field

from refman.domain.changes import Changes
from refman.domain.errors import RefmanError
from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.services.entries.typed_drafts import TypedDraft, TypedDrafts, draft_path
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.detail.unsaved import Home


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """What the editor begins with: the stored text, and what was typed before and could not be saved."""

    text: str
    draft: TypedDraft | None = None


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """A text that a person typed over `base`; `turn` grows with every text of one editor."""

    paper_id: PaperId
    text: str
    base: str
    turn: int
    drafts: TypedDrafts
    home: Home = field(default_factory=Home)

    def save(self, library: Library) -> Outcome:
        """Stores it; where that is refused the text is kept as a draft first. Raises: as `Entries.edit`."""
        # Late: loads the formats, which the pane need not pay for.
        from refman.services.entries.facade import entries_of

        self.home.check(library)
        try:
            outcome = entries_of(library).edit(self.paper_id, self.text, expected=self.base)
        except RefmanError:
            self.keep(library)
            raise
        self.forget(library)
        return outcome

    def keep(self, library: Library) -> None:
        """Keeps it as a draft. Raises: ExportRefused, DiskFull."""
        self.drafts.keep(library.location, self.paper_id, TypedDraft(self.text, self.base), turn=2 * self.turn)

    def keep_for_later(self, library: Library) -> Outcome:
        """`keep` on the lane of the writes, which ends before the program does; the library stays as it is."""
        self.home.check(library)
        self.keep(library)
        return Outcome(Changes(), "", "draft-kept")

    def forget(self, library: Library) -> None:
        """It is saved or given up: a `keep` of the same text that comes later keeps nothing."""
        self.drafts.drop(library.location, self.paper_id, turn=2 * self.turn + 1)


def open_entry(library: Library, paper_id: PaperId, drafts: TypedDrafts) -> OpenedEntry:
    """Reads the text and its draft. Raises: NotFound."""
    # Late: loads the formats, which the pane need not pay for.
    from refman.services.entries.facade import entries_of

    return OpenedEntry(entries_of(library).text(paper_id), drafts.read(library.location, paper_id))


def has_draft(library: Library, paper_id: PaperId) -> bool:
    """Whether something was typed for this paper that could not be saved. Cost: a look for a file."""
    return draft_path(library.location, paper_id).is_file()
