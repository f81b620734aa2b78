"""The files that an entry names, in the ways of JabRef, Zotero, Mendeley, BibDesk and KBibTeX.

Sources: case 38 of the hard cases, JabRef's FileFieldParser, Better BibTeX's export of attachments.
"""

import binascii
import plistlib
import re
from collections.abc import Iterator

from refman.domain.paper import Draft
from refman.formats.bibtex.latex_to_text import latex_to_text
from refman.formats.bibtex.values import evaluate

_PLAIN_FIELDS = ("localfile", "pdf")
_BIBDESK = re.compile(r"bdsk-file-\d+")
_ENTRIES = re.compile(r"(?<!\\);")
_PARTS = re.compile(r"(?<!\\):")
_ESCAPED = re.compile(r"\\([:;\\,{}_&%#$])")
_HAS_ENDING = re.compile(r"\.\w{1,5}\s*$")
# JabRef does not escape the colon of an address in old files, so only its scheme is left.
_ADDRESS = re.compile(r"[a-z]{2,}://|(?:https?|ftp)$")
_LINKED, _DESCRIBED = 1, 3


def file_paths(draft: Draft) -> list[str]:
    """Paths as they were written, relative ones to the folder of the .bib, each once; addresses are left out."""
    found = [*_of_file(_tex(draft, "file"))]
    found += [path for name in _PLAIN_FIELDS if (path := _tex(draft, name).strip())]
    found += [path for name in draft.fields if _BIBDESK.fullmatch(name) and (path := _of_bibdesk(draft.plain(name)))]
    return [path for path in dict.fromkeys(found) if path and not _ADDRESS.match(path)]


def _tex(draft: Draft, name: str) -> str:
    value = draft.fields.get(name)
    if value is None or value.is_guess:
        return ""
    return value.plain if value.source is None else evaluate(value.source, {}).tex


def _of_file(tex: str) -> Iterator[str]:
    """`description:path:type` separated by `;`, or one path, or several that end like files."""
    # Mendeley writes a backslash as TeX's.
    text = tex.replace("$\\backslash$", "\\")
    entries = [_PARTS.split(entry) for entry in _ENTRIES.split(text) if entry.strip()]
    if entries and all(len(parts) >= _DESCRIBED for parts in entries):
        yield from (_unescaped(parts[_LINKED]) for parts in entries)
    elif len(entries) > 1 and all(_HAS_ENDING.search(part) for part in _ENTRIES.split(text)):
        yield from (path.strip() for path in _ENTRIES.split(text))
    elif text.strip():
        yield text.strip()


def _unescaped(path: str) -> str:
    path = _ESCAPED.sub(r"\1", path).strip()
    return latex_to_text(path) if "{\\" in path else path


def _of_bibdesk(text: str) -> str:
    """The path in BibDesk's property list (base64); an archive of it names its strings without order."""
    try:
        data = binascii.a2b_base64(re.sub(r"\s", "", text))
        # Its binary form, and never the XML that the module reads too: nothing of refman reads XML of strangers.
        found = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except (binascii.Error, plistlib.InvalidFileException, ValueError, OverflowError, RecursionError):
        return ""
    path = found.get("relativePath", "") if isinstance(found, dict) else ""
    if not path and isinstance(found, dict):
        objects = found.get("$objects", [])
        names = [one for one in objects if isinstance(one, str)] if isinstance(objects, list) else []
        path = next((one for one in names if "/" in one or _HAS_ENDING.search(one)), "")
    return path if isinstance(path, str) else ""
