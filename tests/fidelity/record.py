"""What was measured last of each part, kept beside the page: a part can be measured alone, a run may be broken off."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from tests.fidelity.table import Part, Row

RECORD = Path(__file__).parents[2] / "docs" / "fidelity.json"


def recorded() -> dict[str, Part]:
    """By the name of the part; empty without a record."""
    if not RECORD.exists():
        return {}
    kept = json.loads(RECORD.read_text("utf-8"))
    return {name: Part(part["day"], part["of"], [Row(**row) for row in part["rows"]]) for name, part in kept.items()}


def record(parts: Mapping[str, Part]) -> None:
    """Replaces the record."""
    text = json.dumps({name: asdict(part) for name, part in parts.items()}, indent=1, ensure_ascii=False)
    RECORD.write_text(text + "\n", "utf-8")
