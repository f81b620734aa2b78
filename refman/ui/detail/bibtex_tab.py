"""The tab BibTeX: the entry as it would be exported."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from refman.domain.paper import Paper
from refman.ui.detail.value_editors import beside_text
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label
from refman.ui.wording import key_waits

_FORMATS = (("bibtex", "BibTeX"), ("biblatex", "biblatex"))


class BibtexTab(QWidget):
    """Asks for the text only while it is seen."""

    copied = Signal()

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._paper: Paper | None = None
        self._shown: tuple[Paper | None, str] = (None, "")
        self._format = _FORMATS[0][0]
        self._switches: dict[str, QToolButton] = {}
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.setFocusProxy(self.text)
        self.text.setProperty("role", TextRole.MONO.value)
        self.text.setAccessibleName(self.tr("Entry for LaTeX"))
        self.copy = button(self.tr("Copy"))
        self.copy.setIcon(icons.icon(IconName.COPY))
        self.copy.clicked.connect(lambda _=False: self._copy())
        self.waits = label("", TextRole.SECONDARY, wrap=True)
        self.waits.hide()
        self._bar = QHBoxLayout()
        group = QButtonGroup(self)
        for name, words in _FORMATS:
            switch = QToolButton()
            switch.setText(words)
            switch.setCheckable(True)
            switch.setChecked(name == self._format)
            switch.setAccessibleName(self.tr("Show as {0}").format(words))
            switch.clicked.connect(self._switcher(name))
            group.addButton(switch)
            self._switches[name] = switch
            self._bar.addWidget(switch)
        self._bar.addStretch()
        self._bar.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.waits)
        column.addWidget(self.text, 1)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_paper(self, paper: Paper | None) -> None:
        """The paper whose entry is wanted."""
        self._paper = paper
        self.waits.setText(self.tr("The key is not final yet: {0}.").format(key_waits()))
        self.waits.setVisible(paper is not None and not paper.key)
        self._ask()

    def set_format(self, name: str) -> None:
        """`bibtex` or `biblatex`."""
        self._format = name
        self._switches[name].setChecked(True)
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _switcher(self, name: str) -> Callable[[], None]:
        return lambda: self.set_format(name)

    def _ask(self) -> None:
        paper, name = self._paper, self._format
        if paper is None:
            self._shown = (None, "")
            self.text.clear()
        elif self.isVisible() and self._shown != (paper, name):
            self._library.read(
                lambda library: library.preview(paper, name),
                lambda text: self._show(paper, name, text),
                owner=self,
                slot="detail.bibtex",
            )

    def _show(self, paper: Paper, name: str, text: str) -> None:
        if (paper, name) == (self._paper, self._format):
            self._shown = (paper, name)
            self.text.setPlainText(text.strip() + "\n")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.emit()

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        for made in (self.copy,):
            made.setIconSize(beside_text(metrics))
        self._bar.setContentsMargins(metrics.s, metrics.s, metrics.m, metrics.xs)
        self._bar.setSpacing(metrics.xs)
        self.waits.setContentsMargins(metrics.m, 0, metrics.m, metrics.xs)
        self.text.setFont(metrics.font(TextRole.MONO))
        self.text.document().setDocumentMargin(metrics.m)
