"""The page cache: what is asked for, what is kept, what is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from refman.ui.table.page_cache import PageCache
from tests.ui.table.rows import row


def test_a_page_is_asked_for_once() -> None:
    cache = PageCache()
    assert list(cache.ask([1, 2, 3])) == [1, 2, 3]
    assert list(cache.ask([1, 2, 3])) == []


def test_stored_rows_are_given_and_not_asked_for_again() -> None:
    cache = PageCache()
    cache.ask([1, 2])
    cache.store([row(1)], age=cache.age)
    assert (cache.row(1), cache.row(2)) == (row(1), None)
    assert list(cache.ask([1, 2])) == []


def test_what_was_given_up_is_asked_for_again() -> None:
    cache = PageCache()
    cache.ask([1])
    cache.give_up([1])
    assert list(cache.ask([1])) == [1]


def test_a_changed_row_is_still_shown_until_the_new_one_is_here() -> None:
    cache = PageCache()
    cache.store([row(1, "Old"), row(2)], age=cache.age)
    cache.mark_changed([1])
    assert cache.row(1) == row(1, "Old")
    assert list(cache.ask([1, 2])) == [1]
    cache.store([row(1, "New")], age=cache.age)
    assert cache.row(1) == row(1, "New")
    assert cache.is_fresh(1)


def test_rows_read_before_a_change_stay_stale() -> None:
    cache = PageCache()
    cache.store([row(1, "Old")], age=cache.age)
    before = cache.age
    cache.mark_changed([1])
    cache.store([row(1, "Old")], age=before)
    assert not cache.is_fresh(1)
    assert list(cache.ask([1])) == [1]


def test_a_change_of_everything_makes_all_rows_stale() -> None:
    cache = PageCache()
    cache.store([row(1), row(2)], age=cache.age)
    cache.mark_changed(None)
    assert list(cache.ask([1, 2])) == [1, 2]


def test_answers_from_before_clearing_are_ignored() -> None:
    cache = PageCache()
    age = cache.age
    cache.clear()
    cache.store([row(1)], age=age)
    assert cache.row(1) is None


def test_the_row_used_longest_ago_is_forgotten_first() -> None:
    cache = PageCache(capacity=2)
    cache.store([row(1), row(2)], age=cache.age)
    cache.row(1)
    cache.store([row(3)], age=cache.age)
    assert [cache.row(i) is not None for i in (1, 2, 3)] == [True, False, True]


@given(st.lists(st.tuples(st.sampled_from(["store", "change", "ask"]), st.sets(st.integers(1, 9), min_size=1))))
def test_never_more_rows_than_its_capacity_and_never_a_stale_one_called_fresh(
    steps: list[tuple[str, set[int]]],
) -> None:
    cache = PageCache(capacity=4)
    version: dict[int, int] = dict.fromkeys(range(1, 10), 0)
    for what, ids in steps:
        if what == "store":
            cache.store([row(i, f"v{version[i]}") for i in sorted(ids)], age=cache.age)
        elif what == "change":
            cache.mark_changed(ids)
            version.update((i, version[i] + 1) for i in ids)
        else:
            cache.ask(sorted(ids))
        known = {i: found for i in version if (found := cache.row(i))}
        assert len(known) <= 4
        assert all(known[i].title == f"v{version[i]}" for i in known if cache.is_fresh(i))
