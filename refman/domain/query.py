"""What a search means: the query tree that storage compiles and `query_match` evaluates in memory.

A word of a query is looked for in the union of main index (title, authors, abstract, venue), notes, tags and key.
Tokens are folded words as `folding.tokens` makes them.
"""

from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from refman.domain.fields import VENUE_FIELDS
from refman.domain.frozen import dataclass
from refman.domain.query_files import Cited, InFile


class TextField(StrEnum):
    """Where a text leaf looks. ANY is a bare word."""

    ANY = "any"
    TITLE = "title"
    AUTHORS = "author"
    ABSTRACT = "abstract"
    VENUE = "venue"
    NOTE = "note"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every paper (an empty query)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Consecutive tokens in one text of the field; the last one is a prefix unless `is_whole`. Never empty."""

    tokens: tuple[str, ...]
    field: TextField = TextField.ANY
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has the tag or one below it (`rl` finds `rl/planning`); `folded` is the folded tag name."""

    folded: str


@dataclass(frozen=True, slots=True)
class Untagged:
    """Has no tag (`tag:none`)."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """The DOI equals or starts with this (`doi:10.1000/x`); `folded` by `folding.fold`."""

    folded: str


@dataclass(frozen=True, slots=True)
class Eprint:
    """The eprint id equals or starts with this, versions and `arXiv:` aside; `folded` by `folding.fold_eprint`."""

    folded: str


@dataclass(frozen=True, slots=True)
class Address:
    """The field `url` equals or starts with this web address; `folded` by `addresses.fold_address`."""

    folded: str


@dataclass(frozen=True, slots=True)
class OfType:
    """The entry type, lower case (A to Z)."""

    type: str


@dataclass(frozen=True, slots=True)
class YearRange:
    """Both ends included; None is open. A paper without a year is in no range."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class AddedRange:
    """Added at or after `start` and before `end` (UTC); None is open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Category:
    """Category code or primary class: `AI`, `cs.AI`, or a whole archive (`cs` finds `cs.*`); lower case (A to Z)."""

    folded: str


@dataclass(frozen=True, slots=True)
class InTrash:
    """Is in the trash. A query that holds it anywhere looks at all papers, any other only outside the trash."""


@dataclass(frozen=True, slots=True)
class Has:
    """The field has a value; `note`, `tag`, `pdf`, `file` and `key` are understood too. Canonical field name.

    `note` is a note of refman, `key` the citation key, `file` any attachment, `pdf` one that is a PDF.
    """

    field: str


_FIELDS_MEANT = MappingProxyType(
    {"year": ("year", "date"), "date": ("year", "date"), "venue": (*VENUE_FIELDS, "venue")}
)


def fields_meant(name: str) -> tuple[str, ...]:
    """The stored fields of which one must have a value for `Has(name)`: the year can stand in the date, ..."""
    return _FIELDS_MEANT.get(name, (name,))


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what the operand does not."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Matches what all operands match; at least two."""

    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches what any operand matches; at least two."""

    operands: tuple["Node", ...]


Node = (
    Everything
    | Text
    | Tagged
    | Untagged
    | Identifier
    | Eprint
    | Address
    | OfType
    | YearRange
    | AddedRange
    | Category
    | InTrash
    | InFile
    | Cited
    | Has
    | Not
    | And
    | Or
)


EVERYTHING: Node = Everything()


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A part of a query that means nothing: character offsets in the typed text (end excluded), and why.

    `is_left_out` is False for what is understood, and searched, but can find nothing.
    """

    start: int
    end: int
    code: str
    reason: str
    arguments: tuple[str, ...] = ()
    is_left_out: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search: what could be understood, and what could not, in order. `root` of nothing is EVERYTHING."""

    root: Node
    misunderstood: tuple[Misunderstood, ...] = ()
