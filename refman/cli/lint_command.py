"""`lint`: what is odd in a library or in .bib files, and its fixes."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from refman.cli.commands import Commands, add_json_option
from refman.cli.lint_output import (
    file_json,
    foreseen_json,
    paper_json,
    say_file_finding,
    say_foreseen,
    say_paper_finding,
)
from refman.cli.output import print_json_array, tell, write
from refman.cli.progress import TerminalProgress
from refman.cli.search_commands import understood
from refman.cli.session import library_of
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import InvalidValue, RefmanError
from refman.domain.quality import CheckName
from refman.domain.query import EVERYTHING
from refman.formats.bibtex.dialects import Dialect
from refman.services.library import Library
from refman.services.outcome import count_of
from refman.services.quality.checks import CHECKS
from refman.services.quality.file_fixes import FileReport, fix_file, foresee_fixes, lint_file
from refman.services.quality.file_quality import FileLooking
from refman.services.quality.file_slips import Fixes
from refman.services.quality.library_fixes import fix_all, foresee_all
from refman.services.quality.library_quality import Looking, look

_ALL = "all"
T = TypeVar("T")


def add_to(commands: Commands) -> None:
    """Declares the command."""
    lint = commands.add(
        "lint",
        _lint,
        summary="name what is odd in the library or in .bib files; exit 1 when anything is",
        details="Checks: "
        + "; ".join(f"{check.name} ({check.summary})" for check in CHECKS.values())
        + '. In a file, "% refman-lint: ignore CHECK, ..." right above an entry leaves checks out; in the library '
        "the window's Quality page does. A fix in a file changes the bytes of its field only.",
    )
    lint.add_argument("files", metavar="FILE.bib", nargs="*", type=path_of, help="files; the library by default")
    lint.add_argument(
        "--fix", metavar="CHECK,...", type=_checks, action="extend", default=[], help="mend what can be mended safely"
    )
    lint.add_argument(
        "--unsure", action="store_true", help="with --fix: also what someone should see first; look with --dry-run"
    )
    lint.add_argument("--dry-run", action="store_true", help="with --fix: show the difference, write nothing")
    lint.add_argument("--check", metavar="CHECK,...", type=_checks, action="extend", default=[], help="only these")
    lint.add_argument("--skip", metavar="CHECK,...", type=_checks, action="extend", default=[], help="not these")
    lint.add_argument("--dialect", choices=[str(one) for one in Dialect], help="of BibTeX or biblatex (else guessed)")
    lint.add_argument("--query", metavar="Q", default="", help="only these papers of the library")
    add_json_option(lint)


def _checks(text: str) -> list[CheckName]:
    if text == _ALL:
        return list(CheckName)
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in list(CheckName)]
    if unknown:
        known = ", ".join(CheckName)
        raise argparse.ArgumentTypeError(f"there is no check {unknown[0]}; the checks are {known} and all")
    return [CheckName(name) for name in names]


def _lint(arguments: argparse.Namespace, world: World) -> int:
    if arguments.dry_run and not arguments.fix:
        raise InvalidValue("nothing-to-foresee", "--dry-run shows what --fix would do; name the checks to fix.", "fix")
    wanted = [check for check in CHECKS if check in (arguments.check or CHECKS) and check not in arguments.skip]
    if arguments.files:
        return _lint_files(arguments, wanted)
    with library_of(arguments, world) as library:
        return _lint_library(library, arguments, wanted)


def _lint_files(arguments: argparse.Namespace, checks: Iterable[CheckName]) -> int:
    dialect = Dialect(arguments.dialect) if arguments.dialect else None
    looking = FileLooking(tuple(checks), dialect)
    is_read = True
    reports: list[tuple[Path, FileReport]] = []
    for path in arguments.files:
        try:
            report = _of_file(path, looking, arguments)
        except RefmanError as error:
            tell(error.message)
            is_read = False
            continue
        reports.append((path, report))
        # As with \bibliography{strings,refs}: what a file defines holds in those behind it.
        looking = replace(looking, macros={**looking.macros, **report.macros})
        _say_report(path, report, arguments)
    if arguments.json:
        print_json_array(file_json(path, found) for path, report in reports for found in report.findings)
    if arguments.dry_run:
        return 0 if is_read and not any(report.fixed for _, report in reports) else 1
    count = sum(len(report.findings) for _, report in reports)
    _tell_count(count)
    return 0 if is_read and not count else 1


def _say_report(path: Path, report: FileReport, arguments: argparse.Namespace) -> None:
    if report.fixed:
        tell(f"{path}: {count_of(report.fixed, 'place')} {'would be ' if arguments.dry_run else ''}fixed")
    if arguments.json:
        return
    if arguments.dry_run:
        write(report.difference)
        return
    for found in report.findings:
        say_file_finding(path, found)


def _of_file(path: Path, looking: FileLooking, arguments: argparse.Namespace) -> FileReport:
    if not arguments.fix:
        return lint_file(path, looking)
    fixes = Fixes(tuple(arguments.fix), arguments.unsure)
    return (foresee_fixes if arguments.dry_run else fix_file)(path, looking, fixes)


def _lint_library(library: Library, arguments: argparse.Namespace, checks: Iterable[CheckName]) -> int:
    papers = understood(library, arguments.query) if arguments.query else EVERYTHING
    dialect = Dialect(arguments.dialect or _usual_dialect(library))
    looking = Looking(tuple(checks), papers, dialect)
    if arguments.dry_run:
        return _foresee(library, replace(Looking((), papers, dialect), checks=tuple(arguments.fix)), arguments)
    progress = TerminalProgress()
    counted = _Counted(found for found in look(library.store, looking, progress) if found.reason is None)
    try:
        if arguments.fix:
            wanted = replace(looking, checks=tuple(arguments.fix))
            clock, unsure = library.clock, arguments.unsure
            tell(fix_all(library.store, wanted, progress, clock=clock, with_unsure=unsure).message)
        if arguments.json:
            print_json_array(paper_json(found) for found in counted)
        else:
            for found in counted:
                progress.end()
                say_paper_finding(found)
    finally:
        progress.end()
    _tell_count(counted.count)
    return 1 if counted.count else 0


def _foresee(library: Library, wanted: Looking, arguments: argparse.Namespace) -> int:
    progress = TerminalProgress()
    counted = _Counted(foresee_all(library.store, wanted, progress, with_unsure=arguments.unsure))
    try:
        if arguments.json:
            print_json_array(foreseen_json(one) for one in counted)
        else:
            for one in counted:
                progress.end()
                say_foreseen(one)
    finally:
        progress.end()
    tell(f"{count_of(counted.count, 'place')} would be fixed")
    return 1 if counted.count else 0


def _usual_dialect(library: Library) -> Dialect:
    """That of the preferred export."""
    return Dialect.BIBLATEX if library.settings.export_format == Dialect.BIBLATEX.value else Dialect.BIBTEX


class _Counted(Generic[T]):
    def __init__(self, findings: Iterable[T]) -> None:
        self._findings = findings
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for found in self._findings:
            self.count += 1
            yield found


def _tell_count(count: int) -> None:
    if count:
        tell(f"{count_of(count, 'finding')}.")
