"""The findings as a tree: a line a check with its count, below it the papers."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from refman.domain.quality import CheckName, Finding, Severity
from refman.services.quality.checks import CHECKS
from refman.services.quality.found_in_library import PaperFinding
from refman.ui.quality.proposals import proposed
from refman.ui.quality.report import Group, Report
from refman.ui.theme import ThemeController, qcolor

_ROW_PX = 26
_INDENT_PX = 20
_PAPER_PX = 180
_DATA = Qt.ItemDataRole.UserRole
_CHECK = Qt.ItemDataRole.UserRole + 1


def sentence_of(finding: Finding) -> str:
    """What was found, in the language of the window."""
    translated = QCoreApplication.translate("Sentence", finding.code)
    return finding.message if translated == finding.code else translated.format(*finding.arguments)


def label_of(check: CheckName) -> str:
    """What a check is called."""
    return QCoreApplication.translate("Check", CHECKS[check].label)


def summary_of(check: CheckName) -> str:
    """What a check looks for."""
    summary = QCoreApplication.translate("Check", CHECKS[check].summary)
    return f"{label_of(check)}: {summary}"


class FindingTree(QTreeWidget):
    """Papers of a check are listed when it is opened. Keyboard: arrows; what is current is told."""

    chosen = Signal()
    """Another line is current."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._shows_ignored = False
        self._report = Report()
        self.setObjectName("findingTree")
        self.setAccessibleName(self.tr("What was found, by check"))
        self.setProperty("framed", True)
        self.setUniformRowHeights(True)
        self.setIndentation(themes.metrics.px(_INDENT_PX))
        self.setHeaderLabels([self.tr("Paper"), self.tr("What was found"), self.tr("Proposed")])
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, themes.metrics.px(_PAPER_PX))
        self.setColumnWidth(2, themes.metrics.px(_PAPER_PX))
        self.itemExpanded.connect(self._fill)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    @property
    def found(self) -> PaperFinding | None:
        """The finding that is current."""
        item = self.currentItem()
        data = item.data(0, _DATA) if item is not None else None
        return data if isinstance(data, PaperFinding) else None

    @property
    def check(self) -> CheckName | None:
        """The check that is current, by its own line or by one of its findings."""
        item = self.currentItem()
        return CheckName(item.data(0, _CHECK)) if item is not None else None

    def show_report(self, report: Report, *, with_ignored: bool) -> None:
        """Other findings; what was open and current stays where it still is."""
        opened = {CheckName(item.data(0, _CHECK)) for item in self._groups() if item.isExpanded()}
        current, check = self.found, self.check
        place, group_place = self._place(), self._group_place()
        self._report, self._shows_ignored = report, with_ignored
        self.blockSignals(True)
        self.clear()
        for group in report.groups.values():
            if group.count or (with_ignored and group.ignored):
                item = self._group_item(group)
                self.addTopLevelItem(item)
                item.setFirstColumnSpanned(True)
        for item in self._groups():
            if CheckName(item.data(0, _CHECK)) in opened:
                self._fill(item)
                item.setExpanded(True)
        self._restore(current, check, place, group_place=group_place)
        self.blockSignals(False)
        self.chosen.emit()

    def _groups(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _place(self) -> int:
        item = self.currentItem()
        parent = item.parent() if item is not None else None
        return parent.indexOfChild(item) if parent is not None and item is not None else 0

    def _group_place(self) -> int:
        item = self.currentItem()
        return self.indexOfTopLevelItem(item.parent() or item) if item is not None else 0

    def _restore(self, found: PaperFinding | None, check: CheckName | None, place: int, *, group_place: int) -> None:
        """The same finding, else the one that came into its place, else its check, else the next check."""
        groups = self._groups()
        group = next((item for item in groups if item.data(0, _CHECK) == check), None)
        if group is None:
            if groups:
                self.setCurrentItem(groups[min(group_place, len(groups) - 1)])
            return
        rows = (group.child(row) for row in range(group.childCount()))
        children = [item for item in rows if item is not None]
        same = [item for item in children if found is not None and _is_same(item.data(0, _DATA), found)]
        if same:
            self.setCurrentItem(same[0])
        elif found is not None and children:
            self.setCurrentItem(children[min(place, len(children) - 1)])
        else:
            self.setCurrentItem(group)

    def _group_item(self, group: Group) -> QTreeWidgetItem:
        counted = f"{group.count:,}"
        if self._shows_ignored and group.ignored:
            counted = self.tr("{0}, {1} ignored").format(counted, f"{len(group.ignored):,}")
        item = QTreeWidgetItem([f"{label_of(group.check)} · {counted}"])
        item.setData(0, _CHECK, group.check.value)
        item.setSizeHint(0, QSize(0, self._themes.metrics.px(_ROW_PX)))
        item.setToolTip(0, QCoreApplication.translate("Check", CHECKS[group.check].summary))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        """Lists the papers of a check, once."""
        if item.childCount() or item.parent() is not None:
            return
        group = self._report.groups[CheckName(item.data(0, _CHECK))]
        shown: Sequence[PaperFinding] = [*group.kept, *(group.ignored if self._shows_ignored else ())]
        item.addChildren([self._finding_item(found) for found in shown])
        if not group.is_whole:
            more = QTreeWidgetItem([self.tr("{0} more").format(f"{group.count - len(group.kept):,}")])
            more.setData(0, _CHECK, group.check.value)
            more.setForeground(0, qcolor(self._themes.theme.text_secondary))
            item.addChild(more)

    def _finding_item(self, found: PaperFinding) -> QTreeWidgetItem:
        finding = found.finding
        said = sentence_of(finding)
        if found.reason is not None:
            said = self.tr("Ignored ({0}): {1}").format(found.reason, said)
        item = QTreeWidgetItem([found.name, said, proposed(finding)])
        item.setData(0, _DATA, found)
        item.setData(0, _CHECK, finding.check.value)
        theme = self._themes.theme
        if found.reason is not None:
            for column in range(3):
                item.setForeground(column, qcolor(theme.text_secondary))
        elif finding.severity is Severity.ERROR:
            item.setForeground(1, qcolor(theme.danger))
        return item


def _is_same(data: object, found: PaperFinding) -> bool:
    return isinstance(data, PaperFinding) and _identity(data) == _identity(found)


def _identity(found: PaperFinding) -> tuple[object, ...]:
    return found.paper_id, found.file, found.line, found.finding.field, found.finding.code
