"""How a linked file is linked: when it is written, which side learns, what belongs into it."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from refman.domain.links import Direction, LinkedFile, WriteWhen
from refman.domain.query_parser import parse_query
from refman.services.linking.linking import LinkOptions
from refman.ui.dialogs.own_files import FileDialog
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label, set_look

_WIDTH = 560


class LinkSettingsSheet(QDialog):
    """Opens with `open()`; `saved` carries the options that were chosen."""

    saved = Signal(object)
    unlink_asked = Signal()

    def __init__(self, link: LinkedFile, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("linkSettings")
        self.setWindowTitle(self.tr("Settings of {0}").format(link.path.rpartition("/")[2]))
        metrics = themes.metrics
        self.setMinimumWidth(metrics.px(_WIDTH))
        self.when = _choice(
            {
                WriteWhen.REQUEST: self.tr("When I say so"),
                WriteWhen.IDLE: self.tr("By itself, 5 s after the last change"),
                WriteWhen.FOCUS_OUT: self.tr("By itself, when I go to another program"),
            },
            link.when,
            self.tr("Write the file"),
        )
        self.direction = _choice(
            {
                Direction.BOTH: self.tr("File and library learn from each other"),
                Direction.TO_FILE: self.tr("The file follows the library"),
                Direction.FROM_FILE: self.tr("The library follows the file"),
            },
            link.direction,
            self.tr("Changes"),
        )
        self.query = QLineEdit(link.query)
        self.query.setObjectName("linkQuery")
        self.query.setPlaceholderText(self.tr("Search that says what belongs into the file: tag:thesis"))
        self.query.setAccessibleName(self.tr("Papers that belong into the file"))
        self.project = QLineEdit(link.project)
        self.project.setObjectName("linkProject")
        self.project.setPlaceholderText(self.tr("Folder of the LaTeX sources that cite it"))
        self.project.setAccessibleName(self.tr("LaTeX project"))
        self.said = label("", TextRole.ERROR, wrap=True)
        self.said.hide()
        self.save = button(self.tr("Save"), ButtonKind.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        self.query.textChanged.connect(self._check)
        self._lay_out(themes)
        self._check()

    def _lay_out(self, themes: ThemeController) -> None:
        metrics = themes.metrics
        form = QFormLayout()
        form.setHorizontalSpacing(metrics.m)
        form.setVerticalSpacing(metrics.m)
        form.addRow(self.tr("Write the file"), self.when)
        form.addRow(self.tr("Changes"), self.direction)
        form.addRow(self.tr("Papers in it"), self.query)
        choose = button(self.tr("Choose…"))
        choose.clicked.connect(self._choose_folder)
        folder = QHBoxLayout()
        folder.setSpacing(metrics.s)
        folder.addWidget(self.project, 1)
        folder.addWidget(choose)
        form.addRow(self.tr("LaTeX project"), folder)
        unlink = button(self.tr("Unlink"), ButtonKind.FLAT)
        unlink.setToolTip(self.tr("File and papers stay as they are"))
        unlink.clicked.connect(self._unlink)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(unlink)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.lg)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addLayout(row)

    def _choose_folder(self) -> None:
        dialog = FileDialog(self, self.tr("Folder of the LaTeX sources"), self.project.text())
        dialog.setFileMode(FileDialog.FileMode.Directory)
        dialog.setOption(FileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.project.setText)
        dialog.open()

    def _check(self) -> None:
        mistakes = parse_query(self.query.text()).misunderstood
        self.said.setText(mistakes[0].reason if mistakes else "")
        self.said.setVisible(bool(mistakes))
        set_look(self.query, "invalid", bool(mistakes))
        self.save.setEnabled(not mistakes)

    def _save(self) -> None:
        self.saved.emit(
            LinkOptions(
                self.query.text().strip(),
                self.project.text().strip(),
                Direction(self.direction.currentData()),
                WriteWhen(self.when.currentData()),
            )
        )
        self.accept()

    def _unlink(self) -> None:
        self.unlink_asked.emit()
        self.accept()


def _choice(labels: Mapping[StrEnum, str], chosen: StrEnum, name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in labels.items():
        box.addItem(text, value.value)
    box.setCurrentIndex(box.findData(chosen.value))
    return box
