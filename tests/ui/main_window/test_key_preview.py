"""Keys of a selection made anew, after a look at them."""

from pathlib import Path

from PySide6.QtCore import Qt

from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions
from refman.ui.dialogs.key_preview import KeyPreview
from tests.services.linking.thesis import REFS
from tests.ui.main_window.person import CTRL, SHIFT, Person


def test_what_is_ticked_is_made_as_one_step(person: Person, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(REFS)
    (tmp_path / "main.tex").write_text("\\cite{baker2002}")
    person.context.adapter.work(
        lambda library, _: links_of(library).link(tmp_path / "refs.bib", LinkOptions(project=str(tmp_path))),
        lambda _: None,
    )
    person.sees_papers(3)
    person.context.live.change("citation_key_pattern", "[auth:lower][shortyear]")
    person.cells("key")
    person.context.table.setFocus()
    person.context.table.selectAll()
    person.sees(lambda: len(person.context.selected) == 3)
    person.presses(Qt.Key.Key_G, CTRL | SHIFT)
    person.sees(lambda: person.window.findChild(KeyPreview) is not None)
    sheet = person.window.findChild(KeyPreview)
    assert isinstance(sheet, KeyPreview)
    texts = [[sheet.table.model().index(row, column).data() for column in (0, 1)] for row in range(3)]
    assert sorted(texts) == [["adams2001", "adams01"], ["baker2002", "baker02"], ["carter2003", "carter03"]]
    assert sheet.deed.text() == "Make 2 keys"
    assert "1 of them stand in a document" in sheet.head.text()
    carter = next(row for row, text in enumerate(texts) if text[0] == "carter2003")
    item = sheet.table.item(carter, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    assert sheet.deed.text() == "Make 1 key"
    sheet.deed.click()
    person.sees_message("1 citation key made")
    person.sees(lambda: set(person.cells("key")) == {"adams01", "baker2002", "carter2003"})
    person.context.table.setFocus()
    person.presses(Qt.Key.Key_Z, CTRL)
    person.sees(lambda: set(person.cells("key")) == {"adams2001", "baker2002", "carter2003"})
