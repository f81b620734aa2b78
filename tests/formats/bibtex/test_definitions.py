"""What a macro stands for at a place of a file."""

from refman.domain.paper import SourceId
from refman.formats.bibtex.definitions import Definitions
from refman.formats.bibtex.reading import read_text

_FILE = SourceId(1)


def _definitions(text: str, macros: dict[str, str]) -> Definitions:
    return Definitions(macros, [(_FILE, block) for block in read_text(text).blocks])


def test_a_name_that_the_file_defines_further_down_is_no_text_yet() -> None:
    text = '@string{a = b}\n@string{b = a # "x"}\n@misc{k, title = a # b}'
    found = _definitions(text, {"a": "b", "b": 'a # "x"'})
    assert found.written_out("a # b", _FILE, len(text)) == "{} # {x}"


def test_a_name_that_nobody_defines_stays_for_the_style_may() -> None:
    text = "@string{mine = theirs}\n@misc{k, journal = mine}"
    assert _definitions(text, {"mine": "theirs"}).written_out("mine", _FILE, len(text)) == "mine"
