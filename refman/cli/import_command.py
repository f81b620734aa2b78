"""Importing files, the first of all commands."""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from refman.cli.commands import Commands, add_json_option
from refman.cli.numbers import parse_day
from refman.cli.output import print_json, say, tell
from refman.cli.progress import TerminalProgress
from refman.cli.session import opened
from refman.cli.standard_input import read_standard_input
from refman.cli.texts import not_empty
from refman.cli.world import World
from refman.domain.errors import LibraryMissing, RefmanError, UnreadableInput
from refman.domain.progress import Progress
from refman.services.file_reading import is_streamed
from refman.services.guarded_reading import read_within_limits
from refman.services.import_plan import (
    BigFile,
    FileProblem,
    ImportInput,
    ImportOptions,
    ImportReport,
    OnDuplicate,
    Reading,
    Refusal,
)
from refman.services.library import Library
from refman.services.library_files import shown_name
from refman.services.reading import check_is_no_library, check_options, problems_of, read_bytes, read_file

STANDARD_INPUT = "-"


def add_to(commands: Commands) -> None:
    """Declares the command."""
    parser = commands.add(
        "import",
        _import,
        summary="read papers from files",
        details="The format is found by content unless it is given; - is standard input. A library that does not "
        "exist is made. Papers that are here already get their empty fields filled, nothing is overwritten.",
    )
    parser.add_argument("--format", metavar="F", default="", help="profile, bibtex, ...")
    parser.add_argument(
        "--captured-on", metavar="YYYY-MM-DD", type=parse_day, help="the day the page was copied (today by default)"
    )
    parser.add_argument("--tag", metavar="T", action="append", default=[], help="tag every paper; may be repeated")
    parser.add_argument(
        "--on-duplicate",
        choices=[str(one) for one in OnDuplicate],
        default=OnDuplicate.UPDATE,
        help="what to do with papers that are here already (update by default)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    add_json_option(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", type=not_empty, help="files, or -")


def _import(arguments: argparse.Namespace, world: World) -> int:
    options = ImportOptions(
        captured_on=arguments.captured_on or world.clock.today(),
        tags=tuple(arguments.tag),
        on_duplicate=OnDuplicate(arguments.on_duplicate),
        format=arguments.format,
    )
    check_options(options)
    with ExitStack() as stack:
        work = _Import(world, world.location(arguments.library), options=options, is_dry=arguments.dry_run, stack=stack)
        work.read(arguments.files)
        is_refused = work.carry_out()
    work.tell(is_json=arguments.json)
    return 1 if is_refused or work.refusals else 0


class _Import:
    """One import command: what was read, what came of it."""

    def __init__(self, world: World, location: str, *, options: ImportOptions, is_dry: bool, stack: ExitStack) -> None:
        self._world = world
        self._location = location
        self._options = options
        self._is_dry = is_dry
        self._stack = stack
        self._library = self._open_if_there()
        self._readings: tuple[Reading, ...] = ()
        self._big: dict[int, BigFile] = {}
        """Large files by their place among all that can be read: they are read while they are imported."""
        self._report = ImportReport()
        self._files: list[str] = []
        self.refusals: list[Refusal] = []

    def _open_if_there(self) -> Library | None:
        try:
            library = opened(self._world, self._location)
        except LibraryMissing:
            return None
        self._stack.callback(library.close)
        return library

    def read(self, files: Sequence[str]) -> None:
        """Reads all files; those that give nothing are refused, the others go on."""
        self._files = [shown_name(name) for name in files]
        inputs: list[ImportInput] = []
        for name in files:
            try:
                if self._is_big(name):
                    self._big[len(inputs) + len(self._big)] = BigFile(shown_name(name), Path(name))
                else:
                    inputs.append(self._read_one(name))
            except UnreadableInput as error:
                self.refusals.append(Refusal(shown_name(name), error.code, error.message, error.arguments))
        self._readings = read_within_limits(inputs, self._options)
        self.refusals += [reading.refusal for reading in self._readings if reading.refusal]

    def _is_big(self, name: str) -> bool:
        """Raises: UnreadableInput for what is a library, before anything opens it."""
        if name == STANDARD_INPUT:
            return False
        check_is_no_library(Path(name), library=self._location)
        return is_streamed(Path(name), self._options.format)

    def _read_one(self, name: str) -> ImportInput:
        if name == STANDARD_INPUT:
            return read_bytes(read_standard_input(), name)
        return read_file(Path(name), library=self._location)

    def carry_out(self) -> bool:
        """Imports what was read; True when the world refused it, which is then the last problem of the report."""
        progress = TerminalProgress()
        try:
            library = self._library or self._made_library()
            if library is None:
                self._report = ImportReport(problems=tuple(problems_of(self._readings)))
                return False
            if self._big:
                self._import_big(self._copy_of(library) if self._is_dry else library, progress)
                return False
            plan = library.plan_readings(self._readings, self._options)
            self._report = library.foresee_import(plan) if self._is_dry else library.apply_import(plan, progress)
        except RefmanError as error:
            problem = FileProblem(self._location, 0, error.code, error.message)
            self._report = ImportReport(problems=(*problems_of(self._readings), problem))
            return True
        finally:
            progress.end()
        return False

    def _import_big(self, library: Library, progress: Progress) -> None:
        small = iter(self._readings)
        count = len(self._readings) + len(self._big)
        inputs = [self._big.get(place) or next(small) for place in range(count)]
        done = library.import_big(inputs, self._options, progress)
        self._report = done.report
        # Those of small files are known already.
        self.refusals += [one for one in done.refused if one not in self.refusals]

    def _copy_of(self, library: Library) -> Library:
        """A copy of the library that is thrown away: what a dry run would have to remember does not fit into memory."""
        if library is not self._library:
            return library
        location = str(Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="refman-"))) / "copy.refman")
        library.backup(Path(location))
        copy = self._world.open_library(location)
        self._stack.callback(copy.close)
        return copy

    def _made_library(self) -> Library | None:
        """A new library when there is something to put in; for a dry run one that is thrown away."""
        if not self._big and all(reading.refusal for reading in self._readings):
            return None
        location = self._location
        if self._is_dry:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="refman-"))
            location = str(Path(folder) / "dry-run.refman")
        self._world.create_library(location)
        library = self._world.open_library(location)
        self._stack.callback(library.close)
        return library

    def tell(self, *, is_json: bool) -> None:
        """The report on standard output, problems on standard error."""
        problems = self._problems()
        if is_json:
            print_json(_report_json(self._report, problems))
        else:
            say(f"{'Would be: ' if self._is_dry else ''}{self._report.outcome.message}")
        for problem in problems:
            where = f"{problem.file}:{problem.line}: " if problem.line else ""
            tell(f"{where}{problem.message}")

    def _problems(self) -> list[FileProblem]:
        """Those of refused files too, in the order of the files."""
        places = {name: place for place, name in reversed(list(enumerate(self._files)))}
        refused = [FileProblem(one.file, 0, one.code, one.message, one.arguments) for one in self.refusals]
        return sorted([*refused, *self._report.problems], key=lambda problem: places.get(problem.file, len(places)))


def _report_json(report: ImportReport, problems: Sequence[FileProblem]) -> dict[str, object]:
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
        "keys": list(report.keys),
        "profiles": list(report.profiles),
        "problems": [{"file": one.file, "line": one.line, "message": one.message} for one in problems],
    }
