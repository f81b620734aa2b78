"""Whether the screen can show windows that are partly transparent."""

from functools import cache

from PySide6.QtGui import QGuiApplication


@cache
def can_be_translucent() -> bool:
    """False on X11 without a compositor, which paints transparent corners black. Costs a millisecond, once.

    A compositor owns the selection `_NET_WM_CM_Sn` of its screen (EWMH 1.5, "Compositing Managers").
    """
    return QGuiApplication.platformName() != "xcb" or _has_x11_compositor()


def _has_x11_compositor() -> bool:
    # Late: only X11 needs it.
    import ctypes

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display.value is None:
        return True
    name = f"_NET_WM_CM_S{x11.XDefaultScreen(display)}".encode()
    owner = x11.XGetSelectionOwner(display, ctypes.c_ulong(x11.XInternAtom(display, name, 0)))
    x11.XCloseDisplay(display)
    return bool(owner)
