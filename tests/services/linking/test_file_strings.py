"""Macros of linked files: changed in the library they are changes of the file, changed in the file they come in."""

import pytest

from refman.domain.links import Direction
from refman.services.entries.facade import Entries, entries_of
from refman.services.entries.strings import StringDef
from refman.services.linking.linking import LinkOptions
from refman.services.linking.sync_plan import Side
from refman.services.linking.syncing import counts_of
from tests.services.linking.thesis import MINE, REFS, THEIRS, Thesis
from tests.services.papers import import_texts

_OLD = "Journal of Machine Learning Research"


def _entries(thesis: Thesis) -> Entries:
    return entries_of(thesis.library)


def _macro(thesis: Thesis, name: str) -> StringDef:
    return next(one for one in _entries(thesis).strings() if one.name == name)


def _change(thesis: Thesis, name: str, value: str) -> None:
    _entries(thesis).edit_strings.change(_macro(thesis, name), value)


def test_a_changed_macro_is_one_change_of_its_file(linked: Thesis) -> None:
    _change(linked, "jmlr", "JMLR")
    assert linked.text == REFS
    assert linked.badge == "1 to write"
    report = linked.sync()
    assert [(one.key, one.what) for one in report.plan.written] == [("@string jmlr", "macro")]
    assert linked.text == REFS.replace(f'"{_OLD}"', '"JMLR"')
    assert linked.badge == "in step"


def test_undo_of_a_changed_macro_gives_the_bytes_back(linked: Thesis) -> None:
    _change(linked, "jmlr", "JMLR")
    linked.sync()
    linked.library.undo()
    linked.sync()
    assert linked.text == REFS
    assert linked.badge == "in step"


def test_an_edit_by_others_after_a_changed_macro_is_no_conflict(linked: Thesis) -> None:
    _change(linked, "jmlr", "JMLR")
    linked.sync()
    linked.replace("journal = jmlr", "journal = {Nature}")
    linked.sync()
    assert linked.paper("adams2001").plain("journal") == "Nature"
    assert linked.badge == "in step"


def test_a_renamed_macro_is_renamed_wherever_the_file_uses_it(thesis: Thesis) -> None:
    text = REFS.replace("@article", "@preamble{jmlr # {x}}\n@STRING(long = jmlr # { (online)})\n\n@article", 1)
    thesis.write(text)
    thesis.link()
    _entries(thesis).edit_strings.rename(_macro(thesis, "jmlr"), "ml")
    assert thesis.badge == "1 to write"
    thesis.sync()
    assert thesis.text == text.replace("jmlr", "ml")
    assert thesis.badge == "in step"
    thesis.library.undo()
    thesis.sync()
    assert thesis.text == text


def test_a_macro_of_equal_values_is_defined_in_a_file_that_has_macros(linked: Thesis) -> None:
    _entries(linked).edit_strings.make("pr", "publisher", "Press", ids=[linked.paper("baker2002").id])
    linked.sync()
    expected = REFS.replace("{Press}", "pr").replace(f'"{_OLD}"}}\n', f'"{_OLD}"}}\n@string{{pr = "Press"}}\n')
    assert linked.text == expected
    assert linked.badge == "in step"
    linked.library.undo()
    linked.sync()
    assert "publisher = {Press}" in linked.text


def test_a_macro_that_others_change_changes_in_the_library(linked: Thesis) -> None:
    linked.replace(f'"{_OLD}"', "{JMLR}")
    linked.sync()
    assert _macro(linked, "jmlr").tex == "JMLR"
    assert "@string{jmlr = {JMLR}}" in linked.library.export_text([linked.paper("adams2001").id], "bibtex")
    assert linked.badge == "in step"


def test_a_macro_that_others_add_is_known_to_the_library(linked: Thesis) -> None:
    linked.replace("@book", '@string{np = "New Press"}\n\n@book')
    linked.replace("{Press}", "np")
    linked.sync()
    assert linked.paper("baker2002").plain("publisher") == "New Press"
    assert _macro(linked, "np").tex == "New Press"
    linked.library.undo()
    assert [one.name for one in _entries(linked).strings()] == ["jmlr"]


@pytest.mark.parametrize(("choices", "meaning"), [(MINE, "Mine"), (THEIRS, "Theirs")])
def test_a_macro_that_both_changed_waits_for_a_choice(
    linked: Thesis, choices: dict[tuple[str, str], Side], meaning: str
) -> None:
    _change(linked, "jmlr", "Mine")
    linked.replace(f'"{_OLD}"', '"Theirs"')
    assert [(one.key, one.mine, one.theirs) for one in linked.plan().clashes] == [("adams2001", "Mine", "Theirs")]
    linked.sync(choices)
    assert linked.text == REFS.replace(_OLD, meaning)
    assert linked.paper("adams2001").plain("journal") == meaning
    assert _macro(linked, "jmlr").tex == meaning
    assert linked.badge == "in step"


def test_after_an_undo_of_what_was_taken_the_file_differs(linked: Thesis) -> None:
    linked.replace(f'"{_OLD}"', '"JMLR"')
    linked.sync()
    linked.library.undo()
    assert linked.badge == "differs"
    linked.sync(MINE)
    assert linked.text == REFS
    assert linked.badge == "in step"


def test_a_checkout_of_another_macro_is_silent(in_git: Thesis) -> None:
    in_git.git("checkout", "-q", "-b", "other")
    _change(in_git, "jmlr", "JMLR")
    in_git.sync()
    in_git.commit("macro")
    in_git.git("checkout", "-q", "main")
    assert in_git.badge == "in step"
    in_git.sync()
    assert in_git.text == REFS
    assert _macro(in_git, "jmlr").tex == "JMLR"
    in_git.edit("carter2003", title="Others")
    in_git.sync()
    assert in_git.text == REFS.replace("Third Things", "Others")


def test_a_file_that_only_gives_keeps_its_macros(linked: Thesis) -> None:
    linked.link(LinkOptions(direction=Direction.FROM_FILE))
    _change(linked, "jmlr", "JMLR")
    linked.sync()
    assert linked.text == REFS


def test_a_file_that_only_follows_gives_no_macro(linked: Thesis) -> None:
    linked.link(LinkOptions(direction=Direction.TO_FILE))
    linked.replace(f'"{_OLD}"', '"JMLR"')
    linked.sync()
    assert _macro(linked, "jmlr").tex == _OLD


def test_a_file_that_was_imported_before_shares_its_macros(thesis: Thesis) -> None:
    import_texts(thesis.library, REFS)
    thesis.link()
    assert [one.name for one in _entries(thesis).strings()] == ["jmlr"]
    _change(thesis, "jmlr", "JMLR")
    thesis.sync()
    assert thesis.text == REFS.replace(_OLD, "JMLR")


def test_a_macro_that_stands_twice_is_left_alone(thesis: Thesis) -> None:
    text = REFS.replace("@book", '@string{jmlr = "Again"}\n\n@book')
    thesis.write(text)
    thesis.link()
    _change(thesis, "jmlr", "JMLR")
    thesis.sync()
    assert thesis.text == text


def test_two_files_with_one_macro_follow_their_own(linked: Thesis) -> None:
    other = linked.folder / "other.bib"
    other.write_text('@string{jmlr = "Other"}\n\n@misc{zed, title = {Z}, series = jmlr}\n')
    linked.links.link(other, LinkOptions())
    mine = next(one for one in _entries(linked).strings() if one.tex == _OLD)
    _entries(linked).edit_strings.change(mine, "JMLR")
    linked.sync()
    linked.links.sync(other)
    assert other.read_text().startswith('@string{jmlr = "Other"}')


def test_a_macro_that_nothing_uses_is_taken_too(linked: Thesis) -> None:
    linked.replace("@article", '@string{np = "New Press"}\n\n@article')
    assert linked.badge == "1 to take"
    report = linked.sync()
    assert counts_of(report.plan) == "0 added, 0 fields changed, 1 macro changed, 0 conflicts"
    assert linked.library.history()[0].name == "Take 1 macro changed from refs.bib"
    assert linked.badge == "in step"


def test_a_file_that_is_linked_again_keeps_its_macros_once(linked: Thesis) -> None:
    linked.links.unlink(linked.refs)
    linked.link()
    assert [one.name for one in _entries(linked).strings()] == ["jmlr"]


def test_a_file_that_is_linked_again_with_other_macros_has_those(linked: Thesis) -> None:
    linked.links.unlink(linked.refs)
    linked.replace(f'"{_OLD}"', '"JMLR"')
    linked.link()
    [newer] = [one for one in _entries(linked).strings() if one.tex == "JMLR"]
    _entries(linked).edit_strings.change(newer, "Machine Learning")
    linked.sync()
    assert linked.text == REFS.replace(_OLD, "Machine Learning")


def test_a_file_that_was_imported_is_linked_again_and_again(thesis: Thesis) -> None:
    import_texts(thesis.library, REFS)
    for value in ("JMLR", "Machine Learning"):
        thesis.link()
        _change(thesis, "jmlr", value)
        thesis.links.unlink(thesis.refs)
    thesis.link()
    assert [one.name for one in _entries(thesis).strings()] == ["jmlr"]


def test_stray_bytes_in_macros_are_kept_in_the_file_and_shown_in_the_library(thesis: Thesis) -> None:
    stray = b'@string{ed = "Jos\xe9"}\n@preamble{"\\def\\x{\xe9\xc3\xa9}"}\n' + "ñéü\n\n".encode() + REFS.encode()
    thesis.refs.write_bytes(stray)
    thesis.link()
    assert _macro(thesis, "ed").tex == "José"
    assert not thesis.sync().plan.written
    assert thesis.refs.read_bytes() == stray
    thesis.refs.write_bytes(stray.replace(b"Jos\xe9", b"Jos\xe9 M"))
    thesis.sync()
    assert _macro(thesis, "ed").tex == "José M"
    _change(thesis, "jmlr", "JMLR")
    thesis.sync()
    assert thesis.refs.read_bytes() == stray.replace(b"Jos\xe9", b"Jos\xe9 M").replace(_OLD.encode(), b"JMLR")
    assert thesis.badge == "in step"
