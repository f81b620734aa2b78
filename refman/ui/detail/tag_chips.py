"""The tags of one paper or of many as chips, with a field that completes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from refman.domain.listing import TagBadge
from refman.domain.tags import fold_tag, show_tag
from refman.ui.detail.value_editors import INPLACE_INSET_PX
from refman.ui.icons import IconName, Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.chip import Chip
from refman.ui.widgets.completing import LastPartCompleter, dress_popup
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.looks import button, set_look

_FIELD_PX = 120
_POPUP_PX = 220
_AT_ONCE = 16
"""Chips that are shown at first and with each click on the rest: thousands at once would hold up the window."""


class TagChips(QWidget):
    """Says what the person wants; whoever shows it does it and shows the tags anew.

    Its left edge belongs `INPLACE_INSET_PX` left of what stands above and below it.
    """

    added = Signal(object)
    """Tags were typed, parted by commas: their names (list of str), one step of undo."""
    removed = Signal(str)
    chosen = Signal(str)
    """A chip was clicked: its tag."""
    names_wanted = Signal()
    """The field has the focus: the names to complete with may be old; answer with `set_known`."""

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icons = icons
        self._shown: tuple[tuple[TagBadge, str], ...] = ()
        self._limit = _AT_ONCE
        self._made: list[Chip] = []
        """Chips by their place; those beyond what is shown are hidden until they are needed again."""
        self._chips: list[Chip] = []
        self._is_writable = True
        self._names: list[str] = []
        self._known = QStringListModel(self)
        self.setAccessibleName(self.tr("Tags"))
        self.field = QLineEdit()
        self.field.setProperty("kind", "chip")
        self.field.setPlaceholderText(self.tr("Add tag"))
        self.field.setAccessibleName(self.tr("Add a tag"))
        self.field.installEventFilter(self)
        completer = LastPartCompleter(self._known, self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Queued: Qt writes the completed text into the field after it told us.
        completer.activated.connect(lambda _: self._add(), Qt.ConnectionType.QueuedConnection)
        # Wider than the field, which is as short as its words.
        dress_popup(completer, themes=themes).setMinimumWidth(themes.metrics.px(_POPUP_PX))
        self.field.setCompleter(completer)
        self.rest = button("")
        set_look(self.rest, "kind", "rest")
        self.rest.clicked.connect(lambda _=False: self._show_more())
        self._flow = FlowLayout(self, spacing=themes.metrics.xs)
        self._flow.addWidget(self.rest)
        self._flow.addWidget(self.field)
        self.rest.hide()
        # Not the least height: Qt takes that for the narrowest of widths, at which each chip has a line of its own.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._indent()
        themes.changed.connect(self._indent)

    def show_tags(self, badges: Sequence[TagBadge], *, text: Callable[[TagBadge], str] | None = None) -> None:
        """Shows these tags; `text` says what stands on a chip when it is not the name."""
        shown = tuple((badge, text(badge) if text else show_tag(badge.name)) for badge in badges)
        if shown == self._shown:
            return
        self._shown = shown
        self._offer()
        self._limit = _AT_ONCE
        self._make_chips()

    def _show_more(self) -> None:
        first = len(self._chips)
        self._limit += _AT_ONCE
        self._make_chips()
        self._chips[first].setFocus()

    def _make_chips(self) -> None:
        had_focus = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        shown = self._shown[: self._limit]
        # Every chip that comes or goes would place all others anew.
        self._flow.setEnabled(False)
        self._make(len(shown))
        for chip, (badge, words) in zip(self._made, shown, strict=False):
            chip.show_text(words, badge.colour)
            chip.show()
        for chip in self._made[len(shown) :]:
            chip.hide()
        self._chips = self._made[: len(shown)]
        rest = len(self._shown) - len(shown)
        self.rest.setText(self.tr("{0} more…").format(f"{rest:,}"))
        self.rest.setVisible(rest > 0)
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.updateGeometry()
        if had_focus is not None:
            (self._chips[min(had_focus, len(self._chips) - 1)] if self._chips else self.field).setFocus()

    def prepare(self, count: int) -> None:
        """Makes so many chips, hidden until there are tags for them."""
        self._make(count)
        for chip in self._made[len(self._chips) :]:
            chip.hide()

    def _make(self, count: int) -> None:
        for place in range(len(self._made), count):
            self._made.append(self._chip(place))
            self._flow.insertWidget(place, self._made[place])

    def _indent(self) -> None:
        """Chips are set in by what stands around the words of the field, so that these stand where chips would."""
        self.field.setFixedWidth(self._themes.metrics.px(_FIELD_PX))
        inset = self._themes.metrics.px(INPLACE_INSET_PX)
        self._flow.setContentsMargins(inset, 0, 0, 0)
        self._flow.hang(self.field, inset)

    @property
    def chips(self) -> list[Chip]:
        """The chips that are shown, in their order."""
        return list(self._chips)

    def set_known(self, names: Sequence[str]) -> None:
        """The names that the field completes to, but for those that are shown."""
        self._names = list(names)
        self._offer()

    def _offer(self) -> None:
        shown = self._folded()
        names = [name for name in self._names if fold_tag(name) not in shown]
        if self._known.stringList() != names:
            self._known.setStringList(names)

    def _folded(self) -> set[str]:
        return {fold_tag(badge.name) for badge, _ in self._shown}

    def set_writable(self, is_writable: bool) -> None:
        """Whether tags can be put and taken."""
        self.field.setVisible(is_writable)
        if is_writable != self._is_writable:
            self._is_writable = is_writable
            for chip in self._made:
                self._flow.removeWidget(chip)
                chip.deleteLater()
            self._made = []
            self._make_chips()

    def _chip(self, place: int) -> Chip:
        chip = Chip("", themes=self._themes, parent=self)
        if self._is_writable:
            chip.add_button(IconName.X, self.tr("Take off"), icons=self._icons)
        chip.button_clicked.connect(lambda: self.removed.emit(self._shown[place][0].name))
        chip.clicked.connect(lambda _=False: self.chosen.emit(self._shown[place][0].name))
        return chip

    def _add(self) -> None:
        text = self.field.text()
        # A tag of an import may have a comma of its own.
        typed = [text] if text.strip() in self._known.stringList() else text.split(",")
        self.field.clear()
        folded = self._folded()
        names = [name for name in (part.strip().strip("/") for part in typed) if name and fold_tag(name) not in folded]
        if names:
            self.added.emit(names)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() is QEvent.Type.FocusIn:
                self.names_wanted.emit()
            elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._takes(event):
                return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        is_empty = not self.field.text()
        # Enter must not go on to the main button of a dialog while a tag is being typed.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_empty:
            self._add()
            return True
        if event.key() == Qt.Key.Key_Backspace and is_empty and self._chips:
            self._chips[-1].setFocus()
            return True
        if event.key() == Qt.Key.Key_Escape and not is_empty:
            self.field.clear()
            return True
        return False
