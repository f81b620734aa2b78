from PySide6.QtCore import QPoint

from refman.domain.listing import TagBadge
from tests.ui.detail.conftest import Shown


def test_many_papers_show_the_tags_they_share(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[:3], ["all"])
    shown.world.library.tag(shown.ids[:1], ["one"])
    shown.select(0, 1, 2)
    assert shown.pane.many.title.text() == "3 papers"
    assert [chip.accessibleName() for chip in shown.pane.many.tags.chips] == ["all"]
    assert [chip.accessibleName() for chip in shown.pane.many.partial.chips] == ["one · 1"]
    shown.pane.many.partial.chips[0].click()
    shown.world.settle()
    assert [chip.accessibleName() for chip in shown.pane.many.tags.chips] == ["all", "one"]


def test_hundreds_of_tags_are_shown_a_few_at_a_time(shown: Shown) -> None:
    chips = shown.pane.many.partial
    chips.show_tags([TagBadge(f"tag {number:03}", 0) for number in range(100)])
    chips.setVisible(True)
    assert len(chips.chips) == 16
    assert chips.rest.text() == "84 more…"
    chips.rest.click()
    assert [chip.accessibleName() for chip in chips.chips[-2:]] == ["tag 030", "tag 031"]
    assert chips.chips[16].hasFocus()
    while not chips.rest.isHidden():
        chips.rest.click()
    assert len(chips.chips) == 100
    assert chips.rest.isHidden()


def test_dozens_of_tags_scroll_in_a_low_pane(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[:1], [f"tag number {number:02}" for number in range(60)])
    shown.pane.resize(500, 284)
    shown.select(0, 1)
    many = shown.pane.many
    while not many.partial.rest.isHidden():
        many.partial.rest.click()
    last = many.partial.chips[-1]
    shown.world.until(lambda: last.mapTo(many, QPoint(0, 0)).y() > many.height())
    many.verticalScrollBar().setValue(many.verticalScrollBar().maximum())
    place = last.rect().translated(last.mapTo(many.viewport(), QPoint(0, 0)))
    assert many.viewport().rect().contains(place)
    # Nothing is squeezed to fit, and none lies on another.
    assert {chip.height() for chip in many.partial.chips} == {last.sizeHint().height()}
