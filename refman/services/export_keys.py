"""Keys that an engine or `\\cite` cannot hold: no file is written with them."""

from collections.abc import Sequence

from refman.domain.errors import ExportRefused
from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.export_problems import key_problem

_CHUNK = 500
_NAMED = 50
"""All that a person can mend at once; the others are told at the next attempt."""


def check_keys(reader: Reader, ids: Sequence[PaperId], *, format_name: str) -> None:
    """Looks at the keys of all papers; other formats than BibTeX's take any.

    Raises: ExportRefused, naming up to 50, one a line.
    """
    if format_name not in set(Dialect):
        return
    found: list[str] = []
    for start in range(0, len(ids), _CHUNK):
        keys = reader.keys_of(ids[start : start + _CHUNK]).values()
        found += [problem.message for key in keys if key and (problem := key_problem(key, Dialect(format_name)))]
    if found:
        more = [f"and {len(found) - _NAMED:,} more"] if len(found) > _NAMED else []
        sentence = (
            "Nothing was written: give these papers other keys (refman rename-key, or refman edit KEY key=NEW), "
            "or leave them out."
        )
        raise ExportRefused(
            "illegal-keys",
            "\n".join([sentence, *found[:_NAMED], *more]),
            *found[:_NAMED],
        )
