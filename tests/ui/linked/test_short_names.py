"""Two files of one name in different folders do not look alike."""

from refman.ui.linked.short_names import short_names


def test_a_name_of_its_own_stands_alone() -> None:
    assert short_names([]) == []
    assert short_names(["/home/me/thesis/refs.bib", "/home/me/paper/own.bib"]) == ["refs.bib", "own.bib"]


def test_of_one_name_the_folders_are_told() -> None:
    assert short_names(["/home/me/thesis/refs.bib", "/home/me/paper/refs.bib", "/home/me/own.bib"]) == [
        "thesis/refs.bib",
        "paper/refs.bib",
        "own.bib",
    ]


def test_as_many_folders_as_it_takes_for_each() -> None:
    assert short_names(["/a/x/tex/refs.bib", "/b/x/tex/refs.bib", "/c/y/refs.bib"]) == [
        "a/x/tex/refs.bib",
        "b/x/tex/refs.bib",
        "y/refs.bib",
    ]


def test_the_same_file_twice_and_one_at_the_root_end() -> None:
    assert short_names(["/refs.bib", "/refs.bib"]) == ["/refs.bib", "/refs.bib"]
    assert short_names(["/refs.bib", "/x/refs.bib"]) == ["/refs.bib", "x/refs.bib"]
