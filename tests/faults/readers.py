"""What reads texts of strangers: the importers, and what reads linked files, LaTeX, logs of builds, the clipboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

Read = Callable[[str], object]

_DATA = Path(__file__).parents[1] / "data"
SEEDS = {
    "profile": ("profile/*.txt",),
    "bibtex": ("bib*/*.bib",),
    "identifier": ("identifier/*.*",),
    "linked files": ("bib*/*.bib",),
    "LaTeX sources": ("latex/*.tex", "latex/*.aux", "latex/*.bcf"),
    "logs of builds": ("latex/*.blg", "latex/*.log"),
    "clipboard": ("latex/*.html",),
}
"""Real files for each, under tests/data."""


def seed_files(name: str) -> list[Path]:
    """Real files for a reader."""
    return sorted(path for pattern in SEEDS[name] for path in _DATA.glob(pattern))


def reader_of(name: str) -> Read:
    """Loads what is to be tried; what it gives is a function that must not raise, whatever it gets."""
    return {
        "linked files": _linked_files,
        "LaTeX sources": _latex,
        "logs of builds": _logs,
        "clipboard": _clipboard,
    }.get(name, lambda: _importer(name))()


def _importer(name: str) -> Read:
    from refman.formats import IMPORTERS
    from refman.formats.base import ReadContext

    chosen, context = IMPORTERS[name], ReadContext(date(2026, 1, 1))

    def read(text: str) -> None:
        chosen.confidence(text, "x")
        chosen.read(text, context)

    return read


def _linked_files() -> Read:
    """The file is kept to the sign, and a change of one entry touches no other."""
    from refman.formats.bibfile.document import document_of
    from refman.formats.bibfile.entry_edits import EntryChange
    from refman.formats.bibfile.file_edits import Edits, edited

    def read(text: str) -> None:
        document = document_of(text)
        assert document.text == text
        sound = [one for one, entry in document.by_id.items() if entry.is_sound and entry.key]
        if sound:
            changed = edited(document, Edits({sound[0]: EntryChange({"note": "{x}"})}))
            before, after = ({key: one.raw(entry) for key, entry in one.by_id.items()} for one in (document, changed))
            assert {**before, sound[0]: ""} == {**after, sound[0]: ""}

    return read


def _latex() -> Read:
    from refman.formats import tex_projects
    from refman.formats.pandoc_citations import pandoc_citations
    from refman.formats.tex_citations import citations
    from refman.formats.tex_macros import cite_macros, may_define

    several = (
        pandoc_citations,
        tex_projects.bibliographies,
        tex_projects.inputs,
        tex_projects.aux_keys,
        tex_projects.bcf_keys,
    )

    def read(text: str) -> None:
        macros = cite_macros(text, {}) if may_define(text) else {}
        found = list(citations(text, macros))
        assert all(text[one.start : one.start + len(one.key)] == one.key for one in found)
        for each in several:
            list(each(text))
        tex_projects.root_of(text)
        tex_projects.is_main(text)

    return read


def _logs() -> Read:
    from refman.formats.tex_logs import blg_notes, log_notes

    return lambda text: (list(blg_notes(text)), list(log_notes(text)))


def _clipboard() -> Read:
    from refman.formats.clipboard_html import links

    return links
