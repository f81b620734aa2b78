"""Linked files of the main window: the sidebar's section, the review sheet, and writing by itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from refman.domain.errors import RefmanError
from refman.domain.links import WriteWhen
from refman.domain.paper import PaperId
from refman.domain.progress import Progress
from refman.services.library import Library
from refman.services.linking.builds import is_building
from refman.services.linking.link_status import LinkState, LinkStatus
from refman.services.outcome import Outcome
from refman.ui.commands.context import CommandContext
from refman.ui.linked.cited_column import CitedColumn
from refman.ui.linked.short_names import short_names
from refman.ui.linked.watch import LinkWatch
from refman.ui.sidebar.rows import LinkRow
from refman.ui.wording import sentence

_IDLE_MS = 5000


class LinkJoint(QObject):
    """Joins the linked files of one window to its parts."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        context.links = self
        self._statuses: list[LinkStatus] = []
        self._sheet: Any = None
        self.watch = LinkWatch(context.adapter, self)
        self.watch.found.connect(self._show)
        self._project = ""
        self._cited = CitedColumn(context.adapter, context.table.papers, self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(lambda: self._write_by_itself(WriteWhen.IDLE))
        context.adapter.closing.connect(self._idle.stop)
        context.sidebar.link_chosen.connect(self.choose)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._follow_focus)

    @property
    def statuses(self) -> list[LinkStatus]:
        """How the linked files stand, as last seen."""
        return self._statuses

    def choose(self, path: str) -> None:
        """Opens what a file needs first: its project where only citations are missing, else its review."""
        status = next((one for one in self._statuses if path in (one.path, one.project)), None)
        if status is not None and status.project and status.project != self._project:
            # The project that was last looked at is the one whose citations the list counts.
            self._project = status.project
            self._cited.show(self._project)
        if status is not None and path == status.project:
            self.project(status.path)
        elif status is not None and status.state is LinkState.MISSING:
            self.project(path)
        else:
            self.review(path)

    def project(self, path: str) -> None:
        """Opens the project of a file: missing citations, and what the last build said."""
        # Late: loads the formats, which a start need not pay for.
        from refman.ui.linked.project_joint import open_project

        sheet = open_project(self._context, path, self.watch.look)
        sheet.review_asked.connect(lambda: self._leave(sheet, path, self.review))

    def settings(self, path: str) -> None:
        """Opens how a file is linked."""
        # Late: a start need not pay for it.
        from refman.ui.linked.project_joint import open_settings

        open_settings(self._context, path, self.watch.look)

    def takers(self) -> list[tuple[str, str]]:
        """The files that take single papers: name and path of each."""
        paths = [one.path for one in self._statuses if one.takes_single]
        return list(zip(short_names(paths), paths, strict=True))

    def review(self, path: str, put: Sequence[PaperId] = ()) -> None:
        """Opens the review sheet of a file, with papers that are to go into it."""
        # Late: loads the formats, which a start need not pay for.
        from refman.ui.linked.review import Review, read_review
        from refman.ui.linked.sheet import LinkSheet

        sheet = LinkSheet(Path(path).name, themes=self._context.sidebar.themes, window=self._context.window)
        sheet.agreed.connect(lambda choices, may_shrink: self.sync(path, choices, may_shrink=may_shrink, put=put))
        sheet.project_asked.connect(lambda: self._leave(sheet, path, self.project))
        sheet.settings_asked.connect(lambda: self._leave(sheet, path, self.settings))
        sheet.table.everywhere_asked.connect(lambda key, field: self._use_everywhere(path, (key, field), look))
        sheet.open()

        def show(review: Review) -> None:
            sheet.show_review(review)

        def foresee(choices: dict[tuple[str, str], Any]) -> None:
            self._context.adapter.read(
                lambda library: read_review(library, path, choices, put),
                lambda outcome: sheet.show_outcome(choices, outcome),
                failed=fail,
                owner=sheet,
                slot="link-outcome",
            )

        def fail(error: Exception) -> None:
            if isinstance(error, RefmanError):
                sheet.fail(sentence(error))

        def look() -> None:
            self._context.adapter.read(
                lambda library: read_review(library, path, None, put),
                show,
                failed=fail,
                owner=sheet,
                slot="link-review",
            )

        sheet.settled.connect(foresee)
        look()

    def name_project(self, path: str, folder: Path) -> None:
        """The LaTeX sources of a folder are those that cite what is in a file."""

        def work(library: Library, _: Progress) -> None:
            # Late: loads the formats, which a start need not pay for.
            from refman.services.linking.facade import links_of
            from refman.services.linking.linking import find_link, options_of

            with library.store.read() as reader:
                present = find_link(reader, Path(path))
            links_of(library).link(Path(path), replace(options_of(present), project=str(folder)))

        self._context.adapter.work(work, lambda _: self.watch.look())

    def _leave(self, sheet: Any, path: str, open_other: Callable[[str], None]) -> None:
        sheet.close()
        open_other(path)

    def _use_everywhere(self, path: str, wanted: tuple[str, str], done: Callable[[], None]) -> None:
        """The value of the file becomes that of the library; then the review is read again."""

        def work(library: Library) -> Outcome:
            # Late: loads the formats, which a start need not pay for.
            from refman.services.linking.facade import links_of

            return links_of(library).use_everywhere(Path(path), [wanted])

        self._context.adapter.write(work, lambda _: done(), owner=self, failed=self._fail)

    def sync(
        self, path: str, choices: dict[tuple[str, str], Any], *, may_shrink: bool, put: Sequence[PaperId] = ()
    ) -> None:
        """Brings a file and the library together, and says what was done."""

        def work(library: Library) -> Outcome:
            # Late: loads the formats, which a start need not pay for.
            from refman.services.linking.facade import links_of

            return links_of(library).sync_outcome(Path(path), choices, may_shrink=may_shrink, put=put)

        self._context.adapter.write(work, lambda _: self.watch.look(), owner=self, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, RefmanError):
            self._context.voice.refuse(error)
        self.watch.look()

    def _show(self, statuses: Sequence[LinkStatus]) -> None:
        self._statuses = list(statuses)
        projects = {one.project: one for one in statuses if one.project}
        badges = [(one.path, one.badge) for one in statuses]
        badges += [(path, self._badge(one)) for path, one in projects.items()]
        names = short_names([path for path, _ in badges])
        rows = [LinkRow(path, name, badge) for name, (path, badge) in zip(names, badges, strict=True)]
        self._context.sidebar.show_links(rows)
        if self._project not in projects:
            self._project = next(iter(projects), "")
        self._cited.show(self._project)
        if self._waiting(WriteWhen.IDLE):
            self._idle.start()

    def _badge(self, one: LinkStatus) -> str:
        """Of a project: `412 cited, 3 missing`."""
        cited, missing = f"{one.cited:,}", len(one.missing)
        if missing:
            return self.tr("{0} cited, {1} missing").format(cited, f"{missing:,}")
        return self.tr("{0} cited").format(cited)

    def _waiting(self, when: WriteWhen) -> list[str]:
        """Files that are written by themselves and have nothing but my changes to write."""
        return [one.path for one in self._statuses if one.when is when and one.state is LinkState.TO_WRITE]

    def _follow_focus(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self._write_by_itself(WriteWhen.FOCUS_OUT)

    def _write_by_itself(self, when: WriteWhen) -> None:
        paths = self._waiting(when)
        if not paths:
            return

        def split(_: Library) -> tuple[list[str], bool]:
            free = [path for path in paths if not is_building(Path(path).parent)]
            return free, len(free) < len(paths)

        def write(found: tuple[list[str], bool]) -> None:
            for path in found[0]:
                self.sync(path, {}, may_shrink=False)
            if found[1]:
                # LaTeX is at work there: after it.
                self._idle.start()

        self._context.adapter.read(split, write, owner=self, slot="link-builds")
