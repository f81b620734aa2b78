"""Reading a .bib that is too large for memory: what a worker process does with it, and what it tells."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from refman.domain.errors import Problem, UnreadableInput
from refman.domain.packing import Packing
from refman.domain.paper import Attachment, Draft
from refman.formats import detect
from refman.formats.decoding import decode
from refman.formats.text_file import PassedOn, TextForm, text_blocks, text_form, text_size_and_sha256
from refman.services.import_plan import ImportOptions, Refusal
from refman.services.linked_files import links_of
from refman.services.part_codec import (
    FilePart,
    decode_part,
    decode_pieces,
    encode_part,
    encode_pieces,
    from_bytes,
    marks_of,
    to_bytes,
)
from refman.services.reading import complete_draft

BIG_BYTES = 8 << 20
"""Files from this size on are streamed; smaller ones are read whole, which is quicker and can be previewed."""
STREAMED = "bibtex"
"""The one format whose files are that large."""

PIECE_BYTES = 64 * 1024
"""How much of the text in UTF-8 is one packed piece."""
_PART = 500
"""How many drafts go into one transaction."""
_PEEK_CHARACTERS = 4 << 20


@dataclass(frozen=True, slots=True)
class FileHead:
    """What is known of a file before its papers: how to decode it, how many characters it has, and their SHA-256."""

    form: TextForm
    characters: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileEnd:
    """The SHA-256 of the text that the parts were read from, and its last packed pieces."""

    sha256: str
    pieces: list[bytes]


Message = FileHead | FilePart | FileEnd | Refusal


def is_streamed(path: Path, format_name: str) -> bool:
    """True for a regular file that is large and, by its beginning or by `format_name`, a .bib.

    Opens it: never ask about what may be a library.
    """
    try:
        if not path.is_file() or path.stat().st_size < BIG_BYTES or format_name not in ("", STREAMED):
            return False
        if format_name:
            return True
        # The beginning first: a huge file that is none is not read to its end.
        return _may_be_bib(path) and _format_of(path, text_form(path, path.name)) == STREAMED
    except (OSError, UnreadableInput):
        # Reading it whole tells what is wrong.
        return False


def read_file_in_parts(path: Path, name: str, options: ImportOptions, packing: Packing) -> Iterator[bytes]:
    """The task of the worker: `Message` by `Message`, as bytes. `options` have their tags parsed."""
    # Late: the parent, which imports this module too, need not load the reader.
    from refman.formats.bibtex.streaming import read_blocks

    try:
        form = text_form(path, name)
        characters, sha256 = text_size_and_sha256(path, form)
    except UnreadableInput as error:
        yield to_bytes(["refused", error.code, error.message, list(error.arguments)])
        return
    except OSError as error:
        reason = error.strerror or str(error)
        yield to_bytes(["refused", "cannot-read", f"{name} cannot be read: {reason}.", [name, reason]])
        return
    yield to_bytes(["head", [*astuple(replace(form, problems=()))[:4]], characters, sha256])
    text = PassedOn(lambda: text_blocks(path, form), PIECE_BYTES)
    problems: Sequence[Problem] = form.problems
    done = 0
    for part in read_blocks(lambda: text_blocks(path, form), size=_PART, last=text.blocks):
        drafts = [complete_draft(draft, options) for draft in part.drafts]
        done = max((draft.span.end for draft in drafts if draft.span), default=done)
        found = FilePart(
            packing.pack(drafts),
            marks_of(drafts),
            _links(drafts, name),
            part.blocks,
            (*problems, *part.problems),
            done,
            list(map(packing.pack_piece, text.pieces())),
        )
        problems = ()
        yield to_bytes(["part", encode_part(found)])
    rest = encode_pieces(list(map(packing.pack_piece, text.pieces(is_over=True))))
    yield to_bytes(["end", text.sha256, rest])


def _links(drafts: Sequence[Draft], name: str) -> dict[int, list[Attachment]]:
    links = ((place, list(links_of(draft, name))) for place, draft in enumerate(drafts))
    return {place: of_draft for place, of_draft in links if of_draft}


def decode_message(data: bytes) -> Message:
    """What the worker tells."""
    kind, *values = from_bytes(data)
    if kind == "head":
        form, characters, sha256 = values
        return FileHead(TextForm(*form), characters, sha256)
    if kind == "part":
        return decode_part(values[0])
    if kind == "end":
        sha256, pieces = values
        return FileEnd(sha256, decode_pieces(pieces))
    return _refusal(values)


def _refusal(values: Sequence[Any]) -> Refusal:
    code, message, arguments = values
    return Refusal("", code, message, tuple(arguments))


def _may_be_bib(path: Path) -> bool:
    """Raises: UnreadableInput, OSError."""
    with open(path, "rb") as file:
        beginning = file.read(_PEEK_CHARACTERS)
    return detect(decode(beginning, path.name).text, path.name).name == STREAMED


def _format_of(path: Path, form: TextForm) -> str:
    """The format by the beginning of the text. Raises: UnreadableInput."""
    beginning = ""
    for block in text_blocks(path, form):
        beginning += block
        if len(beginning) >= _PEEK_CHARACTERS:
            break
    return detect(beginning, path.name).name
