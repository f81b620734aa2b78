"""Waits in a window that nobody looks at, and takes its picture with whatever lies over it."""

from array import array
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from refman.ui.main_window import MainWindow

_POLL_MS = 10
_GIVE_UP_MS = 30_000
_LOOK_MS = 200
_QUIET_LOOKS = 6
"""Longer than any timer of the window that shows something."""
_COLOURS = 256
_SHADOW_PX = 16


def wait_until(is_so: Callable[[], bool]) -> None:
    """Runs the event loop until it is so. Raises: TimeoutError after 30 s."""
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if is_so() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    poll.start(_POLL_MS)
    limit.start(_GIVE_UP_MS)
    loop.exec()
    poll.stop()
    limit.stop()
    if not is_so():
        raise TimeoutError("the window did not come to what the picture shows")


def settle(milliseconds: int) -> None:
    """Lets timers and repaints of the window run out."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def come_to_rest(window: MainWindow) -> None:
    """Waits until nothing is read any more and the window has looked the same for a while.

    Raises: TimeoutError after 30 s.
    """
    last = window.grab().toImage()
    quiet = 0
    for _ in range(_GIVE_UP_MS // _LOOK_MS):
        settle(_LOOK_MS)
        now = window.grab().toImage()
        quiet = quiet + 1 if window.is_at_rest and now == last else 0
        last = now
        if quiet == _QUIET_LOOKS:
            return
    raise TimeoutError("the window did not come to rest")


def take(window: QWidget, path: Path) -> None:
    """Saves the window with its dialogs and menus over it."""
    picture = window.grab()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.width() > 1:
            place = _place_of(other, window)
            if other.isModal():
                painter.fillRect(window.rect(), QColor(0, 0, 0, 40))
            _paint_shadow(painter, QRectF(place.x(), place.y(), other.width(), other.height()))
            painter.drawPixmap(place, other.grab())
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path))
    # Of a PNG: smallest, not worst.
    writer.setQuality(0)
    writer.write(with_few_colours(picture.toImage()))


def _place_of(other: QWidget, window: QWidget) -> QPoint:
    """Where a window manager would put it: dialogs in the middle, the rest where it is."""
    if isinstance(other, QDialog) and other.isModal():
        return QPoint((window.width() - other.width()) // 2, (window.height() - other.height()) // 2)
    return other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))


def _paint_shadow(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 7))
    for grow in range(_SHADOW_PX, 0, -2):
        painter.drawRoundedRect(rect.adjusted(-grow, -grow / 2, grow, grow), 8 + grow, 8 + grow)


def with_few_colours(image: QImage) -> QImage:
    """The image with 256 of its own colours, others taken to the nearest: crisp, and a third of the size.

    Qt's own way uses fixed colours and dithers, which makes plain areas noisy.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = array("I", bytes(image.constBits()))
    counts = Counter(pixels)
    table = _table(counts)
    index = {colour: place for place, colour in enumerate(table)}
    for colour in counts.keys() - index.keys():
        index[colour] = min(range(len(table)), key=lambda place: _distance(table[place], colour))
    few = QImage(bytes(map(index.__getitem__, pixels)), image.width(), image.height(), image.width(), _INDEXED)
    few.setColorTable(table)
    return few.copy()


def _table(counts: Counter[int]) -> list[int]:
    """The commonest colours, then those that would be missed most: rare and unlike all others, such as a dot's."""
    table = [colour for colour, _ in counts.most_common(_COLOURS // 2)]
    missing = {c: min(_distance(c, other) for other in table) * counts[c] ** 0.5 for c in counts.keys() - set(table)}
    while missing and len(table) < _COLOURS:
        chosen = max(missing, key=missing.__getitem__)
        table.append(chosen)
        missing = {
            c: min(missed, _distance(c, chosen) * counts[c] ** 0.5) for c, missed in missing.items() if c != chosen
        }
    return table


_INDEXED = QImage.Format.Format_Indexed8


def _distance(one: int, other: int) -> int:
    return sum(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))
