"""Whether every file is read, and whether the entries and names are those that BibTeX finds."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from refman.formats.bibtex.latex_to_text import latex_to_text
from refman.formats.bibtex.names import read_name, split_names
from refman.formats.bibtex.reading import read_text
from refman.formats.bibtex.splitter import split
from refman.formats.decoding import decode
from tests.fidelity.bibtex_runs import seen
from tests.fidelity.collections import BibFile
from tests.fidelity.deep_entries import too_deep
from tests.fidelity.table import Row, share

_STYLE = Path(__file__).parents[1] / "data" / "bibtex" / "nameparts.bst"


def reading(files: Sequence[BibFile]) -> list[Row]:
    """Files read, and entries and keys against BibTeX's own list."""
    failed: list[str] = []
    lacking: list[str] = []
    entries = agreed = expected = found_keys = left = 0
    for file in files:
        try:
            keys = [draft.key for draft in read_text(decode(file.content, file.name).text).drafts]
            keys += _control_keys(file)
        except (ValueError, LookupError, RecursionError, AssertionError, TypeError, AttributeError) as error:
            failed.append(f"{file.name}: {type(error).__name__}")
            continue
        bibtex = seen(file.content)
        theirs = {key.lower() for key in bibtex.keys if key}
        # BibTeX has bytes for keys; small letters are made of those on both sides, or half a letter would differ.
        ours = {key.encode("utf-8", "replace").decode("latin-1").lower() for key in keys if key}
        deep = {key.lower() for key in too_deep(file)}
        left += len(deep)
        whole = theirs - {key.lower() for key in bibtex.broken} - deep
        expected += len(theirs)
        found_keys += len(theirs & ours)
        entries += 1
        agreed += whole <= ours
        if not whole <= ours:
            lacking.append(f"{file.name}: {', '.join(f'`{key}`' for key in sorted(whole - ours)[:5])}")
    return [
        Row(
            "files read without an exception", "100 %", share(len(files) - len(failed), len(files)), not failed, failed
        ),
        Row("keys of BibTeX found", ">= 99.5 %", share(found_keys, expected), found_keys >= 0.995 * expected),
        Row(
            "files with every entry that BibTeX reads to its end",
            ">= 99.5 %",
            f"{share(agreed, entries)}, but for {left} entry deeper than TeX takes (0076)",
            agreed >= 0.995 * entries,
            lacking,
        ),
    ]


def _control_keys(file: BibFile) -> list[str]:
    blocks = read_text(decode(file.content, file.name).text).blocks
    return [block.name for block in blocks if block.kind == "control"]


def names(files: Sequence[BibFile]) -> list[Row]:
    """Every name of every ASCII file, split by BibTeX and by refman."""
    fields = _name_fields(files)
    bib = "".join(f"@article{{k{number}, author = {value}}}\n" for number, value in enumerate(fields))
    theirs: dict[int, list[tuple[str, ...]]] = {}
    for line in re.sub(r"\n  +", " ", _split_by_bibtex(bib)).splitlines():
        key, *parts = line.split("|")
        if key.startswith("k"):
            theirs.setdefault(int(key[1:]), []).append(tuple(map(_text_of_part, parts)))
    wrong = [value for number, value in enumerate(fields) if theirs.get(number, []) != _split_by_us(value)]
    good = len(fields) - len(wrong)
    notes = [f"`{value[:100]}`" for value in wrong[:10]]
    return [Row("lists of names split as BibTeX does", "100 %", share(good, len(fields)), not wrong, notes)]


def _text_of_part(tex: str) -> str:
    # The blank behind a part may be that of a control space.
    return latex_to_text(without_ties(tex) + " ").strip()


def without_ties(tex: str) -> str:
    """Without the ties that BibTeX writes for blanks: behind a backslash they would be accents (`R.\\~Q.`)."""
    pieces = []
    depth = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        pieces.append(" " if char == "~" and depth == 0 else char)
    return "".join(pieces)


def _name_fields(files: Sequence[BibFile]) -> list[str]:
    found: dict[str, None] = {}
    for file in files:
        if file.content.isascii():
            for piece in split(file.content.decode("ascii")):
                for field in getattr(piece.block, "fields", ()):
                    is_text = field.value[:1] == "{" and len(field.value) < 400
                    if field.key.lower() in {"author", "editor"} and is_text and "=" not in field.value:
                        found[" ".join(field.value.split())] = None
    return list(found)


def _split_by_us(value: str) -> list[tuple[str, ...]]:
    parsed = (read_name(part) for part in split_names(value[1:-1]))
    return [(name.given, name.prefix, name.family or name.literal, name.suffix) for name in parsed]


def _split_by_bibtex(bib: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(_STYLE, folder)
        (folder / "x.bib").write_text(bib, "ascii")
        (folder / "x.aux").write_text("\\citation{*}\n\\bibdata{x}\n\\bibstyle{nameparts}\n", "ascii")
        subprocess.run(["bibtex", "x"], cwd=folder, capture_output=True, check=False, timeout=600)
        return (folder / "x.bbl").read_text("ascii")
