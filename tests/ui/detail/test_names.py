"""The authors of a paper: they lead to their papers and are edited one a row."""

import pytest

from refman.domain.errors import DiskFull
from refman.domain.names import Name
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.dialogs.names_editor import NamesDialog
from tests.ui.detail.conftest import Shown


def test_names_are_edited_one_a_row(shown: Shown) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    dialog = shown.pane.findChild(NamesDialog)
    assert dialog is not None
    rows = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert rows == ["Zheng, Daniel", "von Glehn, Ingrid", "Zwols, Yori"]
    dialog.list.takeItem(2)
    dialog.list.item(0).setText("{DeepMind}")
    dialog.cut.setChecked(False)
    dialog.save.click()
    shown.world.settle()
    assert shown.paper().authors == (
        Name(literal="DeepMind"),
        Name(given="Ingrid", prefix="von", family="Glehn"),
    )
    assert not shown.paper().people["author"].truncated
    shown.world.until(lambda: shown.pane.findChild(NamesDialog) is None)


def test_names_that_could_not_be_stored_stay_in_their_editor_with_the_reason(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    dialog = shown.pane.findChild(NamesDialog)
    assert dialog is not None
    dialog.list.item(0).setText("{DeepMind}")

    def refuse(*_: object, **__: object) -> Outcome:
        raise DiskFull("disk-full", "The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(Library, "edit_names", refuse)
        dialog.save.click()
        shown.world.settle()
        assert dialog.isVisible() and dialog.error.text() == "The disk is full."
        assert dialog.list.item(0).text() == "{DeepMind}"
    dialog.save.click()
    shown.world.settle()
    assert shown.paper().authors[0] == Name(literal="DeepMind")
    shown.world.until(lambda: shown.pane.findChild(NamesDialog) is None)


def test_an_author_leads_to_their_papers(shown: Shown) -> None:
    shown.select(0)
    names: list[str] = []
    shown.pane.author_chosen.connect(names.append)
    shown.pane.head.authors.linkActivated.emit("Ingrid von Glehn")
    assert names == ["Ingrid von Glehn"]


def test_authors_are_edited_from_the_head(shown: Shown) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    assert shown.pane.findChild(NamesDialog) is not None
