"""Finding and showing papers."""

import argparse
from contextlib import nullcontext

from refman.cli.commands import Commands, add_json_option, add_keys
from refman.cli.dashed_text import reveal
from refman.cli.numbers import parse_number
from refman.cli.output import print_json_array, say, tell
from refman.cli.paper_lists import print_papers
from refman.cli.paper_text import paper_text
from refman.cli.query_paths import with_whole_paths
from refman.cli.session import ids_of, library_of
from refman.cli.world import World
from refman.domain.errors import InvalidValue, SearchTooLong
from refman.domain.listing import Listing, Sort
from refman.domain.query import Node
from refman.services.library import Library
from refman.services.paper_json import paper_json
from refman.services.searching import parse_sort


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    search = commands.add(
        "search",
        _search,
        summary="list the papers that match a query",
        details='An empty query ("") matches all. Bare words must all occur; author: title: year: tag: and others look '
        'in one place, "-" excludes, AND, OR and ( ) join.',
    )
    search.is_last_text = True
    search.add_argument(
        "--sort", metavar="FIELD[:desc]", type=_sort, default="", help="added, newest first, by default"
    )
    search.add_argument("--limit", metavar="N", type=parse_number, help="at most N papers")
    search.add_argument(
        "--no-time-limit", action="store_true", help="let a search take longer than 2 s, or 10 s for 1,000,000 papers"
    )
    add_json_option(search)
    search.add_argument("query", metavar="QUERY", nargs="+", type=reveal, help="what to search for")
    show = commands.add("show", _show, summary="show everything known of papers")
    add_json_option(show)
    add_keys(show)


def understood(library: Library, text: str) -> Node:
    """What of a query could be understood; the rest is told on standard error. Paths count from the current folder."""
    text = with_whole_paths(library, text)
    query = library.parse_query(text)
    for part in query.misunderstood:
        left_out = f'"{text[part.start : part.end]}" was left out of the search: ' if part.is_left_out else ""
        tell(f"{left_out}{part.reason}")
    return query.root


def _sort(text: str) -> tuple[Sort, ...]:
    try:
        return parse_sort(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(error.message) from None


def _search(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        listing = Listing(understood(library, " ".join(arguments.query)), arguments.sort)
        try:
            with nullcontext() if arguments.no_time_limit else library.limited():
                ids = library.ids(listing, limit=arguments.limit)
        except SearchTooLong as error:
            said = f"{error.message} To wait for it: refman search --no-time-limit."
            raise SearchTooLong(error.code, said, *error.arguments) from None
        print_papers(library, ids, is_json=arguments.json)
    return 0


def _show(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        papers = library.papers(ids_of(library, arguments.keys))
    if arguments.json:
        print_json_array(paper_json(paper) for paper in papers)
    else:
        say("\n\n".join(paper_text(paper) for paper in papers))
    return 0
