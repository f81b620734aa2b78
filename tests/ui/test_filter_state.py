"""What clicks in the sidebar mean as a query."""

from refman.domain.query import EVERYTHING, And, InTrash, Not, Tagged, Text, TextField, Untagged
from refman.ui.filter_state import FilterState, Place


def test_nothing_chosen_lets_everything_through() -> None:
    assert FilterState().node == EVERYTHING
    assert FilterState().is_empty


def test_one_choice_is_that_alone() -> None:
    assert FilterState(Place.TRASH).node == InTrash()
    assert FilterState(Place.UNTAGGED).node == Untagged()
    assert FilterState(tags=("RL/Planning",)).node == Tagged("rl/planning")


def test_choices_are_joined() -> None:
    state = FilterState(tags=("rl", "todo"), without=("read",), author="Ingrid von Glehn")
    by_name = [Text((word,), TextField.AUTHORS, is_whole=True) for word in ("ingrid", "von", "glehn")]
    assert state.node == And((Tagged("rl"), Tagged("todo"), Not(Tagged("read")), *by_name))


def test_a_click_chooses_one_tag_and_ctrl_click_adds_and_takes() -> None:
    state = FilterState(Place.UNTAGGED, author="X").only("rl").toggled("todo")
    assert state == FilterState(tags=("rl", "todo"))
    assert state.toggled("RL") == FilterState(tags=("todo",))


def test_shift_click_excludes_and_never_contradicts() -> None:
    state = FilterState(tags=("rl",)).toggled_without("rl")
    assert state == FilterState(without=("rl",))
    assert state.toggled("rl") == FilterState(tags=("rl",))
    assert state.toggled_without("rl") == FilterState()
