"""The quality of the library: what checks found, beside the window; fixes, all alike, and what is right as it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from refman.services.quality.found_in_library import PaperFinding
from refman.ui.quality.proposals import now_and_then, text_of
from refman.ui.quality.report import Report
from refman.ui.quality.tree import FindingTree, sentence_of, summary_of
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip

_SIZE_PX = (860, 560)


class QualityDialog(QDialog):
    """Shows a Report. It only asks: who made it looks, mends and shows the papers. Stays open beside the window."""

    look_asked = Signal()
    fix_asked = Signal(object)
    """A PaperFinding."""
    fix_all_asked = Signal(object)
    """A CheckName."""
    ignore_asked = Signal(object)
    """A PaperFinding that is right as it is."""
    heed_asked = Signal(object)
    """A PaperFinding that was ignored."""
    paper_chosen = Signal(int)

    def __init__(self, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self._themes = themes
        self._report: Report | None = None
        self._is_writable = True
        self.setObjectName("qualityDialog")
        self.setWindowTitle(self.tr("Quality"))
        open_at(self, _SIZE_PX, themes=themes)
        self.head = label(self.tr("Looking at the library…"), TextRole.STRONG, wrap=True)
        self.tree = FindingTree(themes)
        self.detail = label("", wrap=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setObjectName("findingDetail")
        self.fix = button(self.tr("&Fix"), ButtonKind.PRIMARY)
        self.fix_all = button(self.tr("Fix &all alike"))
        self.ignore = button(self.tr("&Ignore here…"))
        self.again = button(self.tr("&Look again"))
        self.shows_ignored = QCheckBox(self.tr("&Show ignored"))
        self._join()
        self._lay_out()
        self._follow()

    def _join(self) -> None:
        self.tree.chosen.connect(self._follow)
        self.tree.chosen.connect(self._tell_paper)
        self.fix.clicked.connect(lambda _=False: self._fix())
        self.fix_all.clicked.connect(lambda _=False: self.fix_all_asked.emit(self.tree.check))
        self.ignore.clicked.connect(lambda _=False: self._ignore())
        self.again.clicked.connect(lambda _=False: self.look_asked.emit())
        self.shows_ignored.toggled.connect(lambda _: self._show())

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        close = button(self.tr("Close"))
        close.clicked.connect(lambda _=False: self.close())
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        for made in (self.fix, self.fix_all, self.ignore):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(self.again)
        row.addWidget(close)
        top = QHBoxLayout()
        top.setSpacing(metrics.m)
        top.addWidget(self.head, 1)
        top.addWidget(self.shows_ignored)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addWidget(self.detail)
        column.addLayout(row)

    @property
    def report(self) -> Report | None:
        """What is shown; None before the first look."""
        return self._report

    def begin(self) -> None:
        """A look at the library begins."""
        self.head.setText(self.tr("Looking at the library…"))
        self.again.setEnabled(False)

    def end(self) -> None:
        """The look is over, whether it was finished or not."""
        self.again.setEnabled(True)
        if self._report is None:
            self.head.setText(self.tr("The library was not looked at."))
        self._show()

    def show_report(self, report: Report | None, *, is_writable: bool) -> None:
        """Other findings; None for none yet."""
        self._report = report
        self._is_writable = is_writable
        self._show()

    def _show(self) -> None:
        report = self._report
        if report is None:
            self.tree.show_report(Report(), with_ignored=False)
            return
        count = report.count
        if count:
            self.head.setText(self.tr("1 finding") if count == 1 else self.tr("{0} findings").format(f"{count:,}"))
        else:
            self.head.setText(self.tr("Nothing to mend: every check is content."))
        self.tree.show_report(report, with_ignored=self.shows_ignored.isChecked())

    def _follow(self) -> None:
        """Buttons and the line below say what can be done about the current line."""
        found, check = self.tree.found, self.tree.check
        group = self._report.groups[check] if self._report and check else None
        is_ignored = found is not None and found.reason is not None
        can_fix = found is not None and found.finding.fix is not None and not is_ignored
        self.fix.setEnabled(self._is_writable and can_fix)
        self.fix.setText(self.tr("&Merge…") if found is not None and found.others else self.tr("&Fix"))
        certain = group.certain if group else 0
        self.fix_all.setEnabled(self._is_writable and certain > 0)
        self.fix_all.setText(
            self.tr("Fix &all alike ({0})").format(f"{certain:,}") if certain else self.tr("Fix &all alike")
        )
        self.ignore.setEnabled(self._is_writable and found is not None and not found.file)
        self.ignore.setText(self.tr("Check &it again") if is_ignored else self.tr("&Ignore here…"))
        self.detail.setText(self._said(found) if found else (summary_of(check) if check else ""))
        self._explain(found)

    def _explain(self, found: PaperFinding | None) -> None:
        """Why a button cannot be pressed."""
        if not self._is_writable:
            why = why_all = self.tr("The library is open for reading only")
        elif found is None:
            why, why_all = self.tr("Choose a finding first"), self.tr("There is no fix that is right for all of them")
        else:
            why = self.tr("What is right here only you can say")
            why_all = self.tr("There is no fix that is right for all of them")
        from_file = self.tr("It is of a file that was imported: mend it there, and import it again")
        self.fix.setToolTip("" if self.fix.isEnabled() else plain_tip(why))
        self.fix_all.setToolTip("" if self.fix_all.isEnabled() else plain_tip(why_all))
        why_not_ignored = from_file if found and found.file else why
        self.ignore.setToolTip("" if self.ignore.isEnabled() else plain_tip(why_not_ignored))

    def _said(self, found: PaperFinding) -> str:
        said = f"{found.name}: {sentence_of(found.finding)}"
        if found.file:
            return "\n".join([f"{found.file}:{found.line}", said, *text_of(found.finding)])
        return "\n".join([said, *now_and_then(found.finding)])

    def _tell_paper(self) -> None:
        if self.tree.found is not None and not self.tree.found.file and self.tree.hasFocus():
            self.paper_chosen.emit(self.tree.found.paper_id)

    def _fix(self) -> None:
        if self.fix.isEnabled() and self.tree.found is not None:
            self.fix_asked.emit(self.tree.found)

    def _ignore(self) -> None:
        found = self.tree.found
        if found is not None:
            (self.ignore_asked if found.reason is None else self.heed_asked).emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter mends the current finding; nothing else is pressed by it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._fix()
            return
        super().keyPressEvent(event)
