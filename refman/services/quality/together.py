"""What can only be seen when papers are held against one another: equal DOIs, preprints that were published."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from refman.domain.quality import MERGE, CheckName, Finding, Fix, Severity
from refman.services.duplicates import Traits

_LATEST_YEARS = 6
_SHOWN = 3


def duplicate_doi(own: Traits, others: Iterable[Traits], doi: str) -> Finding | None:
    """`others` are the other papers with this DOI; one reference then stands twice."""
    keys = [other.key or "a paper without a key" for other in others if own.doi and other.doi == own.doi]
    if not keys:
        return None
    listed = ", ".join(keys[:_SHOWN]) + (f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else "")
    message = f"{listed} has the same DOI {doi}." if len(keys) == 1 else f"{listed} have the same DOI {doi}."
    fix = Fix(MERGE, keys[0], is_certain=False)
    return Finding(
        CheckName.DUPLICATE_DOI, Severity.WARNING, "doi", "duplicate-doi", message, (listed, doi), own.key, fix
    )


def published_as(own: Traits, others: Iterable[Traits]) -> Finding | None:
    """`others` may be any papers; the one with the title and an author of this preprint, and with a DOI, is named."""
    if own.doi or not own.arxiv or not own.title:
        return None
    for other in others:
        if other.doi and other.title == own.title and other.families & own.families and _follows(own, other):
            message = f"The preprint was published: {other.key or 'another paper'} has the DOI {other.doi}."
            fix = Fix(MERGE, other.key, is_certain=False)
            return Finding(
                CheckName.PREPRINT, Severity.NOTICE, "", "preprint", message, (other.key, other.doi), own.key, fix
            )
    return None


def _follows(preprint: Traits, published: Traits) -> bool:
    if preprint.year is None or published.year is None:
        return True
    return -1 <= published.year - preprint.year <= _LATEST_YEARS


def of_file(traits: Sequence[Traits], dois: Sequence[str]) -> list[list[Finding]]:
    """For each entry of a file (`dois[i]` is its DOI as written) what it is beside the others; linear."""
    by_doi: dict[str, list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(traits):
        if one.doi:
            by_doi[one.doi].append(place)
            by_title[one.title].append(place)
    found: list[list[Finding]] = []
    for place, one in enumerate(traits):
        same = [traits[other] for other in by_doi.get(one.doi, [])[: _SHOWN + 2] if other != place]
        published = [traits[other] for other in by_title.get(one.title, [])[: _SHOWN + 2] if other != place]
        findings = (duplicate_doi(one, same, dois[place]), published_as(one, published))
        found.append([finding for finding in findings if finding])
    return found
