"""The status bar: counts left, work in the middle, the library right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QWidget

from refman.ui.icons import Icons
from refman.ui.progress_strip import ProgressStrip
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import label

_HEIGHT_PX = 24


class StatusBar(QStatusBar):
    """`progress` shows what runs in the background."""

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName(self.tr("Status"))
        self.setSizeGripEnabled(False)
        self._themes = themes
        self._counts = label(role=TextRole.SECONDARY)
        self._counts.setObjectName("listCounts")
        self._library = label(role=TextRole.SECONDARY)
        self.progress = ProgressStrip(icons=icons, themes=themes)
        self._row = QHBoxLayout()
        # In the middle of the bar, not of what is left between two texts of different length.
        self._row.addWidget(self._counts, 1)
        self._row.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self._library, 1)
        self._library.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for text in (self._counts, self._library):
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        whole = QWidget()
        whole.setLayout(self._row)
        self.addWidget(whole, 1)
        themes.changed.connect(self._resize)
        self._resize()

    def show_counts(self, shown: int, selected: int, *, is_exact: bool = True) -> None:
        """`23 papers · 2 selected`; `256+ papers` while they are being counted."""
        number = f"{shown:,}" if is_exact else f"{shown:,}+"
        papers = self.tr("1 paper") if shown == 1 else self.tr("{0} papers").format(number)
        chosen = self.tr("{0} selected").format(f"{selected:,}") if selected else ""
        self._say(self._counts, " · ".join(filter(None, (papers, chosen))), self.tr("Papers shown and selected"))

    def show_library(self, name: str, *, is_writable: bool) -> None:
        """The library's name, and that it can only be read; "" for no library."""
        text = name if is_writable or not name else f"{name} · {self.tr('read only')}"
        self._say(self._library, text, self.tr("Library"))
        if not name:
            self._say(self._counts, "", "")

    def _say(self, where: QLabel, text: str, what: str) -> None:
        where.setText(text)
        where.setAccessibleName(f"{what}: {text}" if text else "")

    def _resize(self) -> None:
        metrics = self._themes.metrics
        self.setFixedHeight(metrics.px(_HEIGHT_PX))
        self._row.setContentsMargins(metrics.xs, 0, metrics.xs, 0)
