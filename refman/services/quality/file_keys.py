"""Keys that entries of a file could have: one is made where there is none, or where it cannot be cited.

A key that stands there is cited somewhere: another one is only a proposal for a person to see.
"""

from collections.abc import Sequence
from dataclasses import replace

from refman.domain.citekeys import key_candidates
from refman.domain.paper import Draft
from refman.domain.quality import HEAD_KEY, CheckName, Fix
from refman.domain.settings import Settings
from refman.formats.bibfile.document import Document, Splice
from refman.formats.bibtex.parts import EntryPart
from refman.services.quality.found_in_file import FileFinding


def with_key_fixes(
    document: Document, drafts: Sequence[Draft], findings: Sequence[FileFinding]
) -> Sequence[FileFinding]:
    """The same findings; those about keys with a key that no entry of the file has. `drafts[i]` is entry i."""
    if all(one.finding.check is not CheckName.KEY for one in findings):
        return findings
    keys = _Keys(document, drafts)
    return [
        replace(one, finding=replace(one.finding, fix=keys.fix(one))) if one.finding.check is CheckName.KEY else one
        for one in findings
    ]


def key_splice(document: Document, entry: EntryPart, key: str) -> Splice:
    """Puts a key into an entry, also where not even its comma stands."""
    is_alone = entry.key or document.text[entry.key_start : entry.key_start + 1] in {",", "}", ")"}
    return Splice(entry.key_start, entry.key_end, key if is_alone else f"{key}, ")


class _Keys:
    """The keys of a file and those proposed for it, none of them twice in any case."""

    def __init__(self, document: Document, drafts: Sequence[Draft]) -> None:
        self._taken = {entry.key.lower() for entry in document.entries}
        self._drafts = {entry.start: draft for entry, draft in zip(document.entries, drafts, strict=True)}

    def fix(self, found: FileFinding) -> Fix | None:
        """The fix of a finding about a key; one that has none of its own gets a key from the default pattern."""
        own = found.finding.fix
        if not isinstance(found.part, EntryPart):
            return own
        if own is not None and self._take(own.text):
            return own
        draft = self._drafts.get(found.part.start)
        if draft is None:
            return None
        wanted = key_candidates(draft, Settings().citation_key_pattern)
        return Fix(HEAD_KEY, next(key for key in wanted if self._take(key)), is_certain=not found.part.key)

    def _take(self, key: str) -> bool:
        if key.lower() in self._taken:
            return False
        self._taken.add(key.lower())
        return True
