"""What was done to a paper: every change with its old and new value, and putting an old one back."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from refman.domain.fields import field_of
from refman.domain.listing import HistoryEntry
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label, set_look
from refman.ui.widgets.tips import plain_tip

_LONGEST = 300
_LONGEST_TIP = 4000
_AT_FIRST = 50
_NO_FIELDS = {"note": "Note", "tag": "Tag", "file": "File", "trash": "Trash"}


class PastValues(QWidget):
    """A choice of the field, and a block for each change, newest first."""

    put_back = Signal(int)
    """The value before this entry is wanted again."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._entries: Sequence[HistoryEntry] = ()
        self._shown_most = _AT_FIRST
        self.field = QComboBox()
        self.field.setAccessibleName(self.tr("Changes of which field"))
        self.field.activated.connect(lambda _: self._show_first())
        self._rows = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addLayout(self._rows)

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Shows the changes of a paper; the field that was chosen stays chosen where it can."""
        self._entries = entries
        chosen = self.field.currentData()
        names = list(dict.fromkeys(entry.field for entry in entries if entry.field))
        self.field.clear()
        self.field.addItem(self.tr("All fields"), "")
        for name in sorted(names, key=_label_of):
            self.field.addItem(_label_of(name), name)
        self.field.setCurrentIndex(max(0, self.field.findData(chosen)))
        self.field.setVisible(len(names) > 1)
        self._show_first()

    def _show_first(self) -> None:
        self._shown_most = _AT_FIRST
        self._show()

    def _show(self) -> None:
        clear_rows(self._rows)
        wanted = self.field.currentData()
        entries = [entry for entry in self._entries if not wanted or entry.field == wanted]
        for entry in entries[: self._shown_most]:
            self._rows.addWidget(self._row(entry))
        if not entries:
            self._rows.addWidget(label(self.tr("Nothing was changed yet"), TextRole.SECONDARY))
        if len(entries) > self._shown_most:
            more = button(self.tr("Show {0} older changes").format(f"{len(entries) - self._shown_most:,}"))
            set_look(more, "kind", "link")
            more.clicked.connect(lambda _=False: self._show_all(len(entries)))
            self._rows.addWidget(more)

    def _show_all(self, count: int) -> None:
        self._shown_most = count
        self._show()

    def _row(self, entry: HistoryEntry) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, self._themes.metrics.s)
        column.setSpacing(0)
        column.addWidget(label(entry.operation, wrap=True))
        name = _label_of(entry.field)
        column.addWidget(label(" · ".join(part for part in (_moment(entry.when), name) if part), TextRole.SECONDARY))
        if entry.before or entry.after:
            self._add_value(column, self.tr("Before: {0}"), entry.before)
            self._add_value(column, self.tr("After: {0}"), entry.after)
        if entry.is_restorable:
            column.addWidget(self._button(entry))
        return row

    def _add_value(self, column: QVBoxLayout, words: str, value: str) -> None:
        made = label(words.format(_short(value)), TextRole.SECONDARY, wrap=True)
        if len(value) > _LONGEST:
            made.setToolTip(plain_tip(value[:_LONGEST_TIP]))
        column.addWidget(made)

    def _button(self, entry: HistoryEntry) -> QWidget:
        if entry.before:
            words = self.tr("Put this value back")
        else:
            words = self.tr("Take the tag off again") if entry.field == "tag" else self.tr("Clear it again")
        made = button(words)
        made.setObjectName("putBack")
        made.setAccessibleDescription(f"{_label_of(entry.field)}: {_short(entry.before)}")
        set_look(made, "kind", "link")
        made.clicked.connect(lambda _=False: self.put_back.emit(entry.id))
        return made


def clear_rows(column: QVBoxLayout) -> None:
    """Takes every widget out of a column and ends it."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _label_of(field: str) -> str:
    """What the history calls a note, a tag, a file and the trash is no field of BibTeX."""
    if field in _NO_FIELDS:
        return QCoreApplication.translate("PastValues", _NO_FIELDS[field])
    return QCoreApplication.translate("Field", field_of(field).label) if field else ""


def _moment(when: datetime) -> str:
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return (line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…") or "—"
