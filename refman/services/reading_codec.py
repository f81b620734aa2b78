"""What an importer found as plain values and back, to come from a worker process as bytes (`part_codec`).

A test holds it to every sample file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date
from typing import Any

from refman.domain.errors import Problem
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Origin, People, Span
from refman.domain.profile import Capture
from refman.domain.sources import Block
from refman.formats.base import ImportResult, ProfileDraft

_ORIGINS = {str(origin): origin for origin in Origin}


def encode_result(part: ImportResult) -> list[Any]:
    """Drafts, blocks, problems and profiles as plain values."""
    return [
        [_encode_draft(draft) for draft in part.drafts],
        [encode_block(block) for block in part.blocks],
        [encode_problem(problem) for problem in part.problems],
        [
            [
                one.name,
                one.category_code,
                [one.capture.captured_on.isoformat(), *astuple(one.capture)[1:]],
                _encode_span(one.span),
            ]
            for one in part.profiles
        ],
    ]


def decode_result(values: Sequence[Any]) -> ImportResult:
    """The inverse of `encode_result`."""
    drafts, blocks, problems, profiles = values
    return ImportResult(
        tuple(map(_decode_draft, drafts)),
        blocks=tuple(map(decode_block, blocks)),
        problems=tuple(map(decode_problem, problems)),
        profiles=tuple(
            ProfileDraft(name, code, Capture(date.fromisoformat(day), *numbers), Span(*span))
            for name, code, (day, *numbers), span in profiles
        ),
    )


def encode_block(block: Block) -> list[Any]:
    """A block as plain values."""
    return [block.kind, block.name, block.value, block.raw, _encode_span(block.span)]


def decode_block(values: Sequence[Any]) -> Block:
    """The inverse of `encode_block`."""
    kind, name, value, raw, span = values
    return Block(kind, name, value, raw, Span(*span))


def encode_problem(problem: Problem) -> list[Any]:
    """A problem as plain values."""
    return [problem.line, problem.code, problem.message, problem.arguments]


def decode_problem(values: Sequence[Any]) -> Problem:
    """The inverse of `encode_problem`."""
    line, code, message, arguments = values
    return Problem(line, code, message, tuple(arguments))


def _encode_draft(draft: Draft) -> list[Any]:
    return [
        draft.type,
        draft.key,
        {name: _encode_value(value) for name, value in draft.fields.items()},
        {role: _encode_people(people) for role, people in draft.people.items()},
        draft.tags,
        draft.notes,
        None if draft.span is None else _encode_span(draft.span),
    ]


def _decode_draft(values: Sequence[Any]) -> Draft:
    entry_type, key, fields, people, tags, notes, span = values
    return Draft(
        entry_type,
        key,
        {
            name: FieldValue(value, "{" + value + "}") if isinstance(value, str) else _decode_value(value)
            for name, value in fields.items()
        },
        {role: _decode_people(value) for role, value in people.items()},
        tuple(tags),
        tuple(notes),
        None if span is None else Span(*span),
    )


def _encode_value(value: FieldValue) -> str | list[Any]:
    """A value that was read in braces round its plain text, which most are, is that text: half the bytes."""
    plain, source = value.plain, value.source
    if source is not None and value.origin is Origin.IMPORTER and not value.is_guess and source == "{" + plain + "}":
        return plain
    return [plain, source, value.origin.value, value.is_guess]


def _decode_value(values: Sequence[Any]) -> FieldValue:
    plain, source, origin, is_guess = values
    return FieldValue(plain, source, _ORIGINS[origin], is_guess)


def _encode_people(people: People) -> list[Any]:
    return [_encode_names(people.names), people.truncated, people.source, people.origin.value, people.is_guess]


def _decode_people(values: Sequence[Any]) -> People:
    names, truncated, source, origin, is_guess = values
    return People(tuple(Name(*parts) for parts in names), truncated, source, _ORIGINS[origin], is_guess)


def _encode_names(names: Iterable[Name]) -> list[list[str]]:
    return [_encode_name(name) for name in names]


def _encode_name(name: Name) -> list[str]:
    """The parts; those at the end that are empty, as mostly two are, are left out."""
    if name.literal:
        return [name.given, name.prefix, name.family, name.suffix, name.literal]
    return (
        [name.given, name.prefix, name.family, name.suffix] if name.suffix else [name.given, name.prefix, name.family]
    )


def _encode_span(span: Span) -> list[int]:
    return [span.start, span.end, span.line]
