"""Declared preferences: every value is checked, nothing bad gets in, the defaults are what the product says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import InvalidValue, Problem
from refman.domain.setting import SettingKind
from refman.domain.settings import (
    SETTINGS,
    CiteCommand,
    ExportFormat,
    RowHeight,
    Settings,
    ThemeMode,
    setting_named,
    settings_of,
)


def test_the_defaults_are_those_of_a_first_start() -> None:
    assert Settings() == Settings(
        theme=ThemeMode.SYSTEM,
        row_height=RowHeight.COMFORTABLE,
        font_scale_percent=100,
        abstract_font_px=14,
        citation_key_pattern="[auth:lower][year][veryshorttitle:lower]",
        cite_command=CiteCommand.CITE,
        export_format=ExportFormat.BIBTEX,
        preview_before_import=True,
        keywords_become_tags=False,
        undo_message_seconds=8,
    )


def test_every_default_is_a_value_its_own_setting_accepts() -> None:
    for setting in SETTINGS:
        assert setting.parse(setting.default) == setting.default


def test_every_setting_has_a_label_and_every_choice_one_too() -> None:
    for setting in SETTINGS:
        assert setting.label
        assert bool(setting.choices) == (setting.kind is SettingKind.CHOICE)
        assert all(choice.label for choice in setting.choices)
        assert setting.kind is not SettingKind.NUMBER or setting.minimum < setting.maximum


def test_a_choice_comes_back_as_its_own_type() -> None:
    assert setting_named("theme").parse("dark") is ThemeMode.DARK


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("theme", 1),
        ("row_height", None),
        ("font_scale_percent", 79),
        ("font_scale_percent", 201),
        ("font_scale_percent", "100"),
        ("font_scale_percent", True),
        ("font_scale_percent", 100.0),
        ("preview_before_import", 1),
        ("preview_before_import", "yes"),
        ("citation_key_pattern", "   "),
        ("citation_key_pattern", "[auth]\n[year]"),
        ("citation_key_pattern", 7),
    ],
)
def test_a_value_of_another_type_or_range_is_refused(name: str, value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        Settings().changed(name, value)
    assert caught.value.code == "setting-value"
    assert caught.value.arguments == (name, repr(value))
    assert name in caught.value.message


def test_changing_one_setting_leaves_the_others() -> None:
    assert Settings().changed("abstract_font_px", 16) == Settings(abstract_font_px=16)


def test_only_what_differs_from_the_default_is_named() -> None:
    settings = Settings(theme=ThemeMode.DARK, preview_before_import=False)
    assert settings.differing() == {"theme": "dark", "preview_before_import": False}
    assert Settings().differing() == {}


def test_a_bad_value_of_a_table_is_a_problem_and_the_rest_counts() -> None:
    table = {"theme": "dark", "row_height": 3, "written_by_a_newer_refman": [1]}
    message = "The setting row_height cannot be 3: it is one of comfortable, compact, dense."
    assert settings_of(table) == (
        Settings(theme=ThemeMode.DARK),
        (Problem(0, "setting-value", message, ("row_height", "3")),),
    )


@given(
    st.dictionaries(
        st.sampled_from([setting.name for setting in SETTINGS]) | st.text(),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()),
    )
)
def test_no_table_makes_settings_that_could_not_be_read_again(table: dict[str, object]) -> None:
    settings, _ = settings_of(table)
    assert settings_of(settings.differing()) == (settings, ())
