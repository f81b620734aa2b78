"""Citations to paste into a document."""

import re
from collections.abc import Sequence

from refman.domain.paper import PaperId
from refman.domain.ports import Store
from refman.services.citekeys import keys_that_leave

PANDOC = "pandoc"
TYPST = "typst"
# pandoc manual, "Citation syntax"; Typst reference, "Label": other keys need another form.
_PANDOC_KEY = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_TYPST_KEY = re.compile(r"[\w](?:[\w\-:.]*[\w\-])?")


def keys_text(store: Store, ids: Sequence[int], *, pattern: str) -> str:
    """`a,b`: the keys in the order of `ids`; missing keys are made first."""
    return ",".join(_keys(store, ids, pattern=pattern))


def cite(store: Store, ids: Sequence[int], *, command: str, pattern: str) -> str:
    r"""`\cite{a,b}`; `command` is what stands before the brace, or `pandoc` (`[@a; @b]`) or `typst` (`@a @b`)."""
    return cited(_keys(store, ids, pattern=pattern), command)


def cited(keys: Sequence[str], command: str) -> str:
    """The keys as a citation; "" without any."""
    if not keys:
        return ""
    if command == PANDOC:
        return f"[{'; '.join(map(_for_pandoc, keys))}]"
    return " ".join(map(_for_typst, keys)) if command == TYPST else f"{command}{{{','.join(keys)}}}"


def _for_pandoc(key: str) -> str:
    return f"@{key}" if _PANDOC_KEY.fullmatch(key) else f"@{{{key}}}"


def _for_typst(key: str) -> str:
    if _TYPST_KEY.fullmatch(key):
        return f"@{key}"
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'#cite(label("{escaped}"))'


def _keys(store: Store, ids: Sequence[int], *, pattern: str) -> list[str]:
    wanted = [PaperId(number) for number in ids]
    keys = keys_that_leave(store, wanted, pattern=pattern)
    return [keys[one] for one in wanted if one in keys]
