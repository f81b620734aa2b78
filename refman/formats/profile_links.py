"""Which paper of a pasted page a link belongs to, so that arXiv ids and DOIs in links become its fields."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from refman.domain.folding import match_key
from refman.domain.paper import Draft, FieldValue
from refman.formats.base import Link
from refman.formats.link_ids import arxiv_id_of_url, doi_of_url, without_version
from refman.formats.profile_headers import begins_paper

# A longer block of text is an abstract, never a title.
_LONGEST_TITLE = 500


def with_links(drafts: Sequence[Draft], links: Sequence[Link]) -> list[Draft]:
    """The drafts with `eprint` and `doi` from links: those on a title, else those from its header to the next one.

    Where the HTML shows no headers a paper reaches from its title to the next title. Links that an abstract cites are
    left alone, and so is everything before the first paper. Linear.
    """
    walk = _Walk(drafts)
    for link in links:
        for block in link.preceding:
            walk.pass_text(block)
        blocks = link.text.split("\n")
        for block in blocks:
            walk.pass_text(block)
        walk.pass_link(" ".join(blocks), link.url)
    return [_with_ids(draft, ids) for draft, ids in zip(drafts, walk.ids, strict=True)]


class _Walk:
    """Goes through texts and links of the HTML in order and knows which paper it is in."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._papers_of_title: dict[str, deque[int]] = defaultdict(deque)
        for index, draft in enumerate(drafts):
            self._papers_of_title[match_key(draft.plain("title"))].append(index)
        self._current: int | None = None
        # Links below a header, before the title tells whose they are.
        self._waiting: dict[str, str] | None = None
        self.ids: list[dict[str, str]] = [{} for _ in drafts]

    def pass_text(self, block: str) -> None:
        """A header ends the paper before it, a title begins its paper."""
        if begins_paper(block):
            self._current, self._waiting = None, {}
            return
        key = match_key(block) if len(block) <= _LONGEST_TITLE else ""
        papers = self._papers_of_title.get(key) if key else None
        # The same title again, without another between, is the same paper.
        if papers and papers[-1] != self._current:
            papers.rotate(-1)
            self._current = papers[-1]
            self.ids[self._current] |= self._waiting or {}
            self._waiting = None

    def pass_link(self, text: str, url: str) -> None:
        """The first identifier of a kind counts; a link whose words stand in the abstract is cited there."""
        if self._current is None:
            known, abstract = self._waiting, ""
        else:
            known, abstract = self.ids[self._current], self._drafts[self._current].plain("abstract")
        if known is None or (text and text in abstract):
            return
        for name, value in (("eprint", without_version(arxiv_id_of_url(url))), ("doi", doi_of_url(url))):
            if value:
                known.setdefault(name, value)


def _with_ids(draft: Draft, ids: dict[str, str]) -> Draft:
    if not ids:
        return draft
    fields = {name: FieldValue(value) for name, value in ids.items()}
    if "eprint" in fields:
        fields["archiveprefix"] = FieldValue("arXiv")
    return replace(draft, fields={**draft.fields, **fields})
