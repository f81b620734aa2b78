"""What one part of the main window has to do when something happens in another."""

from array import array

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from refman.domain.changes import Changes
from refman.domain.errors import RefmanError
from refman.domain.paper import PaperId
from refman.domain.resources import resource_path
from refman.domain.tags import show_tag
from refman.ui.after_import import AfterImport
from refman.ui.cell_saving import CellSaving
from refman.ui.commands.context import CommandContext
from refman.ui.detail.unsaved import Typed, UnsavedText
from refman.ui.drops import OutsideDrops
from refman.ui.file_check import FileCheck
from refman.ui.filter_state import FilterState, Place
from refman.ui.linked.joint import LinkJoint
from refman.ui.list_feed import REST_MS
from refman.ui.messages import MessageKind
from refman.ui.open_editor import commit_open_editor
from refman.ui.pages.list_pages import ListPages
from refman.ui.pages.trouble import only_readable
from refman.ui.status_bar import StatusBar
from refman.ui.table.again import edit_again, stays_at
from refman.ui.typed_in_dialogs import typed_in_dialogs

_SPARE_MS = 250
"""Before something is made in advance: what the person waits for goes first."""
_STEP_MS = 20
"""Between its parts."""
_MOST_SHOWN = 200
"""Characters of a search that are said again where nothing was found; a page of text may have been pasted."""
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


class WindowJoints(QObject):
    """Joins the parts of one window by their signals."""

    def __init__(self, context: CommandContext, pages: ListPages, status: StatusBar) -> None:
        super().__init__(context.window)
        self._context = context
        self._pages = pages
        self._status = status
        self._is_first_list = False
        self.links = LinkJoint(context)
        AfterImport(context)
        self._cells = CellSaving(context.adapter, context.voice, parent=self)
        self._file_check = FileCheck(context.adapter, context.voice, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(lambda: context.sidebar.show_listing(context.feed.listing))
        # After the first rows are painted; nothing else is read before. A timer waits for painting, a queued call
        # (`singleShot(0)`) does not.
        self._after_rows = QTimer(self, singleShot=True, interval=0)
        self._after_rows.timeout.connect(self._read_the_rest)
        self._spare_time = QTimer(self)
        self._spare_time.setSingleShot(True)
        self._spare_time.timeout.connect(self._prepare)
        self._join_library()
        self._join_list()
        self._join_panes()
        OutsideDrops(context.panes, context.detail, context.adapter, imports=context.imports)

    def _join_library(self) -> None:
        adapter, imports = self._context.adapter, self._context.imports
        adapter.opened.connect(self._show_library)
        adapter.not_opened.connect(self._show_trouble)
        adapter.changed.connect(self._follow_changes)
        adapter.closing.connect(self._store_typed)
        adapter.closing.connect(self._rest.stop)
        adapter.closing.connect(self._after_rows.stop)
        adapter.closing.connect(self._spare_time.stop)
        imports.library_chosen.connect(self._open_library)
        self._pages.dropped.connect(imports.take_drop)

    def _join_list(self) -> None:
        context = self._context
        context.search.textChanged.connect(context.feed.search)
        context.search.save_requested.connect(context.dialogs.ask_to_save_search)
        context.search.left.connect(self._go_to_results)
        context.feed.understood.connect(context.search.show_understood)
        context.feed.listed.connect(self._show_listed)
        context.feed.counted.connect(self._show_counts)
        context.table.papers.filled.connect(self._show_wanted)
        context.table.selection_changed.connect(self._show_selection)
        context.table.opened.connect(lambda _: self._run("paper.open"))
        context.table.tags_dropped.connect(self._tag)
        context.table.delegate.edited.connect(self._cells.save)
        self._cells.again.connect(self._edit_again)
        self._cells.refused.connect(self._stay)
        context.panes.widened.connect(self._follow_width)

    def _stay(self, typed: Typed) -> None:
        if stays_at(self._context.table, typed.paper_id):
            self._edit_again(typed)

    def _edit_again(self, typed: Typed) -> None:
        edit_again(self._context.table, typed.paper_id, typed.name, typed.value)

    def _join_panes(self) -> None:
        context = self._context
        sidebar, detail = context.sidebar, context.detail
        sidebar.filter_changed.connect(context.feed.set_filter)
        sidebar.search_chosen.connect(context.search.setText)
        sidebar.unfold_asked.connect(context.panes.show_sidebar)
        sidebar.left.connect(context.table.setFocus)
        sidebar.refused.connect(lambda text: context.voice.say(text, MessageKind.WARNING))
        detail.author_chosen.connect(lambda name: context.filter(FilterState(author=name)))
        detail.tag_chosen.connect(lambda name: context.filter(FilterState(tags=(name,))))
        detail.cite_asked.connect(lambda: self._run("cite.copy"))
        detail.file_asked.connect(lambda: self._run("paper.file"))
        detail.export_asked.connect(lambda: self._run("file.export"))
        detail.trash_asked.connect(lambda: self._run("paper.trash"))
        detail.link_chosen.connect(self._follow_link)
        context.preview.link_chosen.connect(self._follow_link)
        detail.left.connect(context.table.setFocus)
        detail.told.connect(context.voice.say)

    def _run(self, command_id: str) -> None:
        if self._context.actions is not None:
            self._context.actions.action(command_id).trigger()

    def _follow_link(self, link: str) -> None:
        """Opens a page or writes a mail; a note from elsewhere may not start anything else (`file:`)."""
        url = QUrl(link)
        if url.scheme().lower() not in _SAFE_SCHEMES or not QDesktopServices.openUrl(url):
            self._context.voice.say(self.tr("{0} is not opened from here.").format(link), MessageKind.WARNING)

    # The library -------------------------------------------------------------------------------------------------

    def _show_library(self) -> None:
        context, adapter = self._context, self._context.adapter
        context.wanted_location = adapter.location
        context.window.setWindowTitle(f"{adapter.name} — refman")
        context.window.setWindowFilePath(adapter.location)
        self._status.show_library(adapter.name, is_writable=adapter.is_writable)
        context.kept.remember_library(adapter.location)
        context.visits.forget()
        context.search.clear()
        context.sidebar.set_filter(FilterState())
        context.sidebar.is_writable = adapter.is_writable
        context.detail.set_writable(adapter.is_writable)
        self._is_first_list = True
        context.panes.set_list_alone(False)
        self._pages.show_list()
        if not adapter.is_writable:
            context.voice.say(only_readable(adapter.location), MessageKind.WARNING)

    def _show_trouble(self, location: str, error: RefmanError) -> None:
        context = self._context
        if context.adapter.is_open:
            # The library that was open still is.
            context.voice.refuse(error)
            return
        context.wanted_location = location
        context.window.setWindowTitle("refman")
        self._status.show_library("", is_writable=False)
        context.panes.set_list_alone(True)
        self._pages.show_trouble(error, location)

    def _open_library(self, location: str) -> None:
        self._context.wanted_location = location
        self._context.adapter.open(location)

    def _follow_changes(self, changes: Changes) -> None:
        self._context.sidebar.refresh(changes)
        self._context.detail.refresh(changes)
        self._refresh_preview()

    # The list ----------------------------------------------------------------------------------------------------

    def _show_listed(self) -> None:
        context, feed = self._context, self._context.feed
        if feed.count:
            self._pages.show_list()
        elif not feed.is_narrowed:
            self._pages.show_empty()
        else:
            self._pages.show_nothing_found(
                *self._nothing_found(),
                is_search=bool(feed.text),
                can_clear=bool(feed.text) or not feed.filter.is_empty,
            )
        self._show_counts()
        context.sidebar.set_search(feed.text)
        # The counts of the tags may come after the next letter.
        self._rest.start()
        if self._is_first_list:
            self._is_first_list = False
            self._after_rows.start()
        self._show_wanted()

    def _read_the_rest(self) -> None:
        context = self._context
        context.sidebar.refresh()
        self.links.watch.look()
        self._file_check.look()
        if not context.table.selected_count:
            context.detail.forget()
        self._spare_time.start(_SPARE_MS)
        if context.adapter.location == context.sample_location and not context.feed.count:
            context.imports.take_files([resource_path("sample/sample.bib")], is_previewed=False)

    def _prepare(self) -> None:
        if self._context.detail.prepare():
            self._spare_time.start(_STEP_MS)

    def _nothing_found(self) -> tuple[str, str]:
        feed = self._context.feed
        state = feed.filter
        if feed.text:
            return self.tr("Nothing found"), self.tr("No paper matches {0}.").format(self._described(feed.text, state))
        match state.place:
            case Place.TRASH:
                return self.tr("The trash is empty"), self.tr("What you delete waits here until you empty it.")
            case Place.UNTAGGED:
                return self.tr("Every paper has a tag"), ""
            case _:
                return self.tr("Nothing here"), self.tr("No paper has {0}.").format(self._described("", state))

    def _described(self, text: str, state: FilterState) -> str:
        """What was searched and filtered, in words."""
        shown = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rstrip() + "…"
        parts = [f"“{shown}”"] if text else []
        parts += [self.tr("the tag {0}").format(show_tag(name)) for name in state.tags]
        parts += [self.tr("no tag {0}").format(show_tag(name)) for name in state.without]
        parts += [state.author] if state.author else []
        return self.tr(" and ").join(parts)

    def _show_wanted(self) -> None:
        """Selects the paper that somebody waits for, once it is known where it stands."""
        context = self._context
        wanted = context.wanted_paper
        if wanted is None or (not context.table.select_paper(wanted) and not context.table.papers.is_filled):
            return
        context.wanted_paper = None

    def _show_counts(self) -> None:
        feed, context = self._context.feed, self._context
        self._status.show_counts(feed.count, context.table.selected_count, is_exact=feed.is_counted)
        context.detail.nothing.show_listed(feed.count, is_exact=feed.is_counted, is_narrowed=feed.is_narrowed)

    def _show_selection(self) -> None:
        context, table = self._context, self._context.table
        current = table.current_id
        context.detail.show_selection(table.selected_ids, table.current_row)
        if current is not None and table.selected_count == 1:
            context.visits.visit(current)
        self._show_counts()
        self._refresh_preview()

    def _refresh_preview(self) -> None:
        preview, current = self._context.preview, self._context.table.current_id
        if not preview.isVisible():
            return
        if current is None:
            preview.hide()
        else:
            preview.show_paper(current)

    def _go_to_results(self) -> None:
        table = self._context.table
        if not table.isVisible():
            return
        if table.current_id is None:
            table.go(1)
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tag(self, ids: "array[int]", names: list[str]) -> None:
        papers = [PaperId(i) for i in ids]
        self._context.adapter.write(lambda library: library.tag(papers, names), owner=self)

    def flush(self) -> None:
        """Saves whatever was typed anywhere and is not stored yet."""
        self._store_typed()
        self._cells.try_all()

    def _store_typed(self) -> None:
        self._cells.is_last = True
        for view in (self._context.table, self._context.sidebar.tree):
            commit_open_editor(view)
        self._cells.is_last = False
        self._context.detail.flush()

    def unsaved(self) -> list[UnsavedText]:
        """What was typed anywhere and is not stored."""
        context = self._context
        return [*context.detail.unsaved(), *self._cells.texts(), *typed_in_dialogs(context.window)]

    def _follow_width(self, is_wide: bool) -> None:
        self._context.table.columns.set_wide(is_wide)
        self._context.table.set_chips(is_wide)
