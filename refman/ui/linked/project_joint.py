"""Opening the project and the settings of a linked file, and doing what is asked there."""

from collections.abc import Callable
from pathlib import Path

from refman.domain.errors import NotFound, RefmanError
from refman.domain.links import LinkedFile
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions, find_link
from refman.services.linking.mending import mend
from refman.services.linking.project_report import ProjectReport, report_on
from refman.services.linking.report_of_place import as_named
from refman.services.pushing import jump
from refman.ui.commands.context import CommandContext
from refman.ui.linked.project_sheet import ProjectSheet
from refman.ui.linked.settings_sheet import LinkSettingsSheet
from refman.ui.wording import sentence


def open_project(context: CommandContext, path: str, changed: Callable[[], None]) -> ProjectSheet:
    """The project of a linked file; `changed` is called after something was written."""
    sheet = ProjectSheet(Path(path).name, themes=context.sidebar.themes, window=context.window)

    def fail(error: Exception) -> None:
        if isinstance(error, RefmanError):
            sheet.fail(sentence(error))

    def look() -> None:
        context.adapter.read(
            lambda library: read_report(library, path), sheet.show_report, failed=fail, owner=sheet, slot="project"
        )

    def mended(_: object) -> None:
        changed()
        look()

    sheet.mend_asked.connect(
        lambda old, new: context.adapter.write(
            lambda library: mend(library.store, project_of(library, path), old, new),
            mended,
            owner=context.table,
            failed=fail,
        )
    )
    sheet.paper_asked.connect(lambda key: _show_paper(context, path, key))
    sheet.place_asked.connect(lambda file, line: _open_in_editor(context, Path(file), line))
    sheet.open()
    look()
    return sheet


def open_settings(context: CommandContext, path: str, changed: Callable[[], None]) -> None:
    """How a file is linked."""

    def show(link: LinkedFile) -> None:
        sheet = LinkSettingsSheet(link, themes=context.sidebar.themes, window=context.window)
        sheet.saved.connect(save)
        sheet.unlink_asked.connect(unlink)
        sheet.open()

    def save(options: LinkOptions) -> None:
        context.adapter.work(lambda library, _: links_of(library).link(Path(path), options), lambda _: changed())

    def unlink() -> None:
        context.adapter.work(lambda library, _: links_of(library).unlink(Path(path)), lambda _: changed())

    def find(library: Library) -> LinkedFile:
        with library.store.read() as reader:
            return find_link(reader, Path(path))

    context.adapter.read(find, show, owner=context.table)


def read_report(library: Library, path: str) -> ProjectReport:
    """Looks at the project of a linked file. Any thread. Raises: NotFound."""
    with library.store.read() as reader:
        return as_named(report_on(_folder(find_link(reader, Path(path)).project, path), reader))


def project_of(library: Library, path: str) -> Path:
    """The folder that goes with a linked file. Raises: NotFound."""
    with library.store.read() as reader:
        return _folder(find_link(reader, Path(path)).project, path)


def _folder(project: str, path: str) -> Path:
    if not project:
        raise NotFound("no-project-of-link", f"{path} has no LaTeX project; name one in its settings.", path)
    return Path(project)


def _open_in_editor(context: CommandContext, path: Path, line: int) -> None:
    editor = context.live.value.editor
    context.voice.run(
        context.window.tr("Opening {0}").format(path.name), lambda _, __: jump(editor, path, line), lambda _: None
    )


def _show_paper(context: CommandContext, path: str, key: str) -> None:
    def find(library: Library) -> PaperId | None:
        with library.store.read() as reader:
            link = find_link(reader, Path(path))
            in_file = {entry.key: entry.paper_id for entry in reader.linked_entries(link.id)}
            return in_file.get(key) or reader.ids_of_keys([key]).get(key)

    context.adapter.read(find, context.look_at, owner=context.table)
