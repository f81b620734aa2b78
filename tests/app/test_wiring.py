"""Joining the layers."""

from datetime import UTC, date, datetime
from pathlib import Path

from refman.app.places import places
from refman.app.wiring import SystemClock, Wiring
from refman.domain.settings import Settings
from tests.fakes import FakeClock


def test_the_clock_is_that_of_the_machine_in_whole_seconds() -> None:
    clock = SystemClock()
    now = clock.now()
    assert (now.tzinfo, now.microsecond) == (UTC, 0)
    assert abs((datetime.now(UTC) - now).total_seconds()) < 60
    assert clock.today() in (date.today(), now.date())


def test_libraries_have_the_settings_of_the_person(tmp_path: Path) -> None:
    wiring = Wiring(clock=FakeClock())
    wiring.settings_file().save(Settings(citation_key_pattern="[auth][year]"))
    location = str(tmp_path / "papers.refman")
    wiring.create_library(location)
    library = wiring.open_library(location)
    assert library.settings.citation_key_pattern == "[auth][year]"
    assert library.clock is wiring.clock
    library.close()
    own = wiring.open_library(location, settings=Settings())
    assert own.settings == Settings()
    own.close()


def test_a_settings_file_that_cannot_be_read_means_the_defaults() -> None:
    places().settings.parent.mkdir(parents=True)
    places().settings.write_text("not = = toml")
    assert Wiring().settings() == Settings()
