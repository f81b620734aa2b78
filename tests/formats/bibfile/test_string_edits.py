"""Editing the `@string`s of a .bib touches nothing else."""

import pytest

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.string_edits import StringEdit, with_strings

_TEXT = """% head
@STRING( string = "A" # mid )
@string{b={B}}
@preamble{string # "x"}
@misc{k, note = string # { and } # STRING, title = {string}}
@string{late = {L}}
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (StringEdit("b", "b", '"C"'), "{B}", "{C}"),
        (StringEdit("b", "b", "{C}"), "{B}", "{C}"),
        (StringEdit("string", "string", '{say "it"}'), '"A" # mid', '{say "it"}'),
        (StringEdit("b", "b", "mid"), "{B}", "mid"),
        (StringEdit("", "new", "{N}"), "@string{b={B}}", "@string{b={B}}\n@string{new={N}}"),
        (StringEdit("nowhere", "nowhere", "{N}"), "", ""),
    ],
)
def test_one_definition_changes(edit: StringEdit, old: str, new: str) -> None:
    assert with_strings(document_of(_TEXT), [edit]).text == _TEXT.replace(old, new, 1)


def test_a_new_name_goes_wherever_the_macro_is_used() -> None:
    named = with_strings(document_of(_TEXT), [StringEdit("string", "long", '"A" # mid')]).text
    assert named == (
        _TEXT.replace("( string", "( long")
        .replace("{string #", "{long #")
        .replace("= string # { and } # STRING", "= long # { and } # long")
    )


def test_a_file_without_macros_before_its_entries_gets_none() -> None:
    text = "@misc{k, title = {T}}\n@string{late = {L}}\n"
    assert with_strings(document_of(text), [StringEdit("", "new", "{N}")]).text == text


def test_windows_line_ends_stay() -> None:
    text = '@string{b = "B"}\r\n@misc{k, title = b}\r\n'
    assert with_strings(document_of(text), [StringEdit("", "n", "{N}")]).text == text.replace(
        '"B"}', '"B"}\r\n@string{n = "N"}'
    )
