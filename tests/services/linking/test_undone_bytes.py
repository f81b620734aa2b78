"""What refman changed in a file or took out of it comes back byte for byte when the step is undone."""

import pytest

from refman.domain.paper import PaperId
from tests.services.linking.thesis import Thesis

_ODD = """% head
@article{b,
  month = "jan", title={B {T}itle},
    author = {Doe, J.},
  year = 2001
}

@article{a, title={A}, author = "X and Y",
  year = "2000"}

% section

@misc{z1, title = {Z1}}


% z2 is odd
@misc{z2, title = {Z2}}
@misc{z3, title = {Z3}}
@misc{z4, title = {Z4}}
@misc{z5, title = {Z5}}
@misc{z6, title = {Z6}}
"""


@pytest.fixture
def odd(thesis: Thesis) -> Thesis:
    """A linked file that nobody would write anew like this."""
    thesis.write(_ODD)
    thesis.link()
    return thesis


def _ids(odd: Thesis, keys: str) -> list[PaperId]:
    return list(odd.library.ids_of_keys(keys.split()).values())


@pytest.mark.parametrize(
    ("key", "edits"),
    [("b", {"month": "3"}), ("b", {"year": ""}), ("b", {"journal": "J", "month": "4"}), ("a", {"type": "book"})],
)
def test_an_edit_its_undo_and_redo_are_those_bytes(odd: Thesis, key: str, edits: dict[str, str]) -> None:
    odd.edit(key, **edits)
    odd.sync()
    edited = odd.text
    assert edited != _ODD
    for _ in range(3):
        odd.library.undo()
        odd.sync()
        assert odd.text == _ODD
        odd.library.redo()
        odd.sync()
        assert odd.text == edited


def test_several_edits_come_back_one_by_one(odd: Thesis) -> None:
    texts = [odd.text]
    for month in ("3", "4", "5"):
        odd.edit("b", month=month)
        odd.sync()
        texts.append(odd.text)
    for text in texts[-2::-1]:
        odd.library.undo()
        odd.sync()
        assert odd.text == text


def test_what_somebody_laid_out_anew_meanwhile_stays(odd: Thesis) -> None:
    odd.edit("b", month="3")
    odd.sync()
    odd.write(odd.text.replace("    author = {Doe, J.}", "  author = {Doe, J.}"))
    odd.library.undo()
    odd.sync()
    assert odd.text == _ODD.replace("    author = {Doe, J.}", "  author = {Doe, J.}").replace('"jan"', "jan")


@pytest.mark.parametrize("keys", ["b", "a", "z1", "z2", "z6", "z1 z2", "z3 z4", "b a", "z5 z6"])
def test_entries_of_deleted_papers_come_back_to_their_place(odd: Thesis, keys: str) -> None:
    odd.library.trash(_ids(odd, keys))
    odd.sync(may_shrink=True)
    assert not any(f"{{{key}," in odd.text for key in keys.split())
    assert odd.badge == "in step"
    odd.library.undo()
    assert odd.badge == f"{len(keys.split())} to write"
    odd.sync()
    assert odd.text == _ODD
    assert odd.badge == "in step"


def test_entries_taken_out_one_by_one_come_back_together(odd: Thesis) -> None:
    for key in ("z3", "z2", "z4"):
        odd.library.trash(_ids(odd, key))
        odd.sync(may_shrink=True)
    for _ in range(3):
        odd.library.undo()
    odd.sync()
    assert sorted(odd.text.splitlines()) == sorted(_ODD.splitlines())
    assert odd.badge == "in step"


def test_a_paper_edited_in_between_comes_back_as_it_is(odd: Thesis) -> None:
    (paper_id,) = _ids(odd, "z4")
    odd.library.trash([paper_id])
    odd.sync(may_shrink=True)
    odd.library.undo()
    odd.edit("z4", title="Edited")
    odd.sync()
    assert "Edited" in odd.text.split("{z3,")[1].split("{z5,")[0]


def test_an_entry_that_others_took_out_stays_out(odd: Thesis) -> None:
    odd.write(_ODD.replace("@misc{z4, title = {Z4}}\n", ""))
    odd.sync()
    odd.edit("z4", title="Edited")
    odd.sync()
    assert "z4" not in odd.text
