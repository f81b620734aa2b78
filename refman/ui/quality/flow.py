"""What happens between the quality view, the library and the list of papers."""

from dataclasses import replace

from PySide6.QtCore import QObject

from refman.domain.changes import Changes
from refman.domain.paper import PaperId
from refman.domain.quality import CheckName
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_fixes import fix_all, fix_one, heed, ignore
from refman.ui.commands.context import CommandContext
from refman.ui.quality.dialog import QualityDialog
from refman.ui.quality.report import Report, looking_for, read_again, read_report
from refman.ui.quality.tree import label_of
from refman.ui.sidebar.prompts import NamePrompt

_READ_AGAIN_MOST = 500


class QualityFlow(QObject):
    """One for a window, made when the view is first opened; the dialog lives as long."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self.setObjectName("qualityFlow")
        self._context = context
        self._is_looking = False
        self._looks = 0
        self._missed: set[PaperId] = set()
        """Papers that changed while all were looked at."""
        self.dialog = QualityDialog(themes=context.sidebar.themes, window=context.window)
        dialog, adapter = self.dialog, context.adapter
        dialog.look_asked.connect(self.look)
        dialog.fix_asked.connect(self._fix)
        dialog.fix_all_asked.connect(self._fix_all)
        dialog.ignore_asked.connect(self._ask_why)
        dialog.heed_asked.connect(self._heed)
        dialog.paper_chosen.connect(lambda paper_id: context.look_at(PaperId(paper_id)))
        adapter.changed.connect(self._follow)
        adapter.closing.connect(self._forget)

    def open(self) -> None:
        """Shows the view and looks at the library."""
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.tree.setFocus()
        self.look()

    def look(self) -> None:
        """Looks at every paper, on a lane; what is found is shown at the end."""
        if self._is_looking:
            return
        self._is_looking = True
        self._looks += 1
        number = self._looks
        self.dialog.begin()

        def show(report: Report) -> None:
            # What an earlier library had means nothing to this one.
            if number == self._looks:
                self.dialog.show_report(report, is_writable=self._context.adapter.is_writable)

        self._context.voice.run(self.tr("Checking the quality"), read_report, show, ended=self._end_look)

    def _end_look(self) -> None:
        self._is_looking = False
        self.dialog.end()
        missed, self._missed = sorted(self._missed), set()
        if missed and self.dialog.report is not None:
            self._read_again(self.dialog.report, missed[:_READ_AGAIN_MOST])

    def _forget(self) -> None:
        self._looks += 1
        self.dialog.show_report(None, is_writable=False)
        self.dialog.close()

    def _fix(self, found: PaperFinding) -> None:
        if found.others:
            # Late: hardly ever needed.
            from refman.ui.merging.flow import MergeFlow

            MergeFlow(self._context, [*found.others, found.paper_id]).begin(found.others[0])
            return
        self._context.adapter.write(
            lambda library: fix_one(library.store, found, dialect=looking_for(library).dialect, clock=library.clock),
            owner=self,
        )

    def _fix_all(self, check: CheckName) -> None:
        self._context.voice.run(
            self.tr("Fixing {0}").format(label_of(check)),
            lambda library, progress: fix_all(
                library.store, replace(looking_for(library), checks=(check,)), progress, clock=library.clock
            ),
            self._context.adapter.told.emit,
        )

    def _ask_why(self, found: PaperFinding) -> None:
        check = label_of(found.finding.check)
        prompt = NamePrompt(
            self._context.sidebar.themes,
            title=self.tr("Ignore here"),
            question=self.tr("{0}, {1}: why is it right as it is?").format(check, found.name),
            verb=self.tr("Ignore"),
            parent=self.dialog,
        )
        prompt.answered.connect(lambda reason: self._ignore(found, reason))
        prompt.open()

    def _ignore(self, found: PaperFinding, reason: str) -> None:
        self._context.adapter.write(
            lambda library: ignore(library.store, found.paper_id, found.finding.check, reason=reason), owner=self
        )

    def _heed(self, found: PaperFinding) -> None:
        self._context.adapter.write(
            lambda library: heed(library.store, found.paper_id, found.finding.check), owner=self
        )

    def _follow(self, changes: Changes) -> None:
        """Papers that changed, by whomever, are looked at again; after a great change all of them."""
        report = self.dialog.report
        ids = sorted(changes.added | changes.changed | changes.removed)
        if self._is_looking:
            self._missed.update(ids)
        elif report is None or not self.dialog.isVisible():
            return
        elif changes.everything or len(ids) > _READ_AGAIN_MOST:
            self.look()
        elif ids:
            self._read_again(report, ids)

    def _read_again(self, report: Report, ids: list[PaperId]) -> None:
        def show(found: list[PaperFinding]) -> None:
            if self.dialog.report is report:
                report.replace(set(ids), found)
                self.dialog.show_report(report, is_writable=self._context.adapter.is_writable)

        self._context.adapter.read(lambda library: read_again(library, ids), show, owner=self)
