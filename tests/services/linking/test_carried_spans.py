"""Places of a text that somebody edited."""

from hypothesis import given
from hypothesis import strategies as st

from refman.services.linking.carried_spans import carried

_LINES = st.lists(st.text("ab \\{}é", max_size=12), min_size=1, max_size=12)


@given(_LINES, st.data())
def test_an_edit_elsewhere_loses_no_place(lines: list[str], data: st.DataObject) -> None:
    """A line with the word, others put before, behind and in place of its neighbours."""
    place = data.draw(st.integers(0, len(lines)))
    known = [*lines[:place], "x WORD y", *lines[place:]]
    now = [*data.draw(_LINES), "x WORD y", *data.draw(_LINES)]
    text, other = "\n".join(known), "\n".join(now)
    start = text.index("WORD")
    found = carried(text, other, [(start, start + 4)])
    assert [other[slice(*span)] for span in found] == ["WORD"] * len(found)
    assert len(found) <= 1


@given(_LINES, _LINES)
def test_lines_added_before_and_behind(before: list[str], behind: list[str]) -> None:
    text = "one \\cite{WORD} two WORD\nthree\n"
    spans = [(10, 14), (20, 24)]
    assert [text[slice(*span)] for span in spans] == ["WORD", "WORD"]
    now = "".join(f"{line}\n" for line in before) + text + "".join(f"{line}\n" for line in behind)
    shift = now.index(text)
    if now.count("WORD") == 2 and shift == sum(len(line) + 1 for line in before):
        assert carried(text, now, spans) == [(start + shift, end + shift) for start, end in spans]


def test_a_word_in_a_changed_line_is_found_and_a_deleted_one_not() -> None:
    assert carried("a \\cite{WORD} b\n", "a new \\cite[p]{WORD} b!\n", [(8, 12)]) == [(15, 19)]
    assert carried("a \\cite{WORD} b\nc\n", "c\n", [(8, 12)]) == []
    assert carried("WORD", "", [(0, 4)]) == []
    assert carried("x" * 9000 + "WORD", "y" * 9000 + "WORD", [(9000, 9004)]) == []
