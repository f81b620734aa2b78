"""The views and states of the window, each as what a person did to get there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidget, QWidget

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.main_window import MainWindow
from tests.shots.camera import settle, wait_until

PAGE = Path(__file__).parents[1] / "data/profile/lars-buesing.txt"
_NOTE = """# Why it matters

Planning helps mostly **while learning**, less so at test time.

- ablations over search depth
- *shallow* trees are often enough

> Compare with the results on Sokoban.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """`library` names a file of `make_libraries`; `act` brings the open window to what is to be seen."""

    name: str
    library: str
    act: Callable[[MainWindow], None]


def make_libraries(folder: Path) -> None:
    """`papers` (23 of the author page, tagged and annotated) and `empty`; `missing` is not made, `broken` is none."""
    wiring = Wiring()
    for name in ("papers", "empty"):
        wiring.create_library(str(folder / f"{name}.refman"))
    (folder / "broken.refman").write_bytes(b"This is a letter and no library.\n" * 40)
    library = wiring.open_library(str(folder / "papers.refman"))
    _fill(library)
    library.close()


def _fill(library: Library) -> None:
    options = ImportOptions(captured_on=library.clock.today())
    library.apply_import(library.plan_import([library.read_file(PAGE)], options))
    ids = [PaperId(i) for i in library.ids(Listing())]
    tags = {
        "rl/planning": ids[4:10],
        "rl/credit assignment": [ids[3], *ids[13:16]],
        "to read": ids[:3],
        "generative models": ids[17:21],
        "thesis/chapter 2": [ids[3], ids[4], ids[9], ids[14]],
    }
    for tag, papers in tags.items():
        library.tag(papers, [tag])
    for number, (tag, colour) in enumerate({"rl": 6, "rl/planning": 7, "to read": 2, "thesis": 11}.items(), start=1):
        library.set_tag_colour(tag, colour)
        library.set_tag_number(tag, number)
    library.set_tag_colour("generative models", 9)
    library.set_tag_colour("thesis/chapter 2", 12)
    library.add_note(ids[4], _NOTE)
    library.add_note(ids[2], "Figure 3 for the introduction.")
    library.save_search("Trees since 2019", "tree year:2019..")


# What people do ------------------------------------------------------------------------------------------------------


def _nothing(window: MainWindow) -> None:
    wait_until(lambda: window.pages.page.value != "list" or window.context.feed.count > 0)


def _select(row: int) -> Callable[[MainWindow], None]:
    def act(window: MainWindow) -> None:
        _nothing(window)
        window.context.table.keeper.go_to_row(row)
        window.context.table.setFocus()

    return act


def _select_many(window: MainWindow) -> None:
    _select(3)(window)
    for _ in range(5):
        QTest.keyClick(window.context.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def _search(text: str) -> Callable[[MainWindow], None]:
    def act(window: MainWindow) -> None:
        _select(4)(window)
        window.context.search.setFocus()
        window.context.search.setText(text)
        settle(900)

    return act


def _tab(name: str) -> Callable[[MainWindow], None]:
    def act(window: MainWindow) -> None:
        _select(4)(window)
        settle(200)
        detail = window.context.detail
        detail.show_tab(getattr(detail, name))

    return act


def _edit_entry(text: str = "") -> Callable[[MainWindow], None]:
    """The entry as text; with `text` a part of it, the part is typed over wrongly."""

    def act(window: MainWindow) -> None:
        _tab("bibtex_tab")(window)
        tab = window.context.detail.bibtex_tab
        wait_until(lambda: bool(tab.text.toPlainText()))
        tab.edit.click()
        wait_until(lambda: tab.is_editing)
        editor = tab.raw.part.editor
        if text:
            editor.setPlainText(editor.toPlainText().replace(text, ""))
            wait_until(tab.raw.part.says.isVisible)

    return act


def _command(command_id: str, row: int = 4) -> Callable[[MainWindow], None]:
    def act(window: MainWindow) -> None:
        _select(row)(window)
        settle(200)
        _trigger(window, command_id)

    return act


def _trigger(window: MainWindow, command_id: str) -> None:
    actions = window.context.actions
    if actions is None:
        raise RuntimeError("the window has no commands")
    actions.action(command_id).trigger()


_REFS = """@string{nips = "Advances in Neural Information Processing Systems"}
@string{pmlr = "Proceedings of Machine Learning Research"}
@inproceedings{n1, title = {N}, booktitle = nips}
@article{k1, title = {K1}, journal = {Journal of Machine Learning Research}}
@article{k2, title = {K2}, journal = {Journal of Machine Learning Research}}
"""


def _macros(window: MainWindow) -> None:
    def fill(library: Library) -> Outcome:
        options = ImportOptions(library.clock.today())
        return library.apply_import(library.plan_import([ImportInput("refs.bib", _REFS)], options)).outcome

    _select(4)(window)
    settle(200)
    window.context.adapter.write(fill, owner=window)
    wait_until(lambda: window.context.feed.count > 23)
    _trigger(window, "edit.strings")
    settle(900)


_ODD = """@article{odd1, author = {A. Ask & B. Bow}, title = {On DNA &amp; <i>RNA</i>}, journal = {J}, year = {2001},
  pages = {1-2}}
@book{odd2, author = {C. Cod}, title = {A BOOK IN CAPITALS}, publisher = {P}, year = {2002}, isbn = {0-306-40615-3}}
@article{odd3, author = {D. Dee}, title = {Plain}, journal = {J}, year = {2003}, month = {March}, pages = {3-4}}
"""


def _quality(window: MainWindow) -> None:
    def fill(library: Library) -> Outcome:
        options = ImportOptions(library.clock.today())
        return library.apply_import(library.plan_import([ImportInput("odd.bib", _ODD)], options)).outcome

    _select(4)(window)
    settle(200)
    window.context.adapter.write(fill, owner=window)
    wait_until(lambda: window.context.feed.count > 23)
    _trigger(window, "quality.open")
    tree = window.findChild(QTreeWidget, "findingTree")
    if tree is None:
        raise RuntimeError("the quality view has no tree")
    wait_until(lambda: tree.topLevelItemCount() > 0)
    # The first check is opened, and its first paper chosen.
    tree.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(tree, key)
    settle(600)


def _palette(window: MainWindow) -> None:
    _command("help.palette")(window)
    settle(200)
    focused = QApplication.focusWidget()
    if focused is not None:
        QTest.keyClicks(focused, "copy")


def _paste(window: MainWindow) -> None:
    _nothing(window)
    # Not as a QMimeData of ours: the offscreen clipboard would end it after Python has ended, and crash.
    QGuiApplication.clipboard().setText(PAGE.read_text("utf-8"))
    window.context.table.setFocus()
    _trigger(window, "edit.paste")
    wait_until(lambda: any(_is_preview(widget) for widget in QApplication.topLevelWidgets()))


def _is_preview(widget: QWidget) -> bool:
    return widget.objectName() == "importPreview" and widget.isVisible()


def _delete(window: MainWindow) -> None:
    _command("paper.trash", row=2)(window)
    wait_until(lambda: window.context.feed.count == 22)


def _filter_by_tag(window: MainWindow) -> None:
    _select(0)(window)
    window.context.filter(window.context.feed.filter.only("rl"))
    wait_until(lambda: window.context.feed.count < 23)


SCENES = (
    Scene("main", "papers", _select(4)),
    Scene("nothing-selected", "papers", _nothing),
    Scene("many-selected", "papers", _select_many),
    Scene("search", "papers", _search("tree search")),
    Scene("mistake", "papers", _search("model year:20x6")),
    Scene("nothing-found", "papers", _search("perpetuum mobile")),
    Scene("tag", "papers", _filter_by_tag),
    Scene("notes", "papers", _tab("notes_tab")),
    Scene("bibtex", "papers", _tab("bibtex_tab")),
    Scene("entry", "papers", _edit_entry()),
    Scene("entry-mistake", "papers", _edit_entry("},\n  year")),
    Scene("files", "papers", _tab("files_tab")),
    Scene("more", "papers", _tab("more_tab")),
    Scene("preview", "papers", _command("paper.preview")),
    Scene("editing", "papers", _command("paper.edit_in_place")),
    Scene("message", "papers", _delete),
    Scene("four-panes", "papers", _command("view.fourth_notes")),
    Scene("folded", "papers", _command("view.sidebar")),
    Scene("palette", "papers", _palette),
    Scene("tag-editor", "papers", _command("tags.edit")),
    Scene("export", "papers", _command("file.export")),
    Scene("history", "papers", _command("edit.history")),
    Scene("macros", "papers", _macros),
    Scene("quality", "papers", _quality),
    Scene("preferences", "papers", _command("edit.preferences")),
    Scene("shortcuts", "papers", _command("help.shortcuts")),
    Scene("about", "papers", _command("help.about")),
    Scene("again", "papers", _paste),
    Scene("import", "empty", _paste),
    Scene("empty", "empty", _nothing),
    Scene("missing", "missing", _nothing),
    Scene("broken", "broken", _nothing),
)
"""Every view and state."""
