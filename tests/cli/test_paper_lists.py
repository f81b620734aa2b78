"""Columns of a list in a terminal and in a pipe."""

import os

import pytest

from refman.cli import paper_lists
from refman.cli.paper_lists import print_papers
from refman.domain.listing import Listing
from refman.domain.settings import Settings
from refman.services.library import Library
from tests.fakes import FakeClock, FakeStore


@pytest.fixture
def library() -> Library:
    """Three papers, one of them in Chinese, one with combining accents."""
    clock = FakeClock()
    library = Library(FakeStore(clock), clock=clock, settings=Settings())
    for key, author, title in (
        ("smith", "Ann Smith", "A long title about things"),
        ("wang2020", "王", "深度学习方法"),
        ("x" * 40, "Zoe\u0301 Last", "Short"),
    ):
        library.new_paper("misc", {"key": key, "authors": author, "title": title, "year": "2020"})
        clock.pass_seconds(-1)
    return library


def _printed(library: Library, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_papers(library, library.ids(Listing()), is_json=False)
    return capsys.readouterr().out.splitlines()


def test_in_a_pipe_every_line_is_whole(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed(library, capsys) == [
        "smith                             2020  Smith  A long title about things",
        "wang2020                          2020  王     深度学习方法",
        "x" * 31 + "…  2020  Last   Short",
    ]


def test_in_a_terminal_lines_are_cut_to_its_width(
    library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_lists, "is_terminal", lambda stream: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((54, 20)))
    assert _printed(library, capsys) == [
        "smith                             2020  Smith  A long…",
        "wang2020                          2020  王     深度学…",
        "x" * 31 + "…  2020  Last   Short",
    ]


def test_columns_never_become_narrower(
    library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_lists, "_CHUNK", 1)
    assert [line.rindex("2020  ") for line in _printed(library, capsys)] == [7, 10, 34]


def test_json_is_one_array_whatever_its_length(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    print_papers(library, library.ids(Listing(), limit=0), is_json=True)
    assert capsys.readouterr().out == "[]\n"
    print_papers(library, library.ids(Listing()), is_json=True)
    assert capsys.readouterr().out.count("\n") == 5
