"""The formats that refman reads and writes, one line each; importing this loads none of them."""

from collections.abc import Mapping

from refman.domain.errors import UnreadableInput
from refman.formats.base import Exporter, Importer
from refman.formats.foreign import foreign_format
from refman.formats.registry import Registry

IMPORTERS: Mapping[str, Importer] = Registry(
    {
        "profile": "refman.formats.profile:ProfileImporter",
        "bibtex": "refman.formats.bibtex.importer:BibtexImporter",
        "identifier": "refman.formats.identifier:IdentifierImporter",
    }
)
"""The importers by their word for `--format`."""

EXPORTERS: Mapping[str, Exporter] = Registry(
    {
        "bibtex": "refman.formats.bibtex.exporter:BibtexExporter",
        "biblatex": "refman.formats.bibtex.exporter:BiblatexExporter",
        "csl-json": "refman.formats.csl_json:CslJsonExporter",
        "ris": "refman.formats.ris:RisExporter",
    }
)
"""The exporters by their word for `--format`."""


def detect(text: str, file_name: str) -> Importer:
    """The importer that is most certain of the text, the first of equals; `file_name` is "" for pasted text.

    Raises:
        UnreadableInput: no importer knows the text; the message names the formats tried.
    """
    importers = list(IMPORTERS.values())
    confidences = [importer.confidence(text, file_name) for importer in importers]
    best = max(confidences)
    if best > 0:
        return importers[confidences.index(best)]
    what = f'"{file_name}"' if file_name else "the pasted text"
    if not text.strip():
        raise UnreadableInput(
            "empty-input", f"There is nothing to read in {what}; it is empty. Choose another file or text.", file_name
        )
    tried = ", ".join(f"{importer.label} ({importer.name})" for importer in importers)
    raise _unknown(what, foreign_format(text), tried)


def _unknown(what: str, foreign: str, tried: str) -> UnreadableInput:
    if foreign:
        return UnreadableInput(
            "foreign-format",
            f"refman cannot read {what}: it looks like {foreign}, which refman cannot read yet; "
            f"the formats tried are {tried}.",
            what,
            foreign,
            tried,
        )
    return UnreadableInput(
        "unknown-format",
        f"refman cannot tell the format of {what}; the formats tried are {tried}. Choose one if it is one of them.",
        what,
        tried,
    )
