"""Back and forward among the papers that were looked at."""

from refman.domain.paper import PaperId
from refman.ui.visits import Visits


def _visited(*numbers: int) -> Visits:
    visits = Visits()
    for number in numbers:
        visits.visit(PaperId(number))
    return visits


def test_back_and_forward_walk_to_the_ends() -> None:
    visits = _visited(1, 2, 3)
    assert [visits.back(), visits.back(), visits.back()] == [2, 1, None]
    assert (visits.can_go_back, visits.can_go_forward) == (False, True)
    assert [visits.forward(), visits.forward(), visits.forward()] == [2, 3, None]


def test_the_same_paper_again_is_one_visit() -> None:
    visits = _visited(1, 2, 2, 2)
    assert visits.back() == 1


def test_a_new_visit_forgets_what_was_ahead() -> None:
    visits = _visited(1, 2, 3)
    visits.back()
    visits.visit(PaperId(9))
    assert not visits.can_go_forward
    assert visits.back() == 2


def test_another_library_begins_anew() -> None:
    visits = _visited(1, 2)
    visits.forget()
    assert (visits.can_go_back, visits.back(), visits.forward()) == (False, None, None)
