"""The quality of a library: its papers looked at a few at a time; nothing is written here."""

from collections.abc import Collection, Iterator, Sequence

from refman.domain.frozen import dataclass
from refman.domain.listing import Listing, Sort, SortField
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader, Store
from refman.domain.progress import NoProgress, Progress, stop_if_cancelled
from refman.domain.quality import IGNORED_FIELD, CheckName, Finding, parse_ignored
from refman.domain.query import EVERYTHING, Node
from refman.formats.bibtex.dialects import Dialect
from refman.services.duplicates import Traits, known_paper, traits_of
from refman.services.quality.broken_entries import broken_entries
from refman.services.quality.checks import CHECKS, findings_of
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.stored_syntax import StoredSyntax
from refman.services.quality.subjects import Subject
from refman.services.quality.together import duplicate_doi, published_as

_CHUNK = 200
"""How many papers are read at once."""
_CROWD = 50
_BY_KEY = (Sort(SortField.KEY),)
_TOGETHER = frozenset({CheckName.DUPLICATE_DOI, CheckName.PREPRINT})


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for: by which checks, in which papers, for which dialect."""

    checks: tuple[CheckName, ...] = tuple(CHECKS)
    papers: Node = EVERYTHING
    dialect: Dialect = Dialect.BIBTEX


def look(store: Store, wanted: Looking, progress: Progress | None = None) -> Iterator[PaperFinding]:
    """Everything that is found, papers by key; ignored findings too. Each few papers are a snapshot of their own.

    Where all papers are looked at, entries that could not be read stand behind them. Raises: Cancelled.
    """
    with store.read() as reader:
        ids = ids_by_key(reader, wanted.papers)
    for some in chunks_of(ids, progress or NoProgress(), "Check"):
        with store.read() as reader:
            found = list(_of_papers(reader, reader.papers(some), wanted))
        yield from found
    if CheckName.SYNTAX in wanted.checks and wanted.papers == EVERYTHING:
        with store.read() as reader:
            found = broken_entries(reader)
        yield from found


def ids_by_key(reader: Reader, papers: Node) -> list[PaperId]:
    """The papers that are looked at, by key."""
    return [PaperId(one) for one in reader.ids(Listing(papers, _BY_KEY))]


def chunks_of(ids: Sequence[PaperId], progress: Progress, verb: str) -> Iterator[Sequence[PaperId]]:
    """A few papers after the other, reported before each. Raises: Cancelled."""
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        progress.report(start, len(ids), verb)
        yield ids[start : start + _CHUNK]


def look_at_papers(store: Store, ids: Sequence[PaperId], wanted: Looking) -> list[PaperFinding]:
    """What is found in some papers, in their order; papers of the trash are left out."""
    with store.read() as reader:
        papers = [paper for paper in reader.papers(ids) if paper.trashed is None]
        return list(_of_papers(reader, papers, wanted))


def _of_papers(reader: Reader, papers: Sequence[Paper], wanted: Looking) -> Iterator[PaperFinding]:
    beside = _Beside(reader, papers, wanted.checks)
    syntax = StoredSyntax(reader) if CheckName.SYNTAX in wanted.checks else None
    for paper in papers:
        ignored = parse_ignored(paper.plain(IGNORED_FIELD))
        slips = syntax.findings(paper) if syntax else ()
        for finding in (*slips, *findings_of(Subject(paper, wanted.dialect), wanted.checks), *beside.findings(paper)):
            others = beside.others(paper, finding)
            yield PaperFinding(paper.id, paper.key, paper.plain("title"), finding, ignored.get(finding.check), others)


class _Beside:
    """The papers of the library that may be the same works as those of a chunk; two queries for all of them."""

    def __init__(self, reader: Reader, papers: Sequence[Paper], checks: Collection[CheckName]) -> None:
        self._checks = checks
        if not _TOGETHER & set(checks):
            return
        self._traits = {paper.id: traits_of(paper) for paper in papers}
        own = self._traits.values()
        titles = {one.title for one in own if one.arxiv and not one.doi and one.title}
        titles -= reader.crowded_titles(titles, most=_CROWD)
        dois = {one.doi for one in own if one.doi}
        self._by_doi: dict[str, list[tuple[PaperId, Traits]]] = {}
        self._by_title: dict[str, list[tuple[PaperId, Traits]]] = {}
        for candidate in reader.candidates(dois=dois, titles=titles):
            traits = known_paper(candidate).traits
            self._by_doi.setdefault(traits.doi, []).append((candidate.id, traits))
            self._by_title.setdefault(traits.title, []).append((candidate.id, traits))

    def findings(self, paper: Paper) -> Iterator[Finding]:
        """What a paper of the chunk is beside the others."""
        if not _TOGETHER & set(self._checks):
            return
        own = self._traits[paper.id]
        doi = duplicate_doi(own, _others(self._by_doi.get(own.doi), paper.id), paper.plain("doi"))
        if doi and CheckName.DUPLICATE_DOI in self._checks:
            yield doi
        published = published_as(own, _others(self._by_title.get(own.title), paper.id))
        if published and CheckName.PREPRINT in self._checks:
            yield published

    def others(self, paper: Paper, finding: Finding) -> tuple[PaperId, ...]:
        """The papers that are the same work as this one, by what was found."""
        own = self._traits[paper.id] if finding.check in _TOGETHER else None
        if own is None:
            return ()
        if finding.check is CheckName.DUPLICATE_DOI:
            return tuple(one for one, _ in self._by_doi.get(own.doi, ()) if one != paper.id)
        same = self._by_title.get(own.title, ())
        return tuple(one for one, traits in same if one != paper.id and published_as(own, [traits]))


def _others(found: Sequence[tuple[PaperId, Traits]] | None, own: PaperId) -> list[Traits]:
    return [traits for paper_id, traits in found or () if paper_id != own]
