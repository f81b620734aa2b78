"""The part of the facade through which papers leave: files, texts, citations.

The services are imported when they are first called: a search must not pay for reading and writing BibTeX.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refman.domain.paper import Paper, PaperId
from refman.domain.progress import NoProgress, Progress
from refman.services.export_report import ExportReport, PaperProblem
from refman.services.library_reads import LibraryReads

if TYPE_CHECKING:
    from refman.domain.export_profile import ExportProfile, Shaping
    from refman.services.export_difference import ExportDifference
    from refman.services.export_selection import Selection


class LibraryExports(LibraryReads):
    """What leaves a library. Papers get their missing keys first, and no key that left is ever given away."""

    @property
    def pattern(self) -> str:
        """The pattern of new citation keys in this library, with those of single entry types behind it."""
        # Late: reading patterns takes expressions that no start needs.
        from refman.domain.key_patterns import patterns_of_names

        of_libraries = patterns_of_names(self.settings.citation_keys_of_libraries)
        usual = of_libraries.get(self.name) or of_libraries.get(self.location) or self.settings.citation_key_pattern
        of_types = self.settings.citation_keys_of_types
        return f"{usual}; {of_types}" if of_types else usual

    def export_text(self, ids: "Selection", format: str, *, profile: "ExportProfile | None" = None) -> str:
        """The text of an export without the papers of the trash; missing keys are made first. Raises: NotFound.

        Fields that hold paths of this machine leave by a profile only that says so.
        """
        # Late: loads the formats.
        from refman.services import exporting

        return exporting.export_text(
            self.store, ids, format_name=format, pattern=self.pattern, shaping=_shaping(profile)
        )

    def export_file(
        self,
        papers: "Selection",
        format: str,
        path: Path,
        progress: Progress | None = None,
        *,
        profile: "ExportProfile | None" = None,
        may_shrink: bool = True,
        local_paths: bool = False,
    ) -> ExportReport:
        """Writes a file atomically; pipes and devices are written to.

        `may_shrink`: somebody was asked, or a file that is there may lose its entries (decision 0099).
        `local_paths`: without a profile, fields that hold paths of this machine leave too.
        Raises: ExportRefused, DiskFull, Cancelled.
        """
        # Late: loads the formats.
        from refman.services import exporting

        return exporting.export_file(
            self.store,
            papers,
            format_name=format,
            pattern=self.pattern,
            path=path,
            progress=progress or NoProgress(),
            shaping=_shaping(profile),
            may_shrink=may_shrink,
            local_paths=local_paths,
        )

    def export_stream(
        self,
        papers: "Selection",
        format: str,
        sink: Callable[[str], object],
        *,
        profile: "ExportProfile | None" = None,
        local_paths: bool = False,
    ) -> tuple[PaperProblem, ...]:
        """Gives the pieces of an export to `sink` as they are made. Raises: as `sink`, LibraryReadOnly."""
        # Late: loads the formats.
        from refman.services import exporting

        return exporting.stream(
            self.store,
            papers,
            format_name=format,
            pattern=self.pattern,
            sink=sink,
            shaping=_shaping(profile),
            local_paths=local_paths,
        )

    def export_difference(
        self, papers: "Selection", format: str, path: Path, *, profile: "ExportProfile | None" = None
    ) -> "ExportDifference":
        """What an export would change in the .bib that stands at `path`. Raises: UnreadableInput, ExportRefused."""
        # Late: loads the formats.
        from refman.services import export_difference

        return export_difference.export_difference(
            self.store, papers, format_name=format, pattern=self.pattern, path=path, shaping=_shaping(profile)
        )

    def papers_to_export(self, ids: Sequence[PaperId], *, profile: "ExportProfile | None" = None) -> list[Paper]:
        """Papers as they would leave by a profile, former keys aside. Raises: ExportRefused."""
        # Late: loads the formats.
        from refman.services import exporting

        return exporting.shaped(self.papers(ids), _shaping(profile))

    def learned_words(self, progress: Progress | None = None) -> list[str]:
        """Words of titles that the abstracts write with a capital inside sentences. Raises: Cancelled."""
        # Late: only the dialog of profiles needs it.
        from refman.services import learned_words

        return learned_words.learned_words(self.store, progress or NoProgress())

    def preview(
        self, paper: Paper, format: str, *, profile: "ExportProfile | None" = None, local_paths: bool = True
    ) -> str:
        """One paper as it would be exported, with the key it would get; none is made.

        With paths of this machine, for it is read here; without `local_paths` as an export without a profile has it.
        """
        # Late: loads the formats.
        from refman.services import citekeys, exporting

        if not paper.key:
            paper = replace(paper, key=citekeys.key_when_needed(self.store, paper, pattern=self.pattern))
        return exporting.preview(
            self.store, paper, format_name=format, shaping=_shaping(profile), local_paths=local_paths
        )

    def cite(self, ids: Sequence[int], command: str) -> str:
        r"""`\cite{a,b}` with the keys in the order of `ids`; missing keys are made first."""
        # Late: only a few commands need it.
        from refman.services import citing

        return citing.cite(self.store, ids, command=command, pattern=self.pattern)

    def keys_text(self, ids: Sequence[int]) -> str:
        """`a,b`: the keys in the order of `ids`; missing keys are made first."""
        # Late: only a few commands need it.
        from refman.services import citing

        return citing.keys_text(self.store, ids, pattern=self.pattern)


def _shaping(profile: "ExportProfile | None") -> "Shaping | None":
    """The profile with the files it names, read. Raises: ExportRefused."""
    if profile is None:
        return None
    # Late: only exports by a profile need it.
    from refman.services.export_shaping import shaping_of

    return shaping_of(profile)
