"""refman's window on a library, until its first rows are painted. Prints its memory then."""

import sys

from refman.app.loading import loading_window
from refman.app.main import create_window
from tests.bench.children.memory import resident_mb


def main(location: str) -> int:
    """Shows the window, prints and ends."""
    # With what refman does for it, as in the program.
    with loading_window():
        from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    window = create_window(location)
    # After the window, which loads its modules in its own way.
    from tests.bench.children.painting import PaintedList

    window.resize(1280, 800)
    PaintedList(window).seconds_after(window.show)
    print(f"{resident_mb():.1f}", flush=True)
    window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
