"""The dialog for the tags of the selected papers."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.errors import InvalidValue
from refman.domain.listing import TagInfo
from refman.domain.paper import PaperId
from refman.domain.tags import parse_tag
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.dialogs.tag_choices import Index, TagChoices
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.icon_field import IconField
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.wording import sentence

_SIZE_PX = (380, 460)
_ROW_PX = 28


class TagEditor(QDialog):
    """Open it with `open()`. Typing filters; Enter puts or takes the first match, or makes the tag that is typed."""

    def __init__(
        self,
        library: LibraryDoor,
        ids: Sequence[PaperId],
        *,
        themes: ThemeController,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._ids = list(ids)
        self._waiting: list[Callable[[], bool]] | None = []
        """What was pressed before the tags were read; None from then on."""
        metrics = themes.metrics
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("tagEditor")
        count = self.tr("1 paper") if len(ids) == 1 else self.tr("{0} papers").format(f"{len(ids):,}")
        self.setWindowTitle(self.tr("Tags of {0}").format(count))
        open_at(self, _SIZE_PX, themes=themes)
        self.model = TagChoices(len(self._ids), self)
        self.field = IconField(icons=icons, themes=themes)
        self.field.setPlaceholderText(self.tr("Find or make a tag"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.add_clear(self.tr("Clear what is typed"))
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setProperty("framed", True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Rows(themes, self.list))
        self.list.setUniformItemSizes(True)
        self.hint = label("", TextRole.SECONDARY, wrap=True)
        self.save = button(self.tr("Save tags"), ButtonKind.PRIMARY)
        cancel = button(self.tr("Cancel"))
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.s)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        column.addLayout(row)
        self.field.textChanged.connect(self._filter)
        self.save.clicked.connect(lambda _=False: self._save())
        cancel.clicked.connect(lambda _=False: self.reject())
        self._filter("")
        self.field.setFocus()
        library.read(lambda one: (one.tags(), one.tags_of(self._ids)), self._take, owner=self)

    def _take(self, found: tuple[list[TagInfo], dict[str, int]]) -> None:
        self.model.set_tags(*found)
        self._filter(self.field.text())
        waiting, self._waiting = self._waiting, None
        for deed in waiting or ():
            if not deed():
                break

    def _filter(self, text: str) -> None:
        self.model.show_only(text)
        self.list.setCurrentIndex(self.model.index(0))
        is_new = bool(text.strip()) and self.model.find(text) is None
        if is_new:
            self.hint.setText(self.tr("Enter makes the tag “{0}”; Ctrl+Enter saves.").format(text.strip()))
        else:
            self.hint.setText(self.tr("Enter puts the tag on or takes it off; Ctrl+Enter saves."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.field.text().strip():
                self._save()
            else:
                self._press_enter(self.field.text().strip())
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = min(max(0, self.list.currentIndex().row() + step), self.model.rowCount() - 1)
            self.list.setCurrentIndex(self.model.index(place))
            return True
        return False

    def _press_enter(self, text: str) -> None:
        """What it means depends on the tags: pressed before they are read, it waits for them."""
        if self._waiting is not None:
            self._waiting.append(partial(self._enter, text))
            self.field.clear()
        elif self._enter(text):
            self.field.clear()

    def _enter(self, text: str) -> bool:
        """Whether the text is a tag that could be put or taken."""
        exact = self.model.find(text)
        if exact is None and self.list.currentIndex().row() > 0:
            # The person went down to another row with the arrow keys: that one is meant.
            self.model.toggle(self.list.currentIndex().row())
        elif exact is None:
            try:
                self.model.add(parse_tag(text))
            except InvalidValue as error:
                self.field.setText(self.field.text() or text)
                self.hint.setText(sentence(error))
                return False
        else:
            places = range(self.model.rowCount())
            self.model.toggle(next(place for place in places if self.model.tag_at(place) == exact))
        return True

    def typed(self) -> Iterator[UnsavedText]:
        """The tags to put on and to take off, and what stands in the field."""
        parts = (
            (self.tr("To put on"), self.model.to_put()),
            (self.tr("To take off"), self.model.to_take()),
            (self.tr("Typed"), [text for text in (self.field.text().strip(),) if text]),
        )
        lines = [f"{words}: {', '.join(names)}" for words, names in parts if names]
        if lines:
            yield UnsavedText(self.windowTitle(), "\n".join(lines))

    def _save(self) -> None:
        if self._waiting is not None:
            self._waiting.append(self._save_known)
        else:
            self._save_known()

    def _save_known(self) -> bool:
        put, take, ids = self.model.to_put(), self.model.to_take(), self._ids
        if put or take:
            self._library.write(lambda library: library.retag(ids, put, take), owner=self)
        self.accept()
        return True


class _Rows(QStyledItemDelegate):
    def __init__(self, themes: ThemeController, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._themes.metrics.px(_ROW_PX))
