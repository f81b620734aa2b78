"""How fast work goes."""

from refman.domain.progress import Pace


def test_the_pace_is_that_since_the_work_began() -> None:
    pace = Pace()
    for done, now in ((0, 10.0), (100, 11.0)):
        pace.note(done, 1_000, now)
    assert (pace.a_second, pace.seconds_left) == (0.0, None)
    pace.note(400, 1_000, 14.0)
    assert (pace.a_second, pace.seconds_left) == (100.0, 6)
    pace.note(500, None, 15.0)
    assert (pace.a_second, pace.seconds_left) == (100.0, None)


def test_work_that_begins_anew_is_timed_anew() -> None:
    pace = Pace()
    for done, now in ((0, 0.0), (1_000, 10.0), (0, 20.0)):
        pace.note(done, 2_000, now)
    assert (pace.a_second, pace.seconds_left) == (0.0, None)
    pace.note(50, 100, 25.0)
    assert (pace.a_second, pace.seconds_left) == (10.0, 5)
