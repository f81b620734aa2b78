"""refman's window on a library, until its first rows are painted. Prints its memory then."""

import sys

from PySide6.QtWidgets import QApplication

from refman.app.main import create_window
from refman.ui.main_window import MainWindow
from tests.bench.children.memory import resident_mb
from tests.bench.children.painting import PaintedList


def main(location: str) -> int:
    """Shows the window, prints and ends."""
    application = QApplication(sys.argv[:1])
    window = create_window(location)
    if not isinstance(window, MainWindow):
        raise TypeError(window)
    window.resize(1280, 800)
    PaintedList(window).seconds_after(window.show)
    print(f"{resident_mb():.1f}", flush=True)
    window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
