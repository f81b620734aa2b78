"""How narrow the details can be."""

import pytest

from refman.ui.detail.head import PaperHead
from refman.ui.widgets.chip import Chip
from tests.ui.detail.conftest import Shown


@pytest.mark.parametrize("width", [380, 900])
def test_every_paper_leaves_the_window_as_narrow_as_the_others(shown: Shown, width: int) -> None:
    shown.pane.resize(width, 700)
    least = set()
    shown.select(0)
    for place in range(1, len(shown.ids)):
        shown.select(place)
        least.add(shown.pane.minimumSizeHint().width())
    assert len(least) == 1, least


@pytest.mark.parametrize("width", [640, 900, 1400])
def test_a_venue_of_any_length_leaves_the_key_and_the_buttons_their_room(shown: Shown, width: int) -> None:
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"journal": "Journal of Journals " * 20}))
    shown.pane.resize(width, 700)
    shown.select(0)
    head = shown.pane.findChildren(PaperHead)[0]
    head.grab()
    chip = head.findChildren(Chip)[0]
    assert head.line.text().count("Journals") == 20
    assert chip.width() >= chip.sizeHint().width()
    assert head.line.height() >= head.line.heightForWidth(head.line.width())
    assert head.more.geometry().right() <= head.width()
