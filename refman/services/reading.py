"""From files and texts to drafts; the library is not asked yet."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from refman.domain.errors import InvalidValue, UnreadableInput
from refman.domain.paper import Draft, FieldValue
from refman.domain.progress import NoProgress, Progress, stop_if_cancelled
from refman.formats import IMPORTERS, detect
from refman.formats.base import Importer, ImportResult, ReadContext
from refman.formats.clipboard_html import links
from refman.formats.decoding import decode
from refman.services.import_plan import FileProblem, ImportInput, ImportOptions, Reading, Refusal
from refman.services.input_bytes import bytes_of_file
from refman.services.library_files import belongs_to_library, is_library_name, shown_name
from refman.services.tag_names import KEYWORD_FIELDS, parse_tags, tags_of_keywords


def read_file(path: Path, *, library: str, progress: Progress | None = None) -> ImportInput:
    """Reads and decodes a file or a pipe. Raises: UnreadableInput, Cancelled while it waits for who writes a pipe."""
    name = shown_name(str(path))
    check_is_no_library(path, library=library)
    if os.path.isdir(path):
        raise UnreadableInput("is-folder", f"{name} is a folder; name the files in it that should be imported.", name)
    try:
        content = bytes_of_file(path, name, progress=progress)
    except FileNotFoundError:
        raise UnreadableInput("no-file", f"There is no file {name}; check its name.", name) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInput(
            "cannot-read", f"{name} cannot be read: {reason}. Check the file and your right to read it.", name, reason
        ) from error
    return read_bytes(content, name)


def check_is_no_library(path: Path, *, library: str) -> None:
    """Raises: UnreadableInput for a library, which nobody but SQLite may open."""
    if belongs_to_library(path, library) or is_library_name(path):
        name = shown_name(str(path))
        raise UnreadableInput(
            "is-library", f"{name} is a refman library, not a file to import; open it with --library {name}.", name
        )


def read_bytes(content: bytes, name: str) -> ImportInput:
    """Decodes what a file or standard input gave. Raises: UnreadableInput when it is no text."""
    decoded = decode(content, name)
    return ImportInput(name, decoded.text, problems=decoded.problems)


def read_inputs(
    inputs: Sequence[ImportInput], options: ImportOptions, *, progress: Progress | None = None
) -> tuple[Reading, ...]:
    """Finds drafts; `readings[i]` belongs to `inputs[i]`. Raises: InvalidValue for a format or tag that cannot be."""
    watcher = progress or NoProgress()
    tags = check_options(options)
    for one in inputs:
        _check_format(one.format)
    readings = []
    for position, one in enumerate(inputs):
        stop_if_cancelled(watcher)
        watcher.report(position, len(inputs), one.name)
        readings.append(_read(one, replace(options, tags=tags)))
    return tuple(readings)


def check_options(options: ImportOptions) -> tuple[str, ...]:
    """The tags of an import as they are stored. Raises: InvalidValue for a tag or a format that cannot be."""
    _check_format(options.format)
    return parse_tags(options.tags) if options.tags else ()


def problems_of(readings: Sequence[Reading]) -> Iterator[FileProblem]:
    """What the importers could not use, in source order."""
    for reading in readings:
        for found in reading.result.problems:
            yield FileProblem(reading.name, found.line, found.code, found.message, found.arguments)


def _check_format(name: str) -> None:
    if name and name not in IMPORTERS:
        known = ", ".join(IMPORTERS)
        raise InvalidValue("bad-format", f'refman cannot read "{name}"; the formats are {known}.', name, known)


def _read(one: ImportInput, options: ImportOptions) -> Reading:
    chosen = one.format or options.format
    try:
        importer = IMPORTERS[chosen] if chosen else detect(one.text, one.name)
    except UnreadableInput as error:
        return Reading(
            one.name,
            "",
            one.text,
            ImportResult(problems=one.problems),
            Refusal(one.name, error.code, error.message, error.arguments),
        )
    result = importer.read(one.text, ReadContext(options.captured_on, links(one.html) if one.html else ()))
    drafts = tuple(complete_draft(draft, options) for draft in result.drafts)
    # The refusal says of the whole input that it holds no paper.
    problems = tuple(found for found in (*one.problems, *result.problems) if drafts or found.line)
    completed = replace(result, drafts=drafts, problems=problems)
    return Reading(one.name, importer.name, one.text, completed, None if drafts else _refusal(one, importer))


def _refusal(one: ImportInput, importer: Importer) -> Refusal:
    if not one.text.strip():
        return Refusal(
            one.name,
            "empty-input",
            f"There is nothing to read in {one.name}; it is empty. Choose another file or text.",
            (one.name,),
        )
    return Refusal(
        one.name,
        "no-drafts",
        f"{one.name} was read as {importer.label} ({importer.name}) and holds no paper; "
        "check that it is the right file, or name another format.",
        (one.name, importer.label),
    )


def complete_draft(draft: Draft, options: ImportOptions) -> Draft:
    """The draft with the tags of the import and the day of its score."""
    words = (tags_of_keywords(draft.plain(name)) for name in draft.fields if name in KEYWORD_FIELDS)
    keywords = tuple(chain.from_iterable(words)) if options.keywords_as_tags else ()
    fields = draft.fields
    if draft.plain("score") and not draft.plain("score_date"):
        fields = {**fields, "score_date": _day_of(options.captured_on)}
    tags = tuple(dict.fromkeys((*draft.tags, *keywords, *options.tags)))
    return draft if tags == draft.tags and fields is draft.fields else replace(draft, tags=tags, fields=fields)


def _day_of(day: date) -> FieldValue:
    """Derived, not read, so no format writes it."""
    return FieldValue(day.isoformat(), is_guess=True)
