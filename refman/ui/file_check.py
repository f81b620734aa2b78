"""The check of a big library that was not closed properly: behind a banner, beside the work of the person."""

from PySide6.QtCore import QObject

from refman.ui.library import LibraryAdapter
from refman.ui.messages import MessageKind
from refman.ui.voice import Voice


class FileCheck(QObject):
    """Small libraries are checked while they are opened (`storage/unclean.py`)."""

    def __init__(self, adapter: LibraryAdapter, voice: Voice, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._voice = voice

    def look(self) -> None:
        """Checks the file of the library that is open, if it needs it; stopped, it is checked at the next start."""
        self._adapter.read(lambda library: library.needs_check, self._begin, owner=self, slot="file-check")

    def _begin(self, is_needed: bool) -> None:
        if not is_needed:
            return
        self._voice.say(
            self.tr(
                "This library was not closed properly the last time, so its file is being checked. "
                "You can go on working meanwhile."
            ),
            MessageKind.WARNING,
        )
        self._voice.run(
            self.tr("Check the library"), lambda library, progress: library.check_file(progress), self._tell
        )

    def _tell(self, problems: list[str]) -> None:
        if problems:
            self._voice.say(" ".join(problems), MessageKind.ERROR)
        else:
            self._voice.say(self.tr("The file of the library was checked: it is sound."), MessageKind.SUCCESS)
