"""Exports: papers stream from one snapshot of the library through an exporter into a text, a file or a pipe."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from refman.domain.errors import ExportRefused, InvalidValue
from refman.domain.export_profile import Order, Shaping
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader, Store
from refman.domain.progress import NoProgress, Progress, stop_if_cancelled
from refman.formats import EXPORTERS
from refman.formats.base import ExportContext, Exporter
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.services.citekeys import KeyMaker, key_for, let_keys_leave
from refman.services.export_former_keys import with_former_keys
from refman.services.export_guard import guard_of
from refman.services.export_keys import check_keys
from refman.services.export_parents import Family, data_of, family_of, speller
from refman.services.export_report import ExportReport, PaperProblem
from refman.services.export_selection import Selection, parents_last, selected_ids
from refman.services.export_target import check_target, is_replaced, replace_file, write_through
from refman.services.kept_texts import KeptTexts
from refman.services.linking.memory import without_collections

_CHUNK = 500
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Run:
    """One export on its way: the papers in order, and what was found while they went."""

    exporter: Exporter
    ids: Sequence[PaperId]
    progress: Progress
    family: Family
    shaping: Shaping | None = None
    local_paths: bool = False
    problems: list[PaperProblem] = field(default_factory=list)
    control: int = 0
    """Papers whose type only steers a style or biber; a format may not count them."""

    def pieces(self, reader: Reader) -> Iterator[str]:
        """The text of the file."""
        return self.exporter.write(self._papers(reader), _context(reader, self.shaping, local_paths=self.local_paths))

    def _papers(self, reader: Reader) -> Iterator[Paper]:
        shape = _shape(self.shaping)
        # No format writes tags and notes; profiles make fields of them.
        read = reader.papers if self.shaping else reader.bare_papers
        for start in range(0, len(self.ids), _CHUNK):
            stop_if_cancelled(self.progress)
            for paper in map(shape, read(self.ids[start : start + _CHUNK])):
                self.control += paper.type.lower() in CONTROL_TYPES
                if problems := [*self.exporter.problems(paper), *self.family.problems(paper.id)]:
                    self.problems += [PaperProblem(paper.id, paper.key, found) for found in problems]
                yield paper
            self.progress.report(min(start + _CHUNK, len(self.ids)), len(self.ids), "Export")


def exporter_of(name: str) -> Exporter:
    """The exporter of a format. Raises: InvalidValue, naming those that exist."""
    if name not in EXPORTERS:
        known = ", ".join(EXPORTERS)
        raise InvalidValue("bad-format", f'refman cannot write "{name}"; the formats are {known}.', name, known)
    return EXPORTERS[name]


def export_text(
    store: Store, selection: Selection, *, format_name: str, pattern: str, shaping: Shaping | None = None
) -> str:
    """The whole text of an export without local paths, whatever its keys hold; missing ones are made first.

    Raises: InvalidValue, LibraryReadOnly.
    """
    run = _begin(
        store, selection, exporter=exporter_of(format_name), pattern=pattern, progress=NoProgress(), shaping=shaping
    )
    with store.read() as reader:
        return "".join(run.pieces(reader))


def stream(
    store: Store,
    selection: Selection,
    *,
    format_name: str,
    pattern: str,
    sink: Callable[[str], object],
    shaping: Shaping | None = None,
    local_paths: bool = False,
) -> tuple[PaperProblem, ...]:
    """Gives the pieces of an export to `sink` as they are made; `local_paths` as in `export_file`.

    Raises: ExportRefused for a key that the format cannot hold, InvalidValue, LibraryReadOnly.
    """
    run = _begin(
        store, selection, exporter=exporter_of(format_name), pattern=pattern, progress=NoProgress(), shaping=shaping
    )
    run.local_paths = local_paths
    with store.read() as reader:
        check_keys(reader, run.ids, format_name=format_name)
        with without_collections():
            for piece in run.pieces(reader):
                sink(piece)
    return tuple(run.problems)


def export_file(
    store: Store,
    selection: Selection,
    *,
    format_name: str,
    pattern: str,
    path: Path,
    progress: Progress,
    shaping: Shaping | None = None,
    may_shrink: bool = True,
    local_paths: bool = False,
) -> ExportReport:
    """Writes a file whole or not at all; pipes and devices are written to.

    Without `may_shrink` a file that would lose much is left as it is (decision 0099). With `local_paths` fields that
    hold paths of this machine leave too; a profile (`shaping`) says so itself.
    Raises: ExportRefused, DiskFull, InvalidValue, LibraryReadOnly, Cancelled, BrokenPipeError.
    """
    exporter = exporter_of(format_name)
    check_target(path, store.location)
    run = _begin(store, selection, exporter=exporter, pattern=pattern, progress=progress, shaping=shaping)
    run.local_paths = local_paths
    with store.read() as reader:
        check_keys(reader, run.ids, format_name=format_name)
        with without_collections():
            _write(run, path, run.pieces(reader), may_shrink=may_shrink)
    _log.info("exported %d papers as %s", len(run.ids), exporter.name)
    parents = len(run.family.parents)
    return ExportReport(len(run.ids) - parents, path, tuple(run.problems), parents)


def preview(
    store: Store, paper: Paper, *, format_name: str, shaping: Shaping | None = None, local_paths: bool = False
) -> str:
    """One paper as it would be exported; a missing key stays missing."""
    with store.read() as reader:
        shape = _shape(with_former_keys(reader, shaping, [paper.id]))
        return "".join(
            exporter_of(format_name).write([shape(paper)], _context(reader, shaping, local_paths=local_paths))
        )


def foreseen_text(
    store: Store, selection: Selection, *, format_name: str, pattern: str, shaping: Shaping | None = None
) -> str:
    """What `export_text` would give; nothing is written, a missing key is only foreseen."""
    exporter = exporter_of(format_name)
    with store.read() as reader:
        maker = KeyMaker(reader, pattern)
        ids = _family(reader, selected_ids(reader, selection), exporter, shaping).ids
        ids = parents_last(reader, selected_ids(reader, ids, order=_order(shaping)))
        shape = _shape(with_former_keys(reader, shaping, ids))
        papers = (
            shape(paper if paper.key else replace(paper, key=key_for(reader, paper, maker)))
            for start in range(0, len(ids), _CHUNK)
            for paper in reader.papers(ids[start : start + _CHUNK])
        )
        return "".join(exporter.write(papers, _context(reader, shaping)))


def shaped(papers: Iterable[Paper], shaping: Shaping | None) -> list[Paper]:
    """The papers as a profile makes them leave, without former keys: those are looked for once an export."""
    return list(map(_shape(shaping), papers))


def _shape(shaping: Shaping | None) -> Callable[[Paper], Paper]:
    if shaping is None:
        return lambda paper: paper
    # Late: loads bibtexparser, which other formats do not need.
    from refman.formats.bibtex.shaping import Shaper

    return Shaper(shaping).shape


def _family(reader: Reader, ids: Sequence[PaperId], exporter: Exporter, shaping: Shaping | None) -> Family:
    return family_of(reader, ids, format_name=exporter.name, shape=_shape(shaping))


def _order(shaping: Shaping | None) -> Order:
    return shaping.profile.order if shaping else Order.KEY


def _begin(
    store: Store,
    selection: Selection,
    *,
    exporter: Exporter,
    pattern: str,
    progress: Progress,
    shaping: Shaping | None,
) -> _Run:
    with store.read() as reader:
        family = _family(reader, selected_ids(reader, selection), exporter, shaping)
    let_keys_leave(store, family.ids, pattern=pattern)
    with store.read() as reader:
        # Keys that were made just now have their place in the order too.
        ids = parents_last(reader, selected_ids(reader, family.ids, order=_order(shaping)))
        shaping = with_former_keys(reader, shaping, ids)
    return _Run(exporter, ids, progress, family, shaping)


def _write(run: _Run, path: Path, pieces: Iterable[str], *, may_shrink: bool) -> None:
    if not is_replaced(path):
        write_through(path, pieces)
        return
    if not run.ids and os.path.exists(path) and os.stat(path).st_size:
        raise ExportRefused("empty-export", f"No paper was found to export, so {path} is as it was.", str(path))

    guard = None if may_shrink else guard_of(path)

    def check(blocks: Iterable[str]) -> None:
        written = run.exporter.count_blocks(guard.passed(blocks) if guard else blocks)
        if not len(run.ids) - run.control <= written <= len(run.ids):
            raise ExportRefused(
                "export-miscounted",
                f"{path} would hold {written} papers instead of {len(run.ids)}, so it is as it was. "
                "This is a fault of refman; please report it.",
                str(path),
                str(written),
                str(len(run.ids)),
            )
        if guard:
            guard.check()

    replace_file(path, pieces, check=check)


def _context(reader: Reader, shaping: Shaping | None = None, *, local_paths: bool = False) -> ExportContext:
    """What an exporter needs; a profile has taken the local paths out already where it wants none."""
    return ExportContext(
        reader.macros(),
        blocks=reader.blocks(),
        raw=KeptTexts(reader).piece,
        spelled=speller(reader),
        data=data_of(reader),
        shaping=shaping,
        local_paths=local_paths or shaping is not None,
    )
