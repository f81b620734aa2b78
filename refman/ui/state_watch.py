"""Tells the commands what can be done now."""

from PySide6.QtCore import QObject

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.ui.actions import UiState
from refman.ui.commands.context import CommandContext
from refman.ui.filter_state import Place
from refman.ui.links import link_of
from refman.ui.pane_state import Side


@dataclass(frozen=True, slots=True)
class _Steps:
    undo: str = ""
    redo: str = ""


@dataclass(frozen=True, slots=True)
class _Reach:
    """What of the current paper can be opened."""

    paper_id: PaperId | None = None
    has_file: bool = False
    has_link: bool = False


class StateWatch(QObject):
    """`refresh` after anything the commands depend on; what must be read for it follows by itself."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._steps = _Steps()
        self._are_steps_known = False
        self._reach = _Reach()
        self._is_searched = False
        context.adapter.opened.connect(self._read_steps)
        context.adapter.changed.connect(self._read_steps)
        context.adapter.pending.begun.connect(self._doubt_steps)
        context.adapter.pending.settled.connect(self._read_steps)
        context.adapter.changed.connect(self._read_reach)
        context.table.selection_changed.connect(self._read_reach)
        context.table.selection_changed.connect(self.refresh)
        context.search.textChanged.connect(self._follow_search)
        context.preview.toggled.connect(self.refresh)
        context.feed.listed.connect(self.refresh)
        context.feed.counted.connect(self.refresh)
        context.table.papers.filled.connect(self.refresh)
        context.panes.changed.connect(self.refresh)
        context.live.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Enables, checks and names every command."""
        context = self._context
        if context.actions is not None:
            context.is_file_here = self._reach.has_file
            context.actions.update(self._state())

    def _follow_search(self, text: str) -> None:
        """Only the first letter and the last one change what can be done."""
        if bool(text) != self._is_searched:
            self._is_searched = bool(text)
            self.refresh()

    def _state(self) -> UiState:
        context, panes = self._context, self._context.panes.state
        settings = context.live.value
        is_open = context.adapter.is_open
        return UiState(
            has_library=is_open,
            is_writable=context.adapter.is_writable,
            # What is not known yet cannot be acted upon.
            selected_count=context.table.selected_count if is_open and context.table.is_selection_known else 0,
            is_key_out_of_reach=self._is_key_out_of_reach,
            shown_count=context.feed.count if is_open else 0,
            is_trash_shown=context.feed.filter.place is Place.TRASH,
            has_query=self._is_searched or not context.feed.filter.is_empty,
            is_preview_shown=context.preview.isVisible(),
            has_file=self._reach.has_file,
            has_link=self._reach.has_link,
            undo_name=self._steps.undo,
            redo_name=self._steps.redo,
            is_unsettled=context.adapter.pending.is_busy or not self._are_steps_known,
            can_go_back=context.visits.can_go_back,
            can_go_forward=context.visits.can_go_forward,
            is_sidebar_shown=panes.is_sidebar_shown and not panes.is_sidebar_folded,
            is_sidebar_hidden=not panes.is_sidebar_shown,
            is_sidebar_right=panes.sidebar_side is Side.RIGHT,
            is_detail_shown=panes.is_detail_shown,
            detail_place=panes.detail_place,
            fourth=panes.fourth,
            is_sidebar_torn=panes.is_sidebar_torn,
            is_fourth_torn=panes.is_fourth_torn,
            theme=settings.theme,
            row_height=settings.row_height,
            cite_command=settings.cite_command,
            editor=settings.editor,
        )

    @property
    def _is_key_out_of_reach(self) -> bool:
        table = self._context.table
        row = table.current_row if table.selected_count == 1 else None
        return row is not None and not row.key and not self._context.adapter.is_writable

    # What must be read -------------------------------------------------------------------------------------------

    def _doubt_steps(self) -> None:
        """A write was asked for: Ctrl+Z and Ctrl+Shift+Z pressed right after it wait for it, none is lost."""
        if self._are_steps_known:
            self._are_steps_known = False
            self.refresh()

    def _read_steps(self) -> None:
        self._are_steps_known = False
        self._context.adapter.read(_steps_of, self._take_steps, owner=self, slot="steps")

    def _take_steps(self, steps: _Steps) -> None:
        self._steps = steps
        self._are_steps_known = not self._context.adapter.pending.is_busy
        self.refresh()

    def _read_reach(self) -> None:
        paper_id = self._context.table.current_id
        if paper_id is None:
            self._take_reach(_Reach())
            return
        self._context.adapter.read(
            lambda library: _reach_of(library, paper_id), self._take_reach, owner=self, slot="reach"
        )

    def _take_reach(self, reach: _Reach) -> None:
        if reach.paper_id == self._context.table.current_id:
            self._reach = reach
            self.refresh()


def _steps_of(library: Library) -> _Steps:
    undoable, redoable = library.undoable(), library.redoable()
    return _Steps(undoable.name if undoable else "", redoable.name if redoable else "")


def _reach_of(library: Library, paper_id: PaperId) -> _Reach:
    paper = library.paper(paper_id)
    if paper is None:
        return _Reach(paper_id)
    return _Reach(paper_id, has_file=bool(paper.attachments), has_link=bool(link_of(paper)))
