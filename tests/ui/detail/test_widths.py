"""How narrow the details can be."""

import pytest

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
