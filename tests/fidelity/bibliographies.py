"""Whether a document prints the same from an export as from the file itself."""

from collections import Counter
from collections.abc import Iterator, Sequence

from refman.formats.bibfile.document import read_document
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.origin_dialect import BLOCK_KIND
from refman.formats.bibtex.parts import EntryPart, parts_of
from refman.formats.bibtex.reading import read_text
from refman.formats.decoding import decode
from tests.fidelity.bibtex_runs import CHUNK, STYLES, bibliography, items, seen
from tests.fidelity.collections import BibFile
from tests.fidelity.deep_entries import too_deep
from tests.fidelity.table import Row, share
from tests.fidelity.through_refman import export_of_import

_MOST_NOTES = 12


def equal_bibliographies(files: Sequence[BibFile]) -> list[Row]:
    """Whole .bbl files and single items, citing all entries and citing only the children of crossrefs.

    Files in ASCII that BibTeX reads without an error and that are not in biblatex's way: the others must change.
    So must a run in which BibTeX misses a parent because it stands in front of its child: exports put it behind.
    BibTeX reads on inside a braced @comment, which to biber, JabRef and refman is one comment: what is in there is not
    cited. Nor is what TeX itself cannot print, braces deeper than its 255 groups (docs/decisions/0076); it is counted.
    """
    counts: Counter[str] = Counter()
    notes: list[str] = []
    for file in files:
        read = seen(file.content)
        if not file.content.isascii() or read.error_lines or not read.keys or _is_of_biblatex(file):
            counts["left"] += 1
            continue
        counts["files"] += 1
        present = {key.lower() for key in read.keys}
        exported = export_of_import(file.content, file.name, "bibtex").encode()
        deep = too_deep(file)
        counts["deep"] += len(deep)
        aside = _commented(file) | deep
        all_keys, children = ([key for key in some if key not in aside] for some in (read.keys, read.children))
        for style in STYLES:
            for keys in (*_chunks(all_keys), *_chunks(children)):
                theirs, ours = (bibliography(text, style, keys) for text in (file.content, exported))
                if theirs.missed & present and not ours.missed & present:
                    counts["mended runs"] += 1
                    continue
                wanted, found = items(theirs.bbl), items(ours.bbl)
                differing = [key for key, item in wanted.items() if found.get(key) != item]
                counts["runs"] += 1
                counts["equal runs"] += theirs.bbl == ours.bbl
                counts["items"] += len(wanted)
                counts["equal items"] += len(wanted) - len(differing)
                if theirs.bbl != ours.bbl:
                    notes.append(f"{file.name}, {style}: {', '.join(differing[:5]) or 'the head'}")
    what = ", ".join(STYLES)
    return [
        Row(
            f"bibliographies ({what}) of export(import(X)) equal to those of X",
            "100 %",
            f"{share(counts['equal runs'], counts['runs'])} of {counts['files']} files; "
            f"{counts['mended runs']} more where only the export has parents where BibTeX finds them; without "
            f"{counts['deep']} entry deeper than TeX takes (0076)",
            counts["equal runs"] == counts["runs"],
            notes[:_MOST_NOTES],
        ),
        Row(
            "their items",
            "100 %",
            share(counts["equal items"], counts["items"]),
            counts["equal items"] == counts["items"],
        ),
    ]


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _commented(file: BibFile) -> set[str]:
    """The keys of entries that stand inside a braced @comment and nowhere else."""
    document = read_document(file.content, file.name)
    comments = [document.raw(part).removeprefix("@") for part in document.others if part.kind == "comment"]
    inside = {part.key for text in comments for part in parts_of(text) if isinstance(part, EntryPart)}
    return inside - {entry.key for entry in document.entries}


def _is_of_biblatex(file: BibFile) -> bool:
    blocks = read_text(decode(file.content, file.name).text).blocks
    return any(block.kind == BLOCK_KIND and block.value == Dialect.BIBLATEX for block in blocks)


def unchanged_entries(files: Sequence[BibFile]) -> list[Row]:
    """Entries whose text stands in the export of their own dialect byte for byte, but for line ends."""
    whole = kept = 0
    for file in files:
        text = decode(file.content, file.name).text
        result = read_text(text)
        of_biblatex = _is_of_biblatex(file)
        if not of_biblatex and not file.content.isascii():
            continue
        exported = export_of_import(file.content, file.name, "biblatex" if of_biblatex else "bibtex")
        for draft in result.drafts:
            if draft.span and draft.key:
                raw = text[draft.span.start : draft.span.end].replace("\r\n", "\n").replace("\r", "\n")
                whole += 1
                kept += raw in exported
    return [
        Row(
            "entries that leave byte for byte in their own dialect", ">= 99 %", share(kept, whole), kept >= 0.99 * whole
        )
    ]
