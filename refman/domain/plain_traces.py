"""Faults as they may stand in a log: where and of what kind, and nothing that a person has written.

The text of an exception quotes what it was about: a title in a ValueError, a whole row in an error of the database.
"""

import os
import traceback

from refman.domain.errors import RefmanError


def plain_trace(error: BaseException) -> str:
    """The traceback with the lines of the program, and instead of the texts of its exceptions what is theirs alone."""
    summary = traceback.TracebackException.from_exception(error)
    parts = list(_chain(error, summary))
    return "\n".join(parts) + "\n"


def plain_error(error: BaseException) -> str:
    """The kind of an error, its code where it has one: `NotFound (no-note)`, `OSError (28 No space left on device)`."""
    name = type(error).__qualname__
    if isinstance(error, RefmanError):
        return f"{name} ({error.code})"
    if isinstance(error, OSError) and error.errno:
        # Of the system and not of the error, which may be anybody's words.
        return f"{name} ({error.errno} {os.strerror(error.errno)})"
    sqlite = getattr(error, "sqlite_errorname", "")
    return f"{name} ({sqlite})" if sqlite else name


def _chain(error: BaseException, summary: traceback.TracebackException) -> list[str]:
    """The causes first, as Python tells them."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    their = summary.__cause__ or summary.__context__
    told = _chain(before, their) if before is not None and their is not None else []
    return [*told, "Traceback (most recent call last):", "".join(summary.stack.format()).rstrip(), plain_error(error)]


def without_frames(error: Exception) -> Exception:
    """The frames of a traceback hold everything the work touched, and would let it end on the thread that met it."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return error
