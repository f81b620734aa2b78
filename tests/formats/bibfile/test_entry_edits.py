"""One edit changes one stretch of bytes, gives exactly the wished value, and leaves everything else."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import UnreadableInput
from refman.formats.bibfile.document import Document, document_of, read_document
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, edited
from refman.formats.bibfile.style import learn_style
from tests.formats.bibfile.files import ALIGNED, EMPTY_FIELDS, HOUSES, ONE_LINE, PLAIN, said, tex_live

_NAMES = ("author", "title", "year", "note", "doi", "zzz", "journal")
_VALUES = st.sampled_from(("{New}", '"quoted {"} one"', "2017", "jan", '"a" # jan', "{With {braces} and = , % @signs}"))


def _with(text: str, key: str, **fields: str | None) -> str:
    document = document_of(text)
    return edited(document, Edits({(key, 0): EntryChange(fields)})).text


def _changed_stretch(before: str, after: str) -> tuple[int, int]:
    """The place in `before` outside which both texts are equal."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(map(len, (before, after)))
    )
    most = min(len(before), len(after)) - start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start, len(before) - end


def _expected(document: Document, number: int, name: str, value: str | None) -> list[Any]:
    """What the file should say, as sets of fields of the entry that is changed."""
    found = []
    count = -1
    for one in said(document):
        count += len(one) == 3
        if len(one) == 3 and count == number:
            fields = dict(reversed(one[2]))
            fields.pop(name, None)
            found.append((one[0], one[1], {**fields, **({name: value} if value else {})}))
        else:
            found.append(one if len(one) == 2 else (one[0], one[1], dict(reversed(one[2]))))
    return found


def _said(document: Document) -> list[Any]:
    return [one if len(one) == 2 else (one[0], one[1], dict(reversed(one[2]))) for one in said(document)]


@given(st.sampled_from(HOUSES), st.integers(0, 2), st.sampled_from(_NAMES), st.one_of(st.none(), _VALUES))
def test_a_field_gets_exactly_the_wished_value(house: str, number: int, name: str, value: str | None) -> None:
    document = document_of(house)
    entry_id = list(document.by_id)[number % len(document.by_id)]
    change = EntryChange({name: value}, as_given=True)
    after = edited(document, Edits({entry_id: change}))
    assert _said(after) == _expected(document, number % len(document.by_id), name, value)
    entry = document.by_id[entry_id]
    if after.text != document.text:
        start, end = _changed_stretch(document.text, after.text)
        assert entry.start <= start <= end <= entry.end


def test_a_change_of_nothing_gives_the_very_same_document() -> None:
    document = document_of(PLAIN)
    assert edited(document, Edits()) is document
    assert edited(document, Edits({("adams2001", 0): EntryChange({"year": "{2001}"})})) is document
    assert edited(document, Edits({("nobody", 0): EntryChange({"year": "{2001}"})})) is document
    assert edited(document, Edits({("adams2001", 0): EntryChange({"note": None})})) is document


@pytest.mark.parametrize(
    ("text", "key", "fields", "line"),
    [
        (PLAIN, "adams2001", {"year": "{2009}"}, "  year = 2009\n"),
        (PLAIN, "baker2002", {"title": "{New {Things}}"}, '  title = "New {Things}", % not the first edition\n'),
        (PLAIN, "adams2001", {"volume": "{3}"}, "  year = 2001,\n  volume = 3\n"),
        (PLAIN, "adams2001", {"journal": "{The Journal of Machine Learning Research}"}, "research}".title() + ",\n"),
        (PLAIN, "baker2002", {"journal": "{Journal of Machine Learning Research}"}, "  journal = jmlr,\n"),
        (PLAIN, "baker2002", {"doi": "{10.1/x}"}, '  year = 2002,\n  doi = "10.1/x",\n'),
        (PLAIN, "carter2003", {"note": "{N}"}, 'Note = "N")'),
        (ALIGNED, "k1", {"pages": "{1--2}"}, "\tPages        = {1--2}}\n"),
        (ALIGNED, "k2", {"title": "{T 2}"}, "\tTitle        = {T 2},\n"),
        (ONE_LINE, "x", {"note": "{N}"}, "@misc{x, title={X}, year={2000}, note={N}}\r\n"),
        (ONE_LINE, "y", {"year": "{1}"}, "@misc{y, title={Y}, year={1}}\r\n"),
        (EMPTY_FIELDS, "b", {"title": "{B}"}, "@misc{b,\n title = {B},\n}\n"),
        (EMPTY_FIELDS, "c", {"year": "{1}"}, " title = {C},\n year = {1},% why\n"),
    ],
)
def test_new_text_looks_like_its_house(text: str, key: str, fields: dict[str, str], line: str) -> None:
    assert line in _with(text, key, **fields)


def test_removing_a_field_takes_its_line_and_leaves_comments() -> None:
    assert _with(PLAIN, "adams2001", journal=None) == PLAIN.replace("  journal = jmlr,\n", "")
    assert _with(PLAIN, "adams2001", year=None) == PLAIN.replace(",\n  year = 2001\n", "\n")
    assert "2002,\n  % not the first edition\n  author" not in _with(PLAIN, "baker2002", title=None)
    assert "% not the first edition" in _with(PLAIN, "baker2002", title=None)
    assert _with(ONE_LINE, "x", title=None).startswith("@misc{x, year={2000}}\r\n")


def test_type_and_key_change_only_themselves() -> None:
    document = document_of(PLAIN)
    after = edited(document, Edits({("baker2002", 0): EntryChange(type="misc", key="baker02")}))
    assert after.text == PLAIN.replace("@book{baker2002", "@misc{baker02")


def test_an_entry_that_is_not_sound_is_left_alone() -> None:
    document = document_of("@misc{a, title = {x} year = 2}")
    assert edited(document, Edits({("a", 0): EntryChange({"title": "{y}"})})) is document


def test_a_value_that_breaks_out_is_refused() -> None:
    with pytest.raises(ValueError, match="no value"):
        _with(PLAIN, "adams2001", title="{a}, evil = {b}")


def _documents() -> Iterator[Document]:
    for path in tex_live():
        try:
            yield read_document(path.read_bytes(), path.name)
        except UnreadableInput:
            continue


@pytest.mark.uncovered
def test_one_field_edited_in_every_file_of_tex_live() -> None:
    chance = random.Random(4)
    for document in _documents():
        ids = [one for one, entry in document.by_id.items() if entry.is_sound and entry.fields]
        if not ids or len(document.text) > 60_000:
            continue
        entry_id = chance.choice(ids)
        entry = document.by_id[entry_id]
        names = [one.name.lower() for one in entry.fields]
        name = chance.choice([name for name in names if names.count(name) == 1] or names)
        field = entry.field(name)
        assert field
        change = EntryChange({name: "{Some new value}"})
        after = edited(document, Edits({entry_id: change}), style=learn_style(document))
        start, end = _changed_stretch(document.text, after.text)
        assert field.value_start <= start <= end <= field.end
        written = after.by_id[entry_id].field(name)
        assert written
        assert written.value.strip('{}"') == "Some new value"
        back = edited(after, Edits({entry_id: EntryChange({name: field.value}, as_given=True)}))
        assert back.text == document.text


@pytest.mark.uncovered
def test_one_field_added_and_taken_away_in_every_file_of_tex_live() -> None:
    chance = random.Random(5)
    for document in _documents():
        ids = [one for one, entry in document.by_id.items() if entry.is_sound and entry.fields]
        if not ids or len(document.text) > 60_000:
            continue
        entry_id = chance.choice(ids)
        after = edited(document, Edits({entry_id: EntryChange({"zzznew": "{1}", "pages": "{12}"})}))
        fields = {one.name.lower(): one.value.strip('{}"') for one in after.by_id[entry_id].fields}
        assert (fields["zzznew"], fields["pages"]) == ("1", "12")
        others = [one for one in after.parts if one.start != after.by_id[entry_id].start]
        assert [after.raw(one) for one in others] == [
            document.raw(one) for one in document.parts if one.start != document.by_id[entry_id].start
        ]
