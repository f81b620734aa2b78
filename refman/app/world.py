"""The program as the command line sees it."""

from refman.app.loading import loading_window
from refman.app.wiring import Wiring


class World(Wiring):
    """Fulfils `cli.world.World`."""

    def open_window(self, given: str | None, *, quit_after_start: bool) -> int:
        """Runs the window until it is closed; the exit status."""
        with loading_window():
            # Late: a command must not pay for Qt, and needs no display.
            from refman.app.window import run_gui

        return run_gui(self.location(given), quit_after_start=quit_after_start)
