"""Which columns are shown, how wide, in which order; the title takes what the others leave."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView

from refman.domain.frozen import dataclass
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN, Look, column_named, default_names
from refman.ui.theme import ThemeController

_NARROWEST = 40
_TITLE_SHARE = 0.42
"""The part of the list that titles get before other columns have all the width they want."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What is kept of the columns: names in order for the wide and the narrow layout (empty: the defaults), widths.

    Widths are in design pixels by the name of the column.
    """

    wide: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)


class ColumnLayout(QObject):
    """Keeps the columns of one view filling it exactly, unless the title would get too narrow."""

    changed = Signal()
    """The person chose, moved or resized columns."""

    def __init__(self, view: QTableView, themes: ThemeController) -> None:
        super().__init__(view)
        self._header = header = view.horizontalHeader()
        # Asked for its viewport each time: PySide can lose the Python side of a widget that Qt made, and a RuntimeError
        # in an event filter ends the program.
        self._view = view
        self._themes = themes
        self._choice = ColumnChoice()
        self._is_wide = True
        self._is_ours = False
        header.setStretchLastSection(False)
        header.sectionResized.connect(self._share)
        header.sectionMoved.connect(self._remember_order)
        view.viewport().installEventFilter(self)
        themes.changed.connect(self._apply)

    @property
    def choice(self) -> ColumnChoice:
        """What to keep for the next start."""
        return self._choice

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the columns shown now, from left to right."""
        kept = self._choice.wide if self._is_wide else self._choice.narrow
        return tuple(name for name in kept if column_named(name) is not None) or default_names(is_wide=self._is_wide)

    def restore(self, choice: ColumnChoice) -> None:
        """Takes up what was kept."""
        self._choice = choice
        self._apply()

    def set_wide(self, is_wide: bool) -> None:
        """Changes between the columns of the wide window and those of the narrow one."""
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._apply()

    def set_shown(self, name: str, is_shown: bool) -> None:
        """Shows or hides one column; the title stays."""
        names = [other for other in self.shown if other != name]
        if is_shown or name == COLUMNS[TITLE_COLUMN].name:
            place = _place_among(names, name)
            names.insert(place, name)
        self._keep(names)
        self._apply()

    def reset(self) -> None:
        """The columns, order and widths of a new installation."""
        self._choice = ColumnChoice()
        self._apply()
        self.changed.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """One item a column, and the way back to the defaults."""
        shown = self.shown
        for index, column in enumerate(COLUMNS):
            action = QAction(QCoreApplication.translate("Column", column.label), menu)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.setEnabled(index != TITLE_COLUMN)
            action.toggled.connect(lambda is_on, name=column.name: self.set_shown(name, is_on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Reset columns"), self.reset)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.fit()
        return False

    def fit(self) -> None:
        """Gives the title what the other columns leave; where that is less than its share, they give way to it.

        Words to be copied (keys, identifiers) are worth little when they are cut: they give way last, and only for
        the width a title cannot do without. A column that the person resized keeps its width.
        """
        width = self._view.viewport().width()
        least = self._themes.metrics.px(COLUMNS[TITLE_COLUMN].least)
        others = [_index(name) for name in self.shown if name != COLUMNS[TITLE_COLUMN].name]
        given = {i: self._wanted_width(i) for i in others}
        words = [i for i in others if COLUMNS[i].look is Look.MONO]
        self._give_way(given, [i for i in others if i not in words], width - max(least, round(width * _TITLE_SHARE)))
        self._give_way(given, words, width - least)
        for i, own in given.items():
            self._resize(i, own)
        self._resize(TITLE_COLUMN, max(least, width - sum(self._header.sectionSize(i) for i in others)))

    def _give_way(self, given: dict[int, int], sections: list[int], room: int) -> None:
        """Narrows these columns, each by the same part of what it can do without, until all fit into the room."""
        slack = {i: 0 if self._is_chosen(i) else given[i] - self._least_width(i) for i in sections}
        lacking = max(0, sum(given.values()) - room)
        share = min(1.0, lacking / sum(slack.values())) if sum(slack.values()) else 0.0
        for i in sections:
            given[i] = int(given[i] - slack[i] * share)

    def _wanted_width(self, section: int) -> int:
        column = COLUMNS[section]
        return self._themes.metrics.px(self._choice.widths.get(column.name, column.width))

    def _least_width(self, section: int) -> int:
        return self._themes.metrics.px(COLUMNS[section].least)

    def _is_chosen(self, section: int) -> bool:
        return COLUMNS[section].name in self._choice.widths

    def _apply(self) -> None:
        self._is_ours = True
        self._header.setMinimumSectionSize(self._themes.metrics.px(_NARROWEST))
        shown = self.shown
        for index, column in enumerate(COLUMNS):
            self._header.setSectionHidden(index, column.name not in shown)
        for place, name in enumerate(shown):
            self._header.moveSection(self._header.visualIndex(_index(name)), place)
        self._is_ours = False
        self.fit()

    def _share(self, section: int, old: int, new: int) -> None:
        """A dragged edge gives to one neighbour what it takes from the other, so the rest stays where it is."""
        if self._is_ours or not old or not new:
            return
        right = self._right_neighbour(section)
        if right is None:
            self._resize(section, old)
            return
        least = self._header.minimumSectionSize()
        taken = min(new - old, self._header.sectionSize(right) - least)
        self._resize(section, old + taken)
        self._resize(right, self._header.sectionSize(right) - taken)
        self._keep_widths((section, right))

    def _right_neighbour(self, section: int) -> int | None:
        visual = self._header.visualIndex(section)
        following = (self._header.logicalIndex(v) for v in range(visual + 1, len(COLUMNS)))
        return next((i for i in following if not self._header.isSectionHidden(i)), None)

    def _resize(self, section: int, width: int) -> None:
        was_ours, self._is_ours = self._is_ours, True
        self._header.resizeSection(section, width)
        self._is_ours = was_ours

    def _remember_order(self) -> None:
        if self._is_ours:
            return
        in_order = (self._header.logicalIndex(visual) for visual in range(len(COLUMNS)))
        self._keep([COLUMNS[i].name for i in in_order if not self._header.isSectionHidden(i)])

    def _keep(self, names: list[str]) -> None:
        wide, narrow = self._choice.wide, self._choice.narrow
        kept = tuple(names)
        if self._is_wide:
            wide = kept
        else:
            narrow = kept
        self._choice = ColumnChoice(wide, narrow, self._choice.widths)
        self.changed.emit()

    def _keep_widths(self, sections: Iterable[int]) -> None:
        scale = self._themes.metrics.scale
        widths = dict(self._choice.widths)
        for i in sections:
            if i != TITLE_COLUMN:
                widths[COLUMNS[i].name] = round(self._header.sectionSize(i) / scale)
        self._choice = ColumnChoice(self._choice.wide, self._choice.narrow, widths)
        self.changed.emit()


def _index(name: str) -> int:
    found = column_named(name)
    if found is None:
        raise KeyError(name)
    return found


def _place_among(names: list[str], name: str) -> int:
    """Where a column that is shown again stands: before the first one that stands after it by default."""
    own = _index(name)
    return next((place for place, other in enumerate(names) if _index(other) > own), len(names))
