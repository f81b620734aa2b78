"""The rules of tidying a .bib, by the names of the command line."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Rule(StrEnum):
    """What tidying does, each by itself; in this order they are named."""

    SORT = "sort"
    FIELDS = "fields"
    NAMES = "names"
    DELIMITERS = "delimiters"
    INDENT = "indent"
    ALIGN = "align"
    COMMAS = "commas"
    BLANK_LINES = "blank-lines"


SUMMARIES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.SORT: "entries by key, parents of a crossref behind their children",
        Rule.FIELDS: "fields in refman's order",
        Rule.NAMES: "types and field names in small letters",
        Rule.DELIMITERS: "braces instead of quotes",
        Rule.INDENT: "two blanks, a field a line, a blank on either side of the equals sign",
        Rule.ALIGN: "equals signs of an entry in one column",
        Rule.COMMAS: "a comma behind the last field",
        Rule.BLANK_LINES: "one empty line round entries, at most one elsewhere",
    }
)
"""Each rule in a few words."""

USUAL_RULES = tuple(rule for rule in Rule if rule is not Rule.ALIGN)
"""What is done unless other rules are named."""
