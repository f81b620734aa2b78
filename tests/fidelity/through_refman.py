"""A .bib through the whole of refman: a file imported into an empty library, the library exported."""

import tempfile
from datetime import date
from pathlib import Path

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.settings import Settings
from refman.formats.decoding import decode
from refman.services.import_plan import ImportInput, ImportOptions, OnDuplicate


def export_of_import(content: bytes, name: str, format_name: str) -> str:
    """The text of an export of everything that the file gave."""
    wiring = Wiring()
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "x.refman")
        wiring.create_library(location)
        library = wiring.open_library(location, settings=Settings())
        try:
            decoded = decode(content, name)
            # Every entry is a paper of its own: what is compared is entries.
            options = ImportOptions(date(2026, 1, 1), format="bibtex", on_duplicate=OnDuplicate.KEEP)
            library.apply_import(library.plan_import([ImportInput(name, decoded.text)], options))
            return library.export_text(Listing(), format_name)
        finally:
            library.close()
