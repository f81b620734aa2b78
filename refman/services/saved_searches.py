"""Named queries for the sidebar."""

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.field_values import parse_line
from refman.domain.listing import SavedSearch
from refman.domain.ports import Store, Writer
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence


def save_search(store: Store, name: str, text: str) -> Outcome:
    """Keeps a query under a name; one of that name is replaced. Raises: InvalidValue for an empty name."""
    shown = parse_line(name)
    if not shown:
        raise InvalidValue("empty-name", "A saved search needs a name.")
    search = SavedSearch(shown, text)
    step = Step(OperationKind.SAVED_SEARCH, f"Save the search {shown}")
    done = Sentence("search-saved", f'Search "{shown}" saved', (shown,))
    return change(store, step, lambda writer: writer.save_search(search), done=done)


def rename_saved_search(store: Store, old: str, new: str) -> Outcome:
    """Gives a saved search another name, as one step; one that has that name already is replaced.

    Raises: InvalidValue for an empty name, NotFound.
    """
    shown = parse_line(new)
    if not shown:
        raise InvalidValue("empty-name", "A saved search needs a name.")

    def work(writer: Writer) -> None:
        found = next((search for search in writer.saved_searches() if search.name == old), None)
        if found is None:
            raise NotFound("no-saved-search", f'There is no saved search "{old}" in this library.', old)
        if shown != old:
            writer.delete_saved_search(old)
            writer.save_search(SavedSearch(shown, found.text))

    step = Step(OperationKind.SAVED_SEARCH, f"Rename the search {old} to {shown}")
    return change(
        store, step, work, done=Sentence("search-renamed", f'Search "{old}" renamed to "{shown}"', (old, shown))
    )


def delete_saved_search(store: Store, name: str) -> Outcome:
    """Forgets a saved search. Raises: NotFound."""
    step = Step(OperationKind.SAVED_SEARCH, f"Delete the search {name}")
    done = Sentence("search-deleted", f'Search "{name}" deleted', (name,))
    return change(store, step, lambda writer: writer.delete_saved_search(name), done=done)
