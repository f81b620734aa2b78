"""Names of tags: levels by `/`, compared without case, shown as typed.

`\\/` is a slash that makes no level: an imported keyword `TCP/IP` becomes the tag `TCP\\/IP` and is shown as `TCP/IP`.
"""

import re
import unicodedata
from functools import lru_cache

from refman.domain.errors import InvalidValue
from refman.domain.folding import fold

_LEVEL_END = re.compile(r"(?<!\\)/")


def split_levels(name: str) -> list[str]:
    """The levels from the top, escaped as in the name: `rl/planning` gives `rl` and `planning`."""
    # Nearly all have no escape, and a list of tags splits thousands.
    return _LEVEL_END.split(name) if "\\" in name else name.split("/")


def parse_tag(text: str) -> str:
    """The name as it is stored: NFC, blanks collapsed and trimmed at every level.

    Raises: InvalidValue for an empty name or level.
    """
    levels = [" ".join(unicodedata.normalize("NFC", level).split()) for level in split_levels(text)]
    if not all(levels):
        raise InvalidValue(
            "bad-tag", f'"{text}" is not a tag; write a word, or words with a slash between: rl/planning.', text
        )
    return "/".join(levels)


def fold_tag(name: str) -> str:
    """What makes two names the same tag: case does not count, accents do."""
    return unicodedata.normalize("NFC", name.casefold())


def tag_order(name: str) -> tuple[tuple[str, str], ...]:
    """What lists of tags are sorted by: level by level, accents and case last of all, so that `Émile` is beside `e`."""
    return tuple([_level_order(level) for level in split_levels(name)])


@lru_cache(maxsize=8192)
def _level_order(level: str) -> tuple[str, str]:
    return fold(level), fold_tag(level)


def parent_of(name: str) -> str:
    """The name one level up, "" for a top level."""
    return "/".join(split_levels(name)[:-1])


def ancestors_of(name: str) -> list[str]:
    """The names of all levels above, from the top: `a/b/c` gives `a` and `a/b`."""
    levels = split_levels(name)
    return ["/".join(levels[:depth]) for depth in range(1, len(levels))]


def is_same_or_below(folded: str, top: str) -> bool:
    """True when the folded name is the folded tag `top` or a tag below it."""
    return folded == top or folded.startswith(top + "/")


def literal_tag(keyword: str) -> str:
    """A keyword as a tag of one level: its slashes make no levels. Raises: as `parse_tag`."""
    return parse_tag(_LEVEL_END.sub(r"\\/", keyword))


def show_tag(name: str) -> str:
    """The name as people read it, without escapes."""
    return name.replace("\\/", "/")
