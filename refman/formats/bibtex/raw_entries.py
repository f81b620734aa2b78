"""What was read of one entry: its parts with their places, and its faults."""

from dataclasses import field

from refman.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in an entry and at which offset of the text; `code` and `message` become a `Problem`."""

    at: int
    code: str
    message: str
    argument: str = ""


RawField = tuple[str, str, int, int, str | None]
"""Name and value expression as written, the offsets of the text at which the two begin, and the TeX of the value.

The TeX is only there where reading found it on its way: of one text in braces.
"""


@dataclass(slots=True)
class RawEntry:
    """An entry as BibTeX reads it: its type in lower case, `key_start` the offset of its key, `end` that behind it.

    `is_broken`: nothing of it can be trusted (a value swallows what follows); it is kept as raw text only.
    `is_usual`: nothing stands between its parts but blanks, commas and equals signs.
    `beyond` are fields behind a missing comma, which BibTeX ignores.
    """

    type: str
    key: str
    key_start: int
    fields: list[RawField]
    end: int
    faults: list[Fault] = field(default_factory=list)
    is_broken: bool = False
    is_usual: bool = False
    beyond: list[RawField] = field(default_factory=list)
