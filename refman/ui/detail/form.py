"""The fields of a paper: label left, value right, empty ones behind "Add field"."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QWidget

from refman.domain.dates import MONTH_NAMES
from refman.domain.fields import FIELDS, Field, Group, Kind, field_of
from refman.domain.paper import Paper
from refman.ui.detail.entry_types import BIBLATEX_TYPES, BIBTEX_TYPES
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.record import shown_names
from refman.ui.detail.value_editors import ChoiceEditor, LineEditor, PeopleEditor, TextEditor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label, set_look
from refman.ui.wording import key_waits

TYPE = "type"
KEY = "key"
_BIBTEX_FIELD = "fields."
"""In front of the two BibTeX fields whose names mean the entry type and the citation key otherwise."""
_ALWAYS = (TYPE, KEY, "year")
_DAY_PARTS = ("year", "month", "day")
"""Each can be refused for what the others are (31 February)."""
_ELSEWHERE = ("title", "abstract", "author", "score_date")
_LABEL_PX = 120


def _order() -> dict[str, int]:
    names = (TYPE, KEY, *(_edit_name(name) for name in FIELDS))
    return {name: place for place, name in enumerate(names)}


def _edit_name(field: str) -> str:
    return f"{_BIBTEX_FIELD}{field}" if field in (TYPE, KEY) else field


_ORDER = _order()


class FieldForm(QWidget):
    """Boxes are made once and kept: going through papers with an arrow key held down only fills them."""

    committed = Signal(object)
    """A FieldBox has something to save."""
    people_asked = Signal(str)
    """The names of this role are to be edited."""
    other_field_asked = Signal()
    resting = Signal()

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icons = icons
        self._paper: Paper | None = None
        self._is_writable = True
        self._opened: set[str] = set()
        self._boxes: dict[str, FieldBox] = {}
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._add = button(self.tr("Add field"))
        set_look(self._add, "kind", "link")
        self._add.setIcon(icons.icon(IconName.PLUS))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._add.clicked.connect(self._show_menu)
        self._grid.addWidget(self._add, len(_ORDER) + 1000, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._apply_sizes()
        themes.changed.connect(self._apply_sizes)

    @property
    def add_button(self) -> QPushButton:
        """The button behind which the empty fields are."""
        return self._add

    def show_paper(self, paper: Paper, *, is_other: bool) -> None:
        """Shows a paper; `is_other` drops what was typed for the one before (it was saved by then)."""
        self._paper = paper
        if is_other:
            self._opened.clear()
        wanted = set(self._wanted(paper))
        for name in sorted(wanted, key=_place):
            box = self._box(name)
            value = _value(paper, name)
            (box.begin if is_other else box.refresh)(value)
            self._mark_guess(name, paper)
        for name, box in self._boxes.items():
            is_shown = name in wanted or (box.is_dirty and not is_other)
            box.setVisible(is_shown)
            self._labels[name].setVisible(is_shown)

    def box(self, name: str) -> FieldBox:
        """The box of a field, shown from now on; for the keyboard and for tests."""
        self._opened.add(name)
        box = self._box(name)
        if self._paper is not None and box.isHidden():
            box.begin(_value(self._paper, name))
        box.show()
        self._labels[name].show()
        return box

    def prepare(self, name: str) -> None:
        """Makes the box of a field that is hardly ever missing, hidden until a paper has it."""
        if name not in self._boxes:
            box = self._box(name)
            # Also a choice says something from the start; nobody chose it.
            box.begin(box.editor.value())
            box.hide()
            self._labels[name].hide()

    def boxes(self) -> Iterable[FieldBox]:
        """Every box there is."""
        return self._boxes.values()

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self._is_writable = is_writable
        self._add.setVisible(is_writable)
        for box in self._boxes.values():
            box.editor.set_writable(is_writable)

    def _wanted(self, paper: Paper) -> Iterable[str]:
        yield from _ALWAYS
        yield from self._opened
        yield from (_edit_name(n) for n, v in paper.fields.items() if v.plain and n not in _ELSEWHERE)
        yield from (n for n, people in paper.people.items() if people.names and n not in _ELSEWHERE)

    # Boxes -------------------------------------------------------------------------------------------------------

    def _box(self, name: str) -> FieldBox:
        if name not in self._boxes:
            self._boxes[name] = self._make(name)
        return self._boxes[name]

    def _make(self, name: str) -> FieldBox:
        title = self.title_of(name)
        field = field_of(name.removeprefix(_BIBTEX_FIELD))
        box = self._new_box(name, title, field)
        box.editor.set_writable(self._is_writable)
        if field.kind in (Kind.VERBATIM, Kind.KEYS) or name == KEY:
            set_look(box.control, "mono", name == KEY)
        box.committed.connect(self.committed)
        box.resting.connect(self.resting)
        if name in _DAY_PARTS:
            box.kept.connect(self._try_day_again)
        caption = label(title, TextRole.SECONDARY)
        caption.setBuddy(box.control)
        caption.setMinimumWidth(self._themes.metrics.px(_LABEL_PX - 12))
        caption.setMaximumWidth(self._themes.metrics.px(_LABEL_PX - 12))
        caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        caption.setContentsMargins(0, self._themes.metrics.px(7), 0, 0)
        caption.setWordWrap(True)
        place = _place(name)
        self._grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(box, place, 1)
        self._labels[name] = caption
        self._order_tabs(box)
        return box

    def _new_box(self, name: str, title: str, field: Field) -> FieldBox:
        if name == TYPE:
            types = ChoiceEditor([(one, one) for one in (*BIBTEX_TYPES, *BIBLATEX_TYPES)])
            types.insertSeparator(len(BIBTEX_TYPES))
            return FieldBox(name, title, editor=types, widget=types)
        if field.kind is Kind.MONTH:
            months = [(str(number), self.tr(month)) for number, month in enumerate(MONTH_NAMES, start=1)]
            choice = ChoiceEditor([("", "—"), *months])
            return FieldBox(name, title, editor=choice, widget=choice)
        if field.kind is Kind.NAMES:
            people = PeopleEditor()
            people.clicked.connect(lambda _=False: self.people_asked.emit(name))
            return FieldBox(name, title, editor=people, widget=people)
        if field.kind is Kind.TEXT or field.name in ("keywords", "note", "booktitle"):
            text = TextEditor(one_line=field.kind is not Kind.TEXT)
            text.set_in(self._themes.metrics, as_line=True)
            return FieldBox(name, title, editor=text, widget=text)
        line = LineEditor()
        if name == KEY:
            line.setPlaceholderText(key_waits())
        return FieldBox(name, title, editor=line, widget=line)

    def title_of(self, name: str) -> str:
        """What people call a field."""
        own = {TYPE: self.tr("Type"), KEY: self.tr("Citation key")}.get(name)
        return own or QCoreApplication.translate("Field", field_of(name.removeprefix(_BIBTEX_FIELD)).label)

    def _order_tabs(self, box: FieldBox) -> None:
        """Tab goes down the form, whichever box was made first."""
        above = [other for name, other in self._boxes.items() if _place(name) < _place(box.name)]
        if above:
            QWidget.setTabOrder(max(above, key=lambda other: _place(other.name)).control, box.control)

    def _try_day_again(self) -> None:
        for name in _DAY_PARTS:
            if name in self._boxes and self._boxes[name].is_refused:
                self._boxes[name].commit()

    def _mark_guess(self, name: str, paper: Paper) -> None:
        value = paper.fields.get(name)
        is_guess = bool(value and value.is_guess)
        self._labels[name].setText(self.title_of(name) + (" ?" if is_guess else ""))
        hint = self.tr("Derived, not read from the entry itself. It is never exported.") if is_guess else ""
        self._labels[name].setToolTip(hint)
        self._boxes[name].control.setToolTip(hint)

    def _apply_sizes(self) -> None:
        metrics = self._themes.metrics
        self._grid.setHorizontalSpacing(metrics.s)
        self._grid.setVerticalSpacing(2)
        for box in self._boxes.values():
            if isinstance(box.control, TextEditor):
                box.control.set_in(metrics, as_line=True)
        for caption in self._labels.values():
            caption.setFixedWidth(metrics.px(_LABEL_PX - 12))
            caption.setContentsMargins(0, metrics.px(7), 0, 0)

    # Add field ---------------------------------------------------------------------------------------------------

    def _show_menu(self) -> None:
        self._menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for group in Group:
            names = [n for n, field in FIELDS.items() if field.group is group and self._is_free(n)]
            menu = self._menu.addMenu(QCoreApplication.translate("Group", group.value)) if names else None
            for name in names:
                action = menu.addAction(self.title_of(_edit_name(name))) if menu else None
                if action:
                    action.triggered.connect(lambda _=False, chosen=name: self._open(_edit_name(chosen)))
        self._menu.addSeparator()
        other = self._menu.addAction(self.tr("Other field…"))
        other.triggered.connect(self.other_field_asked)

    def _is_free(self, name: str) -> bool:
        shown = self._boxes.get(_edit_name(name))
        return name not in _ELSEWHERE and (shown is None or shown.isHidden())

    def _open(self, name: str) -> None:
        box = self.box(name)
        box.control.setFocus()
        if field_of(name).kind is Kind.NAMES:
            self.people_asked.emit(name)


def _place(name: str) -> int:
    """Rows of the grid: as the table of fields has them, unknown ones behind, by name."""
    if name in _ORDER:
        return _ORDER[name]
    return len(_ORDER) + int.from_bytes(name.encode()[:2].ljust(2, b"\0"), "big") % 900


def _value(paper: Paper, name: str) -> str:
    if name == TYPE:
        return paper.type
    if name == KEY:
        return paper.key
    people = paper.people.get(name)
    if people is not None:
        return shown_names(people.names, is_cut=people.truncated)
    return paper.plain(name.removeprefix(_BIBTEX_FIELD))
