"""Export profiles in the window: made, changed, chosen in the export dialog, and what would change in the file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from refman.domain.export_profile import ArxivPlace, Engine, ExportProfile, Order
from refman.domain.listing import Listing
from refman.domain.settings import ExportFormat, Settings
from refman.ui.dialogs import export_changes
from refman.ui.dialogs.export import ExportChoice, ExportDialog, ExportRequest
from refman.ui.dialogs.export_profiles import ExportProfilesDialog
from refman.ui.dialogs.preferences import PreferencesDialog
from refman.ui.dialogs.word_proposals import WordProposals
from refman.ui.icons import Icons
from refman.ui.live_settings import LiveSettings
from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.theme import ThemeController
from tests.ui.world import World, names_missing

THESIS = ExportProfile(name="Thesis", engine=Engine.BIBLATEX, left_out="abstract")
PLAIN = ExportProfile(name="Plain", arxiv=ArxivPlace.NOTE)


@pytest.fixture
def live(qtbot: QtBot) -> LiveSettings:
    return LiveSettings(Settings(export_profiles=(PLAIN, THESIS)))


def _profiles(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> ExportProfilesDialog:
    dialog = ExportProfilesDialog(live, world.adapter, themes=themes, icons=icons, parent=window)
    dialog.open()
    return dialog


def _export(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, target: Path, live: LiveSettings
) -> tuple[ExportDialog, list[ExportRequest], list[str]]:
    wanted: list[ExportRequest] = []
    edited: list[str] = []
    dialog = ExportDialog(
        world.adapter,
        [ExportChoice("Whole library", 23, Listing())],
        format=ExportFormat.RIS,
        folder=target.parent,
        themes=themes,
        icons=icons,
        parent=window,
        profiles=live.value.export_profiles,
        edit_profiles=edited.append,
    )
    dialog.profile.follow(live.changed)
    dialog.confirmed.connect(wanted.append)
    dialog.open()
    dialog.path.setText(str(target))
    world.settle()
    return dialog, wanted, edited


def test_every_answer_is_kept_at_once(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    dialog = _profiles(live, world, themes, icons, window)
    dialog.choose("thesis")
    assert dialog.current == "Thesis" and names_missing(dialog) == []
    form = dialog.form
    assert form is not None
    order = form.findChild(QComboBox, "order")
    assert isinstance(order, QComboBox)
    order.setCurrentIndex(order.findData(Order.YEAR))
    order.activated.emit(order.currentIndex())
    tags = form.findChild(QCheckBox, "tags")
    assert isinstance(tags, QCheckBox)
    tags.click()
    former = form.findChild(QCheckBox, "former_keys")
    assert isinstance(former, QCheckBox) and not former.isChecked()
    former.click()
    left_out = form.findChild(QLineEdit, "left_out")
    assert isinstance(left_out, QLineEdit) and left_out.text() == "abstract"
    form.rows["left_out"].reset.click()
    changed = ExportProfile(name="Thesis", engine=Engine.BIBLATEX, order=Order.YEAR, tags=True, former_keys=True)
    assert live.value.export_profiles == (PLAIN, changed)
    assert left_out.text() == ""


def test_profiles_are_made_duplicated_and_deleted(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    dialog = _profiles(live, world, themes, icons, window)

    def answer(name: str) -> None:
        prompt = dialog.findChild(NamePrompt)
        assert isinstance(prompt, NamePrompt)
        prompt.answered.emit(name)
        prompt.close()
        prompt.setParent(None)

    dialog.add.click()
    answer("  Letters ")
    assert dialog.current == "Letters"
    dialog.choose("Thesis")
    dialog.copy.click()
    answer("Book")
    assert live.value.profile("book") == ExportProfile(name="Book", engine=Engine.BIBLATEX, left_out="abstract")
    dialog.add.click()
    answer("THESIS")
    assert dialog.current == "Thesis" and live.value.profile("thesis") == THESIS
    for _ in range(4):
        dialog.remove.click()
    assert live.value.export_profiles == () and dialog.form is None and not dialog.remove.isEnabled()


def test_words_of_the_abstracts_are_proposed(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    for number in range(3):
        world.library.new_paper(
            "misc", {"title": f"On Atlantis {number}", "abstract": f"We see Atlantis here {number}."}
        )
    dialog = _profiles(live, world, themes, icons, window)
    form = dialog.form
    assert form is not None
    form.propose.click()
    world.settle()
    proposals = dialog.findChild(WordProposals)
    assert isinstance(proposals, WordProposals)
    assert [proposals.list.item(row).text() for row in range(proposals.list.count())] == ["Atlantis"]
    proposals.add.click()
    profile = live.value.profile("Plain")
    assert (profile.protected_words, profile.case_protection) == ("Atlantis", "learned")


def test_an_export_goes_by_the_chosen_profile(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    world.import_page()
    target = tmp_path / "refs.bib"
    dialog, wanted, edited = _export(world, themes, icons, window, target, live)
    dialog.profile.box.setCurrentIndex(dialog.profile.box.findData("Thesis"))
    world.settle()
    assert dialog.chosen_format is ExportFormat.BIBLATEX and not dialog.format.isEnabled()
    assert "abstract" not in dialog.preview.toPlainText() and "date = {" in dialog.preview.toPlainText()
    live.keep_profiles((THESIS.changed("left_out", "title"),))
    world.settle()
    assert dialog.chosen_profile == THESIS.changed("left_out", "title")
    assert "title = " not in dialog.preview.toPlainText()
    dialog.profile.edit.click()
    assert edited == ["Thesis"]
    dialog.path.setText(str(target))
    dialog.go.click()
    world.settle()
    profile = THESIS.changed("left_out", "title")
    assert wanted == [ExportRequest(Listing(), 23, ExportFormat.BIBLATEX, target, profile)]


def test_what_changes_in_the_file_is_shown(
    live: LiveSettings,
    world: World,
    themes: ThemeController,
    icons: Icons,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.import_page()
    target = tmp_path / "refs.bib"
    dialog, _, _ = _export(world, themes, icons, window, target, live)
    world.until(lambda: "Only .bib" in dialog.changes.toPlainText())
    dialog.format.setCurrentIndex(dialog.format.findData(ExportFormat.BIBTEX))
    dialog.path.setText(str(target))
    world.until(lambda: "does not exist yet" in dialog.changes.toPlainText())
    world.library.export_file(Listing(), "bibtex", target)
    dialog.path.setText(f"{target} ")
    world.until(lambda: "stays as it is" in dialog.changes.toPlainText())
    target.write_text(target.read_text().split("\n\n", 1)[1] + "@misc{gone,\n  title = {Gone},\n}\n")
    dialog.path.setText(str(target))
    world.until(lambda: dialog.tabs.tabText(1) == "Changes (2)")
    assert dialog.changes.toPlainText().splitlines()[-1] == "\N{MINUS SIGN} gone"
    monkeypatch.setattr(export_changes, "MOST_PAPERS", 22)
    dialog.path.setText(f"{target} ")
    world.until(lambda: "is not compared here" in dialog.changes.toPlainText())


def test_a_profile_that_cannot_be_used_says_why(
    live: LiveSettings, world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    world.import_page()
    live.keep_profiles((ExportProfile(name="A", style=str(tmp_path / "gone.bst")),))
    dialog, _, _ = _export(world, themes, icons, window, tmp_path / "x.bib", live)
    dialog.profile.box.setCurrentIndex(1)
    world.settle()
    assert "was not found" in dialog.preview.toPlainText() and "was not found" in dialog.problems.text()


def test_the_preferences_lead_to_the_profiles(
    live: LiveSettings, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    asked: list[int] = []
    dialog = PreferencesDialog(live, themes=themes, icons=icons, edit_profiles=lambda: asked.append(1), window=window)
    dialog.open()
    QTest.mouseClick(dialog.profiles, Qt.MouseButton.LeftButton)
    assert asked == [1]
    without = PreferencesDialog(live, themes=themes, icons=icons, window=window)
    without.open()
    assert not without.profiles.isVisible()
