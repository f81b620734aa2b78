"""Fuzzy search: the letters in their order, beginnings of words first."""

from hypothesis import given
from hypothesis import strategies as st

from refman.ui.fuzzy import FuzzyMatch, fuzzy_match


def test_letters_match_in_their_order_only() -> None:
    assert fuzzy_match("npa", "New paper") is not None
    assert fuzzy_match("pan", "New paper") is None


def test_case_and_spaces_of_the_pattern_do_not_count() -> None:
    assert fuzzy_match("New P", "new paper") == fuzzy_match("newp", "new paper")


def test_beginnings_of_words_are_preferred() -> None:
    match = fuzzy_match("ep", "Export papers")
    assert match is not None
    assert match.places == (0, 7)


def test_letters_side_by_side_are_preferred_to_scattered_ones() -> None:
    together, scattered = fuzzy_match("cit", "Copy citation"), fuzzy_match("cit", "Cancel import")
    assert together is not None
    assert scattered is not None
    assert together.score > scattered.score


def test_nothing_typed_matches_everything() -> None:
    assert fuzzy_match("", "anything") == FuzzyMatch(0, ())


@given(st.text(max_size=4), st.text(max_size=12))
def test_a_match_is_found_exactly_when_there_is_one_and_names_its_letters(pattern: str, text: str) -> None:
    wanted = list(pattern.casefold().replace(" ", ""))
    letters = [letter.casefold() for letter in text]
    match = fuzzy_match(pattern, text)
    if match is None:
        assert not is_subsequence(wanted, letters)
    else:
        assert [letters[place] for place in match.places] == wanted
        assert list(match.places) == sorted(set(match.places))


def is_subsequence(wanted: list[str], letters: list[str]) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)
