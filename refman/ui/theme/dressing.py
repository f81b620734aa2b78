"""Puts another stylesheet on the application without dressing every widget many times (decision 0113)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle


def put_on(application: QApplication, sheet: str) -> None:
    """`sheet` instead of what was there. Costs one polish of each widget, and one event about it.

    When one stylesheet follows another, Qt polishes each widget once for itself and once more for every widget above
    it. Where there was none it polishes each once, so the one before is taken off first.
    """
    if application.styleSheet():
        _take_off(application)
    application.setStyleSheet(sheet)


def _take_off(application: QApplication) -> None:
    own = {widget for widget in application.allWidgets() if widget.testAttribute(_OWN_STYLE)}
    before = application.style()
    try:
        # Widgets that have a style of their own are not told: they would lay themselves out for the bare style, where
        # scroll bars are wider and tabs do not fit, and once more for the next.
        _mark(application, own, has_own_style=True)
        application.setStyleSheet("")
    finally:
        _mark(application, own, has_own_style=False)
    # Qt deleted it. PySide would take the next thing at its address for it.
    Shiboken.invalidate(before)


def _mark(application: QApplication, own: set[QWidget], *, has_own_style: bool) -> None:
    # Asked for each time: no widget that is gone meanwhile is touched.
    for widget in application.allWidgets():
        if widget not in own:
            widget.setAttribute(_OWN_STYLE, has_own_style)
