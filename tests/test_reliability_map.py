"""The map of the dangers names tests that exist."""

import re

from tests.faults.plan import every_part
from tests.source import ROOT

_MAP = ROOT / "docs" / "reliability-map.md"
_ROWS = [*(f"A{number}" for number in range(1, 29)), *(f"B{number}" for number in range(1, 8))]


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", _MAP.read_text("utf-8"))
    assert len(links) > 50
    assert [link for link in links if not (_MAP.parent / link).exists()] == []


def test_every_line_of_the_table_that_is_named_is_one() -> None:
    tests = {part.test for part in every_part(is_long=True)}
    named = re.findall(r"(?<!\*)\*([^*|\n]+)\*(?!\*)", _MAP.read_text("utf-8"))
    named.remove("Part of `./dev faults`")
    assert len(named) > 20
    missing = [name for name in named if not any(test.startswith(name.removesuffix("…").rstrip()) for test in tests)]
    assert missing == []


def test_every_danger_has_its_line() -> None:
    text = _MAP.read_text("utf-8")
    assert [row for row in _ROWS if f"\n| {row} " not in text] == []
