"""What the sidebar says the list shall show; it is joined with what the search box says."""

from dataclasses import replace
from enum import StrEnum

from refman.domain.folding import tokens
from refman.domain.frozen import dataclass
from refman.domain.query import EVERYTHING, And, InTrash, Node, Not, Tagged, Text, TextField, Untagged
from refman.domain.tags import fold_tag


class Place(StrEnum):
    """The first rows of the sidebar."""

    ALL = "all"
    UNTAGGED = "untagged"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class FilterState:
    """`tags` must all be on a paper, `without` none; `author` is a name as shown, "" for any. Names as typed."""

    place: Place = Place.ALL
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    author: str = ""

    @property
    def is_empty(self) -> bool:
        """True when it lets every paper through that is not in the trash."""
        return self == FilterState()

    @property
    def node(self) -> Node:
        """The filter as a query."""
        nodes: list[Node] = []
        if self.place is Place.UNTAGGED:
            nodes.append(Untagged())
        if self.place is Place.TRASH:
            nodes.append(InTrash())
        nodes += [Tagged(fold_tag(name)) for name in self.tags]
        nodes += [Not(Tagged(fold_tag(name))) for name in self.without]
        # Word by word: the index may hold the family name first.
        nodes += [Text((word,), TextField.AUTHORS, is_whole=True) for word in tokens(self.author)]
        return joined(nodes)

    def only(self, tag: str) -> "FilterState":
        """A click on a tag: that tag alone."""
        return FilterState(tags=(tag,))

    def toggled(self, tag: str) -> "FilterState":
        """Ctrl+click: the tag too, or no longer."""
        return replace(self, tags=_toggled(self.tags, tag), without=_left(self.without, tag))

    def toggled_without(self, tag: str) -> "FilterState":
        """Shift+click: without the tag, or no longer."""
        return replace(self, without=_toggled(self.without, tag), tags=_left(self.tags, tag))


def joined(nodes: list[Node]) -> Node:
    """All of them; EVERYTHING adds nothing."""
    real = tuple(node for node in nodes if node != EVERYTHING)
    if len(real) > 1:
        return And(real)
    return real[0] if real else EVERYTHING


def _left(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if fold_tag(other) != fold_tag(name))


def _toggled(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    left = _left(names, name)
    return left if len(left) < len(names) else (*names, name)
