"""Where files are kept and which library is meant."""

import os
from pathlib import Path

import pytest

from refman.app.places import Places, library_location, places


def test_folders_are_those_of_the_system(own_home: Path) -> None:
    assert places() == Places(
        library=own_home / "data" / "refman" / "library.refman",
        settings=own_home / "config" / "refman" / "settings.toml",
        logs=own_home / "state" / "refman" / "logs",
        cache=own_home / "cache" / "refman",
    )
    assert not (own_home / "data").exists()


@pytest.mark.parametrize(
    ("given", "variable", "expected"),
    [
        ("/a/b.refman", "/c.refman", "/a/b.refman"),
        (None, "/c.refman", "/c.refman"),
        ("b.refman", "", f"{os.getcwd()}/b.refman"),
        (None, "~/c.refman", "~/c.refman"),
        ("postgresql+psycopg://h/d", "", "postgresql+psycopg://h/d"),
    ],
)
def test_the_library_that_is_meant(given: str | None, variable: str, expected: str) -> None:
    environment = {"REFMAN_LIBRARY": variable} if variable else {}
    assert library_location(given, environment) == os.path.expanduser(expected)


@pytest.mark.parametrize("environment", [{}, {"REFMAN_LIBRARY": ""}])
def test_without_a_name_it_is_the_default_place(environment: dict[str, str]) -> None:
    assert library_location(None, environment) == str(places().library)
