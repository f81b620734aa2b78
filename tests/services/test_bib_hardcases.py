"""What the hard cases want of a library: keys, tags, links to files."""

from datetime import date
from pathlib import Path

import pytest

from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.services.import_plan import ImportInput, ImportOptions, OnDuplicate
from refman.services.library import Library

_CASES = Path(__file__).parents[1] / "data" / "bibtex" / "hardcases"


def _papers(library: Library, path: Path, *, keywords_as_tags: bool = False) -> dict[str, Paper]:
    options = ImportOptions(date(2026, 11, 22), format="bibtex", keywords_as_tags=keywords_as_tags)
    text = path.read_text("utf-8")
    report = library.apply_import(library.plan_import([ImportInput(str(path), text)], options))
    with library.store.read() as reader:
        return {key: paper for key in report.keys for paper in reader.papers([reader.ids_of_keys([key])[key]])}


def test_no_entry_of_a_key_that_stands_twice_is_lost(library: Library) -> None:
    papers = _papers(library, _CASES / "35-duplicate-keys.bib")
    assert {key: paper.plain("title") for key, paper in papers.items()} == {"k": "First", "ka": "Second", "Kb": "Third"}


def test_groups_of_jabref_are_tags(library: Library) -> None:
    (paper,) = _papers(library, _CASES / "37-jabref-meta.bib").values()
    assert paper.tags == ("Planning", "Planning/RL")
    assert "groups={Planning, RL}" in library.export_text(Listing(), "bibtex")


def test_files_that_entries_name_are_links(library: Library, tmp_path: Path) -> None:
    copy = tmp_path / "refs.bib"
    copy.write_bytes((_CASES / "38-file-fields.bib").read_bytes())
    links = {key: [one.path for one in paper.attachments] for key, paper in _papers(library, copy).items()}
    assert links == {
        "j": [f"{tmp_path}/papers/a b.pdf", f"{tmp_path}/sub:dir/c.pdf"],
        "z": ["C:\\Users\\me\\Zotero\\storage\\AB12\\x.pdf", "/home/me/y.html"],
        "m": ["C:/Users/Frank/Mendeley/Martínez et al. - 2008.pdf"],
        "p": ["/home/scott/a;b (2022).pdf"],
        "w": ["C:\\Papers\\x.pdf"],
        "k": [f"{tmp_path}/papers/k.pdf", f"{tmp_path}/k2.pdf"],
    }


def test_relative_files_of_a_pasted_text_stay_a_field(library: Library) -> None:
    text = "@misc{k, title={T}, file={:a.pdf:PDF}}"
    library.apply_import(library.plan_import([ImportInput("clipboard", text)], ImportOptions(date(2026, 11, 22))))
    with library.store.read() as reader:
        (paper,) = reader.papers([PaperId(one) for one in reader.ids(Listing())])
    assert (paper.attachments, paper.plain("file")) == ((), ":a.pdf:PDF")


def test_keywords_are_tags_when_asked(library: Library) -> None:
    papers = _papers(library, _CASES / "39-keywords.bib", keywords_as_tags=True)
    assert {key: set(paper.tags) for key, paper in papers.items()} == {
        "a": {"Machine learning, planning", "MCTS"},
        "b": {"a", "b, c", "d"},
        "c": {"x", "y", "z"},
        "d": {"A > B", "C"},
    }


# Files of BibTeX that it reads whole; but for letters that it cannot read.
_READ_WHOLE = (5, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 25, 26, 28, 29, 30, 31, 32, 33, 35, 36, 38, 39, 40, 42)


@pytest.mark.parametrize("number", _READ_WHOLE)
def test_a_case_leaves_as_it_was_read(library: Library, number: int) -> None:
    (path,) = _CASES.glob(f"{number:02d}-*.bib")
    text = path.read_bytes().decode("utf-8-sig")
    options = ImportOptions(date(2026, 11, 22), format="bibtex", on_duplicate=OnDuplicate.KEEP)
    library.apply_import(library.plan_import([ImportInput(str(path), text)], options))
    pieces: list[str] = []
    library.export_stream(Listing(), "bibtex", pieces.append, local_paths=True)
    exported = "".join(pieces)
    with library.store.read() as reader:
        papers = reader.papers([PaperId(one) for one in reader.ids(Listing())])
    assert papers
    for paper in papers:
        (place,) = paper.came_from
        raw = text[place.span.start : place.span.end].replace("\r\n", "\n").replace("\r", "\n")
        kind, brace, rest = raw.partition("{" if "{" in raw[: raw.index(",")] else "(")
        assert f"{kind}{brace}{paper.key}{rest[rest.index(',') :]}" in exported
