"""Slips of syntax: the text of the entry as it was meant, and nothing where nobody can say."""

import pytest

from refman.formats.bibfile.repairs import repair
from refman.formats.bibtex.parts import EntryPart, parts_of

_ENTRY = "@article{k,\n  author = {A. Ask},\n  title = {On it},\n  year = 2001\n}"


def _fields(text: str) -> dict[str, str]:
    [entry] = parts_of(text)
    assert isinstance(entry, EntryPart)
    assert entry.is_sound
    return {field.name: field.value for field in entry.fields}


@pytest.mark.parametrize("comma", ["{A. Ask},", "{On it},", "@article{k,"])
def test_a_missing_comma_is_put_where_it_was(comma: str) -> None:
    broken = _ENTRY.replace(comma, comma[:-1])
    mended = repair(broken, "missing-comma", "title")
    assert mended is not None
    assert (mended.text, mended.is_certain) == (_ENTRY, True)


def test_all_missing_commas_of_an_entry_are_one_repair() -> None:
    mended = repair(_ENTRY.replace(",\n", "\n"), "missing-comma", "author")
    assert mended is not None
    assert mended.text == _ENTRY


@pytest.mark.parametrize(
    ("fields", "name", "left", "is_certain"),
    [
        ("note = {x},\n  note = {x}", "note", {"note": "{x}"}, True),
        ('note = {x},\n  Note = "x",', "Note", {"note": "{x}"}, True),
        ("keywords = {a},\n  keywords = {b, c}", "keywords", {"keywords": "{a, b, c}"}, False),
        ("keywords = {a; b},\n  keywords = {c}", "keywords", {"keywords": "{a; b; c}"}, False),
        ('author = "A. Ask",\n  author = {B. Bow}', "author", {"author": '"A. Ask and B. Bow"'}, False),
        ("title = {One},\n  title = {Two}", "title", {"title": "{One}"}, False),
        ("author = ask,\n  author = bow", "author", {"author": "ask"}, False),
        ("journal = {J},\n  journaltitle = {J}", "journaltitle", {"journal": "{J}"}, True),
    ],
)
def test_a_field_that_stands_twice(fields: str, name: str, left: dict[str, str], is_certain: bool) -> None:
    mended = repair(f"@misc{{k,\n  {fields}\n}}", "duplicate-field", name)
    assert mended is not None
    assert (_fields(mended.text), mended.is_certain) == (left, is_certain)


def test_only_the_first_repeat_goes_at_a_time() -> None:
    mended = repair("@misc{k, note = {x}, note = {x}, note = {x}}", "duplicate-field", "note")
    assert mended is not None
    assert mended.text == "@misc{k, note = {x}, note = {x}}"


@pytest.mark.parametrize(
    ("code", "value", "is_certain"), [("not-a-value", "12--34", True), ("undefined-macro", "nips", False)]
)
def test_a_value_without_braces_gets_them(code: str, value: str, is_certain: bool) -> None:
    mended = repair(f"@misc{{k, note = {value}, year = 2001}}", code, value)
    assert mended is not None
    assert (mended.text, mended.is_certain) == (f"@misc{{k, note = {{{value}}}, year = 2001}}", is_certain)


@pytest.mark.parametrize("whole", ["{A. Ask},", "{On it},", "2001\n}"])
def test_a_brace_that_is_missing_is_proposed_where_the_field_ends(whole: str) -> None:
    broken = _ENTRY.replace(whole, whole[:-2] + whole[-1] if whole[-1] == "," else "2001\n")
    mended = repair(broken, "entry-not-closed", "k")
    assert mended is not None
    assert not mended.is_certain
    assert _fields(mended.text.rstrip()) == _fields(_ENTRY)


@pytest.mark.parametrize(
    ("text", "code", "argument"),
    [
        ('@misc{k, title = "a "quoted" word", year = 1}', "missing-comma", "quoted"),
        ("@misc{k, note = {x}, % why\n note = {x}}", "duplicate-field", "note"),
        ("@misc{k, note = {x}}", "duplicate-field", "note"),
        ("@misc{k, journal = a # b}", "undefined-macro", "b"),
        ("@misc{k, note = {x}}", "no-such-problem", ""),
        ("", "missing-comma", ""),
        ("no entry", "entry-not-closed", ""),
    ],
)
def test_nothing_is_proposed_where_nobody_knows(text: str, code: str, argument: str) -> None:
    assert repair(text, code, argument) is None


def test_a_comment_behind_the_entry_stays() -> None:
    mended = repair("@misc{k\n  note = {x}\n}\n% a word", "missing-comma", "note")
    assert mended is not None
    assert mended.text == "@misc{k,\n  note = {x}\n}\n% a word"
