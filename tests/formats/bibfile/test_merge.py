"""Three-way merges: whatever one side did survives, what both did differently is a conflict, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibfile.document import Document, document_of
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, NewEntry, edited
from refman.formats.bibfile.markers import has_markers, marked
from refman.formats.bibfile.merge import Conflict, Merged, merge
from tests.formats.bibfile.files import PLAIN, said_of

_BASE = "".join(f"@misc{{k{n},\n  title = {{T{n}}},\n  year = {{20{n}}},\n}}\n\n" for n in range(10, 20))


def _merge(base: str, mine: str, theirs: str) -> Merged:
    return merge(*map(document_of, (base, mine, theirs)))


def _field(text: str, key: str, name: str, value: str | None) -> str:
    return edited(document_of(text), Edits({(key, 0): EntryChange({name: value}, as_given=True)})).text


def test_one_side_alone_wins_to_the_byte() -> None:
    other = _BASE.replace("{T12}", "{New}").replace("\n\n@misc{k15", "\n%x\n@misc{k15")
    assert _merge(_BASE, _BASE, other).document.text == other
    assert _merge(_BASE, other, _BASE).document.text == other
    assert _merge(_BASE, other, other).document.text == other


def test_different_fields_of_one_entry_come_together() -> None:
    mine, theirs = _field(_BASE, "k12", "title", "{Mine}"), _field(_BASE, "k12", "year", "{1999}")
    merged = _merge(_BASE, mine, theirs)
    assert merged.is_clean
    assert merged.document.text == _field(mine, "k12", "year", "{1999}")


def test_entries_that_came_and_went_on_both_sides() -> None:
    mine = _BASE.replace("@misc{k12,", "@misc{mine,\n title = {M}\n}\n\n@misc{k12,")
    theirs = _BASE.replace("@misc{k12,", "% theirs\n@misc{theirs,\n title = {X}\n}\n\n@misc{k12,")
    theirs = theirs.replace("@misc{k18,\n  title = {T18},\n  year = {2018},\n}\n\n", "")
    merged = _merge(_BASE, mine, theirs)
    assert merged.is_clean
    keys = [one[1] for one in said_of(merged.document.text) if len(one) == 3]
    assert keys == ["k10", "k11", "theirs", "mine", *(f"k{n}" for n in range(12, 18)), "k19"]
    assert "% theirs\n@misc{theirs" in merged.document.text


def test_the_same_field_changed_differently_is_a_conflict() -> None:
    mine, theirs = _field(_BASE, "k12", "title", "{Mine}"), _field(_BASE, "k12", "title", "{Theirs}")
    theirs = _field(theirs, "k12", "note", "{N}")
    merged = _merge(_BASE, mine, theirs)
    assert merged.conflicts == (Conflict("k12", "title", "{T12}", "{Mine}", "{Theirs}"),)
    assert merged.document.text == _field(mine, "k12", "note", "{N}")
    assert (
        "@misc{k12,\n<<<<<<< ours\n  title = {Mine},\n=======\n  title = {Theirs},\n>>>>>>> theirs\n  year = {2012},\n"
        in marked(merged)
    )


def test_layout_alone_is_no_conflict() -> None:
    mine = _field(_BASE, "k12", "title", "{Mine}")
    theirs = _BASE.replace("title = {T12}", 'title   =  "T12"')
    merged = _merge(_BASE, mine, theirs)
    assert merged.is_clean
    assert "title = {Mine}" in merged.document.text


def test_removed_here_changed_there() -> None:
    gone = _BASE.replace("@misc{k12,\n  title = {T12},\n  year = {2012},\n}\n\n", "")
    changed = _field(_BASE, "k12", "title", "{New}")
    merged = _merge(_BASE, gone, changed)
    assert [(one.key, one.field, one.mine) for one in merged.conflicts] == [("k12", "", None)]
    assert "<<<<<<< ours\n=======\n@misc{k12,\n  title = {New},\n  year = {2012},\n}\n>>>>>>> theirs\n" in marked(
        merged
    )
    merged = _merge(_BASE, changed, gone)
    assert "<<<<<<< ours\n@misc{k12,\n  title = {New},\n  year = {2012},\n}\n=======\n>>>>>>> theirs\n" in marked(
        merged
    )
    assert merged.document.text == changed


def test_a_key_renamed_there_and_a_field_changed_here() -> None:
    mine = _field(_BASE, "k12", "title", "{Mine}")
    merged = _merge(_BASE, mine, _BASE.replace("k12", "new12"))
    assert merged.is_clean
    assert merged.document.text == mine.replace("k12", "new12")


def test_both_added_the_same_key() -> None:
    new = "@misc{n,\n  title = {N},\n}\n\n"
    assert _merge(_BASE, _BASE + new, _BASE + new.replace("N}", "N}")).document.text == _BASE + new
    merged = _merge(_BASE, _BASE + new, _BASE + new.replace("{N}", "{O}").replace("}\n\n", "  doi = {d},\n}\n\n"))
    assert merged.conflicts == (Conflict("n", "title", None, "{N}", "{O}"),)
    assert "doi = {d}" in merged.document.text


def test_strings_and_metadata_merge_by_name() -> None:
    mine = PLAIN.replace("% refs of", "% the refs of")
    theirs = PLAIN.replace("Journal of Machine Learning Research", "JMLR").replace(
        "@article", '@string{x = "X"}\n\n@article', 1
    )
    theirs = theirs.replace("bibtex;}", "biblatex;}")
    merged = _merge(PLAIN, mine, theirs)
    assert merged.is_clean
    assert merged.document.text == theirs.replace("% refs of", "% the refs of")
    both = _merge(PLAIN, PLAIN.replace("Machine Learning Research", "A"), theirs)
    assert [(one.name, one.theirs) for one in both.others] == [("jmlr", '@string{jmlr = "JMLR"}')]
    assert has_markers(marked(both))


def test_a_conflict_in_an_entry_that_cannot_be_read() -> None:
    base = "@misc{a, title = {x} year = 2}\n"
    merged = _merge(base, base.replace("2", "3"), base.replace("2", "4"))
    assert [(one.key, one.field) for one in merged.conflicts] == [("a", "")]
    assert "<<<<<<< ours\n@misc{a, title = {x} year = 3}\n=======\n@misc{a, title = {x} year = 4}\n" in marked(merged)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", True),
        ("@misc{a, title = {<<<<<<< }}\n=======\n", False),
        ("% =======\n", False),
    ],
)
def test_markers_are_known(text: str, expected: bool) -> None:
    assert has_markers(text) is expected


_EDIT = st.tuples(st.integers(10, 19), st.sampled_from(("title", "year", "note", "@remove", "@add")), st.integers(0, 3))


def _edited(text: str, edits: list[tuple[int, str, int]], side: str) -> Document:
    document = document_of(text)
    for number, what, value in edits:
        entry = (f"k{number}", 0)
        if what == "@remove":
            document = edited(document, Edits(removed=[entry]))
        elif what == "@add":
            if (f"{side}{number}", 0) not in document.by_id:
                document = edited(document, Edits(added=[NewEntry(f"{side}{number}", "misc", (("title", "{x}"),))]))
        else:
            document = edited(document, Edits({entry: EntryChange({what: f"{{{value}}}"}, as_given=True)}))
    return document


def _facts(text: str) -> dict[str, dict[str, str]]:
    return {one[1]: dict(one[2]) for one in said_of(text)}


@given(st.lists(_EDIT, max_size=6), st.lists(_EDIT, max_size=6))
def test_no_edit_is_lost_and_none_is_made_up(
    ours: list[tuple[int, str, int]], others: list[tuple[int, str, int]]
) -> None:
    base = document_of(_BASE)
    mine, theirs = _edited(_BASE, ours, "m"), _edited(_BASE, others, "t")
    merged = merge(base, mine, theirs)
    facts = [_facts(document.text) for document in (base, mine, theirs, merged.document)]
    clashes = {(one.key, one.field) for one in merged.conflicts}
    for key in {key for one in facts for key in one}:
        b, m, t, got = (one.get(key) for one in facts)
        if (key, "") in clashes:
            assert got == m
        elif b is None or m is None or t is None:
            assert got == (t if m == b else m)
        else:
            assert got is not None
            for name in {*b, *m, *t}:
                wanted = t.get(name) if m.get(name) == b.get(name) else m.get(name)
                assert got.get(name) == wanted
                is_clash = len({b.get(name), m.get(name), t.get(name)}) == 3
                assert ((key, name) in clashes) == is_clash
    assert has_markers(marked(merged)) == (not merged.is_clean)
    assert {key: dict(fields) for key, fields in _facts(merge(base, theirs, mine).document.text).items()}.keys() - {
        one.key for one in merged.conflicts
    } == facts[3].keys() - {one.key for one in merged.conflicts}


def test_comments_and_strings_that_came_and_went() -> None:
    base = "% head\n\n@misc{a, title = {A}}\n\n% tail\n"
    mine = base.replace("{A}", "{B}")
    assert _merge(base, mine, base.replace("% head\n\n", "")).document.text == mine.replace("% head\n\n", "")
    assert _merge(base, mine, base.replace("\n\n% tail", "")).document.text == mine.replace("\n\n% tail", "")
    new = '@string{x = "X"}\n\n'
    assert _merge(base, mine, new + base).document.text == new + mine
    both = _merge(base, mine.replace("% tail\n", "% tail\n" + new), base + new)
    assert both.document.text.count("@string") == 1
    two = base.replace("% tail\n", "% tail\n\n% one\n\n% two\n")
    assert _merge(base, mine, two).document.text.endswith(two.partition("% tail")[2])


def test_a_removed_string_that_mine_changed_is_a_conflict() -> None:
    base = '@string{x = "X"}\n\n@misc{a}\n'
    merged = _merge(base, base.replace('"X"', '"Y"'), "@misc{a}\n")
    assert [(one.name, one.theirs) for one in merged.others] == [("x", None)]
    assert "=======\n>>>>>>> theirs" in marked(merged)
    merged = _merge(base, "@misc{a}\n", base.replace('"X"', '"Y"'))
    assert '=======\n@string{x = "Y"}\n>>>>>>> theirs' in marked(merged)


def test_a_string_that_the_other_side_still_uses_stays() -> None:
    base = '@string{p = "Press"}\n@string{s = p # " One"}\n@misc{k, note = s}\n'
    mine = base.replace("note = s", "note = {Press One}").replace('@string{s = p # " One"}\n', "")
    mine = mine.replace('@string{p = "Press"}\n', "")
    theirs = base + "@misc{j, note = S}\n"
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = _merge(base, one, other)
        assert merged.is_clean
        assert merged.document.own_macros == {"p": "Press", "s": "Press One"}
        assert [entry.key for entry in merged.document.entries] == ["k", "j"]
    assert _merge(base, mine, base + "@misc{j, note = nobody}\n").document.own_macros == {}
