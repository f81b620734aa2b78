"""JabRef's groups: a tree in a comment, and the field `groups` of its members.

Source: JabRef's GroupsParser and MetaDataSerializer; one group a line, `LEVEL Type:name\\;context\\;...;`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from refman.domain.errors import InvalidValue, Problem
from refman.domain.paper import Draft, Span
from refman.domain.sources import Block
from refman.domain.tags import literal_tag
from refman.formats.bibtex.jabref_queries import query_of

_META = re.compile(r"@comment\s*\{\s*jabref-meta:\s*group(?:stree|ing):", re.IGNORECASE)
_LINE = re.compile(r"^\s*(\d+)\s+(\w+Group):(.*?);?\s*$", re.MULTILINE)
_SEPARATOR = re.compile(r"(?<!\\)\\;|(?<!\\);")
_STATIC = frozenset({"StaticGroup", "ExplicitGroup"})
_SEARCHES = frozenset({"KeywordGroup", "SearchGroup"})
SEARCH_KIND = "search"
"""The kind of the block without text that names a search and what is searched for."""
# In old files the keys of the members stand behind name and context.
_KEYS_FROM = 2


@dataclass(slots=True)
class Groups:
    """The groups of one file: tags by the name of a group, and by lower-case key where the tree names its members."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    by_key: dict[str, list[str]] = field(default_factory=dict)
    searches: dict[str, str] = field(default_factory=dict)
    """Names of search groups to what refman would search for, "" where it cannot."""

    def take_comment(self, raw: str) -> None:
        """Reads the tree when this is it."""
        match = _META.match(raw)
        if match:
            path: list[str] = []
            for level, kind, rest in _LINE.findall(raw[match.end() :].replace("\r", "\n")):
                self._take_line(path, int(level), kind, _SEPARATOR.split(rest))

    def search_blocks(self, span: Span) -> list[Block]:
        """Blocks of the kind `search`: what refman can search for, kept with the file."""
        return [Block(SEARCH_KIND, name, query, "", span) for name, query in self.searches.items() if query]

    def search_problems(self, line: int) -> list[Problem]:
        """The search groups that refman's language cannot say."""
        return [
            Problem(
                line,
                "group-kept-raw",
                f'The search group "{name}" of JabRef cannot be a saved search here; its comment is kept as it is.',
                (name,),
            )
            for name, query in self.searches.items()
            if not query
        ]

    def _take_line(self, path: list[str], level: int, kind: str, parts: Sequence[str]) -> None:
        """Level 0 is the root; a group stands below the last one of a lower level."""
        del path[max(level - 1, 0) :]
        name = parts[0].replace("\\\\", "\\").strip()
        if level < 1 or not name:
            return
        path += [""] * (level - 1 - len(path)) + [name]
        if kind in _SEARCHES:
            self.searches[name] = query_of(kind, parts)
        if kind not in _STATIC:
            return
        tag = _tag([one for one in path if one])
        self.by_name.setdefault(name.casefold(), []).append(tag)
        for key in parts[_KEYS_FROM:] if kind == "ExplicitGroup" else ():
            if key.strip():
                self.by_key.setdefault(key.strip().lower(), []).append(tag)

    def with_tags(self, draft: Draft) -> Draft:
        """The draft with the tags of its groups; a group that the tree does not know is a tag of its own."""
        if not self.by_key and "groups" not in draft.fields:
            return draft
        names = [name.strip() for name in draft.plain("groups").split(",") if name.strip()]
        tags = [tag for name in names for tag in self.by_name.get(name.casefold()) or [_tag([name])]]
        tags += self.by_key.get(draft.key.lower(), [])
        return replace(draft, tags=tuple(dict.fromkeys((*draft.tags, *tags)))) if tags else draft


def _tag(path: Sequence[str]) -> str:
    """A slash in the name of a group makes no level."""
    return "/".join(tag for name in path if (tag := _level(name)))


def _level(name: str) -> str:
    try:
        return literal_tag(name)
    except InvalidValue:
        return ""
