"""What a click on a row of the sidebar makes of the filter."""

from dataclasses import replace

from PySide6.QtCore import Qt

from refman.domain.tags import fold_tag
from refman.ui.filter_state import FilterState, Place
from refman.ui.sidebar.rows import Row, RowKind


def filtered_by(state: FilterState, row: Row, keys: Qt.KeyboardModifier) -> FilterState:
    """The filter after a click: that alone, with Ctrl that too, with Shift without it; a second click takes it away."""
    match row.kind:
        case RowKind.PLACE:
            return _at_place(state, Place(row.name), is_added=bool(keys & Qt.KeyboardModifier.ControlModifier))
        case RowKind.AUTHOR:
            other = "" if state.author == row.name else row.name
            is_added = bool(keys & Qt.KeyboardModifier.ControlModifier)
            return replace(state, author=other) if is_added else FilterState(author=other)
        case RowKind.TAG:
            return _by_tag(state, row.name, keys)
        case _:
            return state


def _at_place(state: FilterState, place: Place, *, is_added: bool) -> FilterState:
    if is_added:
        return replace(state, place=Place.ALL if state.place is place else place)
    return FilterState() if state == FilterState(place) else FilterState(place)


def _by_tag(state: FilterState, name: str, keys: Qt.KeyboardModifier) -> FilterState:
    if keys & Qt.KeyboardModifier.ShiftModifier:
        return state.toggled_without(name)
    if keys & Qt.KeyboardModifier.ControlModifier:
        return state.toggled(name)
    only = state.only(name)
    is_it = len(state.tags) == 1 and fold_tag(state.tags[0]) == fold_tag(name)
    return FilterState() if is_it and state == replace(only, tags=state.tags) else only


def after_rename(state: FilterState, old: str, new: str) -> FilterState:
    """The same filter after a tag, with all below it, got another name; "" after it was deleted."""

    def renamed(names: tuple[str, ...]) -> tuple[str, ...]:
        found = (_renamed(name, old, new) for name in names)
        return tuple(name for name in found if name)

    return replace(state, tags=renamed(state.tags), without=renamed(state.without))


def _renamed(name: str, old: str, new: str) -> str:
    folded, top = fold_tag(name), fold_tag(old)
    if folded == top:
        return new
    if folded.startswith(top + "/"):
        return new + name[len(old) :] if new else ""
    return name
