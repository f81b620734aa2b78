"""Export profiles: declared answers, their table in the settings, names."""

import pytest

from refman.domain.errors import InvalidValue
from refman.domain.export_profile import (
    PROFILE_SETTINGS,
    Engine,
    ExportProfile,
    Order,
    parse_profile_name,
    profile_named,
    profiles_of,
    profiles_to_table,
    with_profile,
)
from refman.domain.settings import Settings, settings_of

THESIS = ExportProfile(name="Thesis", engine=Engine.BIBLATEX, order=Order.YEAR, left_out="abstract", tags=True)
JOURNAL = ExportProfile(name="journal", style="plain")


def test_what_is_private_stays_at_home_unless_asked_for() -> None:
    assert [s.name for s in PROFILE_SETTINGS if s.default is True] == []
    assert not (THESIS.files or THESIS.notes)


def test_profiles_come_back_from_their_table() -> None:
    settings = Settings(export_profiles=(JOURNAL, THESIS), undo_message_seconds=20)
    assert settings_of(settings.table()) == (settings, ())
    assert profiles_to_table([JOURNAL]) == {"journal": {"style": "plain"}}
    assert "export_profiles" not in Settings().table()


def test_a_bad_answer_is_a_problem_and_its_default_holds() -> None:
    profiles, problems = profiles_of({"A": {"engine": "word", "style": "plain", "of_tomorrow": 3}, "B": 7})
    assert profiles == (ExportProfile(name="A", style="plain"), ExportProfile(name="B"))
    assert [problem.message for problem in problems] == [
        "A: The setting engine cannot be 'word': it is one of bibtex, biblatex."
    ]
    assert profiles_of("nothing") == ((), [])


def test_a_profile_is_found_by_its_name_in_any_case() -> None:
    assert Settings(export_profiles=(THESIS,)).profile(" thesis ") is THESIS
    with pytest.raises(InvalidValue, match="Thesis, journal"):
        profile_named([THESIS, JOURNAL], "paper")
    with pytest.raises(InvalidValue, match="there is none yet"):
        Settings().profile("paper")


def test_a_profile_replaces_the_one_of_its_name() -> None:
    other = ExportProfile(name="THESIS")
    assert with_profile((JOURNAL, THESIS), other) == (JOURNAL, other)


def test_answers_are_checked_and_hold_words() -> None:
    assert THESIS.changed("order", "title").order == "title"
    assert THESIS.changed("left_out", "doi, url  isbn").words("left_out") == ("doi", "url", "isbn")
    with pytest.raises(InvalidValue):
        THESIS.changed("files", "perhaps")


@pytest.mark.parametrize("name", ["", "  ", "a\x07b"])
def test_a_name_is_one_line_with_something_on_it(name: str) -> None:
    with pytest.raises(InvalidValue):
        parse_profile_name(name)
    assert parse_profile_name("  My   thesis ") == "My thesis"
