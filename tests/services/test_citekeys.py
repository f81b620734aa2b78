"""Citation keys: made once, unique, remembered once they left."""

from collections.abc import Iterable

import pytest

from refman.domain.errors import ConflictError, InvalidValue, LibraryReadOnly
from refman.domain.paper import Draft, FieldValue, PaperId
from refman.domain.ports import Store
from refman.domain.settings import Settings
from refman.services.citekeys import KeyMaker, keys_that_leave, parse_key
from refman.services.library import Library
from refman.services.regenerating import foresee_keys, set_keys
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import draft, import_page, paper_of, store_draft, stored_paper

_PATTERN = Settings().citation_key_pattern
_ONE = draft("Deep Learning", "Ann Smith", year="2020")


def test_keys_are_given_out_once(library: Library) -> None:
    store_draft(library, draft("x", key="Smith2020Deep"))
    with library.store.read() as reader:
        maker = KeyMaker(reader, _PATTERN)
        made = [maker.make(_ONE) for _ in range(3)]
    assert made == ["smith2020deeplearning", "smith2020deepa", "smith2020deepb"]


def test_a_read_key_is_kept_or_gets_a_letter(library: Library) -> None:
    with library.store.read() as reader:
        maker = KeyMaker(reader, _PATTERN)
        assert [maker.keep(key) for key in ("Müller:20", "müller:20", "Müller:20")] == [
            "Müller:20",
            "müller:20a",
            "Müller:20b",
        ]


@pytest.mark.parametrize("key", ["a", "Smith:2020", "smith_2020-b", "Łukasz2020", "a.b+c/d"])
def test_legal_keys(key: str) -> None:
    assert parse_key(f" {key} ") == key


@pytest.mark.parametrize("sign", list(" ,{}\"#%'()=~\\\t\x00\x7f"))
def test_signs_that_break_an_engine_are_refused(sign: str) -> None:
    with pytest.raises(InvalidValue):
        parse_key(f"a{sign}b")


def test_keys_are_made_anew_when_asked(library: Library) -> None:
    import_page(library)
    paper = paper_of(library, "zheng2026ai")
    library.edit(paper.id, {"year": "1999", "key": "mine"})
    assert library.preview_key(stored_paper(library, paper.id)) == "zheng1999ai"
    outcome = library.make_keys([paper.id])
    assert outcome.message == "1 citation key made"
    assert stored_paper(library, paper.id).key == "zheng1999ai"
    assert library.make_keys([paper.id]).is_nothing


def test_the_pattern_is_a_setting(library: Library) -> None:
    import_page(library)
    library.settings = Settings(citation_key_pattern="[auth:upper][shortyear]")
    paper = paper_of(library, "zheng2026ai")
    library.make_keys([paper.id])
    assert stored_paper(library, paper.id).key == "ZHENG26"


def test_citations_and_keys_in_the_order_of_the_selection(library: Library) -> None:
    import_page(library)
    ids = library.ids_of_keys(["zheng2026ai", "hamrick2020role"])
    order = [ids["zheng2026ai"], ids["hamrick2020role"], PaperId(999)]
    assert library.cite(order, "\\citep") == "\\citep{zheng2026ai,hamrick2020role}"
    assert library.keys_text(order[::-1]) == "hamrick2020role,zheng2026ai"
    assert library.cite([], "\\cite") == ""


def test_missing_keys_are_made_before_they_leave_in_one_step(library: Library) -> None:
    ids = [store_draft(library, _ONE), store_draft(library, _ONE), store_draft(library, draft("T", key="k"))]
    steps = len(library.history())
    assert library.keys_text(ids) == "smith2020deep,smith2020deeplearning,k"
    assert library.history()[0].name == "Make 2 citation keys"
    assert len(library.history()) == steps + 1
    assert library.keys_text(ids) == "smith2020deep,smith2020deeplearning,k"
    assert len(library.history()) == steps + 1


def test_a_key_that_left_is_never_given_to_another_paper(library: Library) -> None:
    paper_id = store_draft(library, _ONE)
    assert library.keys_text([paper_id]) == "smith2020deep"
    library.edit(paper_id, {"key": "renamed"})
    other = store_draft(library, _ONE)
    with pytest.raises(ConflictError):
        library.edit(other, {"key": "smith2020deep"})
    assert library.keys_text([other]) == "smith2020deeplearning"
    library.edit(paper_id, {"key": "smith2020deep"})
    library.trash([paper_id])
    library.empty_trash()
    with library.store.read() as reader:
        assert not reader.key_is_free("SMITH2020deep", other)


def test_a_library_that_cannot_be_written_gives_the_keys_it_has(clock: FakeClock) -> None:
    store = FakeStore(clock)
    library = Library(store, clock=clock, settings=Settings())
    keyed, keyless = store_draft(library, draft("T", key="k")), store_draft(library, _ONE)
    store.is_writable = False
    reader_only: Store = store
    assert keys_that_leave(reader_only, [keyed], pattern=_PATTERN) == {keyed: "k"}
    with pytest.raises(LibraryReadOnly, match=r"1 paper of memory\.refman"):
        library.keys_text([keyed, keyless])


class _Counting:
    """A library where every key is free, which counts how many it was asked about."""

    def __init__(self) -> None:
        self.asked = 0

    def taken_keys(self, keys: Iterable[str], paper_id: PaperId | None = None) -> set[str]:
        self.asked += len(set(keys))
        return set()


def test_equal_titles_cost_a_look_each(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """3,000 drafts of one title: were the letters counted from a each time, it would be 4,500,000 looks."""
    counting = _Counting()
    with library.store.read() as reader:
        monkeypatch.setattr(reader, "taken_keys", counting.taken_keys)
        maker = KeyMaker(reader, "[auth]")
        keys = [maker.make(Draft(fields={"title": FieldValue("One")})) for _ in range(3_000)]
    assert len(set(keys)) == 3_000
    assert keys[:4] == ["One", "Onea", "Oneb", "Onec"]
    assert counting.asked < 30_000


def test_what_is_foreseen_is_what_is_made(library: Library) -> None:
    ids = [next(iter(library.new_paper("misc", {"title": title, "key": key}).changes.added)) for title, key in _PAPERS]
    foreseen = foresee_keys(library.store, ids, pattern="[title:lower]")
    assert [(one.old, one.new) for one in foreseen] == [("old1", "same"), ("old2", "samea")]
    assert set_keys(library.store, foreseen).message == "2 citation keys made"
    assert foresee_keys(library.store, ids, pattern="[title:lower]") == []
    with pytest.raises(ConflictError, match="changed meanwhile"):
        set_keys(library.store, foreseen)


_PAPERS = (("Same", "old1"), ("Same", "old2"), ("Third", "third"))
