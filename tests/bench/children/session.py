"""A person at the window: a typing session in the search box, then a tour; prints the times as JSON."""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

# Before Qt, as in the program: what is loaded later, PySide reads the source of.
from refman.app.loading import loading_window

with loading_window():
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from refman.app.main import create_window
    from refman.domain.listing import Sort, SortField
    from refman.ui.main_window import MainWindow
    from tests.bench.children.memory import resident_mb
    from tests.bench.children.painting import PaintedList

_TYPED = ("ba", "pela", "dina sefu", "year:2020", "-ge", '"ditu ba', "author:me", "tag:area", "m OR n")
"""Words of the seeded library, typed letter by letter and cleared each time."""

_LETTER_MS = 100
"""From one letter to the next: a quick typist, 120 words in a minute. What takes longer is followed at once."""
_BEAT_MS = 4


class _Heart:
    """Beats every 4 ms in the event loop and keeps how late each beat came, in ms."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def _beat(self) -> None:
        now = perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - _BEAT_MS))
        self._last = now


def main(location: str) -> int:
    """Types, tours, prints and ends."""
    application = QApplication(sys.argv[:1])
    window = create_window(location)
    if not isinstance(window, MainWindow):
        raise TypeError(window)
    window.resize(1280, 800)
    painted = PaintedList(window)
    painted.seconds_after(window.show)
    _rest(700)
    first_mb = resident_mb()
    heart = _Heart()
    keystrokes = list(_type(window, painted))
    sorts = list(_sort(window, painted))
    _walk(window)
    report = {
        "keystroke_ms": keystrokes,
        "sort_ms": sorts,
        "late_ms": heart.late_ms,
        "first_mb": first_mb,
        "last_mb": resident_mb(),
    }
    print(json.dumps(report), flush=True)
    window.close()
    application.quit()
    return 0


def _type(window: MainWindow, painted: PaintedList) -> Iterator[float]:
    box = window.context.search
    box.setFocus()
    for text in _TYPED:
        for letter in text:
            ms = painted.seconds_after(partial(QTest.keyClicks, box, letter)) * 1000
            yield ms
            _rest(max(0, round(_LETTER_MS - ms)))
        painted.seconds_after(partial(QTest.keyClick, box, Qt.Key.Key_Escape))


def _sort(window: MainWindow, painted: PaintedList) -> Iterator[float]:
    feed = window.context.feed
    for field in (SortField.TITLE, SortField.YEAR, SortField.AUTHORS, SortField.VENUE, SortField.KEY, SortField.ADDED):
        yield painted.seconds_after(partial(feed.set_sort, (Sort(field),))) * 1000


def _walk(window: MainWindow) -> None:
    """Through papers with the arrow key, to the end and back, and through the tabs of the detail pane."""
    table = window.context.table
    table.setFocus()
    for key in [Qt.Key.Key_Home] + [Qt.Key.Key_Down] * 40 + [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_End]:
        QTest.keyClick(table, key)
        _rest(15)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    _rest(100)
    QTest.keyClick(table, Qt.Key.Key_Home)
    _rest(100)


def _rest(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]))))
