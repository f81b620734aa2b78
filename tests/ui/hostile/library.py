"""What a stranger can send: a .bib, notes, tags, files, searches and a project whose every text is a payload."""

import re
from datetime import date
from pathlib import Path

from refman.domain.fields import FIELDS, NAME_FIELDS
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions

_FIELDS = (*sorted(set(FIELDS) - NAME_FIELDS - {"crossref", "xdata", "year"}), "unheardof")
PAGE = Path(__file__).parents[2] / "data" / "profile" / "lars-buesing.txt"


def entry(key: str, payload: str, number: int) -> str:
    """An entry whose every field has the payload; in the year, too."""
    people = "".join(
        f"  {role} = {{{{{payload}}} and {payload.replace(',', ' ')}, Ada}},\n" for role in sorted(NAME_FIELDS)
    )
    fields = "".join(f"  {name} = {{{payload} {number}}},\n" for name in _FIELDS)
    return f"@article{{{key},\n{people}{fields}  year = {{{payload}}}\n}}\n"


def bib_text(payload: str, count: int = 3) -> str:
    """Entries, a macro, a comment and a broken entry."""
    whole = "".join(entry(f"evil{number}", payload, number) for number in range(count))
    macro = f'@string{{evil = "{payload}"}}\n@preamble{{"{payload}"}}\n@comment{{{payload}}}\n'
    return f"{macro}{whole}@article{{broken, title = {{{payload}\n"


def file_name(payload: str) -> str:
    """As much of the payload as fits into a name of a file."""
    return re.sub(r"[/\0]", "", payload)[:120]


def fill(library: Library, folder: Path, payload: str) -> list[PaperId]:
    """Puts it everywhere; the papers that are not in the trash."""
    name = file_name(payload)
    options = ImportOptions(date(2026, 11, 22), keywords_as_tags=True)
    texts = [ImportInput(f"{name}.bib", bib_text(payload)), ImportInput("page", PAGE.read_text("utf-8"))]
    library.apply_import(library.plan_import(texts, options))
    ids = [PaperId(number) for number in sorted(library.ids(Listing()))]
    tag = payload.replace("/", "|")
    library.tag(ids[:2], [f"{tag}/{tag}", tag])
    library.set_tag_number(tag, 1)
    for paper in ids[:3]:
        library.add_note(paper, f"# {payload}\n\n{payload}\n\n- {payload}\n\n| a | b |\n|---|---|\n| {payload} | x |\n")
    document = folder / f"{name}.pdf"
    document.write_bytes(b"%PDF-1.4\n")
    library.attach(ids[0], document, copy=False)
    library.attach(ids[0], document, copy=True)
    library.save_search(payload, f'title:"{payload}"')
    library.trash(ids[-1:])
    return ids[:-1]


def link(library: Library, folder: Path, payload: str) -> Path:
    """A linked file in a project with typos, both named by the payload."""
    project = folder / file_name(payload)
    project.mkdir()
    refs = project / f"{file_name(payload)}.bib"
    refs.write_text(entry("linked1", payload, 1) + entry("linked2", f"{payload} other", 2))
    (project / "main.tex").write_text(f"\\cite{{linkd1,linked2}} {payload}\n\\cite{{unknown99}}\n\\bibliography{{x}}\n")
    (project / "main.blg").write_text(f"Warning--{payload} in linked2\n")
    links_of(library).link(refs, LinkOptions(project=str(project)))
    refs.write_text(refs.read_text().replace("other", "theirs"))
    return refs
