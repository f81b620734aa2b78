"""Author profiles with every capture."""

import argparse

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say
from refman.cli.session import library_of
from refman.cli.world import World
from refman.domain.errors import NotFound
from refman.domain.folding import fold
from refman.domain.profile import AuthorProfile, Capture
from refman.services.paper_json import profile_json

_FIGURES = (
    ("h_index", "h-index {:,}"),
    ("paper_count", "papers {:,}"),
    ("citation_count", "citations {:,}"),
    ("novelty_percent", "novelty {} %"),
    ("ai_score", "AI score {:g}"),
)


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    profile = commands.group("profile", summary="show the author pages that were imported")
    listed = profile.add("list", _list, summary="list author profiles")
    add_json_option(listed)
    show = profile.add("show", _show, summary="show an author profile with every capture, newest first")
    add_json_option(show)
    show.add_argument("name", metavar="NAME", help="the author's name")


def _list(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        profiles = library.profiles()
    if arguments.json:
        print_json([profile_json(profile) for profile in profiles])
        return 0
    for profile in profiles:
        say("\n  ".join([_heading(profile), *_lines(profile.captures[:1])]))
    return 0


def _show(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        profile = _named(library.profiles(), arguments.name)
    if arguments.json:
        print_json(profile_json(profile))
        return 0
    say("\n  ".join([_heading(profile), *_lines(profile.captures)]))
    return 0


def _named(profiles: list[AuthorProfile], name: str) -> AuthorProfile:
    wanted = fold(name).split()
    found = next((profile for profile in profiles if fold(profile.name).split() == wanted), None)
    if found is None:
        known = ", ".join(profile.name for profile in profiles) or "none"
        raise NotFound("no-profile", f'There is no author profile "{name}"; those here are: {known}.', name, known)
    return found


def _heading(profile: AuthorProfile) -> str:
    return f"{profile.name} ({profile.category_code})" if profile.category_code else profile.name


def _lines(captures: tuple[Capture, ...]) -> list[str]:
    return [f"{capture.captured_on}  {_figures(capture)}" for capture in captures]


def _figures(capture: Capture) -> str:
    values = ((form, getattr(capture, name)) for name, form in _FIGURES)
    return ", ".join(form.format(value) for form, value in values if value is not None)
