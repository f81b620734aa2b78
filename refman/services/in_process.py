"""Work of `domain.ports.Workers` without a process of its own, for whoever has none."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

from refman.domain.ports import Workers

MakeWorkers = Callable[[], Workers]
"""Gives workers when they are needed: most commands read no large file."""


class InProcess:
    """Does the work where it is asked for."""

    def stream(
        self, task: Callable[..., Iterator[bytes]], *arguments: object
    ) -> AbstractContextManager[Iterator[bytes | None]]:
        """What the task gives, made when it is asked for."""
        return nullcontext(iter(task(*arguments)))


def no_workers() -> Workers:
    """Work in this process."""
    return InProcess()
