"""Exports by a profile through the library: its files, order, keys, and what changes on disk."""

from pathlib import Path

import pytest

from refman.domain.errors import ExportRefused
from refman.domain.export_profile import ExportProfile, Order
from refman.domain.listing import Listing
from refman.formats.bibfile.compare import What
from refman.services.library import Library
from tests.services.papers import draft, import_texts, store_draft, stored_paper

STYLE = "ENTRY {author title year} {} {}\nFUNCTION {misc} {}\n"


def _starts(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("@")]


def test_entries_in_the_order_of_the_profile_with_parents_last(library: Library) -> None:
    store_draft(library, draft("Alpha", "Zoe Zed", key="a", year="2021", crossref="b"))
    store_draft(library, draft("Zeta", "Ann Ace", key="b", year="2019"))
    store_draft(library, draft("Mu", "Kim Kay", key="c", year="2020"))
    orders = {
        Order.KEY: "acb", Order.AUTHOR: "cab", Order.YEAR: "cab", Order.TITLE: "acb", Order.ADDED: "acb",
    }  # fmt: skip
    for order, keys in orders.items():
        profile = ExportProfile(name="x", order=order)
        text = library.export_text(Listing(), "bibtex", profile=profile)
        assert "".join(line[-2] for line in _starts(text)) == keys
        assert (
            library.export_text(list(library.ids(Listing())), "bibtex", profile=ExportProfile(name="x", order=order))
            == text
        )


def test_a_style_and_a_list_are_read_from_their_files(library: Library, tmp_path: Path) -> None:
    store_draft(library, draft("One", "Ann Ace", key="a", year="2020", journal="Journal of Foo"))
    (tmp_path / "own.bst").write_text(STYLE)
    (tmp_path / "short.csv").write_bytes("Journal of Foo;J. Foo\nRevista Española;Rev. Esp.\n".encode("latin-1"))
    profile = ExportProfile(name="x", style=str(tmp_path / "own"))
    assert "journal" not in library.export_text(Listing(), "bibtex", profile=profile)
    profile = ExportProfile(name="x", abbreviations=str(tmp_path / "short.csv"))
    assert "journal = {J. Foo}" in library.export_text(Listing(), "bibtex", profile=profile)


def test_files_that_a_profile_names_must_be_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none.bst").write_text("nothing")
    (tmp_path / "none.csv").write_text("nothing")
    for name, value, message in (
        ("style", str(tmp_path / "gone.bst"), "was not found"),
        ("style", "surely-not-a-style-of-anybody", "was not found"),
        ("style", str(tmp_path / "none.bst"), "no ENTRY list"),
        ("abbreviations", str(tmp_path / "gone.csv"), "cannot be read"),
        ("abbreviations", str(tmp_path / "none.csv"), "no abbreviation"),
    ):
        with pytest.raises(ExportRefused, match=message):
            library.export_text(Listing(), "bibtex", profile=ExportProfile(name="x").changed(name, value))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportRefused, match="was not found"):
        library.export_text(Listing(), "bibtex", profile=ExportProfile(name="x", style="plain"))


def test_a_style_is_found_where_tex_keeps_it(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    style = tmp_path / "tree" / "own.bst"
    style.parent.mkdir()
    style.write_text(STYLE)
    program = tmp_path / "kpsewhich"
    program.write_text(f'#!/bin/sh\n[ "$3" = own.bst ] && echo {style}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    store_draft(library, draft("One", key="a", volume="3"))
    assert "volume" not in library.export_text(Listing(), "bibtex", profile=ExportProfile(name="x", style="own"))


@pytest.mark.parametrize(
    ("key", "bibtex", "biblatex"), [("a b", True, True), ("O'Rourke", False, True), ("a#b", True, True)]
)
def test_nothing_is_written_with_a_key_that_the_engine_cannot_read(
    library: Library, tmp_path: Path, key: str, *, bibtex: bool, biblatex: bool
) -> None:
    store_draft(library, draft("One", key=key))
    for format_name, is_refused in (("bibtex", bibtex), ("biblatex", biblatex), ("ris", False)):
        target = tmp_path / f"out.{format_name}"
        pieces: list[str] = []
        if not is_refused:
            assert library.export_file(Listing(), format_name, target).count == 1
            continue
        with pytest.raises(ExportRefused, match="Nothing was written"):
            library.export_file(Listing(), format_name, target)
        with pytest.raises(ExportRefused, match="refman rename-key"):
            library.export_stream(Listing(), format_name, pieces.append)
        assert not target.exists() and not pieces


def test_the_difference_to_the_file_on_disk(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    assert library.export_difference(Listing(), "bibtex", target).is_new
    import_texts(library, "@misc{a, title={A}}\n@misc{b, title={B}}\n@misc{c, title={C}}")
    library.export_file(Listing(), "bibtex", target)
    assert library.export_difference(Listing(), "bibtex", target).entries == ()
    text = target.read_text().replace("{B}", "{Bee}").replace("@misc{c,", "@misc{gone,").replace("{C}", "{Other}")
    target.write_text(text)
    found = library.export_difference(Listing(), "bibtex", target)
    assert (found.keys(What.ADDED), found.keys(What.REMOVED), found.keys(What.CHANGED)) == (["c"], ["gone"], ["b"])
    short = library.export_difference(Listing(), "bibtex", target, profile=ExportProfile(name="x", left_out="title"))
    assert set(short.keys(What.CHANGED)) == {"a", "b"}
    assert target.read_text() == text


def test_a_difference_foresees_keys_and_makes_none(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("")
    paper_id = store_draft(library, draft("Deep Learning", "Ann Smith", year="2020"))
    assert library.export_difference(Listing(), "bibtex", target).keys(What.ADDED) == ["smith2020deep"]
    assert stored_paper(library, paper_id).key == ""


def test_words_that_abstracts_write_with_a_capital_are_proposed(library: Library) -> None:
    for number in range(4):
        abstract = f"We play in Atlantis often, see Mercury and the mercury level. Always Again {number}."
        store_draft(
            library, draft(f"Games of Atlantis and Mercury Always {number}", key=f"k{number}", abstract=abstract)
        )
    assert library.learned_words() == ["Atlantis"]


def test_a_preview_by_a_profile(library: Library) -> None:
    paper_id = store_draft(library, draft("One", key="a", doi="10.1/x"))
    profile = ExportProfile(name="x", left_out="doi")
    assert "doi" not in library.preview(stored_paper(library, paper_id), "bibtex", profile=profile)


def test_up_to_fifty_bad_keys_are_named_one_a_line(library: Library, tmp_path: Path) -> None:
    for number in range(52):
        store_draft(library, draft("T", key=f"a'{number:02d}"))
    with pytest.raises(ExportRefused) as refused:
        library.export_file(Listing(), "biblatex", tmp_path / "refs.bib")
    lines = refused.value.message.splitlines()
    assert "rename-key" in lines[0] and len(lines) == 52
    assert all(f"a'{number:02d}" in lines[number + 1] for number in range(50))
    assert lines[-1] == "and 2 more"
