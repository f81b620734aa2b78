"""Single papers that a person puts into a linked file."""

from pathlib import Path

import pytest

from refman.app.wiring import Wiring
from refman.domain.errors import InvalidValue
from refman.domain.links import Direction
from refman.domain.paper import PaperId
from refman.services.linking.linking import LinkOptions
from tests.services.linking.thesis import REFS, Thesis

_WRITTEN = "\n@misc{beta,\n  title = {Between},\n}\n"


@pytest.fixture
def linked(tmp_path: Path) -> Thesis:
    """A linked file, and a paper that is not in it."""
    location = str(tmp_path / "papers.refman")
    wiring = Wiring()
    wiring.create_library(location)
    thesis = Thesis(tmp_path, wiring.open_library(location))
    thesis.refs.write_text(REFS)
    thesis.link()
    thesis.library.new_paper("misc", {"title": "Between", "key": "beta"})
    return thesis


def _put(linked: Thesis) -> list[PaperId]:
    return [linked.paper("beta").id]


def test_it_goes_in_once_and_stays(linked: Thesis) -> None:
    assert linked.badge == "in step"
    plan = linked.links.plan(linked.refs, put=_put(linked))
    assert [(one.key, one.what) for one in plan.written] == [("beta", "added")]
    linked.links.sync(linked.refs, put=_put(linked))
    assert linked.text == REFS + _WRITTEN
    assert linked.badge == "in step"
    assert not linked.links.sync(linked.refs, put=_put(linked)).wrote
    linked.edit("beta", note="seen")
    linked.sync()
    assert "note = {seen}" in linked.text


def test_what_somebody_took_out_comes_back_when_it_is_put_there(linked: Thesis) -> None:
    linked.links.sync(linked.refs, put=_put(linked))
    with_beta = linked.text
    linked.write(REFS)
    linked.sync()
    assert linked.text == REFS
    linked.links.sync(linked.refs, put=_put(linked))
    assert linked.text == with_beta
    assert linked.badge == "in step"


def test_a_file_that_a_query_fills_takes_no_single_papers(linked: Thesis) -> None:
    linked.link(LinkOptions(query="tag:thesis"))
    with pytest.raises(InvalidValue, match=r"What tag:thesis finds belongs into refs\.bib"):
        linked.links.sync(linked.refs, put=_put(linked))
    linked.link(LinkOptions(direction=Direction.FROM_FILE))
    with pytest.raises(InvalidValue, match=r"The library follows refs\.bib"):
        linked.links.plan(linked.refs, put=_put(linked))
    assert linked.text == REFS
