"""Everything that can go wrong in the world, as sentences a person can act on.

RefmanError
├── LibraryError
│   ├── LibraryMissing        no file at that place
│   ├── LibraryExists         `init` over an existing library
│   ├── NotALibrary           the file is something else
│   ├── LibraryTooNew         written by a newer refman, refused untouched
│   ├── LibraryDamaged        SQLite calls it malformed
│   ├── LibraryReadOnly       a change was asked of a library that cannot be written
│   ├── LibraryBusy           another program holds the write lock
│   └── DiskFull              no room for the write; nothing was changed
├── ConflictError             the thing changed since it was read
├── NotFound                  no paper, tag, note, profile or source of that name
├── InvalidValue              a value that its field cannot hold
├── NothingToUndo / NothingToRedo
├── NotAgreed                 much would be removed and nobody was asked; nothing was done
├── UnreadableInput           a file that no importer reads, or that cannot be opened
├── ExportRefused             the target cannot or must not be written
├── NotSupportedHere          a location or command that this version does not handle
├── SearchTooLong             a search took more time than it was given
└── Cancelled                 the person stopped the work; everything was taken back

Bad input inside a readable file is not an error but a `Problem`: data that travels with the result.
Every error and problem has a code and arguments beside its English text, so that the window can translate it.
"""

from refman.domain.frozen import dataclass


class RefmanError(Exception):
    """One sentence: what happened, to which thing, what to do. `code` and `arguments` let the window translate it."""

    def __init__(self, code: str, message: str, *arguments: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.arguments = arguments


class LibraryError(RefmanError):
    """Something about the library as a whole."""


class LibraryMissing(LibraryError):
    """No file at that place."""


class LibraryExists(LibraryError):
    """There is a file already where a new library should be made."""


class NotALibrary(LibraryError):
    """The file is not a refman library."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer refman; not one byte of it was changed."""


class LibraryDamaged(LibraryError):
    """SQLite cannot read the library."""


class LibraryReadOnly(LibraryError):
    """The library can be read but not written."""


class LibraryBusy(LibraryError):
    """Another program holds the write lock."""


class DiskFull(LibraryError):
    """There was no room for the write; nothing was changed."""


class ConflictError(RefmanError):
    """What should be changed is no longer what it was when it was read."""


class NotFound(RefmanError):
    """There is no such paper, tag, note, profile or source."""


class InvalidValue(RefmanError):
    """A field cannot hold this value."""


class NothingToUndo(RefmanError):
    """The journal has no step that could be taken back."""


class NothingToRedo(RefmanError):
    """The journal has no step that could be done again."""


class NotAgreed(RefmanError):
    """Much of a library would be removed, and nobody has agreed to it; the arguments are how much, and of how much."""


class UnreadableInput(RefmanError):
    """An input that cannot be opened or that no importer understands."""


class ExportRefused(RefmanError):
    """The target cannot or must not be written."""


class NotSupportedHere(RefmanError):
    """A location or command that this version does not handle."""


class SearchTooLong(RefmanError):
    """A search took more time than it was given; the argument is how many seconds."""


class Cancelled(RefmanError):
    """The person stopped the work; everything was taken back."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad input as data: the 1-based line (0 = the whole input), a stable code, and an English sentence."""

    line: int
    code: str
    message: str
    arguments: tuple[str, ...] = ()
