"""What is asked of the file of a library once it is open: does it need a check, does it stand in a risky place."""

from PySide6.QtCore import QObject

from refman.domain.errors import Problem
from refman.services.library import Library
from refman.ui.library import LibraryAdapter
from refman.ui.messages import MessageKind
from refman.ui.voice import Voice
from refman.ui.wording import sentence


class FileCheck(QObject):
    """Small libraries are checked while they are opened (`storage/unclean.py`)."""

    def __init__(self, adapter: LibraryAdapter, voice: Voice, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._voice = voice

    def look(self) -> None:
        """Checks the file of the library that is open, if it needs it; stopped, it is checked at the next start."""
        self._adapter.read(_risks, self._warn, owner=self, slot="risky-place")
        self._adapter.read(
            lambda library: (library.needs_check, library.taken_back), self._begin, owner=self, slot="file-check"
        )

    def _warn(self, risks: list[Problem]) -> None:
        if risks:
            self._voice.say(" ".join(map(sentence, risks)), MessageKind.WARNING)

    def _begin(self, found: tuple[bool, tuple[str, ...]]) -> None:
        is_needed, names = found
        cut_off = self.tr("{0}: was cut off before its end, so it was taken back and nothing of it is left.")
        told = [cut_off.format(name) for name in names]
        if is_needed:
            told.append(
                self.tr(
                    "This library was not closed properly the last time, so its file is being checked. "
                    "You can go on working meanwhile."
                )
            )
        if told:
            self._voice.say(" ".join(told), MessageKind.WARNING)
        if not is_needed:
            return
        self._voice.run(
            self.tr("Check the library"), lambda library, progress: library.check_file(progress), self._tell
        )

    def _tell(self, problems: list[str]) -> None:
        if problems:
            self._voice.say(" ".join(problems), MessageKind.ERROR)
        else:
            self._voice.say(self.tr("The file of the library was checked: it is sound."), MessageKind.SUCCESS)


def _risks(library: Library) -> list[Problem]:
    # Late: after the first rows, on a lane.
    from refman.services.risky_places import risk_of

    sqlite, place = library.store.sqlite, risk_of(library.location)
    return [one for one in (sqlite.problem if sqlite.is_urgent else None, place) if one is not None]
