"""Tidying .bib files on disk: on demand, atomically, and only when the result says the same."""

from collections.abc import Collection
from pathlib import Path

from refman.domain.errors import ExportRefused
from refman.domain.frozen import dataclass
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibfile.markers import has_markers
from refman.formats.bibfile.sameness import say_the_same
from refman.formats.bibfile.tidy_rules import Rule
from refman.formats.bibfile.tidying import laid_out, tidied
from refman.services.linking.file_bytes import read_bytes, replace_bytes


@dataclass(frozen=True, slots=True)
class TidyReport:
    """What tidying changes (or would change): the rules that have something to do, and how many entries of how many."""

    rules: tuple[Rule, ...]
    changed: int
    entries: int

    @property
    def is_tidy(self) -> bool:
        """True when the file is as it should be."""
        return not self.rules


def tidy_file(path: Path, rules: Collection[Rule], *, is_check: bool = False) -> TidyReport:
    """Puts a file in order; with `is_check` nothing is written. A tidy file is not touched.

    Encoding, byte-order mark, line ends, mode and links stay. Raises: UnreadableInput, ExportRefused (conflict markers
    among others), ConflictError, DiskFull: then the file is as it was.
    """
    snapshot = read_bytes(path)
    document = read_document(snapshot.data, str(path))
    if has_markers(document.text):
        raise ExportRefused(
            "conflict-markers",
            f"Conflict markers stand in {path}; settle the merge first, nothing was tidied.",
            str(path),
        )
    tidy = tidied(document, rules)
    report = _report(document, tidy, rules)
    if report.is_tidy or is_check:
        return report

    def check(written: bytes) -> None:
        if not say_the_same(document, read_document(written, path.name)):
            raise ExportRefused(
                "tidy-unsound", f"{path} would not read the same when tidy; it is as it was.", str(path)
            )

    replace_bytes(path, tidy.data, expected=snapshot.sha256, check=check)
    return report


def _report(before: Document, after: Document, rules: Collection[Rule]) -> TidyReport:
    if before.text == after.text:
        return TidyReport((), 0, len(before.entries))
    old = {name: before.raw(entry) for name, entry in before.by_id.items()}
    changed = sum(after.raw(entry) != old.get(name) for name, entry in after.by_id.items())
    doing = tuple(rule for rule in Rule if rule in rules and laid_out(before, (rule,)).text != before.text)
    # Two rules can have something to do only together: a comma that the order of fields brings.
    return TidyReport(doing or tuple(rule for rule in Rule if rule in rules), changed, len(before.entries))
