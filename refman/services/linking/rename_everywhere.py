"""Renaming a key in all that a library knows of: its linked files and their projects."""

import os
from pathlib import Path

from refman.domain.ports import Store
from refman.services.linking.renaming import RenamePlan, check_found, plan_rename, rename
from refman.services.outcome import Outcome, count_of


def plan_everywhere(
    store: Store, old: str, new: str, *, project: Path | None = None, with_comments: bool = False
) -> RenamePlan:
    """Looks through the project that is named, else those of the linked files, and through these; writes nothing.

    Raises: NotFound when the key is nowhere, InvalidValue, ConflictError, UnreadableInput.
    """
    with store.read() as reader:
        links = reader.linked_files()
        is_in_library = bool(reader.ids_of_keys([old]))
    folders = [Path(link.project) for link in links if link.project and os.path.exists(link.project)]
    bibs = [Path(link.path) for link in links if os.path.isfile(link.path)]
    folders = [project.resolve()] if project else folders
    plan = plan_rename(old, new, folders, bibs, with_comments=with_comments)
    check_found(plan, is_in_library=is_in_library)
    return plan


def rename_everywhere(store: Store, plan: RenamePlan) -> Outcome:
    """Carries a plan out as one step. Raises: as `renaming.rename`."""
    changes = rename(store, plan)
    places = said_places(plan)
    message = f"Key {plan.old} renamed to {plan.new}: {places}"
    return Outcome(changes, message, "key-renamed-everywhere", (plan.old, plan.new, places))


def said_places(plan: RenamePlan) -> str:
    """`14 places in 5 files`."""
    return f"{count_of(plan.places, 'place')} in {count_of(len(plan.files), 'file')}"
