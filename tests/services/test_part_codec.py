"""What comes from a worker process is what it found."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Problem
from refman.domain.packing import Packed
from refman.domain.paper import Attachment, AttachmentId, Draft, FieldValue, Span
from refman.domain.sources import Block
from refman.services.duplicates import traits_of
from refman.services.part_codec import FilePart, decode_part, encode_part, from_bytes, marks_of, to_bytes

_TEXTS = st.text(max_size=8)
_SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
_BLOCKS = st.builds(Block, _TEXTS, _TEXTS, _TEXTS, _TEXTS, _SPANS)
_PROBLEMS = st.builds(Problem, st.integers(0, 9), _TEXTS, _TEXTS, st.lists(_TEXTS, max_size=2).map(tuple))
_LINKS = st.builds(Attachment, st.just(AttachmentId(0)), _TEXTS, _TEXTS, _TEXTS, st.just(False))


@given(
    st.lists(_BLOCKS, max_size=2),
    st.lists(_PROBLEMS, max_size=2),
    st.dictionaries(st.integers(0, 9), st.lists(_LINKS, max_size=2), max_size=2),
    st.lists(st.binary(max_size=9), max_size=2),
)
def test_a_part_comes_back_as_it_was(
    blocks: list[Block], problems: list[Problem], links: dict[int, list[Attachment]], pieces: list[bytes]
) -> None:
    draft = Draft("article", "key", {"title": FieldValue("Títle"), "doi": FieldValue("10.1000/X")})
    part = FilePart(Packed([["x"], [[1, "\ud800"]]]), marks_of([draft]), links, blocks, problems, 7, pieces)
    assert decode_part(from_bytes(to_bytes(encode_part(part)))) == part


@pytest.mark.parametrize("value", [FieldValue("x"), b"x", object()])
def test_no_object_goes_through(value: object) -> None:
    with pytest.raises(TypeError):
        to_bytes([value])


def test_the_codec_knows_every_field() -> None:
    """Who adds a field to one of these classes adds it to the codec."""
    names = {kind: [one.name for one in dataclasses.fields(kind)] for kind in (Block, Problem, Span, Attachment)}
    assert names == {
        Block: ["kind", "name", "value", "raw", "span"],
        Problem: ["line", "code", "message", "arguments"],
        Span: ["start", "end", "line"],
        # An id is given when it is stored, and what is stored in the folder of attachments is no link.
        Attachment: ["id", "path", "title", "media_type", "is_stored", "sha256"],
    }
    assert from_bytes(to_bytes(["\ud800"])) == ["\ud800"]


_DRAFTS = (
    Draft(),
    Draft("Article", "k", {"doi": FieldValue("https://doi.org/10.1000/AB"), "title": FieldValue("The <i>One</i>")}),
    Draft("misc", "", {"doi": FieldValue("10.48550/arXiv.1706.03762"), "title": FieldValue("É-2")}),
    Draft("misc", "k", {"eprint": FieldValue("1706.03762v3")}),
    Draft("misc", "k", {"eprint": FieldValue("1706.03762"), "archiveprefix": FieldValue("hal")}),
)


def test_marks_are_those_that_drafts_are_matched_by() -> None:
    marks = marks_of(_DRAFTS)
    for place, draft in enumerate(_DRAFTS):
        traits = traits_of(draft)
        assert marks.keys[place] == traits.key and marks.types[place] == traits.type
        assert (marks.dois[place], marks.arxivs[place]) == (traits.doi, traits.arxiv)
        assert (marks.titles[place], marks.contents[place]) == (traits.title, traits.content)
