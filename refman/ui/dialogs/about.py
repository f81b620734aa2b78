"""What this program is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from refman import __version__
from refman.ui.icons import app_icon
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label

_WIDTH = 380
_ICON = 48
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class AboutDialog(QDialog):
    """Name, version and licences; the version can be selected for a report. Never blocks."""

    def __init__(self, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About refman"))
        m = themes.metrics
        self.setFixedWidth(m.px(_WIDTH))
        version = label("refman " + __version__, TextRole.TITLE)
        version.setTextInteractionFlags(_SELECTABLE)
        what = label(self.tr("A reference manager for people who write LaTeX."), wrap=True)
        licences = label(
            self.tr("Free software under the MIT licence. Icons by Lucide (ISC licence)."),
            TextRole.SECONDARY,
            wrap=True,
        )
        self.setAccessibleDescription(f"{version.text()}. {what.text()} {licences.text()}")
        icon = QLabel()
        icon.setPixmap(app_icon().pixmap(QSize(m.px(_ICON), m.px(_ICON)), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(m.xs)
        for line in (version, what, licences):
            words.addWidget(line)
        top = QHBoxLayout()
        top.setSpacing(m.lg)
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        close = button(self.tr("Close"))
        close.setDefault(True)
        close.setFocus()
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(m.xl, m.xl, m.xl, m.lg)
        column.setSpacing(m.xl)
        column.addLayout(top)
        column.addLayout(row)
