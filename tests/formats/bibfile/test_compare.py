"""Differences between files: what they say counts, not how it looks."""

from refman.formats.bibfile.compare import (
    EntryDifference,
    FieldDifference,
    OtherDifference,
    What,
    entry_differences,
    other_differences,
)
from refman.formats.bibfile.document import document_of
from tests.formats.bibfile.files import PLAIN


def _differ(before: str, after: str) -> list[EntryDifference]:
    return entry_differences(document_of(before), document_of(after))


def test_layout_and_order_do_not_count() -> None:
    before = '@misc{a, title = "X  y", year = 2000}@misc{b, title = jan # "x"}'
    after = "@MISC{b,\n Title = JAN # {x},\n}\n\n@misc{a, year = {2000}, title = {X\n y}}"
    assert _differ(before, after) == []
    assert _differ(PLAIN, PLAIN) == []


def test_fields_types_and_entries() -> None:
    before = "@misc{a, title = {T}, note = {N}}@misc{b, title = {B}}@misc{c, title = {C}}"
    after = "@book{a, title = {U}, year = 2000}@misc{b, title = {B}}@misc{d, title = {D}}"
    assert _differ(before, after) == [
        EntryDifference(
            What.CHANGED,
            "a",
            (
                FieldDifference("@type", "misc", "book"),
                FieldDifference("title", "{T}", "{U}"),
                FieldDifference("year", None, "2000"),
                FieldDifference("note", "{N}", None),
            ),
        ),
        EntryDifference(What.ADDED, "d", (FieldDifference("title", None, "{D}"),)),
        EntryDifference(What.REMOVED, "c", (FieldDifference("title", "{C}", None),)),
    ]


def test_a_renamed_key_is_one_difference() -> None:
    assert _differ("@misc{a, title = {T}}", "@misc{b, title = {T}}") == [
        EntryDifference(What.RENAMED, "b", (FieldDifference("@key", "a", "b"),))
    ]


def test_strings_and_comments() -> None:
    before = document_of('@string{a = "x"}\n% one\n')
    after = document_of('@string{a = "y"}\n% one\n')
    assert other_differences(before, after) == [
        OtherDifference("string", '@string{a = "x"}', None),
        OtherDifference("string", None, '@string{a = "y"}'),
    ]


def test_a_broken_entry_is_compared_as_text() -> None:
    assert _differ("@misc{a, title = {x} y = 2}", "@misc{a, title = {x} y = 2}") == []
    assert [one.what for one in _differ("@misc{a, title = {x} y = 2}", "@misc{a, title = {x} y = 3}")] == [What.CHANGED]
