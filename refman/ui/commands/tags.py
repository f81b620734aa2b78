"""Commands of tags: edit those of the selection, put one on by its number."""

from refman.domain.errors import NotFound, RefmanError
from refman.domain.listing import TagInfo
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.actions import Command, Menu, Scope, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName

_BY_NUMBER = "B&y number"


def _can_edit(state: UiState) -> bool:
    return state.can_edit_selection


@command(id="tags.edit", text="&Edit tags…", key="Ctrl+T", menu=Menu.TAGS, icon=IconName.TAGS, enabled=_can_edit)
def edit_tags(context: CommandContext) -> None:
    """Puts tags on the selected papers and takes them off."""
    context.dialogs.open_tag_editor(context.selected)


@command(id="tags.new", text="&New tag…", menu=Menu.TAGS, icon=IconName.TAG, enabled=lambda state: state.is_writable)
def new_tag(context: CommandContext) -> None:
    """Makes an empty tag in the sidebar."""
    context.dialogs.ask_for_new_tag()


@command(
    id="tags.take_all",
    text="&Take all tags off",
    key="0",
    menu=Menu.TAGS,
    group=2,
    scope=Scope.LIST,
    enabled=_can_edit,
)
def take_all(context: CommandContext) -> None:
    """Takes every tag off the selected papers."""
    ids = context.selected
    context.adapter.write(lambda library: library.untag_all(ids), owner=context.table)


def _numbered(number: int) -> Command[CommandContext]:
    @command(
        id=f"tags.number_{number}",
        text=f"Tag {number}",
        key=str(number),
        menu=Menu.TAGS,
        submenu=_BY_NUMBER,
        group=1,
        scope=Scope.LIST,
        enabled=_can_edit,
    )
    def toggle(context: CommandContext) -> None:
        """Puts the tag of this number on the selected papers, or takes it off when all have it."""
        ids = context.selected

        def work(library: Library) -> Outcome:
            return library.toggle_tag(ids, tag_of_number(library.tags(), number))

        def tell(error: Exception) -> None:
            if isinstance(error, NotFound) and error.code == "no-tag-number":
                # A slip of the finger, and nothing went wrong.
                context.voice.hint(error)
            elif isinstance(error, RefmanError):
                context.voice.refuse(error)

        context.adapter.write(work, owner=context.table, failed=tell)

    return toggle


tag_1, tag_2, tag_3, tag_4, tag_5, tag_6, tag_7, tag_8, tag_9 = map(_numbered, range(1, 10))


def tag_of_number(tags: list[TagInfo], number: int) -> str:
    """The tag with this number key; while no tag has one, the n-th coloured tag.

    Raises: NotFound when there is none.
    """
    numbered = {tag.number_key: tag.name for tag in tags if tag.number_key}
    coloured = dict(enumerate((tag.name for tag in tags if tag.colour), start=1))
    found = (numbered or coloured).get(number, "")
    if not found:
        raise NotFound(
            "no-tag-number",
            f"No tag has the number {number}; give a tag a colour or a number in the sidebar (right click).",
            str(number),
        )
    return found
