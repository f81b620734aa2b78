r"""Commands that a project defines for citing: `\newcommand{\see}[2]{(see \citep[#1]{#2})}`, `\newcites{web}{Web}`."""

import re
from collections.abc import Iterator

from refman.formats.cite_arguments import FIRST, MANY, SECOND, SECONDS, KeyArguments, Macros, arguments_of
from refman.formats.tex_citations import is_defined_at, key_lists
from refman.formats.tex_definitions import Definition, definitions
from refman.formats.tex_hidden import blanked

_LET = re.compile(
    r"\\(?:let|(?:New|Renew|Declare)CommandCopy)(?![a-zA-Z])\s*+\{?\\([a-zA-Z@]++)\}?\s*+=?\s*+\{?\\([a-zA-Z@]++)"
)
_CITE_COMMAND = re.compile(r"\\Declare(Multi)?CiteCommand\*?\s*+\{?\s*+\\([a-zA-Z@]++)")
# multibib manual, 2: \newcites{suffix,suffix}{title,title}
_NEW_CITES = re.compile(r"\\newcites\s*+\{([^{}]*+)\}")
_WITH_SUFFIX = ("cite", "citep", "citet", "citealp", "citealt", "nocite")
_ARGUMENT = re.compile(r"(?<!#)#(\d)")
# A body that ends with a command and perhaps its options: the command reads what follows the call.
_LAST_COMMAND = re.compile(r"\\([a-zA-Z@]++)\*?\s*+(?:\[[^\[\]{}]*+\]\s*+)*+[}\s]*+\Z")
# biblatex.def: \newrobustcmd*{\pvolcite}{\volcitecmd\parencite}
_VOLUME = re.compile(r"\\(multi)?volcitecmd(?![a-zA-Z])")
_TAIL = 200
_MAY_DEFINE = re.compile(
    r"\\(?:(?:new|renew|provide)(?:command|robustcmd)|Declare(?:RobustCommand|(?:Multi)?CiteCommand)|[gex]?def|let"
    r"|newcites|(?:New|Renew|Declare)CommandCopy|(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand)(?![a-zA-Z])"
)


def may_define(text: str) -> bool:
    """False for a text in which `cite_macros` can find nothing. Cost: one search."""
    return _MAY_DEFINE.search(text) is not None


def cite_macros(text: str, known: Macros) -> dict[str, KeyArguments]:
    """Name of each command that hands arguments on to a citation, and which of its arguments in braces (from 1).

    `known` are macros found before: one may call the other. A command that is named as those of packages are is
    among them too, as its own definition counts.
    """
    if not may_define(text):
        return {}
    shown = blanked(text)
    found = dict(_declared(shown))
    for match in _LET.finditer(shown):
        if arguments := arguments_of(match.group(2), {**known, **found}):
            found[match.group(1)] = arguments
    for definition in definitions(shown):
        if arguments := _arguments(definition, {**known, **found}):
            found[definition.name] = arguments
    return found


def _declared(shown: str) -> Iterator[tuple[str, KeyArguments]]:
    """What commands that exist for this declare."""
    for match in _CITE_COMMAND.finditer(shown):
        yield match.group(2), MANY if match.group(1) else FIRST
    for match in _NEW_CITES.finditer(shown):
        for suffix in filter(str.isalpha, map(str.strip, match.group(1).split(","))):
            yield from ((f"{name}{suffix}", FIRST) for name in _WITH_SUFFIX)


def _arguments(definition: Definition, known: Macros) -> KeyArguments | None:
    """The arguments that a macro hands on as keys, or leaves to the last command of its body; None for none."""
    handed_on = {int(number) for _, keys in key_lists(definition.body, known) for number in _ARGUMENT.findall(keys)}
    keys = definition.numbers(handed_on, "{")
    options = definition.numbers(handed_on, "[")
    left = _left_to(definition.body, known)
    if left is None:
        return KeyArguments(keys, max(keys, default=0), options=options) if keys or options else None
    if not definition.kinds:
        return left
    before = definition.kinds.count("{")
    return KeyArguments((*keys, *(before + one for one in left.keys)), before + left.count, options=options)


def _left_to(body: str, known: Macros) -> KeyArguments | None:
    r"""The arguments of the command with which a body ends: `\@ifstar{\my@cite}{\my@cite}`."""
    tail = body[-_TAIL:]
    last = _LAST_COMMAND.search(tail)
    if last is None or is_defined_at(tail, last.start()):
        return None
    if volume := _VOLUME.search(tail):
        return SECONDS if volume.group(1) else SECOND
    return arguments_of(last.group(1), known)
