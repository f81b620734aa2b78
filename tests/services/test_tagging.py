"""Tags on papers and the tree of tags."""

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.listing import Listing, TagInfo
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.tag_names import tags_of_keywords
from tests.services.papers import draft, store_draft, stored_paper


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    """Two papers."""
    return [store_draft(library, draft(title, key=title.lower())) for title in ("One", "Two")]


def _tags(library: Library, paper_id: PaperId) -> tuple[str, ...]:
    return stored_paper(library, paper_id).tags


def test_tags_are_put_on_many_papers_in_one_step(library: Library, ids: list[PaperId]) -> None:
    outcome = library.tag(ids, [" rl / planning ", "RL/Planning", "todo"])
    assert outcome.message == '2 papers tagged with "rl/planning", "todo"'
    assert outcome.changes.operation
    assert outcome.changes.operation.kind is OperationKind.TAG
    assert [_tags(library, one) for one in ids] == [("rl/planning", "todo")] * 2
    assert library.tag(ids, ["TODO"]).is_nothing
    library.undo()
    assert _tags(library, ids[0]) == ()


@pytest.mark.parametrize("names", [[], [""], ["rl//x"], ["/rl"], [" "]])
def test_names_that_are_no_tags_are_refused(library: Library, ids: list[PaperId], names: list[str]) -> None:
    with pytest.raises(InvalidValue):
        library.tag(ids, names)
    with pytest.raises(InvalidValue):
        library.create_tag("/".join(names))


def test_tags_put_and_taken_together_are_one_step(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["old", "kept"])
    outcome = library.retag(ids, ["new"], ["OLD"])
    assert outcome.message == '2 papers tagged with "new", "old" taken off'
    assert [_tags(library, one) for one in ids] == [("kept", "new")] * 2
    library.undo()
    assert [_tags(library, one) for one in ids] == [("kept", "old")] * 2
    assert library.retag(ids, ["new"], []).code == "tagged"
    assert library.retag(ids, [], ["new"]).code == "untagged"
    with pytest.raises(NotFound):
        library.retag(ids, ["new"], ["nope"])


def test_sentences_tell_what_has_happened_to_a_tag(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["a/b"])
    assert [
        library.rename_tag("a/b", "c").message,
        library.set_tag_colour("c", 2).message,
        library.set_tag_number("c", 1).message,
        library.merge_tags(["c"], "d").message,
        library.untag_all([ids[0]]).message,
        library.delete_tag("d").message,
    ] == [
        'Tag "a/b" renamed to "c"',
        'Colour of the tag "c" changed',
        'Number key of the tag "c" changed',
        'Tag "c" merged into "d"',
        "All tags taken off one",
        'Tag "d" deleted',
    ]


def test_tags_are_taken_off(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["rl", "todo"])
    assert library.untag([ids[0]], ["RL"]).message == '"rl" taken off one'
    assert _tags(library, ids[0]) == ("todo",)
    assert library.untag([ids[0]], ["rl"]).is_nothing
    library.untag_all(ids)
    assert [_tags(library, one) for one in ids] == [(), ()]
    with pytest.raises(NotFound, match='no tag "nope"'):
        library.untag(ids, ["nope"])


def test_a_tag_is_toggled_on_for_all_and_off_when_all_have_it(library: Library, ids: list[PaperId]) -> None:
    library.tag([ids[0]], ["rl"])
    library.toggle_tag(ids, "RL")
    assert [_tags(library, one) for one in ids] == [("rl",), ("rl",)]
    library.toggle_tag(ids, "rl")
    assert [_tags(library, one) for one in ids] == [(), ()]


def test_a_branch_is_renamed_and_merged(library: Library, ids: list[PaperId]) -> None:
    library.tag([ids[0]], ["rl/planning"])
    library.tag([ids[1]], ["ml/rl"])
    library.rename_tag("RL", "ml/rl")
    assert [_tags(library, one) for one in ids] == [("ml/rl/planning",), ("ml/rl",)]
    library.undo()
    assert _tags(library, ids[0]) == ("rl/planning",)
    with pytest.raises(InvalidValue, match="below itself"):
        library.rename_tag("rl", "rl/planning/deep")
    with pytest.raises(NotFound):
        library.rename_tag("nope", "x")


def test_a_tag_gets_another_case(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["rl"])
    library.rename_tag("rl", "RL")
    assert [tag.name for tag in library.tags()] == ["RL"]


def test_tags_are_merged_in_one_step(library: Library, ids: list[PaperId]) -> None:
    library.tag([ids[0]], ["a", "a/b"])
    library.tag([ids[1]], ["c"])
    outcome = library.merge_tags(["a", "a/b", "c", "C"], "c")
    assert outcome.message == 'Tags "a", "a/b" merged into "c"'
    assert [tag.name for tag in library.tags() if tag.count] == ["c", "c/b"]
    assert len(library.history()) == 2 + 2 + 1
    assert library.merge_tags(["c"], "c").is_nothing


def test_a_tag_is_deleted_with_all_below_it(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["rl/planning", "todo"])
    library.delete_tag("rl")
    assert library.tags() == [TagInfo("todo", 0, 0, 2)]
    with pytest.raises(NotFound):
        library.delete_tag("rl")


def test_looks_of_tags(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["a", "b"])
    library.set_tag_colour("A", 3)
    library.set_tag_number("a", 1)
    library.set_tag_number("b", 1)
    assert library.tags() == [TagInfo("a", 3, 0, 2), TagInfo("b", 0, 1, 2)]
    library.set_tag_colour("a", 0)
    assert library.tags()[0] == TagInfo("a", 0, 0, 2)
    with pytest.raises(InvalidValue):
        library.set_tag_colour("a", 13)
    with pytest.raises(InvalidValue):
        library.set_tag_number("a", 10)
    with pytest.raises(NotFound):
        library.set_tag_colour("nope", 1)


def test_an_empty_tag_waits_for_papers(library: Library) -> None:
    assert library.create_tag("later").message == 'Tag "later" made'
    assert library.tags() == [TagInfo("later", 0, 0, 0)]
    assert library.create_tag("Later").is_nothing


def test_counts_include_what_is_below(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["rl/planning"])
    library.tag([ids[0]], ["rl"])
    assert [(tag.name, tag.count) for tag in library.tags()] == [("rl", 2), ("rl/planning", 2)]
    assert library.tag_counts(Listing()) == {"rl": 2, "rl/planning": 2}
    assert library.tags_of(ids) == {"rl/planning": 2, "rl": 1}


def test_keywords_are_split_and_their_slashes_are_literal() -> None:
    assert tags_of_keywords(" TCP/IP;deep learning;; Deep Learning; ") == ("TCP\\/IP", "deep learning")
    assert tags_of_keywords("a, b,,c") == ("a", "b", "c")
    assert tags_of_keywords("a; b, c; d") == ("a", "b, c", "d")
    assert tags_of_keywords("") == ()
