"""What is killed and hindered: one module a workload. A new capability adds its module and its name here."""

from importlib import import_module
from typing import cast

from tests.faults.session import Workload

NAMES = (
    "importing",
    "importing_big",
    "editing",
    "bulk_editing",
    "tagging",
    "merging",
    "renaming_keys",
    "renaming_everywhere",
    "linking_files",
    "writing_notes",
    "trashing",
    "discarding",
    "putting_back",
    "undoing",
    "attaching",
    "exporting",
    "backing_up",
    "restoring",
    "rebuilding",
    "command_line",
)

ONLY_LONG = ("importing_many",)
"""Those that take minutes."""


def names(*, is_long: bool) -> tuple[str, ...]:
    """The workloads of this run."""
    return NAMES + (ONLY_LONG if is_long else ())


def workload(name: str) -> Workload:
    """The workload of a module."""
    return cast(Workload, import_module(f"tests.faults.workloads.{name}"))
