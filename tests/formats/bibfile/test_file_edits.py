"""Entries that come and go: in order, in the house's style, with all comments where they belong."""

import pytest

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.file_edits import Edits, NewEntry, edited
from refman.formats.bibfile.placing import longest_ascending
from tests.formats.bibfile.files import ALIGNED, ONE_LINE, PLAIN, said_of

_NEW = NewEntry("banana2003", "article", (("author", "{B. Anana}"), ("title", "{Yellow}"), ("year", "{2003}")))
_ORDERED = "".join(f"@misc{{k{n:02},\n  title = {{T{n}}},\n}}\n\n" for n in range(10, 30))


def _add(text: str, *new: NewEntry) -> str:
    return edited(document_of(text), Edits(added=new)).text


def _remove(text: str, *keys: str) -> str:
    return edited(document_of(text), Edits(removed=[(key, 0) for key in keys])).text


def test_a_new_entry_stands_in_order_where_the_file_is_ordered() -> None:
    new = NewEntry("k15b", "misc", (("title", "{N}"),))
    added = "@misc{k15b,\n  title = {N},\n}\n\n"
    assert _add(_ORDERED, new) == _ORDERED.replace("@misc{k16", added + "@misc{k16")
    first = NewEntry("a", "misc", (("title", "{N}"),))
    assert _add(_ORDERED, first).startswith("@misc{a,\n  title = {N},\n}\n\n@misc{k10")
    last = NewEntry("z", "misc", (("title", "{N}"),))
    assert _add(_ORDERED, last).endswith("}\n\n@misc{z,\n  title = {N},\n}\n\n")


def test_one_entry_out_of_order_in_twenty_does_not_count() -> None:
    text = _ORDERED.replace("k12,", "zz,")
    assert "k20b" in _add(text, NewEntry("k20b")).partition("@misc{k21")[0]


def test_a_file_by_author_keeps_its_order() -> None:
    names = ("Adams", "Baker", "Carter", "Dole", "Evans", "Frank", "Green", "Hill", "Irwin")
    text = "\n".join(f"@misc{{r{hash(n) % 97}{n[2]}{9 - i}, author = {{{n}, X.}}}}" for i, n in enumerate(names))
    new = NewEntry("any", "misc", (("author", "{Dudley, D.}"),))
    assert _add(text, new).index("Dole") < _add(text, new).index("Dudley") < _add(text, new).index("Evans")


def test_a_new_entry_goes_behind_the_last_one_and_before_metadata() -> None:
    text = _add(PLAIN, _NEW)
    assert text.index("carter2003") < text.index("@article{banana2003") < text.index("@comment{jabref-meta")
    assert (
        text.replace("\n\n@article{banana2003,\n  title = {Yellow},\n  author = {B. Anana},\n  year = 2003\n}", "")
        == PLAIN
    )


def test_a_new_entry_follows_its_source_and_not_a_comment_of_another() -> None:
    new = NewEntry("x", "misc", (("title", "{N}"),), after="adams2001")
    text = _add(PLAIN, new)
    assert (
        text.index("adams2001") < text.index("@misc{x") < text.index("% baker: read again") < text.index("@book{baker")
    )
    assert "% baker: read again\n@book{baker2002" in text


def test_the_style_of_other_houses() -> None:
    fields = (("author", "{B}"), ("title", "{T}"), ("year", "{2003}"))
    aligned = _add(ALIGNED, NewEntry("k3", "article", fields))
    assert (
        aligned
        == ALIGNED.rstrip("\n")
        + "\n@ARTICLE{k3,\n\tAuthor       = {B},\n\tTitle        = {T},\n\tYear         = {2003}}\n"
    )
    one_line = _add(ONE_LINE, NewEntry("w", "misc", fields))
    assert one_line == ONE_LINE.removesuffix("\r\n") + "\r\n@misc{w, author={B}, title={T}, year={2003}}\r\n"


def test_macros_in_sight_are_used() -> None:
    fields = (("journal", "{Journal of Machine Learning Research}"), ("month", "{5}"))
    assert "journal = jmlr,\n  month = may\n" in _add(PLAIN, NewEntry("n", "article", fields))


@pytest.mark.parametrize(
    "text", ["", "\n", "% only a comment\n", '@string{a = "b"}\n', "@comment{jabref-meta: x:y;}\n"]
)
def test_files_without_entries_get_their_first(text: str) -> None:
    after = _add(text, NewEntry("n", "misc", (("title", "{T}"),)))
    assert ("misc", "n", (("title", "{T}"),)) in said_of(after)
    assert all(line in after for line in text.splitlines())
    if "jabref" in text:
        assert after.index("@misc") < after.index("@comment")


def test_the_parent_of_a_crossref_stays_behind_its_children() -> None:
    parent = "@proceedings{aaa,\n  title = {P},\n}\n\n"
    child = NewEntry("zzz", "inproceedings", (("title", "{C}"), ("crossref", "{aaa}")))
    assert _add(_ORDERED + parent, child).index("@inproceedings{zzz") < _add(_ORDERED + parent, child).index("{aaa,")
    both = (NewEntry("p", "proceedings", (("title", "{P}"),)), NewEntry("q", "inproceedings", (("crossref", "{p}"),)))
    assert _add(PLAIN, *both).index("{q,") < _add(PLAIN, *both).index("{p,")


def test_removal_keeps_comments_that_do_not_name_the_entry() -> None:
    text = "% all of it\n@misc{a, title = {A}}\n\n% about b2\n@misc{b2, title = {B}}\n\n% of b\n@misc{b, title = {C}}\n"
    assert _remove(text, "a") == text.replace("\n@misc{a, title = {A}}", "")
    assert _remove(text, "b2") == text.replace("\n\n% about b2\n@misc{b2, title = {B}}", "")
    assert _remove(text, "b") == text.replace("\n\n% of b\n@misc{b, title = {C}}", "")
    assert _remove("@misc{a}\n\n@misc{b}\n", "a") == "@misc{b}\n"
    assert _remove("@misc{a}\n\n@misc{b}\n", "a", "b").strip() == ""
    assert _remove(PLAIN, "nobody") == PLAIN


def test_many_edits_at_once() -> None:
    text = edited(
        document_of(_ORDERED),
        Edits(removed=[("k10", 0), ("k29", 0)], added=[NewEntry("a0"), NewEntry("a1"), NewEntry("zz")]),
    ).text
    keys = [one[1] for one in said_of(text)]
    assert keys == ["a0", "a1", *(f"k{n}" for n in range(11, 29)), "zz"]


def test_longest_ascending() -> None:
    assert longest_ascending([3, 1, 2, 2, 9, 4]) == [1, 2, 3, 5]
    assert longest_ascending([]) == []
