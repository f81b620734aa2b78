"""Lists of ids are written and read in slices; the text is what it would be in one."""

import json
from array import array

import pytest

from refman.storage.search.id_lists import listed, parse_ids
from refman.storage.search.masks import each_once, found_in, how_many_in, mask_of, those_in
from refman.storage.values import to_json_list


@pytest.mark.parametrize("length", [0, 1, 2, 2_047, 2_048, 2_049, 10_000])
def test_a_list_is_written_and_read_as_one(length: int) -> None:
    ids = [number * 7 for number in range(length)]
    text = listed(ids)
    assert text == json.dumps(ids, separators=(",", ":"))
    assert list(parse_ids(text)) == ids


def test_words_are_written_as_json() -> None:
    assert to_json_list(['a "b"', "ü"]) == '["a \\"b\\"","ü"]'


@pytest.mark.parametrize("length", [1, 2_048, 5_000])
def test_long_lists_of_ids_are_looked_up_as_short_ones(length: int) -> None:
    ids = array("I", range(0, 2 * length, 2))
    mask = mask_of(listed(range(0, 2 * length, 4)), 2 * length)
    known = [paper_id % 4 == 0 for paper_id in ids]
    assert found_in(mask, ids) == bytes(known)
    assert how_many_in(mask, ids) == sum(known)
    assert list(those_in(mask, array("q", ids))) == [paper_id for paper_id in ids if paper_id % 4 == 0]


def test_ids_of_long_parts_come_once() -> None:
    one, other = array("I", range(5_000)), array("I", range(4_000, 9_000))
    once, again = each_once([one, other], 9_000)
    assert (sorted(once), sorted(again)) == (list(range(9_000)), list(range(4_000, 5_000)))
