"""Renamed papers that leave for biber with the keys they had before."""

from itertools import pairwise
from pathlib import Path

import pytest

from refman.domain.export_profile import Engine, ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.library import Library
from tests.latex.programs import run_biber, validate
from tests.services.papers import draft, import_texts, paper_of, store_draft

PROFILE = ExportProfile(name="x", engine=Engine.BIBLATEX, former_keys=True)


def _text(library: Library, profile: ExportProfile = PROFILE) -> str:
    return library.export_text(Listing(), str(profile.engine), profile=profile)


def _ids(library: Library, profile: ExportProfile = PROFILE) -> list[str]:
    """What stands in the fields `ids`, in the order of the file."""
    lines = [line.strip() for line in _text(library, profile).splitlines()]
    return [line.removeprefix("ids = {").removesuffix("},") for line in lines if line.startswith("ids = ")]


def _renamed(library: Library, *keys: str) -> None:
    """A paper leaves under each key but the last, under which it is."""
    for old, new in pairwise(keys):
        library.export_text([paper_of(library, old).id], "bibtex")
        library.edit(paper_of(library, old).id, {"key": new})


def test_a_renamed_paper_names_its_former_keys_in_a_fixed_order(library: Library) -> None:
    store_draft(library, draft("One", key="zeta"))
    store_draft(library, draft("Two", key="stays"))
    _renamed(library, "zeta", "Alpha", "mid", "one")
    assert _ids(library) == ["Alpha, mid, zeta"]
    assert _text(library) == _text(library)
    # Back at one of them: that is its key, and the one between is former.
    _renamed(library, "one", "mid")
    assert _ids(library) == ["Alpha, one, zeta"]


def test_off_by_default_and_for_biblatex_alone(library: Library) -> None:
    store_draft(library, draft("One", key="old"))
    _renamed(library, "old", "new")
    assert "ids" not in _text(library, ExportProfile(name="x", engine=Engine.BIBLATEX))
    assert "ids" not in _text(library, ExportProfile(name="x", former_keys=True))
    assert "ids" not in library.export_text(Listing(), "biblatex")


def test_a_key_that_never_left_is_no_former_key(library: Library) -> None:
    paper_id = store_draft(library, draft("One", key="draft"))
    library.edit(paper_id, {"key": "final"})
    assert _ids(library) == []


def test_a_key_in_another_case_is_another_key(library: Library) -> None:
    store_draft(library, draft("One", key="smith"))
    _renamed(library, "smith", "Smith")
    assert _ids(library) == ["smith"]


def test_ids_that_were_read_stay_in_front_and_no_key_is_there_twice(library: Library) -> None:
    import_texts(library, "@misc{old, title={One}, ids={ read, new , mine,read}}")
    _renamed(library, "old", "mine", "new")
    assert _ids(library) == ["read, mine, old"]
    untouched = "@misc{other,\n  title={Two}, ids={a,a}\n}"
    import_texts(library, untouched)
    assert untouched in _text(library)
    import_texts(library, "@misc{known,\n  title={Three}, ids={known,read3}\n}")
    _renamed(library, "known", "three")
    assert "@misc{three,\n  title={Three}, ids={known,read3}\n}" in _text(library)


def test_a_key_that_another_paper_has_or_names_is_left_out(library: Library) -> None:
    import_texts(library, "@misc{a, title={One}}\n@misc{b, title={Two}, ids={x, A}}\n@misc{c, title={Three}}")
    _renamed(library, "a", "a2", "a3")
    assert _ids(library) == ["a2"]
    assert "ids={x, A}" in _text(library)
    library.trash([paper_of(library, "b").id])
    assert _ids(library) == ["a, a2"]


def test_a_key_that_was_given_back_to_another_paper_is_left_out(library: Library) -> None:
    first = store_draft(library, draft("One", "Ann Ace", key="a"))
    _renamed(library, "a", "a2")
    with library.store.read() as reader:
        assert reader.former_keys([first, PaperId(99)]) == {first: ["a"]}
    library.trash([first])
    second = store_draft(library, draft("Other", "Zoe Zed", key="b"))
    library.edit(second, {"key": "A"})
    library.restore_from_trash([first])
    with library.store.read() as reader:
        assert reader.former_keys([first, second]) == {}
    assert _ids(library) == []
    library.trash([second])
    assert _ids(library) == ["a"]


def test_keys_that_biber_cannot_read_are_left_out(library: Library) -> None:
    import_texts(library, "@misc{it's, title={One}}")
    _renamed(library, "it's", "its", "it")
    assert _ids(library) == ["its"]


def test_they_leave_among_the_fields_that_are_kept_unless_they_are_left_out(library: Library) -> None:
    store_draft(library, draft("One", key="old", year="2020"))
    _renamed(library, "old", "new")
    assert _ids(library, PROFILE.changed("kept", "title")) == ["old"]
    assert "date" not in _text(library, PROFILE.changed("kept", "title"))
    assert _ids(library, PROFILE.changed("left_out", "ids")) == []


def test_preview_difference_and_file_say_the_same(library: Library, tmp_path: Path) -> None:
    store_draft(library, draft("One", key="old"))
    _renamed(library, "old", "new")
    target = tmp_path / "refs.bib"
    library.export_file(Listing(), "biblatex", target, profile=PROFILE)
    assert "ids = {old}" in target.read_text()
    assert library.preview(paper_of(library, "new"), "biblatex", profile=PROFILE).strip() in target.read_text()
    assert library.export_difference(Listing(), "biblatex", target, profile=PROFILE).entries == ()
    pieces: list[str] = []
    library.export_stream(Listing(), "biblatex", pieces.append, profile=PROFILE)
    assert "".join(pieces) == target.read_text()


@pytest.mark.needs("pdflatex", "biber")
def test_biber_finds_the_entry_under_every_key_it_had(library: Library, tmp_path: Path) -> None:
    import_texts(library, "@misc{a, author={A, B}, title={One}, year=2020, ids={read}}")
    store_draft(library, draft("Two", "Ann Ace", key="b", year="2021"))
    _renamed(library, "a", "old_1", "Old:1", "new")
    _renamed(library, "b", "B")
    body = r"\cite{a,old_1}\cite{Old:1}\cite{read}\cite{b}"
    (tmp_path / "with").mkdir()
    bbl, complaints = run_biber(tmp_path / "with", _text(library), "numeric", body=body)
    assert (complaints, bbl.count(r"\entry{")) == ([], 2)
    aliases = {rf"\keyalias{{{key}}}{{new}}" for key in ("a", "old_1", "Old:1", "read")} | {r"\keyalias{b}{B}"}
    assert aliases == {line.strip() for line in bbl.splitlines() if "keyalias" in line}
    assert validate(tmp_path / "with", _text(library)) == []
    (tmp_path / "without").mkdir()
    plain = _text(library, PROFILE.changed("former_keys", False))
    _, complaints = run_biber(tmp_path / "without", plain, "numeric", body=body)
    assert any("'old_1'" in line for line in complaints)


@pytest.mark.parametrize("is_on", [True, False])
def test_the_answer_is_kept_with_the_profile(*, is_on: bool) -> None:
    profile = ExportProfile(name="x").changed("former_keys", is_on)
    assert profile.differing() == ({"former_keys": True} if is_on else {})
