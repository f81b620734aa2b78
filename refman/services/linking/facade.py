"""The part of the facade that is about linked .bib files; loads the formats, so it is imported when it is needed."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import InvalidValue
from refman.domain.links import LinkedFile
from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Reader, Store
from refman.domain.progress import NoProgress, Progress
from refman.domain.query_parser import parse_query
from refman.services.library_exports import LibraryExports
from refman.services.linking.bib_keys import keys_elsewhere
from refman.services.linking.cited import cited_keys
from refman.services.linking.cited_search import with_citations
from refman.services.linking.linking import LinkOptions, LinkReport, find_link, link_file, unlink_file
from refman.services.linking.overlays import Overlay, overlays_in, use_everywhere
from refman.services.linking.planning import make_plan
from refman.services.linking.sync_plan import Choices, SyncPlan, Wishes
from refman.services.linking.syncing import SyncReport, counts_of, sync
from refman.services.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Links:
    """The linked files of one library. Any thread; one write at a time."""

    store: Store
    clock: Clock
    pattern: str

    def all(self) -> list[LinkedFile]:
        """All links by path."""
        with self.store.read() as reader:
            return reader.linked_files()

    def link(self, path: Path, options: LinkOptions, progress: Progress | None = None) -> LinkReport:
        """Links a file or changes how it is linked.

        Raises: UnreadableInput, Cancelled, InvalidValue for a query that is not understood: what is left out of it
        would let all papers into the file.
        """
        mistakes = parse_query(options.query).misunderstood
        if mistakes:
            part, reason = options.query[mistakes[0].start : mistakes[0].end], mistakes[0].reason
            message = f'"{part}" in the query cannot be understood: {reason} Nothing was linked.'
            raise InvalidValue("query-not-understood", message, "query", part)
        return link_file(
            self.store, path, options, clock=self.clock, pattern=self.pattern, progress=progress or NoProgress()
        )

    def unlink(self, path: Path) -> LinkedFile:
        """Forgets a link; file and papers stay. Raises: NotFound."""
        return unlink_file(self.store, path)

    def plan(self, path: Path, choices: Choices | None = None, *, put: Collection[PaperId] = ()) -> SyncPlan:
        """What a synchronisation would do; writes nothing. Raises: NotFound, UnreadableInput, InvalidValue."""
        with self.store.read() as reader:
            link = find_link(reader, path)
            return make_plan(reader, link, self._wishes(reader, link, choices or {}, put=put))

    def sync(
        self,
        path: Path,
        choices: Choices | None = None,
        *,
        may_shrink: bool = False,
        removes_cited: bool = False,
        put: Collection[PaperId] = (),
    ) -> SyncReport:
        """Brings a file and the library together; papers of `put` that the file lacks go into it.

        Raises: as `syncing.sync`, NotFound, InvalidValue where the file takes no single papers.
        """
        with self.store.read() as reader:
            link = find_link(reader, path)
            wishes = self._wishes(reader, link, choices or {}, removes_cited=removes_cited, put=put)
        return sync(self.store, link, wishes, clock=self.clock, pattern=self.pattern, may_shrink=may_shrink)

    def sync_outcome(
        self,
        path: Path,
        choices: Choices | None = None,
        *,
        may_shrink: bool = False,
        put: Collection[PaperId] = (),
    ) -> Outcome:
        """`sync` with one sentence about it, for the message bar. Raises: as `sync`."""
        report = self.sync(path, choices, may_shrink=may_shrink, put=put)
        name = path.name
        if report.plan.clashes or report.plan.is_paused:
            return Outcome(report.changes, f"{name} was left alone.", "link-left-alone", (name,))
        counts = counts_of(report.plan)
        return Outcome(report.changes, f"{name}: {counts}", "link-synced", (name, counts))

    def overlays(self, path: Path) -> list[Overlay]:
        """What the file says otherwise than the library. Raises: NotFound, UnreadableInput."""
        with self.store.read() as reader:
            return overlays_in(reader, find_link(reader, path))

    def use_everywhere(self, path: Path, wanted: Collection[tuple[str, str]]) -> Outcome:
        """Makes values of the file those of all. Raises: as `overlays.use_everywhere`."""
        with self.store.read() as reader:
            link = find_link(reader, path)
        return use_everywhere(self.store, link, wanted)

    def _wishes(
        self,
        reader: Reader,
        link: LinkedFile,
        choices: Choices,
        *,
        removes_cited: bool = False,
        put: Collection[PaperId] = (),
    ) -> Wishes:
        if put:
            _check_single(link)
        members = parse_query(link.query, today=self.clock.today()).root if link.query else None
        if members is not None:
            members = with_citations(members, reader.linked_files())
        if not link.project:
            return Wishes(choices, members, put=frozenset(put))
        project = Path(link.project)
        elsewhere = keys_elsewhere(project, Path(link.path))
        cited = cited_keys(project)
        return Wishes(choices, members, cited, removes_cited=removes_cited, elsewhere=elsewhere, put=frozenset(put))


def _check_single(link: LinkedFile) -> None:
    """Raises: InvalidValue where a paper that is put into the file would not stay there."""
    name = Path(link.path).name
    if link.query:
        raise InvalidValue(
            "query-decides",
            f"What {link.query} finds belongs into {name}; see to it that it finds the paper.",
            link.query,
            name,
        )
    if not link.takes_single:
        raise InvalidValue("follows-file", f"The library follows {name}; nothing is put into it from here.", name)


def links_of(library: LibraryExports) -> Links:
    """The linked files of an open library."""
    return Links(library.store, library.clock, library.pattern)
