"""The import preview: the text left, what would become of it right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.listing import TagBadge
from refman.services.import_plan import FileProblem, ImportPlan, OnDuplicate, Status
from refman.ui.detail.tag_chips import TagChips
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.dialogs.import_choice import DuplicateChoice
from refman.ui.dialogs.import_drafts import DraftModel
from refman.ui.dialogs.import_nothing import deed_without_papers, new_numbers, why_no_papers
from refman.ui.dialogs.import_rows import DraftRows
from refman.ui.dialogs.source_view import SourceView
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.looks import ButtonKind, Surface, button, label, stand_on
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.splitter import LineSplitter
from refman.ui.widgets.tips import plain_tip

_SIZE_PX = (1080, 680)
_PROBLEMS_MOST = 4
_ROW_PX = 26


class ImportPreview(QDialog):
    """A sheet over the window; open it with `open()`. `pasted`: texts that stand in no file."""

    confirmed = Signal(object)
    """The ImportPlan, narrowed to what the person chose."""

    def __init__(
        self,
        plan: ImportPlan,
        themes: ThemeController,
        *,
        icons: Icons,
        known_tags: Sequence[str] = (),
        pasted: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._pasted = pasted
        self._themes = themes
        self._icons = icons
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("importPreview")
        self.setWindowTitle(self.tr("Import"))
        open_at(self, _SIZE_PX, themes=themes)
        self.model = DraftModel(plan, self)
        self.list = QListView()
        self.source = SourceView(themes)
        self.choice = DuplicateChoice(themes)
        self.tags = TagChips(themes, icons)
        self.tags.set_known(known_tags)
        self.keywords = QCheckBox(self.tr("Make tags of their keywords"))
        self.keywords.setChecked(plan.options.keywords_as_tags)
        self.problems = QListWidget()
        self.nothing = label("", TextRole.SECONDARY, wrap=True)
        self.go = button("", ButtonKind.PRIMARY)
        self.cancel = button(self.tr("Cancel"))
        self._lay_out()
        self._connect()
        self._show_count()
        self.tags.show_tags([TagBadge(name, 0) for name in plan.options.tags])
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    # Layout ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        split = LineSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([metrics.px(440), metrics.px(640)])
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(metrics.lg, metrics.m, metrics.lg, metrics.m)
        foot.setSpacing(metrics.s)
        foot.addWidget(label(self.tr("Tags for all"), TextRole.SECONDARY))
        foot.addWidget(self.tags, 1, Qt.AlignmentFlag.AlignVCenter)
        self.keywords.setVisible(any(item.draft.plain("keywords") for item in self._plan.items))
        foot.addWidget(self.keywords)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        line = QWidget()
        line.setFixedHeight(1)
        line.setStyleSheet("background: palette(mid)")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(split, 1)
        whole.addWidget(line)
        whole.addLayout(foot)

    def _left(self) -> QWidget:
        metrics = self._themes.metrics
        left = QWidget()
        stand_on(left, Surface.SURFACE)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, metrics.s, 0, 0)
        column.setSpacing(metrics.s)
        self._source_name = ElidedLabel("", TextRole.STRONG)
        self._source_name.setContentsMargins(metrics.lg, 0, metrics.lg, 0)
        # As high as the buttons over the other pane: both headings stand on one line.
        self._source_name.setFixedHeight(self.cancel.sizeHint().height())
        column.addWidget(self._source_name)
        self.source.setProperty("framed", False)
        self.source.setProperty("kind", "read")
        # Less the frame that shows the focus.
        self.source.document().setDocumentMargin(metrics.lg - 2)
        column.addWidget(self.source, 1)
        self._problems_title = label("", TextRole.HEADING)
        self._problems_title.setContentsMargins(metrics.lg, 0, metrics.lg, 0)
        column.addWidget(self._problems_title)
        column.addWidget(self.problems)
        self._fill_problems()
        return left

    def _right(self) -> QWidget:
        metrics = self._themes.metrics
        right = QWidget()
        stand_on(right, Surface.SURFACE)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, metrics.s, 0, 0)
        column.setSpacing(metrics.s)
        head = QHBoxLayout()
        head.setContentsMargins(metrics.m, 0, metrics.s, 0)
        head.setSpacing(metrics.xs)
        head.addWidget(ElidedLabel(self._summary(), TextRole.STRONG), 1)
        for words, is_chosen in ((self.tr("Select all"), True), (self.tr("Select none"), False)):
            made = button(words, ButtonKind.FLAT)
            made.clicked.connect(lambda _=False, chosen=is_chosen: self.model.choose_all(chosen))
            head.addWidget(made)
        column.addLayout(head)
        self.nothing.setContentsMargins(metrics.m, 0, metrics.m, metrics.xs)
        column.addWidget(self.nothing)
        self.list.setAccessibleName(self.tr("Papers that were read"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(DraftRows(self._themes, self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        column.addWidget(self.list, 1)
        column.addWidget(self.choice)
        return right

    def _summary(self) -> str:
        items = self._plan.items
        words = (
            (self.tr("{0} new"), sum(item.status is Status.NEW for item in items)),
            (self.tr("{0} already here"), sum(item.status is Status.HERE for item in items)),
            (self.tr("{0} differ"), sum(item.status is Status.DIFFERS for item in items)),
        )
        parts = [text.format(f"{number:,}") for text, number in words if number]
        people = [one.profile.name for one in self._plan.profiles]
        return " · ".join([*people, *parts])

    def _fill_problems(self) -> None:
        metrics = self._themes.metrics
        refused = [FileProblem(one.file, 0, one.code, one.message, one.arguments) for one in self._plan.refused]
        problems = [*refused, *self._plan.problems]
        words = self.tr("1 problem") if len(problems) == 1 else self.tr("{0} problems").format(len(problems))
        self._problems_title.setText(words)
        self.problems.setAccessibleName(words)
        self.problems.setProperty("kind", "inset")
        self.problems.setWordWrap(True)
        self.problems.setIconSize(metrics.icon_size(16))
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for problem in problems:
            where = self.tr("Line {0}: ").format(problem.line) if problem.line else ""
            item = QListWidgetItem(self._icons.icon(IconName.TRIANGLE_ALERT), where + problem.message)
            item.setToolTip(plain_tip(item.text()))
            item.setData(Qt.ItemDataRole.UserRole, problem)
            item.setSizeHint(QSize(0, metrics.px(2 * _ROW_PX if len(item.text()) > 60 else _ROW_PX)))
            self.problems.addItem(item)
        height = sum(item.sizeHint().height() for item in map(self.problems.item, range(len(problems)))) + metrics.xs
        self.problems.setFixedHeight(min(height, _PROBLEMS_MOST * metrics.px(_ROW_PX)))
        self.problems.setVisible(bool(problems))
        self._problems_title.setVisible(bool(problems))

    def typed(self) -> Iterator[UnsavedText]:
        """What was pasted, and the tags for all."""
        for text in self._pasted:
            yield UnsavedText(self.tr("Pasted and not imported yet"), text)
        if self._plan.options.tags:
            yield UnsavedText(self.tr("Tags for all"), ", ".join(self._plan.options.tags))

    # What the person does ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._go_to)
        self.model.changed.connect(self._show_count)
        self.model.changed.connect(lambda: self._show_choice(self.list.currentIndex().row()))
        self.choice.chosen.connect(lambda way: self.model.set_way(self.list.currentIndex().row(), OnDuplicate(way)))
        self.problems.currentItemChanged.connect(lambda item, _: self._go_to_problem(item))
        self.problems.itemClicked.connect(self._go_to_problem)
        self.tags.added.connect(lambda names: self._set_tags((*self._plan.options.tags, *names)))
        self.tags.removed.connect(self._take_tag)
        self.keywords.toggled.connect(self._set_keywords)
        self.cancel.clicked.connect(lambda _=False: self.reject())
        self.go.clicked.connect(lambda _=False: self._confirm())

    def _go_to(self, current: QModelIndex) -> None:
        item = self.model.item(current.row())
        self._show_choice(current.row())
        if item is not None:
            self._show_source(item.source_index)
            self.source.light(item.draft.span)

    def _show_source(self, place: int) -> None:
        if 0 <= place < len(self._plan.sources):
            source = self._plan.sources[place]
            self._source_name.setText(source.name)
            self.source.show_text(source.text)

    def _show_choice(self, place: int) -> None:
        item = self.model.item(place)
        self.choice.show_item(item, self.model.way(place) if item else OnDuplicate.UPDATE)

    def _go_to_problem(self, item: QListWidgetItem) -> None:
        problem = item.data(Qt.ItemDataRole.UserRole)
        names = [source.name for source in self._plan.sources]
        if isinstance(problem, FileProblem) and problem.line and problem.file in names:
            self._show_source(names.index(problem.file))
            self.source.light(None)
            self.source.go_to_line(problem.line)

    def _take_tag(self, name: str) -> None:
        self._set_tags(tuple(tag for tag in self._plan.options.tags if tag != name))

    def _set_tags(self, tags: tuple[str, ...]) -> None:
        self._plan = replace(self._plan, options=replace(self._plan.options, tags=tags))
        self.tags.show_tags([TagBadge(name, 0) for name in tags])
        self._show_count()

    def _set_keywords(self, is_wanted: bool) -> None:
        self._plan = replace(self._plan, options=replace(self._plan.options, keywords_as_tags=is_wanted))

    def _show_count(self) -> None:
        count = self.model.count()
        tagged = 0 if count or not self._plan.options.tags else self.model.count_kept()
        self.go.setEnabled(bool(count or tagged or new_numbers(self._plan)))
        self.nothing.setVisible(not count)
        if count:
            words = self.tr("Import 1 paper") if count == 1 else self.tr("Import {0} papers").format(f"{count:,}")
        else:
            words = deed_without_papers(self._plan, tagged)
            self.nothing.setText(why_no_papers(self._plan))
        self.go.setText(words)

    def _confirm(self) -> None:
        plan = replace(self._plan, items=self.model.narrowed())
        self.accept()
        self.confirmed.emit(plan)
