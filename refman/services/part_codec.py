"""What a worker process tells of a large file, as bytes: JSON, so that whatever it sends, only plain values come out.

A worker reads the files of strangers. Lone surrogates stay what they are, as escapes.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from refman.domain.errors import Problem
from refman.domain.folding import match_key
from refman.domain.frozen import dataclass
from refman.domain.packing import Packed
from refman.domain.paper import Attachment, AttachmentId, Draft
from refman.domain.sources import Block
from refman.services.duplicates import content_of, identifiers_of
from refman.services.reading_codec import decode_block, decode_problem, encode_block, encode_problem

_encoder = json.JSONEncoder(check_circular=False, separators=(",", ":"))


def to_bytes(values: Sequence[Any]) -> bytes:
    """Texts, numbers, lists and dicts by text as bytes. Raises: TypeError for others."""
    return _encoder.encode(values).encode("ascii")


def from_bytes(data: bytes) -> Any:
    """The inverse of `to_bytes`, with lists for tuples. Raises: ValueError for what it never makes."""
    return json.loads(data)


def encode_pieces(pieces: Sequence[bytes]) -> list[str]:
    """Pieces of packed text as texts."""
    return [b64encode(piece).decode("ascii") for piece in pieces]


def decode_pieces(pieces: Sequence[str]) -> list[bytes]:
    """The inverse of `encode_pieces`."""
    return list(map(b64decode, pieces))


@dataclass(frozen=True, slots=True)
class Marks:
    """By what drafts are told from others, column by column; as in `duplicates.Traits`, `types` in lower case."""

    keys: list[str]
    types: list[str]
    dois: list[str]
    arxivs: list[str]
    titles: list[str]
    contents: list[int]


@dataclass(frozen=True, slots=True)
class FilePart:
    """Some drafts, packed, and what came with them.

    `links` are the files that drafts name, by place; `done` is how many characters of the text were read, `pieces`
    are the next packed pieces of it.
    """

    packed: Packed
    marks: Marks
    links: dict[int, list[Attachment]]
    blocks: Sequence[Block]
    problems: Sequence[Problem]
    done: int
    pieces: list[bytes]


def marks_of(drafts: Sequence[Draft]) -> Marks:
    """The marks of drafts."""
    identifiers = list(map(identifiers_of, drafts))
    return Marks(
        [draft.key for draft in drafts],
        [draft.type.lower() for draft in drafts],
        [doi for doi, _ in identifiers],
        [arxiv for _, arxiv in identifiers],
        [match_key(draft.plain("title")) for draft in drafts],
        list(map(content_of, drafts)),
    )


def encode_part(part: FilePart) -> list[Any]:
    """A part as plain values."""
    marks = part.marks
    return [
        part.packed,
        [marks.keys, marks.types, marks.dois, marks.arxivs, marks.titles, marks.contents],
        [(place, [(one.path, one.title, one.media_type) for one in links]) for place, links in part.links.items()],
        [encode_block(block) for block in part.blocks],
        [encode_problem(problem) for problem in part.problems],
        part.done,
        encode_pieces(part.pieces),
    ]


def decode_part(values: Sequence[Any]) -> FilePart:
    """The inverse of `encode_part`."""
    packed, marks, links, blocks, problems, done, pieces = values
    return FilePart(
        packed,
        Marks(*marks),
        {place: [_link(*one) for one in of_place] for place, of_place in links},
        list(map(decode_block, blocks)),
        list(map(decode_problem, problems)),
        done,
        decode_pieces(pieces),
    )


def _link(path: str, title: str, media_type: str) -> Attachment:
    return Attachment(AttachmentId(0), path, title, media_type, is_stored=False)
