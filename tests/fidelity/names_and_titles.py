"""Family names and titles of every entry, as BibTeX itself reads them and as refman shows them.

What BibTeX prints is TeX; pylatexenc, which reads none of these values for refman first, makes text of it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from pylatexenc.latex2text import LatexNodes2Text

from refman.domain.paper import Draft
from refman.formats.bibtex.reading import read_text
from refman.formats.decoding import decode
from tests.fidelity.bibtex_runs import printed
from tests.fidelity.collections import BibFile
from tests.fidelity.entries import without_ties
from tests.fidelity.table import Row, share

# One line for the title and one for each author: key, kind, text.
_STYLE = r"""ENTRY { author title } {} {}
INTEGERS { nameptr numnames }
FUNCTION {default.type}
{ title missing$ { } { cite$ "|T|" * title * write$ newline$ } if$
  author missing$
    { }
    { author num.names$ 'numnames :=
      #1 'nameptr :=
      { nameptr numnames #1 + < }
      { cite$ "|A|" * author nameptr "{ll}" format.name$ * write$ newline$
        nameptr #1 + 'nameptr :=
      }
      while$
    }
  if$
}
READ
ITERATE {call.type$}
"""
_LINE = re.compile(r"^([^|\n]+)\|([TA])\|(.*)$", re.MULTILINE)
_LOGO = re.compile(r"\\((?:La|Xe|Lua|Bib|Plain)?TeX)(?![A-Za-z])")
"""Names that pylatexenc has no text for."""
_TARGET = 0.985
_SHOWN = 10
_TO_TEXT = LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def names_and_titles(files: Sequence[BibFile]) -> list[Row]:
    """Of all entries that both find in a file that is UTF-8 (BibTeX has bytes)."""
    wrong: dict[str, list[str]] = {"A": [], "T": []}
    counts = {"A": 0, "T": 0}
    for file in files:
        if not _is_utf8(file.content):
            continue
        ours = _by_key(read_text(decode(file.content, file.name).text).drafts)
        for key, kind, texts in _theirs(file.content):
            draft = ours.get(key)
            if draft is None:
                # Whether an entry is found at all is measured by the part "reading".
                continue
            counts[kind] += 1
            found = _families(draft) if kind == "A" else [draft.plain("title")]
            if [_letters(text) for text in found] != [_letters(_text(text)) for text in texts]:
                wrong[kind].append(f"{file.name}: {key}: `{' / '.join(found)[:70]}` for `{' / '.join(texts)[:70]}`")
    return [
        _row("author family names of entries as BibTeX reads them", counts["A"], wrong["A"]),
        _row("titles of entries as BibTeX reads them", counts["T"], wrong["T"]),
    ]


def _row(measure: str, count: int, wrong: Sequence[str]) -> Row:
    good = count - len(wrong)
    return Row(measure, ">= 98.5 %", share(good, count), good >= _TARGET * count, wrong[:_SHOWN])


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_key(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """The first entry of each key, as BibTeX takes it."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        found.setdefault(draft.key.lower(), draft)
    return found


def _theirs(content: bytes) -> Iterator[tuple[str, str, list[str]]]:
    """Key in small letters, kind, and the texts of this kind in TeX."""
    texts: dict[tuple[str, str], list[str]] = {}
    said = printed(content, _STYLE).encode("latin-1").decode("utf-8", "replace")
    # BibTeX breaks its lines, and sets in what goes on.
    for match in _LINE.finditer(re.sub(r"\n  +", " ", said)):
        texts.setdefault((match[1].lower(), match[2]), []).append(
            without_ties(match[3]) if match[2] == "A" else match[3]
        )
    for (key, kind), found in texts.items():
        yield key, kind, found


def _families(draft: Draft) -> list[str]:
    people = draft.people.get("author")
    if people is None:
        return []
    return [one.family or one.literal for one in people.names] + (["others"] if people.truncated else [])


def _text(tex: str) -> str:
    return str(_TO_TEXT.latex_to_text(_LOGO.sub(r"\1", tex)))


def _letters(text: str) -> str:
    """Letters and digits with their accents: dashes, quotes and blanks have several right forms."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
