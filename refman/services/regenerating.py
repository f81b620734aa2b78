"""Making the keys of many papers anew, seen before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError
from refman.domain.paper import PaperId
from refman.domain.ports import Store, Writer
from refman.services.citekeys import KeyMaker
from refman.services.operations import Step, run
from refman.services.outcome import Outcome, Sentence, count_of, outcome_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A paper whose key would be another; `is_cited`: a document of a linked project cites the present one."""

    paper_id: PaperId
    title: str
    old: str
    new: str
    is_cited: bool = False


def foresee_keys(store: Store, ids: Sequence[PaperId], *, pattern: str) -> list[KeyChange]:
    """What `make_keys` would change, in the order of `ids`; nothing is written."""
    with store.read() as reader:
        maker = KeyMaker(reader, pattern)
        papers = [paper for start in range(0, len(ids), _CHUNK) for paper in reader.papers(ids[start : start + _CHUNK])]
        made = [(paper, maker.make(paper, owner=paper.id)) for paper in papers]
        cited = maker.cited_keys()
    return [
        KeyChange(paper.id, paper.plain("title"), paper.key, key, paper.key.lower() in cited)
        for paper, key in made
        if key != paper.key
    ]


def set_keys(store: Store, changes: Sequence[KeyChange]) -> Outcome:
    """Sets just these keys, as one step.

    Raises: ConflictError when a key was changed or taken meanwhile; then nothing was done.
    """

    def work(writer: Writer) -> None:
        present = writer.keys_of([one.paper_id for one in changes])
        for one in changes:
            if present.get(one.paper_id) != one.old:
                raise ConflictError(
                    "key-changed", f"The key of {one.old or one.title} was changed meanwhile; look again.", one.old
                )
            writer.set_key(one.paper_id, one.new)

    made = count_of(len(changes), "citation key")
    _, done = run(store, Step(OperationKind.MAKE_KEYS, f"Make {made}"), work)
    return outcome_of(done, Sentence("keys-made", f"{made} made", (made,)))
