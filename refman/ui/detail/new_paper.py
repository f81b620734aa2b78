"""A paper that is being stored: its title can be typed before it is there."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from refman.domain.paper import PaperId
from refman.ui.detail.field_box import FieldBox
from refman.ui.door import LibraryDoor


class NewPaper(QObject):
    """What is typed into the title meanwhile is kept, also when another paper is looked at before it is stored."""

    def __init__(self, library: LibraryDoor, title: FieldBox, *, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._title = title
        self._is_awaited = False
        self._left_title = ""
        self._paper_id: PaperId | None = None

    @property
    def paper_id(self) -> PaperId | None:
        """The paper whose title may hold more than is stored, until it is shown."""
        return self._paper_id

    @property
    def is_awaited(self) -> bool:
        """True while the title is shown and its paper is not stored."""
        return self._is_awaited

    @property
    def left_title(self) -> str:
        """A title that was left before its paper was stored."""
        return self._left_title

    def begin(self) -> None:
        """The title is shown empty, for typing."""
        self._is_awaited, self._left_title, self._paper_id = True, "", None
        self._title.hold()

    def leave(self) -> None:
        """Something else is shown: the title that was typed waits for its paper."""
        if self._is_awaited:
            self._is_awaited, self._left_title = False, self._title.editor.value()
        self._paper_id = None
        self._title.release()

    def take(self, paper_id: PaperId) -> bool:
        """It is stored; whether its title is still the one on show."""
        if self._is_awaited:
            self._is_awaited, self._paper_id = False, paper_id
            return True
        title, self._left_title = self._left_title, ""
        if title.strip():
            self._library.write(lambda library: library.edit(paper_id, {"title": title}), owner=self, is_quiet=True)
        return False

    def refuse(self, error: Exception) -> bool:
        """It was not stored: a typed title stays to be copied, with the reason under it; whether there is one."""
        if self._is_awaited and not self._title.editor.value().strip():
            self.leave()
            return False
        if self._is_awaited:
            self._title.refuse(error)
        return True

    def shown(self, show: Callable[[], None]) -> None:
        """Shows the head of the stored paper around what is typed, which is saved from now on."""
        show()
        self._paper_id = None
        self._title.release()
