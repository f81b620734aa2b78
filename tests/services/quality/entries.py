"""One entry looked at by one check: what is found, and what its fix makes of it."""

from refman.domain.quality import CheckName
from refman.formats.bibfile.document import document_of
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.file_fixes import fixed_document
from refman.services.quality.file_quality import FileLooking, look_at
from refman.services.quality.file_slips import Fixes
from refman.services.quality.found_in_file import FileFinding

ENTRY = "@misc{{k, {0}}}"


def found_by(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX, entry: str = ENTRY) -> list[FileFinding]:
    return look_at(document_of(entry.format(fields)), FileLooking((check,), dialect))


def codes_of(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX) -> list[str]:
    return [found.finding.code for found in found_by(fields, check, dialect)]


def fixed_by(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX) -> str:
    """The fields after the certain fixes of a check; looking again finds no fix."""
    looking = FileLooking((check,), dialect)
    document, _ = fixed_document(document_of(ENTRY.format(fields)), Fixes((check,)), looking)
    assert fixed_document(document, Fixes((check,)), looking)[1] == 0
    return document.text.removeprefix("@misc{k, ").removesuffix("}")
