"""The plain meaning of a search, evaluated over one paper in memory; storage must find exactly the same papers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property, singledispatch

from refman.domain.addresses import begins_with_address
from refman.domain.derived import venue_of, year_of
from refman.domain.fields import NAME_FIELDS
from refman.domain.folding import PlacedToken, fold, fold_eprint, lower_ascii, placed_tokens, tokens
from refman.domain.paper import Paper
from refman.domain.query import (
    AddedRange,
    Address,
    And,
    Category,
    Eprint,
    Everything,
    Has,
    Identifier,
    InTrash,
    Node,
    Not,
    OfType,
    Or,
    Tagged,
    Text,
    TextField,
    Untagged,
    YearRange,
    fields_meant,
)
from refman.domain.query_files import Cited, InFile, Membership, is_cited, is_in_file
from refman.domain.tags import fold_tag, is_same_or_below

PDF_MEDIA_TYPE = "application/pdf"
"""What an attachment must be for `has:pdf`, without case."""


def matches(node: Node, paper: Paper, places: Sequence[Membership] = ()) -> bool:
    """True when the search finds the paper. Papers in the trash are found only by a search that names the trash.

    `places` are the linked files that the paper is in, for `in:FILE`, `cited:` and `missing:`.
    """
    return (paper.trashed is None or names_trash(node)) and _holds(node, _Searched(paper, places))


def names_trash(node: Node) -> bool:
    """True when `in:` stands anywhere in the search: then papers in the trash are looked at too."""
    return any(isinstance(leaf, InTrash) for leaf in leaves(node))


def asks_for_citations(node: Node) -> bool:
    """True when `cited:` or the `missing:` of a project stands anywhere in the search."""
    return any(isinstance(leaf, Cited) for leaf in leaves(node))


def asks_for_links(node: Node) -> bool:
    """True when a linked file or a project is named anywhere in the search."""
    return any(isinstance(leaf, InFile | Cited) for leaf in leaves(node))


def leaves(node: Node) -> Iterator[Node]:
    """Every node that is not AND, OR or NOT, from left to right."""
    if isinstance(node, Not):
        yield from leaves(node.operand)
    elif isinstance(node, And | Or):
        for operand in node.operands:
            yield from leaves(operand)
    else:
        yield node


class _Searched:
    """A paper with its words, folded once for all leaves of a search."""

    def __init__(self, paper: Paper, places: Sequence[Membership]) -> None:
        self.paper = paper
        self.places = places

    @cached_property
    def texts(self) -> dict[TextField, list[list[str]]]:
        paper = self.paper
        names = " ".join(f"{n.given} {n.prefix} {n.family} {n.suffix} {n.literal}" for n in paper.authors)
        of_field = {
            TextField.TITLE: [tokens(paper.plain("title"))],
            TextField.AUTHORS: [tokens(names)],
            TextField.ABSTRACT: [tokens(paper.plain("abstract"))],
            TextField.VENUE: [tokens(venue_of(paper))],
            TextField.NOTE: [tokens(note.text) for note in paper.stored_notes],
            TextField.KEY: [tokens(paper.key)],
        }
        tags = [tokens(tag) for tag in paper.tags]
        return {**of_field, TextField.ANY: [text for texts in of_field.values() for text in texts] + tags}


@singledispatch
def _holds(node: Node, searched: _Searched) -> bool:
    raise TypeError(f"no meaning for {node!r}")


@_holds.register
def _(_node: Everything, _searched: _Searched) -> bool:
    return True


@_holds.register
def _(node: Text, searched: _Searched) -> bool:
    return any(next(_places(node, text), None) is not None for text in searched.texts[node.field])


@_holds.register
def _(node: Tagged, searched: _Searched) -> bool:
    return any(is_same_or_below(fold_tag(tag), node.folded) for tag in searched.paper.tags)


@_holds.register
def _(_node: Untagged, searched: _Searched) -> bool:
    return not searched.paper.tags


@_holds.register
def _(node: Identifier, searched: _Searched) -> bool:
    doi = fold(searched.paper.plain("doi").strip())
    return bool(doi) and doi.startswith(node.folded)


@_holds.register
def _(node: Eprint, searched: _Searched) -> bool:
    eprint = fold_eprint(searched.paper.plain("eprint"))
    return bool(eprint) and eprint.startswith(node.folded)


@_holds.register
def _(node: Address, searched: _Searched) -> bool:
    return begins_with_address(searched.paper.plain("url"), node.folded)


@_holds.register
def _(node: OfType, searched: _Searched) -> bool:
    return lower_ascii(searched.paper.type) == node.type


@_holds.register
def _(node: YearRange, searched: _Searched) -> bool:
    year = year_of(searched.paper)
    return year is not None and _is_within(year, node.low, None if node.high is None else node.high + 1)


@_holds.register
def _(node: AddedRange, searched: _Searched) -> bool:
    start, end = (None if moment is None else moment.timestamp() for moment in (node.start, node.end))
    return _is_within(_utc(searched.paper.added).timestamp(), start, end)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_within(value: float, start: float | None, end: float | None) -> bool:
    return (start is None or value >= start) and (end is None or value < end)


@_holds.register
def _(node: Category, searched: _Searched) -> bool:
    code, primary = (lower_ascii(searched.paper.plain(name)) for name in ("category_code", "primaryclass"))
    return node.folded in (code, primary) or primary.startswith(node.folded + ".")


@_holds.register
def _(_node: InTrash, searched: _Searched) -> bool:
    return searched.paper.trashed is not None


@_holds.register
def _(node: InFile, searched: _Searched) -> bool:
    return is_in_file(node, searched.places)


@_holds.register
def _(node: Cited, searched: _Searched) -> bool:
    return is_cited(node, searched.paper.key, searched.places)


@_holds.register
def _(node: Has, searched: _Searched) -> bool:
    paper = searched.paper
    match node.field:
        case "note":
            return bool(paper.stored_notes)
        case "tag":
            return bool(paper.tags)
        case "file":
            return bool(paper.attachments)
        case "pdf":
            return any(lower_ascii(each.media_type) == PDF_MEDIA_TYPE for each in paper.attachments)
        case "key":
            return bool(paper.key)
        case _:
            return _has_field(paper, node.field)


def _has_field(paper: Paper, name: str) -> bool:
    if name in NAME_FIELDS:
        people = paper.people.get(name)
        return people is not None and bool(people.names)
    return any(paper.plain(each) for each in fields_meant(name))


@_holds.register
def _(node: Not, searched: _Searched) -> bool:
    return not _holds(node.operand, searched)


@_holds.register
def _(node: And, searched: _Searched) -> bool:
    return all(_holds(operand, searched) for operand in node.operands)


@_holds.register
def _(node: Or, searched: _Searched) -> bool:
    return any(_holds(operand, searched) for operand in node.operands)


def _places(leaf: Text, words: Sequence[str]) -> Iterator[int]:
    """Where in the words the tokens of the leaf stand one after the other."""
    first, length = leaf.tokens[0], len(leaf.tokens)
    *complete, last = leaf.tokens
    for place in range(len(words) - length + 1):
        end = words[place + length - 1]
        ends_well = end == last or (not leaf.is_whole and end.startswith(last))
        if ends_well and (
            length == 1 or (words[place] == first and list(words[place : place + length - 1]) == complete)
        ):
            yield place


def hit_spans(node: Node, text: str, field: TextField) -> list[tuple[int, int]]:
    """The characters of an unfolded text of `field` that the search hits, for marking them in the list.

    Start and end (excluded), in order, not overlapping. Of a prefix only what was typed; nothing for what stands
    under a `-`.
    """
    wanted = [leaf for leaf in _wanted_texts(node) if leaf.field in (TextField.ANY, field)]
    if not wanted:
        return []
    placed = placed_tokens(text)
    words = [token.text for token in placed]
    return _joined(_span(leaf, placed, place) for leaf in wanted for place in _places(leaf, words))


def _wanted_texts(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, And | Or):
        for operand in node.operands:
            yield from _wanted_texts(operand)


def _span(leaf: Text, placed: Sequence[PlacedToken], place: int) -> tuple[int, int]:
    last = placed[place + len(leaf.tokens) - 1]
    return placed[place].starts[0], last.ends[len(leaf.tokens[-1]) - 1]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
