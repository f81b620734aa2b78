"""What is measured: one module for each subject, with a function that gives its figures for one library."""

from collections.abc import Callable, Mapping

from tests.bench.bench import Bench
from tests.bench.measure import Figure
from tests.bench.measures import (
    command_line,
    editing,
    exporting,
    import_page,
    importing,
    lists,
    peers,
    safety,
    search,
    session,
    start,
    tags,
)

MEASURES: Mapping[str, Callable[[Bench], list[Figure]]] = {
    "start": start.measure,
    "command-line": command_line.measure,
    "import-page": import_page.measure,
    "session": session.measure,
    "search": search.measure,
    "lists": lists.measure,
    "tags": tags.measure,
    "edits": editing.measure,
    "import": importing.measure,
    "export": exporting.measure,
    "safety": safety.measure,
    "peers": peers.measure,
}
"""By the name that `--only` takes, in the order in which they run."""
