"""Search groups of an imported .bib as saved searches."""

from collections.abc import Iterable

from refman.domain.folding import fold
from refman.domain.listing import SavedSearch
from refman.domain.ports import Writer
from refman.domain.sources import Block

SEARCH_KIND = "search"


def keep_searches(writer: Writer, blocks: Iterable[Block]) -> None:
    """Saves the searches that blocks of a file name; one of the same name stays as the person has it."""
    wanted = [block for block in blocks if block.kind == SEARCH_KIND]
    taken = {fold(one.name) for one in writer.saved_searches()} if wanted else set()
    for block in wanted:
        if fold(block.name) not in taken:
            writer.save_search(SavedSearch(block.name, block.value))
