"""The tabs of the detail pane."""

from PySide6.QtWidgets import QTabWidget, QWidget


class DetailTabs(QTabWidget):
    """The window title of a tab is the text on it, also while the tab stands elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        # In a low pane the tabs give way, not the title.
        self.setMinimumHeight(1)
        self.setProperty("kind", "pane")
        self.tabBar().setAccessibleName(self.tr("Parts of the paper"))
        self.tabBar().setExpanding(False)

    def add(self, tab: QWidget, words: str) -> None:
        """One more tab at the end."""
        tab.setWindowTitle(words)
        self.addTab(tab, words)

    def number(self, tab: QWidget, words: str, number: int) -> None:
        """Says on a tab how many things are in it."""
        tab.setWindowTitle(f"{words} {number}" if number else words)
        self.setTabText(self.indexOf(tab), tab.windowTitle())

    def mark(self, tab: QWidget, words: str, *, is_marked: bool, why: str) -> None:
        """Puts a dot behind the words of a tab that holds something which waits; `why` is its tool tip."""
        tab.setWindowTitle(f"{words} •" if is_marked else words)
        self.setTabText(self.indexOf(tab), tab.windowTitle())
        self.setTabToolTip(self.indexOf(tab), why if is_marked else "")
