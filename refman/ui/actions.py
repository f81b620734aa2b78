"""Commands: what a person can do, each declared once beside the function that does it.

    @command(id="paper.new", text="New paper", key="Ctrl+N", menu=Menu.FILE, icon=IconName.PLUS,
             enabled=lambda state: state.is_writable)
    def new_paper(context: CommandContext) -> None: ...

`refman.ui.menus` makes the actions and menus of them; the palette and the list of keys show the same declarations.
Texts are English and translated in the context `Command`.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from types import ModuleType
from typing import Any, Generic, TypeVar

from refman.domain.editors import Editor
from refman.domain.frozen import dataclass
from refman.domain.settings import CiteCommand, RowHeight, ThemeMode
from refman.ui.icons import IconName

C = TypeVar("C")
"""What commands get: everything they may use (library, selection, window)."""


class Menu(StrEnum):
    """The menus in their order, with mnemonics."""

    FILE = "&File"
    EDIT = "&Edit"
    VIEW = "&View"
    PAPER = "&Paper"
    TAGS = "&Tags"
    GO = "&Go"
    HELP = "&Help"


class Scope(StrEnum):
    """Where the key of a command works."""

    WINDOW = "window"
    LIST = "list"
    """Only while the paper list has the focus: keys that mean something else in a text field (Space, Del, 1-9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UiState:
    """What the window knows about itself; commands decide by it whether they can be done now."""

    has_library: bool = False
    is_writable: bool = False
    selected_count: int = 0
    shown_count: int = 0
    is_trash_shown: bool = False
    has_query: bool = False
    is_preview_shown: bool = False
    has_file: bool = False
    """The current paper has an attachment."""
    has_link: bool = False
    """The current paper has a DOI or URL."""
    undo_name: str = ""
    """What `Undo` would take back; empty when there is nothing."""
    redo_name: str = ""
    is_unsettled: bool = False
    """Something is being written: a key pressed now means what will be undone or done again after it."""
    can_go_back: bool = False
    can_go_forward: bool = False
    is_sidebar_shown: bool = True
    """Neither hidden nor folded to its strip of icons."""
    is_sidebar_hidden: bool = False
    is_sidebar_right: bool = False
    is_detail_shown: bool = True
    detail_place: str = "auto"
    """A value of `pane_state.DetailPlace`."""
    fourth: str = "none"
    """A value of `pane_state.Fourth`."""
    is_sidebar_torn: bool = False
    is_fourth_torn: bool = False
    """It stands in a window of its own."""
    theme: ThemeMode = ThemeMode.SYSTEM
    row_height: RowHeight = RowHeight.COMFORTABLE
    cite_command: CiteCommand = CiteCommand.CITE
    editor: Editor = Editor.TEXSTUDIO

    is_key_out_of_reach: bool = False
    """The one selected paper has no key, and none can be made in a library that can only be read."""

    @property
    def can_cite(self) -> bool:
        """Every selected paper has a key, or one can be made for it."""
        return self.has_selection and not self.is_key_out_of_reach

    @property
    def has_selection(self) -> bool:
        """At least one paper is selected."""
        return self.selected_count > 0

    @property
    def can_edit_selection(self) -> bool:
        """At least one paper is selected and can be changed."""
        return self.is_writable and self.has_selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[C]):
    """One command. Calling it does it.

    `keys` are portable key sequences, alternatives divided by `; `; the first is shown. Commands of one `group` stand
    together in their menu, groups in ascending order, divided by lines. `checked` makes it a switch that shows the
    state. `subject` is put behind the text ("Undo" + "Edit title").
    """

    id: str
    text: str
    run: Callable[[C], None]
    keys: str
    menu: Menu | None
    submenu: str
    group: int
    scope: Scope
    icon: IconName | None
    enabled: Callable[[UiState], bool]
    checked: Callable[[UiState], bool] | None
    subject: Callable[[UiState], str] | None

    def __call__(self, context: C) -> None:
        """Does it."""
        self.run(context)


def _always(_state: UiState) -> bool:
    return True


def command(
    *,
    id: str,
    text: str,
    key: str = "",
    menu: Menu | None = None,
    submenu: str = "",
    group: int = 0,
    scope: Scope = Scope.WINDOW,
    icon: IconName | None = None,
    enabled: Callable[[UiState], bool] = _always,
    checked: Callable[[UiState], bool] | None = None,
    subject: Callable[[UiState], str] | None = None,
) -> Callable[[Callable[[C], None]], Command[C]]:
    """Makes the decorated function a `Command`; nothing is registered by it, see `collect`."""

    def declare(run: Callable[[C], None]) -> Command[C]:
        return Command(
            id=id,
            text=text,
            run=run,
            keys=key,
            menu=menu,
            submenu=submenu,
            group=group,
            scope=scope,
            icon=icon,
            enabled=enabled,
            checked=checked,
            subject=subject,
        )

    return declare


def collect(modules: Iterable[ModuleType]) -> tuple[Command[Any], ...]:
    """The commands of these modules, in the order of modules and of lines.

    Raises:
        ValueError: two commands have one id, or one key in the same scope, which is a bug.
    """
    commands = tuple(value for module in modules for value in vars(module).values() if isinstance(value, Command))
    _check_unique([each.id for each in commands])
    _check_unique([f"{each.scope}: {key}" for each in commands for key in each.keys.split("; ") if key])
    return commands


def _check_unique(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"declared twice: {', '.join(twice)}")
