"""The lit part of the text that papers were read from is to be seen from its first line on."""

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from refman.domain.paper import Span
from refman.ui.dialogs.source_view import SourceView
from refman.ui.theme import ThemeController

_LINES = {
    "latin": "A paper about trees",
    "high": "木に関する論文 ⸻ ꧁꧂ 𒀀𒐫 ༀ ไม้ที่นี่",
    "wrapped": "a long line that is wrapped " * 12,
}


@pytest.mark.parametrize("kind", _LINES)
def test_the_first_line_of_a_lit_paper_is_the_second_to_be_seen(
    themes: ThemeController, qtbot: QtBot, kind: str
) -> None:
    view = SourceView(themes)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    lines = [f"{number} {_LINES[kind]}" for number in range(200)]
    view.show_text("\n".join(lines))
    for number in (3, 60, 12, 150, 149):
        start = sum(len(line) + 1 for line in lines[:number])
        view.light(Span(start, start + len(lines[number]), number + 1))
        first: QRect = view.cursorRect()
        # Its first line and a part of what stands above it.
        assert 0 < first.top() < 3 * first.height(), number
