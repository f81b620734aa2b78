"""Both sides changed something: conflicts, and what an undo makes of changes that were taken."""

from refman.services.linking.sync_plan import Clash, Side
from tests.services.linking.thesis import MINE, NEW, REFS, THEIRS, Thesis


def test_both_sides_at_once(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.write(REFS.replace("Other Things", "Their Things") + NEW)
    assert linked.sync().wrote
    assert linked.text == REFS.replace("Other Things", "Their Things").replace("{1--2}", "{7--9}") + NEW
    assert linked.paper("baker2002").plain("title") == "Their Things"
    assert linked.badge == "in step"


def test_the_same_change_on_both_sides_is_none(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.replace("{1--2}", "{7--9}")
    assert not linked.sync().wrote
    assert linked.badge == "in step"


def test_a_conflict_stops_everything_until_a_side_is_chosen(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.write(REFS.replace("{1--2}", "{3--4}").replace("Press", "Publishers"))
    before = linked.text
    report = linked.sync()
    assert report.plan.clashes == (Clash("adams2001", "pages", "1--2", "7--9", "3--4"),)
    assert (linked.badge, linked.text) == ("conflict", before)
    assert linked.paper("baker2002").plain("publisher") == "Press"
    linked.sync({("adams2001", "pages"): Side.MINE})
    assert linked.text == before.replace("{3--4}", "{7--9}")
    assert linked.paper("baker2002").plain("publisher") == "Publishers"
    assert linked.badge == "in step"


def test_theirs_in_a_conflict(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.replace("{1--2}", "{3--4}")
    before = linked.text
    linked.sync(THEIRS)
    assert linked.text == before
    assert linked.paper("adams2001").plain("pages") == "3--4"
    assert linked.badge == "in step"


def test_undo_of_what_was_taken_is_library_only_and_the_file_differs(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + NEW)
    linked.sync()
    linked.library.undo()
    assert linked.badge == "differs"
    before = linked.text
    assert not linked.sync().wrote
    assert linked.text == before
    assert linked.library.ids_of_keys(["dole2004"]) == {}


def test_keep_theirs_after_an_undo(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + NEW)
    linked.sync()
    linked.library.undo()
    before = linked.text
    linked.sync(THEIRS)
    assert linked.text == before
    assert linked.paper("adams2001").plain("pages") == "3--4"
    assert linked.paper("dole2004").plain("title") == "Fourth Things"
    assert linked.badge == "in step"


def test_write_mine_after_an_undo(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + NEW)
    linked.sync()
    linked.library.undo()
    linked.sync(MINE, may_shrink=True)
    assert linked.text.rstrip() == REFS.rstrip()
    assert linked.badge == "in step"


def test_after_an_undo_every_field_is_settled_by_its_own_choice(linked: Thesis) -> None:
    linked.replace("{1--2}", "{3--4}")
    linked.replace("year = 2001", "year = 2010")
    linked.sync()
    linked.library.undo()
    clashes = {(one.key, one.field) for one in linked.plan().clashes}
    assert len(clashes) == 2 and ("adams2001", "pages") in clashes
    (other,) = clashes - {("adams2001", "pages")}
    assert [one.field for one in linked.plan({("adams2001", "pages"): Side.MINE}).clashes] == [other[1]]
    linked.sync({("adams2001", "pages"): Side.MINE, other: Side.THEIRS})
    assert linked.text == REFS.replace("year = 2001", "year = 2010")
    assert linked.paper("adams2001").plain("pages") == "1--2"
    assert linked.badge == "in step"
