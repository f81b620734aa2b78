"""Crossrefs by menu: a parent of the selection, to it and back, and apart again."""

from PySide6.QtCore import Qt

from tests.ui.main_window.person import CTRL, SHIFT, Person

_PAPERS = """@inproceedings{a, title = {A}, booktitle = {Proc. of Things}, publisher = {Press}, year = 2001}
@inproceedings{b, title = {B}, booktitle = {Proc. of Things}, publisher = {Press}, year = 2001}
"""


def _imports(person: Person) -> None:
    person.context.live.change("preview_before_import", False)
    person.pastes(_PAPERS)
    person.sees_papers(2)
    person.context.table.setFocus()


def test_a_parent_is_made_found_listed_and_flattened(person: Person) -> None:
    _imports(person)
    person.presses(Qt.Key.Key_A, CTRL)
    person.sees(lambda: len(person.context.selected) == 2)
    person.does("paper.make_parent")
    person.sees_papers(3)
    person.sees_message("2 papers share a parent now")
    keys = person.cells("key")
    (parent,) = {*keys} - {"a", "b"}
    person.clicks_row(keys.index("a"))
    person.sees(lambda: len(person.context.selected) == 1)
    person.does("paper.parent")
    table = person.context.table
    person.sees(lambda: table.current_row is not None and table.current_row.key == parent)
    person.does("paper.children")
    person.sees_papers(2)
    assert set(person.cells("key")) == {"a", "b"}
    person.context.table.setFocus()
    person.presses(Qt.Key.Key_A, CTRL)
    person.sees(lambda: len(person.context.selected) == 2)
    person.does("paper.flatten")
    person.sees_message("2 papers no longer need a parent")
    person.presses(Qt.Key.Key_Z, CTRL)
    person.sees_message("Undone: Flatten 2 papers")
    person.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    person.sees_message("Done again: Flatten 2 papers")


def test_a_paper_without_parent_or_children_says_so(person: Person) -> None:
    _imports(person)
    person.clicks_row(0)
    person.sees(lambda: len(person.context.selected) == 1)
    person.does("paper.parent")
    person.sees_message("has no crossref parent")
    person.does("paper.children")
    person.sees_message("No paper names this one")


def test_the_bibtex_of_the_selected_paper_opens_by_key(person: Person) -> None:
    _imports(person)
    person.clicks_row(0)
    person.sees(lambda: len(person.context.selected) == 1)
    person.does("paper.edit_bibtex")
    person.sees(lambda: person.context.detail.bibtex_tab.is_editing)
