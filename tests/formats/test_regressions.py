"""Files that once broke an importer, or break those of other programs: read to the end, and good neighbours survive."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from refman.domain.errors import UnreadableInput
from refman.formats import IMPORTERS, detect
from refman.formats.base import ReadContext
from refman.formats.decoding import decode

_FOLDER = Path(__file__).parents[1] / "data" / "regressions"
_FILES = sorted(path for path in _FOLDER.iterdir() if path.is_file())
_CONTEXT = ReadContext(date(2026, 1, 1))
_SLOWEST_S = 5.0


def test_there_are_files() -> None:
    assert len(_FILES) >= 20


@pytest.mark.parametrize("name", list(IMPORTERS))
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_every_importer_reads_it_to_the_end(path: Path, name: str) -> None:
    content = path.read_bytes()
    texts = [content.decode("utf-8", "surrogateescape")]
    try:
        texts.append(decode(content, path.name).text)
    except UnreadableInput as error:
        assert error.message
    began = process_time()
    for text in texts:
        assert 0 <= IMPORTERS[name].confidence(text, path.name) <= 100
        IMPORTERS[name].read(text, _CONTEXT)
    assert process_time() - began < _SLOWEST_S


@pytest.mark.parametrize("path", [one for one in _FILES if one.suffix == ".bib"], ids=lambda path: path.name)
def test_good_neighbours_survive(path: Path) -> None:
    content = path.read_bytes()
    wanted = {key for key in ("good1", "good2", "good3") if f"{{{key},".encode() in content}
    text = content.decode("utf-8", "replace")
    found = {draft.key for draft in IMPORTERS["bibtex"].read(text, _CONTEXT).drafts}
    assert wanted <= found
    assert detect(text, path.name).name == "bibtex" if wanted else True
