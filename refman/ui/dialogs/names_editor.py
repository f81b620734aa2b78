"""The dialog for people: one name per row."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.domain.names import Name, parse_name
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.dialogs.name_rows import names_of_row
from refman.ui.icons import IconName, Icons
from refman.ui.open_editor import commit_open_editor
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_EDITABLE = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_DRAGGED = Qt.ItemFlag.ItemIsDragEnabled
_ROW_PX = 26
_SIZE_PX = (460, 420)


class NamesDialog(QDialog):
    """Open it with `open()`. A name that is not touched stays as it was, part by part.

    It stays open until `accept()` says that the names are stored; `refuse` tells why they are not.
    """

    answered = Signal(object, bool)
    """The names (tuple of Name) and whether more followed."""

    def __init__(
        self,
        title: str,
        names: Sequence[Name],
        *,
        is_cut: bool,
        themes: ThemeController,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        metrics = themes.metrics
        self._row_px = metrics.px(_ROW_PX)
        self._before = {_shown(name): name for name in names}
        self._at_first = [_shown(name) for name in names]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        open_at(self, _SIZE_PX, themes=themes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        layout.setSpacing(metrics.s)
        hint = self.tr("One name a row: “Family, Given” or “Given Family”; an organisation in braces.")
        layout.addWidget(label(hint, TextRole.SECONDARY, wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setProperty("framed", True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        for name in names:
            self._append(_shown(name))
        self.list.itemChanged.connect(self._part)
        middle = QHBoxLayout()
        middle.setSpacing(metrics.s)
        middle.addWidget(self.list, 1)
        middle.addLayout(self._side(themes, icons))
        layout.addLayout(middle, 1)
        self.cut = QCheckBox(self.tr("More people follow (et al.)"))
        self.cut.setChecked(is_cut)
        layout.addWidget(self.cut)
        self.error = label("", TextRole.ERROR, wrap=True)
        self.error.hide()
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addStretch()
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = button(self.tr("Save names"), ButtonKind.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(lambda _=False: self._finish())
        row.addWidget(cancel)
        row.addWidget(self.save)
        layout.addLayout(row)
        if not names:
            self.add_name()
        else:
            self.list.setCurrentRow(0)
        self.list.setFocus()

    def add_name(self) -> None:
        """A new row under the current one, ready to be typed into."""
        place = self.list.currentRow() + 1 if self.list.currentRow() >= 0 else self.list.count()
        item = self._row("")
        self.list.insertItem(place, item)
        self.list.setCurrentItem(item)
        self.list.editItem(item)

    def _side(self, themes: ThemeController, icons: Icons) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(themes.metrics.xs)
        deeds = (
            (IconName.PLUS, self.tr("Add a name"), "Ins", self.add_name),
            (IconName.X, self.tr("Remove the name"), "Del", self._remove),
            (IconName.CHEVRON_UP, self.tr("Move up"), "Alt+Up", lambda: self._shift(-1)),
            (IconName.CHEVRON_DOWN, self.tr("Move down"), "Alt+Down", lambda: self._shift(1)),
        )
        for icon, name, key, deed in deeds:
            made = QToolButton()
            made.setIcon(icons.icon(icon))
            made.setIconSize(themes.metrics.icon_size())
            # Keys of the list alone: in the name that is being typed they are the editor's.
            short = QShortcut(QKeySequence(key), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(deed)
            shown_key = short.key().toString(QKeySequence.SequenceFormat.NativeText)
            made.setToolTip(f"{name} ({shown_key})")
            made.setAccessibleName(name)
            made.clicked.connect(lambda _=False, do=deed: do())
            column.addWidget(made)
        column.addStretch()
        return column

    def _append(self, text: str) -> None:
        self.list.addItem(self._row(text))

    def _row(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setFlags(_EDITABLE | _DRAGGED)
        item.setSizeHint(QSize(0, self._row_px))
        return item

    def _part(self, item: QListWidgetItem) -> None:
        """Several names that were typed or pasted into one row get a row each."""
        names, is_cut = names_of_row(item.text())
        if is_cut:
            self.cut.setChecked(True)
        if names and [item.text()] != names:
            place = self.list.row(item)
            with QSignalBlocker(self.list):
                item.setText(names[0])
            for further in reversed(names[1:]):
                self.list.insertItem(place + 1, self._row(further))

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())

    def _shift(self, step: int) -> None:
        place = self.list.currentRow()
        if place < 0 or not 0 <= place + step < self.list.count():
            return
        item = self.list.takeItem(place)
        self.list.insertItem(place + step, item)
        self.list.setCurrentItem(item)

    def _finish(self) -> None:
        # A name that is being typed is taken over by its editor when the focus goes.
        self.save.setFocus()
        names = tuple(self._before.get(text) or parse_name(text) for text in self._texts())
        self.save.setEnabled(False)
        self.answered.emit(names, self.cut.isChecked() and bool(names))

    def _texts(self) -> list[str]:
        texts = (self.list.item(place).text().strip() for place in range(self.list.count()))
        return [text for text in texts if text]

    def typed(self) -> Iterator[UnsavedText]:
        """The names, one a line, when they are others than at first; one that is being typed ends as by Enter."""
        commit_open_editor(self.list)
        texts = self._texts()
        if texts != self._at_first:
            yield UnsavedText(self.windowTitle(), "\n".join(texts))

    def refuse(self, reason: str) -> None:
        """They were not stored: what is typed stays, with the reason under it."""
        self.error.setText(reason)
        self.error.show()
        self.list.setAccessibleDescription(reason)
        announce(self.list, reason)
        self.save.setEnabled(True)
        self.list.setFocus()


def _shown(name: Name) -> str:
    return f"{{{name.literal}}}" if name.literal else name.inverted
