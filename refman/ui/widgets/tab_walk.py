"""Where Tab goes: through a window as it is read, from top to bottom and from left to right.

Qt's own chain holds widgets in the order in which they were made, and treats a container that hands its focus on as a
stop of its own. Where parts are made late (buttons of a message, chips, fields, whole tabs) Tab then went round inside
the details for ever, and came to what had been made last behind everything else.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLayout,
    QLayoutItem,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus.value


def go_on(window: QWidget, *, forwards: bool) -> bool:
    """Gives the focus to the next stop of the window, round at its end; False where there is none."""
    # A page of tabs is met twice: as the page and as what its stack shows.
    shown = list(dict.fromkeys([window, *_below(window)]))
    focused = window.focusWidget()
    at = shown.index(focused) if focused in shown else 0
    ahead = shown[at + 1 :] + shown[:at] if forwards else [*reversed(shown[:at]), *reversed(shown[at + 1 :])]
    wanted = next((widget for widget in ahead if _is_stop(widget)), None)
    if wanted is None:
        return False
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    return True


def _is_stop(widget: QWidget) -> bool:
    has_policy = widget.focusPolicy().value & _TAB == _TAB
    return has_policy and widget.isEnabled() and widget.focusProxy() is None


def _below(widget: QWidget) -> Iterator[QWidget]:
    """What is to be seen in a widget, each before what is in it."""
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield child
            yield from _below(child)


def _children(widget: QWidget) -> Iterator[QWidget]:
    """Those that lie in an order first, then what stands in no layout, as it was made."""
    ordered = [one for one in _ordered(widget) if one is not None]
    yield from ordered
    known = set(ordered)
    yield from (one for one in widget.children() if isinstance(one, QWidget) and one not in known)


def _ordered(widget: QWidget) -> list[QWidget | None]:
    if isinstance(widget, QMainWindow):
        bars = widget.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [*bars, widget.centralWidget(), widget.statusBar()]
    if isinstance(widget, QSplitter):
        return [widget.widget(place) for place in range(widget.count())]
    if isinstance(widget, QTabWidget):
        return [widget.tabBar(), widget.currentWidget()]
    if isinstance(widget, QStackedWidget):
        return [widget.currentWidget()]
    if isinstance(widget, QScrollArea):
        return [widget.widget()]
    layout = widget.layout()
    return list(_laid_out(layout)) if layout is not None else []


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        inside, within = item.widget(), item.layout()
        if inside is not None:
            yield inside
        elif within is not None:
            yield from _laid_out(within)


def _items(layout: QLayout) -> list[QLayoutItem]:
    places: list[int] = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: _cell(layout, place))
    return [item for item in map(layout.itemAt, places) if item is not None]


def _cell(grid: QGridLayout, place: int) -> tuple[int, ...]:
    """Row and column."""
    cell = grid.getItemPosition(place)
    return cell[:2] if isinstance(cell, tuple) else ()
