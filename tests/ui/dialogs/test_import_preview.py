from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from refman.domain.listing import Listing
from refman.services.import_plan import FileProblem, ImportInput, ImportOptions, ImportPlan, OnDuplicate
from refman.ui.dialogs.import_preview import ImportPreview
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from tests.ui.world import CAPTURED, PAGE, World, names_missing, press, type_into


class Shown:
    """The preview of a plan and the plans that were confirmed."""

    def __init__(self, plan: ImportPlan, themes: ThemeController, *, icons: Icons, window: QWidget) -> None:
        self.preview = ImportPreview(plan, themes, icons=icons, parent=window)
        self.confirmed: list[ImportPlan] = []
        self.preview.confirmed.connect(self.confirmed.append)
        self.preview.open()

    def go_to(self, place: int) -> None:
        """Makes a row the current one."""
        self.preview.list.setCurrentIndex(self.preview.model.index(place))

    def click_box(self, place: int) -> None:
        """Clicks the check box of a row."""
        rect = self.preview.list.visualRect(self.preview.model.index(place))
        spot = QPoint(rect.left() + 20, rect.center().y())
        QTest.mouseClick(self.preview.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def _plan(world: World, day: date = CAPTURED) -> ImportPlan:
    return world.library.plan_import([ImportInput("page", PAGE.read_text("utf-8"))], ImportOptions(day))


@pytest.fixture
def shown(world: World, themes: ThemeController, icons: Icons, window: QWidget) -> Shown:
    """The page over an empty library."""
    return Shown(_plan(world), themes, icons=icons, window=window)


def test_everything_new_is_chosen_and_the_button_says_how_many(shown: Shown) -> None:
    assert shown.preview.go.text() == "Import 23 papers"
    shown.preview.go.click()
    assert [item.chosen for item in shown.confirmed[0].items] == [True] * 23
    assert not shown.preview.isVisible()


def test_the_text_of_the_current_paper_is_lit(shown: Shown) -> None:
    shown.go_to(1)
    assert shown.preview.source.lit_text().startswith("LGNov 29, 2024\nAmplifying human performance")
    assert "Amplifying" not in shown.preview.source.toPlainText()[:200]


def test_a_box_and_space_choose(shown: Shown) -> None:
    shown.click_box(0)
    shown.go_to(1)
    press(shown.preview.list, Qt.Key.Key_Space)
    assert shown.preview.go.text() == "Import 21 papers"
    shown.preview.go.click()
    assert [item.chosen for item in shown.confirmed[0].items[:3]] == [False, False, True]


def test_a_click_beside_the_box_only_goes_there(shown: Shown) -> None:
    rect = shown.preview.list.visualRect(shown.preview.model.index(2))
    QTest.mouseClick(shown.preview.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert shown.preview.model.count() == 23
    assert shown.preview.list.currentIndex().row() == 2


def test_tags_are_put_on_all(shown: Shown) -> None:
    type_into(shown.preview.tags.field, "to read")
    press(shown.preview.tags.field, Qt.Key.Key_Return)
    assert shown.preview.isVisible()
    shown.preview.go.click()
    assert shown.confirmed[0].options.tags == ("to read",)


def test_esc_closes_and_imports_nothing(shown: Shown) -> None:
    press(shown.preview, Qt.Key.Key_Escape)
    assert not shown.preview.isVisible() and shown.confirmed == []


def test_the_same_page_again_on_the_same_day_has_nothing_to_import(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    world.import_page()
    shown = Shown(_plan(world), themes, icons=icons, window=window)
    assert shown.preview.model.count() == 0
    assert (shown.preview.go.text(), shown.preview.go.isEnabled()) == ("Nothing to import", False)
    assert shown.preview.nothing.isVisible()
    assert shown.preview.nothing.text() == (
        "The library has all these papers as they are here; none would be added or changed."
    )


def test_the_same_page_on_another_day_says_which_numbers_are_new_and_keeps_them(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    world.import_page()
    shown = Shown(_plan(world, CAPTURED + timedelta(days=30)), themes, icons=icons, window=window)
    assert shown.preview.go.text() == "Keep the numbers of Lars Buesing"
    said = shown.preview.nothing.text()
    assert "none would be added or changed. New is what the page says of Lars Buesing on" in said
    assert said.endswith(": h-index 13, 23 papers, 2,191 citations, novelty 60 %, AI score 47.")
    shown.preview.go.click()
    world.library.apply_import(shown.confirmed[0])
    (author,) = world.library.profiles()
    assert [one.captured_on for one in author.captures] == [CAPTURED + timedelta(days=30), CAPTURED]
    assert world.library.sidebar_counts().papers == 23


def test_with_no_paper_chosen_it_says_so(shown: Shown) -> None:
    assert not shown.preview.nothing.isVisible()
    shown.preview.model.choose_all(False)
    assert shown.preview.nothing.isVisible()
    assert shown.preview.nothing.text().startswith("No paper is chosen that would be added or changed. New is")
    shown.preview.model.choose_all(True)
    assert not shown.preview.nothing.isVisible()


def test_a_paper_that_differs_shows_how_and_can_be_added_as_new(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    ids = world.import_page()
    world.library.edit(ids[0], {"year": "2025"})
    shown = Shown(_plan(world), themes, icons=icons, window=window)
    shown.go_to(0)
    assert shown.preview.choice.isVisible()
    ways = shown.preview.choice.ways
    ways.setCurrentIndex(ways.findData(OnDuplicate.KEEP))
    ways.activated.emit(ways.currentIndex())
    assert shown.preview.go.text() == "Import 1 paper"
    shown.preview.go.click()
    assert shown.confirmed[0].items[0].on_duplicate is OnDuplicate.KEEP


def test_a_problem_leads_to_its_line(world: World, themes: ThemeController, icons: Icons, window: QWidget) -> None:
    problem = FileProblem("page", 30, "odd", "This line is odd.")
    shown = Shown(replace(_plan(world), problems=(problem,)), themes, icons=icons, window=window)
    item = shown.preview.problems.item(0)
    assert item.text() == "Line 30: This line is odd."
    shown.preview.problems.setCurrentItem(item)
    assert shown.preview.source.textCursor().blockNumber() == 29


def test_everything_has_a_name(shown: Shown) -> None:
    assert names_missing(shown.preview) == []


def _tag_and_import(shown: Shown, world: World, tag: str) -> str:
    """What the button said."""
    type_into(shown.preview.tags.field, tag)
    press(shown.preview.tags.field, Qt.Key.Key_Return)
    said = shown.preview.go.text()
    shown.preview.go.click()
    world.library.apply_import(shown.confirmed[0])
    return said


def test_the_tags_for_all_are_put_on_new_papers_and_on_those_that_are_here(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    new = Shown(_plan(world), themes, icons=icons, window=window)
    assert _tag_and_import(new, world, "to read") == "Import 23 papers"
    here = Shown(_plan(world), themes, icons=icons, window=window)
    assert _tag_and_import(here, world, "again") == "Tag 23 papers"
    assert world.library.tags_of(world.library.ids(Listing())) == {"again": 23, "to read": 23}


@pytest.mark.parametrize("is_wanted", [True, False])
def test_keywords_become_tags_as_the_box_says(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, is_wanted: bool
) -> None:
    text = "".join(f"@misc{{k{n}, title = {{Paper {n}}}, keywords = {{maps, games}}}}\n" for n in range(2))
    plan = world.library.plan_import([ImportInput("refs.bib", text)], ImportOptions(CAPTURED))
    shown = Shown(plan, themes, icons=icons, window=window)
    assert shown.preview.keywords.isVisible()
    shown.preview.keywords.setChecked(True)
    shown.preview.keywords.setChecked(is_wanted)
    shown.preview.go.click()
    world.library.apply_import(shown.confirmed[0])
    tags = world.library.tags_of(world.library.ids(Listing()))
    assert tags == ({"games": 2, "maps": 2} if is_wanted else {})
