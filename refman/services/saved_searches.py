"""Named queries for the sidebar."""

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue
from refman.domain.field_values import parse_line
from refman.domain.listing import SavedSearch
from refman.domain.ports import Store
from refman.services.operations import Step, change
from refman.services.outcome import Outcome


def save_search(store: Store, name: str, text: str) -> Outcome:
    """Keeps a query under a name; one of that name is replaced. Raises: InvalidValue for an empty name."""
    shown = parse_line(name)
    if not shown:
        raise InvalidValue("empty-name", "A saved search needs a name.")
    search = SavedSearch(shown, text)
    step = Step(OperationKind.SAVED_SEARCH, f"Save the search {shown}")
    return change(store, step, lambda writer: writer.save_search(search), code="search-saved", arguments=(shown,))


def delete_saved_search(store: Store, name: str) -> Outcome:
    """Forgets a saved search. Raises: NotFound."""
    step = Step(OperationKind.SAVED_SEARCH, f"Delete the search {name}")
    return change(
        store, step, lambda writer: writer.delete_saved_search(name), code="search-deleted", arguments=(name,)
    )
