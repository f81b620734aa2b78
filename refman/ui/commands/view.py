"""Commands of how the window looks: panes, theme, rows, columns, order."""

from collections.abc import Callable
from dataclasses import replace

from refman.domain.listing import DEFAULT_SORT
from refman.domain.settings import RowHeight, ThemeMode
from refman.ui.actions import Command, Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName
from refman.ui.pane_state import DetailPlace, Fourth, PaneState, Side

_THEME = "&Theme"
_ROWS = "&Rows"
_DETAILS = "D&etails stand"
_FOURTH = "&Beside the details"
COLUMNS = "&Columns"
SORT = "S&ort by"


def _change(context: CommandContext, change: Callable[[PaneState], PaneState]) -> None:
    context.panes.apply(change(context.panes.state))


@command(
    id="view.sidebar",
    text="&Sidebar",
    key="Ctrl+B",
    menu=Menu.VIEW,
    icon=IconName.PANEL_LEFT,
    checked=lambda state: state.is_sidebar_shown,
)
def fold_sidebar(context: CommandContext) -> None:
    """Folds the sidebar to a strip of icons, and opens it again."""
    _change(
        context,
        lambda s: replace(s, is_sidebar_shown=True, is_sidebar_folded=s.is_sidebar_shown and not s.is_sidebar_folded),
    )


@command(
    id="view.hide_sidebar",
    text="&Hide the sidebar",
    key="Ctrl+Shift+B",
    menu=Menu.VIEW,
    checked=lambda state: state.is_sidebar_hidden,
)
def hide_sidebar(context: CommandContext) -> None:
    """Takes the sidebar away altogether, and brings it back."""
    _change(context, lambda s: replace(s, is_sidebar_shown=not s.is_sidebar_shown))


@command(
    id="view.sidebar_right",
    text="Sidebar on the ri&ght",
    menu=Menu.VIEW,
    checked=lambda state: state.is_sidebar_right,
)
def move_sidebar(context: CommandContext) -> None:
    """Moves the sidebar to the other side of the window."""
    _change(context, lambda s: replace(s, sidebar_side=Side.LEFT if s.sidebar_side is Side.RIGHT else Side.RIGHT))


@command(
    id="view.sidebar_window",
    text="Sidebar in a &window of its own",
    menu=Menu.VIEW,
    checked=lambda state: state.is_sidebar_torn,
)
def tear_sidebar_off(context: CommandContext) -> None:
    """Gives the sidebar a window, on a second screen for instance, and takes it back."""
    _change(context, lambda s: replace(s, is_sidebar_shown=True, is_sidebar_torn=not s.is_sidebar_torn))


@command(
    id="view.detail",
    text="&Details",
    key="Ctrl+D",
    menu=Menu.VIEW,
    group=1,
    icon=IconName.PANEL_RIGHT,
    checked=lambda state: state.is_detail_shown,
)
def toggle_detail(context: CommandContext) -> None:
    """Shows and hides the details."""
    _change(context, lambda s: replace(s, is_detail_shown=not s.is_detail_shown))


def _detail_command(place: DetailPlace, text: str) -> Command[CommandContext]:
    @command(
        id=f"view.detail_{place}",
        text=text,
        menu=Menu.VIEW,
        submenu=_DETAILS,
        group=1,
        checked=lambda state: state.detail_place == place,
    )
    def move(context: CommandContext) -> None:
        """Moves the details."""
        _change(context, lambda s: replace(s, is_detail_shown=True, detail_place=place))

    return move


detail_auto = _detail_command(DetailPlace.AUTO, "Where there is &room")
detail_beside = _detail_command(DetailPlace.BESIDE, "&Beside the list")
detail_below = _detail_command(DetailPlace.BELOW, "Be&low the list")
detail_window = _detail_command(DetailPlace.WINDOW, "In a &window of their own")


def _fourth_command(fourth: Fourth, text: str) -> Command[CommandContext]:
    @command(
        id=f"view.fourth_{fourth}",
        text=text,
        menu=Menu.VIEW,
        submenu=_FOURTH,
        group=1,
        checked=lambda state: state.fourth == fourth,
    )
    def choose(context: CommandContext) -> None:
        """Puts a tab of the details beside them, in windows from 1800 px."""
        _change(context, lambda s: replace(s, fourth=fourth))
        if fourth is not Fourth.NONE and context.detail.beside.tab is None:
            context.voice.say(context.window.tr("It stands there as soon as the window is wide enough for four panes."))

    return choose


fourth_none = _fourth_command(Fourth.NONE, "Nothing &beside the details")
fourth_notes = _fourth_command(Fourth.NOTES, "&Notes beside the details")
fourth_bibtex = _fourth_command(Fourth.BIBTEX, "Bib&TeX beside the details")


@command(
    id="view.fourth_window",
    text="In a &window of its own",
    menu=Menu.VIEW,
    submenu=_FOURTH,
    group=1,
    enabled=lambda state: state.fourth != Fourth.NONE,
    checked=lambda state: state.is_fourth_torn,
)
def tear_fourth_off(context: CommandContext) -> None:
    """Gives the notes or the BibTeX a window, in a main window of any width, and takes it back."""
    _change(context, lambda s: replace(s, is_detail_shown=True, is_fourth_torn=not s.is_fourth_torn))


@command(id="view.reset_layout", text="Reset the &layout", menu=Menu.VIEW, group=1)
def reset_layout(context: CommandContext) -> None:
    """Panes and columns as they were at the first start."""
    context.panes.apply(PaneState())
    context.table.columns.reset()


def _theme_command(mode: ThemeMode, text: str, icon: IconName) -> Command[CommandContext]:
    @command(
        id=f"view.theme_{mode}",
        text=text,
        menu=Menu.VIEW,
        submenu=_THEME,
        group=2,
        icon=icon,
        checked=lambda state: state.theme is mode,
    )
    def choose(context: CommandContext) -> None:
        """Changes the theme at once."""
        context.live.change("theme", mode)

    return choose


theme_system = _theme_command(ThemeMode.SYSTEM, "As the &system", IconName.MONITOR)
theme_light = _theme_command(ThemeMode.LIGHT, "&Light theme", IconName.SUN)
theme_dark = _theme_command(ThemeMode.DARK, "&Dark theme", IconName.MOON)


def _rows_command(height: RowHeight, text: str) -> Command[CommandContext]:
    @command(
        id=f"view.rows_{height}",
        text=text,
        menu=Menu.VIEW,
        submenu=_ROWS,
        group=2,
        checked=lambda state: state.row_height is height,
    )
    def choose(context: CommandContext) -> None:
        """Changes how close the rows stand."""
        context.live.change("row_height", height)

    return choose


rows_comfortable = _rows_command(RowHeight.COMFORTABLE, "&Comfortable rows")
rows_compact = _rows_command(RowHeight.COMPACT, "C&ompact rows")
rows_dense = _rows_command(RowHeight.DENSE, "&Dense rows")


def _is_shown(state: UiState) -> bool:
    return state.has_library


@command(id="view.sort_newest", text="&Newest first", menu=Menu.VIEW, submenu=SORT, group=3, enabled=_is_shown)
def sort_newest(context: CommandContext) -> None:
    """The order of the first start: what was added last stands first."""
    context.feed.set_sort(DEFAULT_SORT)


@command(id="view.reset_columns", text="Reset columns", menu=Menu.VIEW, submenu=COLUMNS, group=3, enabled=_is_shown)
def reset_columns(context: CommandContext) -> None:
    """The columns of the first start."""
    context.table.columns.reset()
