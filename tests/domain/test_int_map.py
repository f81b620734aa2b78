"""Numbers to numbers, against a dict."""

from hypothesis import given
from hypothesis import strategies as st

from refman.domain.int_map import IntMap

_NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)


@given(st.lists(st.tuples(st.one_of(_NUMBERS, st.integers(0, 5)), _NUMBERS)), _NUMBERS)
def test_it_holds_what_a_dict_holds(pairs: list[tuple[int, int]], other: int) -> None:
    numbers = IntMap()
    for key, value in pairs:
        numbers[key] = value
    expected = dict(pairs)
    assert len(numbers) == len(expected)
    assert {key: numbers.get(key) for key in expected} == expected
    assert numbers.get(other) == expected.get(other)


def test_it_grows_beyond_its_first_size() -> None:
    numbers = IntMap()
    keys = [hash(str(number)) for number in range(5_000)]
    for place, key in enumerate(keys):
        numbers[key] = place
    assert len(numbers) == 5_000
    assert [numbers.get(key) for key in keys] == list(range(5_000))


def test_numbers_that_are_alike_do_not_crowd() -> None:
    """20,000 multiples of a power of two would take minutes, were their low bits alone to place them."""
    numbers = IntMap()
    for number in range(20_000):
        numbers[number << 24] = number
    assert [numbers.get(number << 24) for number in range(0, 20_000, 1_999)] == list(range(0, 20_000, 1_999))
