"""The 45 hard inputs: `hardcases.EXPECTED` says what refman makes of each, as `hardcases.json` asks it of an import.

A repair (3, 13, 16, 27, 36) is in what is shown and searched; the source beside it is what BibTeX reads. Keys, tags and
links of a library are in `tests/services/test_bib_hardcases.py`, what leaves in `test_export_of_what_was_read.py`.
"""

import re

import pytest

from refman.formats.bibtex.file_links import file_paths
from refman.formats.bibtex.importer import BibtexImporter
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.values import evaluate
from refman.formats.decoding import decode
from tests.formats.bibtex.bib import DATA
from tests.formats.bibtex.hardcases import CASES, EXPECTED, case, keys


def test_every_case_has_an_expectation() -> None:
    assert EXPECTED.keys() == CASES.keys()


@pytest.mark.parametrize("number", sorted(EXPECTED), ids=lambda number: f"{number:02d}-{CASES[number]['name']}")
def test_hard_case(number: int) -> None:
    look, expected = EXPECTED[number]
    assert look(case(number)) == expected


def test_a_file_that_is_no_bibtex_is_not_taken_for_it() -> None:
    name = CASES[46]["file"]
    text = decode((DATA / "bibtex/hardcases" / name).read_bytes(), name).text
    assert BibtexImporter().confidence(text, name) == 0


def test_what_is_stored_is_what_bibtex_itself_reads() -> None:
    """Keys and values of the cases agree with BibTeX 0.99d, but where a rule above says otherwise."""
    repaired = {1, 4, 6, 7, 8, 11, 19, 23, 34, 35, 46}
    undefined = {(17, "h", "month"), (18, "c", "journal")}
    for number in sorted(CASES.keys() - repaired):
        oracle, result = CASES[number]["bibtex_oracle"], case(number)
        assert keys(result) == [entry["key"] for entry in oracle]
        macros = dict(STYLE_MACROS)
        for block in result.blocks:
            if block.kind == "string":
                macros[block.name.lower()] = evaluate(block.value, macros).tex
        for draft, entry in zip(result.drafts, oracle, strict=True):
            read = {name: value.source for name, value in draft.fields.items() if value.source}
            inherited = {"year", "booktitle"} if "crossref" in read else set()
            for name, tex in entry["fields"].items():
                if (number, draft.key, name) not in undefined and name not in inherited and name in read:
                    value = re.sub(r"[ \t\r\n]+", " ", evaluate(read[name], macros).tex)
                    assert value == tex, (number, draft.key, name)


def test_what_files_the_entries_name() -> None:
    """Case 38."""
    expected = CASES[38]["expect"]
    assert {draft.key: sorted(file_paths(draft)) for draft in case(38).drafts} == {
        key: sorted(paths) for key, paths in expected.items()
    }


def test_groups_of_jabref_become_tags() -> None:
    """Case 37."""
    assert [draft.tags for draft in case(37).drafts] == [("Planning", "Planning/RL")]
