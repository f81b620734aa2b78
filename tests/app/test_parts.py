"""The list of what the built program is made of."""

import json
from pathlib import Path

from refman.app.parts import parts_text, write_parts


def test_every_part_is_named_with_its_version(tmp_path: Path) -> None:
    write_parts(tmp_path / "parts.json", sqlite="3.40.1")
    bill = json.loads((tmp_path / "parts.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    versions = {part["name"].lower(): part["version"] for part in bill["components"]}
    assert versions["sqlite"] == "3.40.1"
    # The last is needed by SQLAlchemy alone; what only developers need is no part of the program.
    assert {"python", "pyside6_essentials", "sqlalchemy", "bibtexparser", "alembic", "typing_extensions"} <= {*versions}
    assert "pytest" not in versions
    assert all(versions.values())


def test_it_is_the_same_on_every_run_and_leads_nowhere() -> None:
    text = parts_text(sqlite="3.40.1")
    assert text == parts_text(sqlite="3.40.1")
    assert "://" not in text
