"""Citations to paste into a document."""

from collections.abc import Sequence

from refman.domain.paper import PaperId
from refman.domain.ports import Store
from refman.services.citekeys import keys_that_leave


def keys_text(store: Store, ids: Sequence[int], *, pattern: str) -> str:
    """`a,b`: the keys in the order of `ids`; missing keys are made first."""
    wanted = [PaperId(number) for number in ids]
    keys = keys_that_leave(store, wanted, pattern=pattern)
    return ",".join(keys[one] for one in wanted if one in keys)


def cite(store: Store, ids: Sequence[int], *, command: str, pattern: str) -> str:
    r"""`\cite{a,b}`; `command` is what stands before the brace."""
    keys = keys_text(store, ids, pattern=pattern)
    return f"{command}{{{keys}}}" if keys else ""
