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
        for block in (*link.preceding, *link.text.split("\n")):
            walk.pass_text(block)
        walk.pass_link(link)
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

    def pass_link(self, link: Link) -> None:
        """The first identifier of a kind counts, but not one of a link in the abstract."""
        known = self._waiting if self._current is None else self.ids[self._current]
        if known is None or (self._current is not None and _is_cited(link, self._drafts[self._current])):
            return
        for name, value in (("eprint", without_version(arxiv_id_of_url(link.url))), ("doi", doi_of_url(link.url))):
            if value:
                known.setdefault(name, value)


def _is_cited(link: Link, draft: Draft) -> bool:
    """True when the link stands in the abstract: after a part of it that is not its end, or as its beginning."""
    abstract, title = draft.plain("abstract"), draft.plain("title")
    before = link.preceding[-1] if link.preceding else ""
    if match_key(link.text) == match_key(title) or match_key(before) == match_key(title):
        return False
    is_inside = bool(before) and before in abstract and not abstract.endswith(before)
    return is_inside or (bool(link.text) and abstract.startswith(link.text))


def _with_ids(draft: Draft, ids: dict[str, str]) -> Draft:
    if not ids:
        return draft
    fields = {name: FieldValue(value) for name, value in ids.items()}
    if "eprint" in fields:
        fields["archiveprefix"] = FieldValue("arXiv")
    return replace(draft, fields={**draft.fields, **fields})
