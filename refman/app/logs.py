"""The log of the program: a file in the state folder that is turned over when it grows, never the terminal."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LONGEST = 1_000_000
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


@contextmanager
def log_to(folder: Path) -> Iterator[Path]:
    """Writes what refman logs to `refman.log` in the folder; without a place to write there is no log."""
    path = folder / "refman.log"
    logger = logging.getLogger("refman")
    level = logger.level
    handler = _handler(path)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield path
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=_LONGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        # A read-only home is no reason not to work.
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler
