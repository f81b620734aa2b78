"""Lists of papers in every order, whatever is searched."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from refman.domain.listing import DEFAULT_SORT, Hits, Listing, Sort, SortField
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, PaperId, People
from refman.domain.query import EVERYTHING, And, InTrash, Node, Not, Or, Tagged, Text, TextField
from refman.domain.query_parser import MAX_DEPTH, MAX_WORDS, parse_query
from refman.storage.search.order import stretches
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, step


def _paper(
    title: str = "", /, key: str = "", tags: tuple[str, ...] = (), notes: tuple[str, ...] = (), **fields: str
) -> Draft:
    plain = {name: FieldValue(text) for name, text in {"title": title, **fields}.items() if text}
    return Draft("misc", key, plain, tags=tags, notes=notes)


def _search(store: SqliteStore, text: str, *sort: Sort) -> list[int]:
    node = parse_query(text, today=date(2026, 11, 22), zone=UTC).root
    return _ids(store, node, *sort)


def _ids(store: SqliteStore, node: Node, *sort: Sort) -> list[int]:
    with store.read() as reader:
        listing = Listing(node, sort or DEFAULT_SORT)
        found = reader.ids(listing).tolist()
        assert reader.hits(listing, first=1000) == Hits(len(found), reader.ids(listing))
        return found


def test_an_empty_library_has_no_papers(store: SqliteStore) -> None:
    with store.read() as reader:
        hits = reader.hits(Listing(), first=10)
        assert (hits.count, hits.first_ids.tolist(), reader.tag_counts(Listing())) == (0, [], {})


def test_default_order_is_newest_first_then_id(store: SqliteStore) -> None:
    with step(store) as writer:
        older = writer.add_papers([_paper("a"), _paper("b")], added=ADDED)
        newer = writer.add_papers([_paper("c"), _paper("d")], added=ADDED + timedelta(days=1))
    assert _ids(store, EVERYTHING) == [*newer, *older]


@pytest.mark.parametrize("is_descending", [False, True])
def test_papers_without_the_value_stand_last_in_both_directions(store: SqliteStore, is_descending: bool) -> None:
    no_year, y2020, y2019, also_2020 = add(
        store, _paper("a"), _paper("b", year="2020"), _paper("c", year="2019"), _paper("d", year="2020")
    )
    by_year = [y2020, also_2020, y2019] if is_descending else [y2019, y2020, also_2020]
    assert _ids(store, EVERYTHING, Sort(SortField.YEAR, is_descending)) == [*by_year, no_year]


def test_several_levels_sort_one_within_the_other(store: SqliteStore) -> None:
    b19, a19, b20, none = add(
        store, _paper("b", year="2019"), _paper("a", year="2019"), _paper("b", year="2020"), _paper(year="2019")
    )
    year, title = Sort(SortField.YEAR, is_descending=True), Sort(SortField.TITLE)
    assert _ids(store, EVERYTHING, year, title) == [b20, a19, b19, none]
    assert _ids(store, EVERYTHING, title, year) == [a19, b20, b19, none]


def test_pages_run_on_from_the_papers_with_a_value_to_those_without(store: SqliteStore) -> None:
    ids = add(store, *(_paper("x", year="2020") for _ in range(3)), *(_paper("x") for _ in range(3)))
    listing = Listing(Text(("x",)), (Sort(SortField.YEAR),))
    with store.read() as reader:
        for offset in range(8):
            for limit in (0, 1, 2, 4, None):
                end = None if limit is None else offset + limit
                assert reader.ids(listing, offset=offset, limit=limit).tolist() == ids[offset:end]


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("field", [SortField.ADDED, SortField.YEAR, SortField.TITLE, SortField.TYPE])
def test_every_page_of_equal_papers_is_a_part_of_the_whole_list(
    store: SqliteStore, field: SortField, is_descending: bool
) -> None:
    years = ["2019", "2020", "2020", "2020", "2020", "2021", "2022", "2022", "", ""]
    for _ in range(2):
        add(store, *(_paper(f"of {year}", year=year) for year in years))
    listing = Listing(sort=(Sort(field, is_descending),))
    with store.read() as reader:
        whole = reader.ids(listing).tolist()
        for offset in range(len(whole) + 2):
            for limit in range(len(whole) + 2):
                assert reader.ids(listing, offset=offset, limit=limit).tolist() == whole[offset : offset + limit]


@pytest.mark.parametrize("field", SortField)
def test_no_page_of_an_order_against_its_index_sorts_equal_papers(store: SqliteStore, field: SortField) -> None:
    add(store, *(_paper("the same", year="2020", month="1", doi="10.1/a", venue="V") for _ in range(4)))
    is_descending = field is not SortField.ADDED
    asked: list[tuple[str, tuple[object, ...]]] = []
    with store.read() as reader:
        connection = reader.connection
        event.listen(connection, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
        reader.first_ids(Listing(sort=(Sort(field, is_descending),)), limit=2)
        for statement, parameters in list(asked):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert not [step for *_, step in plan if "TEMP B-TREE" in step]


@pytest.mark.parametrize("field", SortField)
def test_every_sort_reads_its_narrow_index_alone(store: SqliteStore, field: SortField) -> None:
    with store.read() as reader:
        for stretch in stretches((Sort(field, is_descending=field is SortField.ADDED),)):
            plan = reader.connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN SELECT id FROM paper INDEXED BY {stretch.index}"
                f" WHERE trashed IS NULL AND {stretch.condition} ORDER BY {stretch.order_by}"
            )
            details = [row.detail for row in plan]
            assert len(details) == 1
            assert "USING COVERING INDEX" in details[0]


def test_trashed_papers_are_found_in_the_trash_only(store: SqliteStore) -> None:
    kept, gone = add(store, _paper("deep"), _paper("deep", tags=("rl",)))
    with step(store) as writer:
        writer.set_trashed([gone], ADDED)
    assert _search(store, "deep") == [kept]
    assert _search(store, "") == [kept]
    assert _search(store, "deep in:trash") == [gone]
    assert _search(store, "in:trash") == [gone]
    assert _search(store, "deep OR in:trash") == [kept, gone]
    assert _search(store, "-in:trash deep") == [kept]
    assert _search(store, "deep in:library") == [kept]
    with store.read() as reader:
        assert reader.tag_counts(Listing()) == {}
        assert reader.tag_counts(Listing(InTrash())) == {"rl": 1}


def test_a_filter_and_a_search_may_come_as_an_and_of_ands(store: SqliteStore) -> None:
    kept, gone, _ = add(store, _paper("deep", tags=("rl",)), _paper("deep", tags=("rl",)), _paper("deep"))
    with step(store) as writer:
        writer.set_trashed([gone], ADDED)
    deep = And((Text(("deep",)), EVERYTHING))
    assert _ids(store, And((Tagged("rl"), deep))) == [kept]
    assert _ids(store, And((And((Tagged("rl"), deep)), InTrash()))) == [gone]
    assert _ids(store, And((deep, And((Not(InTrash()), Tagged("rl")))))) == [kept]


def test_a_word_is_looked_for_in_text_notes_tags_and_key(store: SqliteStore) -> None:
    places = (
        _paper("graph"),
        _paper(abstract="graph"),
        _paper(journal="graph"),
        _paper(notes=("a graph",)),
        _paper(tags=("nets/graph",)),
        _paper(key="smith_graph_2020"),
    )
    ids = add(store, *places, _paper("other", doi="10.1/graph"))
    assert _search(store, "graph") == ids[:6]
    assert _search(store, "gra") == ids[:6]
    assert _search(store, '"gra"') == []
    assert _search(store, "-graph") == ids[6:]


def test_words_may_stand_in_different_places_but_a_phrase_in_one(store: SqliteStore) -> None:
    apart, together = add(store, _paper("deep", notes=("nets",)), _paper(notes=("very deep nets",)))
    assert _search(store, "deep nets") == [apart, together]
    assert _search(store, '"deep nets"') == [together]


def test_letters_that_sqlite_folds_otherwise_are_found(store: SqliteStore) -> None:
    ids = add(
        store, _paper("Straße"), _paper("Øresund"), _paper("机器学习"), _paper(notes=("Łódź",)), _paper(key="æther")
    )
    searched = [_search(store, text) for text in ("strasse", "oresund", "学习", "lodz", "aether")]
    assert searched == [[paper_id] for paper_id in ids]


def test_tags_find_what_is_below_them(store: SqliteStore) -> None:
    top, below, beside, none = add(
        store, _paper(tags=("rl",)), _paper(tags=("RL/Planning",)), _paper(tags=("rlx", "TCP\\/IP")), _paper()
    )
    assert _search(store, "tag:RL") == [top, below]
    assert _search(store, "tag:rl/planning") == [below]
    assert _search(store, "tag:none") == [none]
    assert _search(store, "-tag:rl") == [beside, none]
    assert _search(store, "tag:TCP/IP") == [beside]
    assert _search(store, "tag:TCP") == []


def test_a_paper_counts_once_for_a_level_of_tags(store: SqliteStore) -> None:
    add(
        store,
        _paper("x", tags=("rl/planning", "rl/models", "nlp")),
        _paper("x", tags=("rl/planning",)),
        _paper("y", tags=("rl", "a/b/c", "a/b/d")),
    )
    with store.read() as reader:
        assert reader.tag_counts(Listing()) == {
            "rl": 3,
            "rl/planning": 2,
            "rl/models": 1,
            "nlp": 1,
            "a": 1,
            "a/b": 1,
            "a/b/c": 1,
            "a/b/d": 1,
        }
        assert reader.tag_counts(Listing(Text(("x",)))) == {"rl": 2, "rl/planning": 2, "rl/models": 1, "nlp": 1}
        assert reader.tag_counts(Listing(Not(Text(("zzz",)))))["rl"] == 3


def test_what_a_person_types_is_never_read_as_sql_or_as_match_syntax(store: SqliteStore) -> None:
    (paper_id,) = add(store, _paper("NEAR the column title drop table paper"))
    for text in (
        "NEAR(the column)",
        "^near",
        "title : column",
        "near*",
        "'; DROP TABLE paper; --",
        "near + the",
        "NOT near",
        "{title} near",
    ):
        assert _search(store, text) in ([paper_id], [])
    assert _search(store, "NEAR(the column)") == [paper_id]
    assert _search(store, "near*") == [paper_id]
    assert _search(store, "") == [paper_id]


_ALPHABET = [f"w{number}" for number in range(MAX_WORDS)]


@pytest.fixture
def wordy(store: SqliteStore) -> list[PaperId]:
    """A paper with every word in its title, notes, a tag and its key, and one without."""
    words = " ".join(_ALPHABET)
    return add(store, _paper(words, words.replace(" ", "_"), (words,), (words,)), _paper("nothing"))


@pytest.mark.parametrize(
    "text",
    [
        " ".join(_ALPHABET),
        " OR ".join(_ALPHABET),
        " ".join(_ALPHABET * 50),
        "-" + " -".join(_ALPHABET),
        '"' + " ".join(_ALPHABET * 50) + '"',
        "(" * 10_000 + "w1" + ")" * 10_000,
        "".join(f"(w{number} {'OR' if number % 2 else ''} " for number in range(MAX_DEPTH)) + "w1" + ")" * MAX_DEPTH,
        "-(" * 10_000 + "w1" + ")" * 10_000,
        " ".join(f"({word} OR tag:x year:{number})" for number, word in enumerate(_ALPHABET[:90])),
    ],
    ids=["and", "or", "10,000 words", "not", "phrase", "brackets", "nested", "not not", "groups"],
)
def test_long_and_deep_searches_run(store: SqliteStore, wordy: list[PaperId], text: str) -> None:
    node = parse_query(text).root
    assert set(_ids(store, node)) <= {int(paper_id) for paper_id in wordy}


def test_a_bracket_as_deep_as_the_parser_allows_runs(store: SqliteStore, wordy: list[PaperId]) -> None:
    node: Node = Text(("w1",))
    for number in range(MAX_DEPTH + 2):
        node = (And, Or)[number % 2]((Text((f"w{number}",)), Tagged("none"), Not(node)))
    with store.read() as reader:
        assert reader.hits(Listing(node), first=10).count <= len(wordy)


def test_position_is_the_row_of_a_paper(store: SqliteStore) -> None:
    first, second, other = add(store, _paper("x a"), _paper("x b"), _paper("y"))
    with store.read() as reader:
        listing = Listing(Text(("x",)), (Sort(SortField.TITLE, is_descending=True),))
        rows = [reader.position(listing, paper_id) for paper_id in (first, second, other)]
    assert rows == [1, 0, None]


def test_days_are_counted_from_their_first_second(store: SqliteStore) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    with step(store) as writer:
        (before,) = writer.add_papers([_paper("a")], added=midnight - timedelta(seconds=1))
        (after,) = writer.add_papers([_paper("b")], added=midnight)
    assert _search(store, "added:today") == [after]
    assert _search(store, "added:yesterday") == [before]
    assert _search(store, "added:<2026-11-22") == [before]


def test_has_asks_for_each_kind_of_value(store: SqliteStore) -> None:
    bare, rich = add(
        store, _paper("a"), _paper("b", "k", ("t",), ("n",), abstract="x", publisher="y", note="z", doi="10.1/2")
    )
    for name in ("abstract", "publisher", "note", "doi", "tag", "key"):
        assert _search(store, f"has:{name}") == [rich]
        assert _search(store, f"-has:{name}") == [bare]
    assert _search(store, "has:title") == [bare, rich]
    assert _search(store, "has:author") == []


def test_a_field_of_the_text_is_searched_alone(store: SqliteStore) -> None:
    title, abstract = add(store, _paper("deep"), _paper(abstract="deep"))
    assert _search(store, "title:deep") == [title]
    assert _search(store, "abstract:deep") == [abstract]
    assert _ids(store, Text(("deep",), TextField.NOTE)) == []


def test_keys_notes_and_editors_are_asked_for_by_their_fields(store: SqliteStore) -> None:
    edited = replace(_paper("a"), people={"editor": People((Name("Ada", "", "Lovelace"),))})
    keyed, noted, edited_id = add(store, _paper("b", "deep_2020"), _paper("c", notes=("deep",)), edited)
    assert _search(store, "key:deep") == [keyed]
    assert _search(store, "key:2020") == [keyed]
    assert _search(store, "note:deep") == [noted]
    assert _search(store, "has:editor") == [edited_id]
    assert _search(store, "-has:author has:editors") == [edited_id]
