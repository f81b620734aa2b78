"""Where a citation key stands: in sources, in their comments, in the .bib files and the fields that name keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import ConflictError, UnreadableInput
from refman.formats import pandoc_citations
from refman.formats.bibfile.bytes_of_text import PLAIN, Encoding, encoding_of
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibtex.parts import EntryPart, FieldPart
from refman.formats.bibtex.values import evaluate
from refman.formats.bibtex.xdata_keys import XDATA_PATTERN, keys_in
from refman.formats.cite_arguments import Macros
from refman.formats.markdown_hidden import markdown_comments
from refman.formats.tex_citations import citations
from refman.formats.tex_hidden import hidden_parts
from refman.services.linking.cited_sources import citations_in
from refman.services.linking.file_bytes import Snapshot, read_bytes

_KEY_FIELDS = frozenset({"crossref", "xref", "xdata", "related", "entryset", "ids"})

Span = tuple[int, int]
"""Start and end (excluded) of a key in the text of a file."""


@dataclass(frozen=True, slots=True)
class FileRename:
    """One file: what it holds now, where the key stands in its text, on which lines (1-based), and what it would hold.

    `line_texts[i]` is the line of `spans[i]` as it is.
    """

    path: Path
    spans: tuple[Span, ...]
    lines: tuple[int, ...]
    line_texts: tuple[str, ...]
    before: Snapshot
    after: bytes


@dataclass(frozen=True, slots=True)
class Comment:
    """A place in a part of a source that is no text of the document (`tex_hidden`)."""

    path: Path
    line: int
    text: str
    span: Span


def renamed_source(path: Path, old: str, new: str, *, macros: Macros, comments: list[Span]) -> FileRename | None:
    """A LaTeX or Markdown source in which the key is another; `comments` are the places there that change too."""
    before = read_bytes(path)
    text = text_of(before.data, path.name)
    if path.name.endswith(pandoc_citations.ENDINGS):
        found = [*pandoc_citations.pandoc_mentions(text, old, macros)]
    else:
        found = [one for one in citations_in(path, text, macros) if one.key == old]
    spans = {(one.start, one.start + len(old)) for one in found} | set(comments)
    return file_rename(path, before, sorted(spans), new=new)


def renamed_bib(path: Path, old: str, new: str) -> FileRename | None:
    """A .bib in which the entry and all that name it say the new key. Raises: ConflictError, UnreadableInput."""
    before = read_bytes(path)
    spans = bib_spans(before.data, path.name, old)
    if not spans:
        return None
    document = read_document(before.data, path.name)
    keys = {entry.key for entry in document.entries}
    is_other = new.lower() != old.lower() and old in keys
    if is_other and new.lower() in {key.lower() for key in (*keys, *_former_keys(document, old))}:
        raise ConflictError("key-taken", f"{path} has the key {new} already; choose another one.", new, str(path))
    return file_rename(path, before, spans, new=new)


def _former_keys(document: Document, key: str) -> Iterator[str]:
    """The keys that other entries than that of `key` name among their `ids`; biber reads them as keys of their own."""
    for entry in document.entries:
        field = entry.field("ids")
        if field is not None and entry.key != key:
            yield from (one.strip() for one in evaluate(field.value, document.macros).tex.split(","))


def bib_spans(data: bytes, name: str, key: str) -> list[Span]:
    """Where a key stands in a .bib, in order. Raises: UnreadableInput."""
    document = read_document(data, name)
    if key not in document.text:
        return []
    spans = {span for entry in document.entries for span in _in_entry(entry, key)}
    return sorted(span for span in spans if document.text[slice(*span)] == key)


def file_rename(path: Path, before: Snapshot, spans: list[Span], *, new: str) -> FileRename | None:
    """The file with another word at the places, None without any. Raises: ConflictError for letters it cannot hold."""
    if not spans:
        return None
    text = text_of(before.data, path.name)
    lines = tuple(text.count("\n", 0, start) + 1 for start, _ in spans)
    starts = [text.rfind("\n", 0, start) + 1 for start, _ in spans]
    texts = tuple(text[start : _line_end(text, start)].strip() for start in starts)
    return FileRename(path, tuple(spans), lines, texts, before, with_word(before.data, path.name, spans, new))


def with_word(data: bytes, name: str, spans: list[Span], word: str) -> bytes:
    """The bytes with a word put at the places of its text. Raises: ConflictError for letters the file cannot hold."""
    encoding = _encoding_of(data, name)
    text = encoding.decode(data)
    pieces, done = list[str](), 0
    for start, end in spans:
        pieces += [text[done:start], word]
        done = end
    try:
        return encoding.encode("".join([*pieces, text[done:]]))
    except UnicodeEncodeError as error:
        raise ConflictError(
            "key-not-in-encoding",
            f"{name} is {encoding.label} and cannot hold {word}; nothing was changed.",
            name,
            word,
        ) from error


def text_of(data: bytes, name: str) -> str:
    """The text in which places are counted."""
    return _encoding_of(data, name).decode(data)


def _encoding_of(data: bytes, name: str) -> Encoding:
    try:
        return encoding_of(data, name)
    except UnreadableInput:
        # Bytes of any kind survive as UTF-8 with strays; a key in ASCII is found there.
        return PLAIN


def comments_with(path: Path, key: str) -> Iterator[Comment]:
    """The places that name the key in what LaTeX does not read (`tex_hidden`), or in comments of Markdown."""
    text = text_of(path.read_bytes(), path.name)
    if key not in text:
        return
    pattern = re.compile(rf"(?<![\w:.-]){re.escape(key)}(?![\w:.-])")
    is_markdown = path.name.endswith(pandoc_citations.ENDINGS)
    for part in markdown_comments(text) if is_markdown else hidden_parts(text):
        for match in pattern.finditer(text, *part):
            start = text.rfind("\n", 0, match.start()) + 1
            line = text.count("\n", 0, match.start()) + 1
            yield Comment(path, line, text[start : _line_end(text, start)].strip(), match.span())


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _in_entry(entry: EntryPart, old: str) -> Iterator[Span]:
    if entry.key == old:
        yield entry.key_start, entry.key_end
    for one in entry.fields:
        if one.name.lower() in _KEY_FIELDS:
            yield from _in_list(one, old)
        elif old in keys_in(one.value):
            yield from _in_references(one, old)
        elif "\\" in one.value and old in one.value:
            for found in citations(one.value):
                if found.key == old:
                    start = one.value_start + found.start
                    yield start, start + len(old)


def _in_references(field: FieldPart, old: str) -> Iterator[Span]:
    """The key in `xdata=key-field`."""
    for match in re.finditer(rf'(?<![^\s{{"]){XDATA_PATTERN.pattern}', field.value, re.IGNORECASE):
        if match.group(1) == old:
            yield field.value_start + match.start(1), field.value_start + match.end(1)


def _in_list(field: FieldPart, old: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\s,{}\"]+", field.value):
        if match.group() == old:
            yield field.value_start + match.start(), field.value_start + match.end()
