r"""Which arguments of a command are citation keys: natbib, biblatex, csquotes and whatever ends like them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class KeyArguments:
    """`keys` are numbers (from 1) of arguments in braces that are lists of keys, out of `count` that must be there.

    `is_many` tells that the arguments may come again, as those of \\cites do. `options` are numbers (from 1) of
    arguments in brackets, before all braces, that are lists of keys too: no package has any, but macros do.
    """

    keys: tuple[int, ...] = (1,)
    count: int = 1
    is_many: bool = False
    options: tuple[int, ...] = ()


Macros = Mapping[str, KeyArguments]
"""Commands that a project defined for citing, by their names without the backslash."""

NO_MACROS: Macros = MappingProxyType({})
FIRST = KeyArguments()
SECOND = KeyArguments((2,), 2)
SECONDS = KeyArguments((2,), 2, is_many=True)
MANY = KeyArguments(is_many=True)

# \cite \citep* \Citet \footcites \nocite \citeauthor \bibentry; \citestyle and \citereset take no keys, nor does
# natbib's \citetext{free text}, biblatex' \AtNextCite{code} and \ifciteseen, multibib's \newcites{names}{titles}.
# The lengths are bounded, so that a name of a million letters is read once.
_CITE = (
    r"(?!At[A-Z]|if|Declare|bibcite(?![a-zA-Z])|newcites(?![a-zA-Z])|citetext(?![a-zA-Z]))"
    r"[a-zA-Z]{0,40}[cC]ite(?!style|reset|index|setup|spnum|Command|d(?![a-zA-Z]))[a-zA-Z]{0,40}"
)
COMMAND_NAMES = rf"{_CITE}|bibentry|(?:foreign|hyphen|hybrid)?(?:text|block)cquote|addtocategory"
"""A pattern for the names of all commands that take keys."""

ENVIRONMENT_NAMES = r"(?:foreign|hyphen)?displaycquote"
"""A pattern for the names of environments that do (csquotes manual, `displaycquote`)."""

_IS_COMMAND = re.compile(rf"{COMMAND_NAMES}|{ENVIRONMENT_NAMES}")
_ARGUMENTS: tuple[tuple[re.Pattern[str], KeyArguments], ...] = (
    # biblatex manual, 3.9.6: \volcite[pre]{volume}[pages]{key}, \volcites(pre)(post)[pre]{volume}[pages]{key}…
    (re.compile(r"[a-zA-Z]*[vV]olcites"), SECONDS),
    (re.compile(r"[a-zA-Z]*[vV]olcite"), SECOND),
    # biblatex manual, 3.9.7: \citename[pre][post]{key}[format]{name list}; apacite's \citename{text} is none.
    (re.compile(r"citename"), KeyArguments((1,), 2)),
    # biblatex manual, 3.8.6: \addtocategory{category}{keys}
    (re.compile(r"addtocategory"), SECOND),
    # csquotes manual, chapter 5: \foreigntextcquote{lang}[pre][post]{key}[punct]{text}
    (re.compile(r"(?:foreign|hyphen|hybrid)(?:text|block|display)cquote"), SECOND),
    (re.compile(r"(?:text|block|display)cquote"), FIRST),
    # natbib: \defcitealias{key}{text}, \citetalias{keys}, \shortcites{keys}
    (re.compile(r"[a-zA-Z]*alias|shortcites"), FIRST),
    # biblatex manual, 3.9.3: \cites(pre)(post)[pre][post]{key}[pre][post]{key}…
    (re.compile(r"[a-zA-Z]*s"), MANY),
)


def arguments_of(name: str, macros: Macros = NO_MACROS) -> KeyArguments | None:
    """Where the keys of a command or environment stand, None for one that takes none."""
    return macros.get(name) or _known(name)


@lru_cache(maxsize=1024)
def _known(name: str) -> KeyArguments | None:
    if not _IS_COMMAND.fullmatch(name):
        return None
    return next((arguments for pattern, arguments in _ARGUMENTS if pattern.fullmatch(name)), FIRST)
