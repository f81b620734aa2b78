"""Exporting papers."""

import argparse

from refman.cli.commands import Commands
from refman.cli.output import tell, write
from refman.cli.progress import TerminalProgress
from refman.cli.search_commands import understood
from refman.cli.session import ids_of, library_of
from refman.cli.texts import not_empty, path_of
from refman.cli.world import World
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import ExportFormat
from refman.services.export_report import PaperProblem
from refman.services.library import Library
from refman.services.outcome import count_of

_NAMED_KEYS = 3
"""How many papers a problem names one by one."""


def add_to(commands: Commands) -> None:
    """Declares the command."""
    export = commands.add(
        "export",
        _export,
        summary="write papers for LaTeX or another program",
        details="All papers, or those of a query and of the keys; to a .bib the parents that they name by crossref "
        "too. Fields that hold paths of this machine stay here unless --local-paths or the profile says otherwise. "
        "A file is replaced as a whole or not at all.",
    )
    export.add_argument("--format", choices=[str(one) for one in ExportFormat], help="bibtex by default")
    export.add_argument(
        "--profile", metavar="NAME", type=not_empty, help="as this export profile says; see export-profile"
    )
    export.add_argument("--query", metavar="Q", help="the papers that match")
    export.add_argument("--key", metavar="K", action="append", default=[], help="this paper; may be repeated")
    export.add_argument(
        "--local-paths",
        action="store_true",
        help="with the fields that hold paths of this machine (file, local-url, bdsk-file-1 ...)",
    )
    export.add_argument("--output", metavar="FILE", type=path_of, help="instead of standard output")
    export.add_argument(
        "--yes",
        action="store_true",
        help="also when FILE would lose all, over 100 or over a fifth of its entries, or holds something else",
    )


def _export(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        profile = library.settings.profile(arguments.profile) if arguments.profile else None
        local_paths = arguments.local_paths
        if profile and local_paths:
            profile = profile.changed("files", value=True)
        format_name = _format(arguments.format, profile)
        selection = _selection(library, arguments.query, arguments.key)
        if arguments.output is None or str(arguments.output) == "-":
            _tell_problems(
                library.export_stream(selection, format_name, write, profile=profile, local_paths=local_paths)
            )
            return 0
        progress = TerminalProgress()
        try:
            report = library.export_file(
                selection,
                format_name,
                arguments.output,
                progress,
                profile=profile,
                may_shrink=arguments.yes,
                local_paths=local_paths,
            )
        finally:
            progress.end()
    _tell_problems(report.problems)
    parents = f" and {count_of(report.parents, 'parent')}" if report.parents else ""
    tell(f"wrote {count_of(report.count, 'paper')}{parents} to {report.path}")
    return 0


def _format(given: str | None, profile: ExportProfile | None) -> str:
    """The format that is meant. Raises: InvalidValue when the profile is for another one."""
    if profile is None:
        return str(given or ExportFormat.BIBTEX)
    if given and given != profile.engine:
        raise InvalidValue(
            "profile-format",
            f"The export profile {profile.name} is for {profile.engine}, not for {given}; leave --format out.",
            profile.name,
            given,
        )
    return str(profile.engine)


def _selection(library: Library, query: str | None, keys: list[str]) -> Listing | list[PaperId]:
    """All papers; with a query or keys, what these name together."""
    if not keys:
        return Listing(understood(library, query or ""))
    ids = ids_of(library, keys)
    trashed = [row.key for row in library.rows(ids) if row.is_trashed]
    if trashed:
        raise NotFound(
            "key-in-trash", f"{', '.join(trashed)} is in the trash; restore it first to export it.", *trashed
        )
    if query is not None:
        ids += [PaperId(one) for one in library.ids(Listing(understood(library, query)))]
    return ids


def _tell_problems(problems: tuple[PaperProblem, ...]) -> None:
    """A sentence that many papers share is told once, with the first of their keys."""
    keys_of: dict[str, list[str]] = {}
    for found in problems:
        keys_of.setdefault(found.problem.message, []).append(found.key)
    for message, keys in keys_of.items():
        named = ", ".join(keys[:_NAMED_KEYS])
        if len(keys) > _NAMED_KEYS:
            tell(f"{count_of(len(keys), 'paper')} ({named} ...): {message}")
        else:
            tell(f"{named}: {message}")
