"""What the expressions of the grammar take."""

import sys

import pytest

from refman.formats.bibtex.grammar import BRACED_PATTERN


def test_every_character_but_a_brace_may_stand_in_braces() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1))).replace("{", "").replace("}", "")
    assert BRACED_PATTERN.fullmatch(f"{{{everything}}}")
    assert BRACED_PATTERN.fullmatch(f"{{a{{{everything}}}{everything}}}")


@pytest.mark.parametrize("text", ["{", "{{}", "{a{b}", "{}}", "{a}b}"])
def test_braces_must_match(text: str) -> None:
    assert not BRACED_PATTERN.fullmatch(text)
