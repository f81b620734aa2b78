"""What a worker prepares of drafts is stored as the drafts themselves would be."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError
from refman.domain.packing import Packed
from refman.domain.paper import Draft, PaperId, SourceId, Span
from refman.storage.opener import SqliteOpener
from refman.storage.packing import RowPacking
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, draft, drafts, step, undo

_OWNED = ("paper_text", "search_text", "paper_tag", "note", "paper_source")
_WORDS = st.text(alphabet="abcé漢\\\"' -", max_size=6)
_SPANS = st.builds(Span, st.integers(0, 9), st.integers(10, 19), st.integers(1, 9))


@st.composite
def _whole_drafts(draw: st.DrawFn) -> Draft:
    """A draft with everything that a file can give."""
    bare = draw(drafts)
    order = draw(st.permutations(list(bare.fields)))
    tags = tuple(tag for tag in draw(st.lists(st.sampled_from(("Nets", "nets", "rl/planning")), max_size=2)))
    notes = tuple(draw(st.lists(_WORDS.filter(str.strip), max_size=2)))
    fields = {name: bare.fields[name] for name in order}
    return replace(bare, fields=fields, tags=tags, notes=notes, span=draw(st.none() | _SPANS))


def _sent(found: list[Draft]) -> Packed:
    """As it comes out of the pipe of a worker."""
    return Packed(json.loads(json.dumps(RowPacking().pack(found))))


def _with_keys(found: list[Draft], start: str) -> list[Draft]:
    return [replace(one, key=f"K{start}{place}") if place % 3 else one for place, one in enumerate(found)]


@given(st.lists(_whole_drafts(), max_size=3))
def test_a_draft_is_unpacked_as_it_was(found: list[Draft]) -> None:
    packed = _sent(found)
    for place, one in enumerate(found):
        again = RowPacking().unpack(packed, place)
        assert (again, list(again.fields), list(again.people)) == (one, list(one.fields), list(one.people))


def _contents(store: SqliteStore, first_id: int) -> object:
    """What every table has of the papers from an id on."""
    with store.read() as reader:
        run = reader.connection.exec_driver_sql
        owned = {"paper": "id", "change": "coalesce(first_id, 0)", **dict.fromkeys(_OWNED, "paper_id")}
        tables = [list(run(f"SELECT * FROM {name} WHERE {one} >= {first_id}")) for name, one in owned.items()]
        tables += [list(run(f"SELECT * FROM {name}")) for name in ("tag", "operation")]
    return [sorted(map(repr, rows)) for rows in tables]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SqliteStore]]:
    """Two libraries for all examples; they only grow."""
    folder = tmp_path_factory.mktemp("packed")
    opener = SqliteOpener(FakeClock())
    opened = []
    for name in ("plain", "packed"):
        opener.create(str(folder / name))
        opened.append(opener.open(str(folder / name)))
        with step(opened[-1]) as writer:
            writer.begin_source("a.bib", "bibtex", sha256="0" * 64, imported=ADDED)
    yield opened
    for store in opened:
        assert store.check() == []
        store.close()


@pytest.mark.usefixtures("quick_disk")
@given(st.lists(_whole_drafts(), min_size=1, max_size=4), st.data())
def test_packed_drafts_are_stored_as_drafts_are(
    stores: list[SqliteStore], found: list[Draft], data: st.DataObject
) -> None:
    places = st.sampled_from(range(len(found)))
    without = data.draw(st.sets(places, max_size=2))
    others = sorted(data.draw(st.sets(places, max_size=2)) - without)
    plain, packed = stores
    with step(plain) as writer:
        first_id = writer.new_ids.take("paper")
    found = _with_keys(found, f"{first_id}é")
    instead = {one: replace(found[one], key=f"o{one}n{first_id}", tags=("Nets",), notes=("n",)) for one in others}
    wanted = [instead.get(place, one) for place, one in enumerate(found) if place not in without]
    with step(plain, "Import", kind=OperationKind.IMPORT) as writer:
        ids = writer.add_papers(wanted, added=ADDED)
        spans = [(one, read.span) for one, read in zip(ids, wanted, strict=True) if read.span]
        writer.add_spans(SourceId(1), spans, when=ADDED)
    with step(packed, "Import", kind=OperationKind.IMPORT) as writer:
        same = writer.add_packed(_sent(found), instead=instead, without=without, source_id=SourceId(1), added=ADDED)
    assert same == ids
    assert _contents(packed, first_id) == _contents(plain, first_id)


def test_a_packed_draft_cannot_take_a_key(store: SqliteStore) -> None:
    add(store, draft(key="taken"))
    with pytest.raises(ConflictError), step(store) as writer:
        source = writer.begin_source("a.bib", "bibtex", sha256="0" * 64, imported=ADDED)
        packed = _sent([draft("Another", key="TAKEN")])
        writer.add_packed(packed, instead={}, without=set(), source_id=source, added=ADDED)


def test_undo_takes_packed_drafts_back(store: SqliteStore) -> None:
    with step(store, "Import", kind=OperationKind.IMPORT) as writer:
        source = writer.begin_source("a.bib", "bibtex", sha256="0" * 64, imported=ADDED)
        packed = _sent([replace(draft(key=f"k{one}"), notes=("note",), span=Span(one, 9, 1)) for one in range(3)])
        ids = writer.add_packed(packed, instead={}, without={1}, source_id=source, added=ADDED)
        assert writer.add_packed(packed, instead={}, without={0, 1, 2}, source_id=source, added=ADDED) == []
    assert undo(store) == "Import"
    with store.read() as reader:
        assert reader.papers([PaperId(one) for one in ids]) == []
    assert store.check() == []


def test_a_worker_loads_no_database() -> None:
    """It would take longer than reading a file of some megabytes, and half as much memory again."""
    code = (
        "import sys, refman.storage.packing, refman.services.file_reading, refman.formats.bibtex.streaming\n"
        "sys.exit('sqlalchemy' in sys.modules or 'sqlite3' in sys.modules)"
    )
    folder = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False, timeout=120).returncode == 0
