"""What the window says of a library that cannot be opened, or only be read; the command line names commands instead."""

from PySide6.QtCore import QCoreApplication

from refman.domain.errors import LibraryBusy, LibraryDamaged, LibraryMissing, LibraryTooNew, NotALibrary, RefmanError
from refman.ui.wording import sentence


def title_of(error: RefmanError) -> str:
    """What is wrong, in a few words."""
    match error:
        case LibraryMissing():
            return _tr("The library is not there")
        case LibraryTooNew():
            return _tr("The library is newer than this refman")
        case LibraryDamaged():
            return _tr("The library is damaged")
        case NotALibrary():
            return _tr("This is not a refman library")
        case LibraryBusy():
            return _tr("The library is in use")
        case _:
            return _tr("The library cannot be opened")


def text_of(error: RefmanError, location: str) -> str:
    """Which library, and what to do about it with what stands below."""
    match error:
        case LibraryMissing():
            return _tr(
                "There is no file at {0}. Perhaps it was moved, or its disk is not connected: "
                "locate it, restore a backup, or begin a new library."
            ).format(location)
        case LibraryDamaged():
            return _tr(
                "{0} can no longer be read as it should. Restore a backup: what is there now is kept beside it, "
                "and nothing in it was changed."
            ).format(location)
        case NotALibrary():
            return _tr("{0} is something else, and was left as it is. Locate your library, or begin a new one.").format(
                location
            )
        case _:
            return sentence(error)


def only_readable(location: str) -> str:
    """Why nothing can be changed in a library that is open."""
    return _tr(
        "{0} can only be read: search, copy and export it. To change it, give yourself the right to write the file "
        "and its folder, or copy it elsewhere."
    ).format(location)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trouble", text)
