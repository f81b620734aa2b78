"""Export profiles: what leaves for LaTeX and how, under a name."""

import argparse
from dataclasses import replace

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say
from refman.cli.progress import TerminalProgress
from refman.cli.session import library_of
from refman.cli.texts import not_empty
from refman.cli.world import World
from refman.domain.errors import InvalidValue
from refman.domain.export_profile import (
    PROFILE_SETTINGS,
    ExportProfile,
    parse_profile_name,
    profile_named,
    with_profile,
)
from refman.domain.setting import Setting, SettingKind
from refman.services.export_profile_files import kept_file

_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    group = commands.group("export-profile", summary="named ways to export: fields, order, styles, abbreviations")
    listed = group.add("list", _list, summary="list the export profiles")
    add_json_option(listed)
    show = group.add("show", _show, summary="show every answer of an export profile")
    show.add_argument("name", metavar="NAME", type=not_empty)
    add_json_option(show)
    change = group.add(
        "set",
        _set,
        summary="make or change an export profile",
        details="Answers: " + "; ".join(map(_described, PROFILE_SETTINGS)) + ".",
    )
    change.add_argument("name", metavar="NAME", type=not_empty)
    change.add_argument("answers", metavar="ANSWER=VALUE", nargs="*")
    delete = group.add("delete", _delete, summary="delete an export profile")
    delete.add_argument("name", metavar="NAME", type=not_empty)
    group.add(
        "propose-words",
        _propose,
        summary="words that titles should keep their capitals in",
        details="Those that the abstracts of the library write with a capital inside sentences, for protected_words.",
    )


def _described(setting: Setting) -> str:
    match setting.kind:
        case SettingKind.CHOICE:
            return f"{setting.name} ({', '.join(choice.value for choice in setting.choices)})"
        case SettingKind.BOOL:
            return f"{setting.name} (yes, no)"
    return setting.name


def _list(arguments: argparse.Namespace, world: World) -> int:
    profiles = world.settings().export_profiles
    if arguments.json:
        print_json([_json(profile) for profile in profiles])
        return 0
    for profile in profiles:
        answers = " ".join(f"{name}={_shown(value)}" for name, value in profile.differing().items())
        say(f"{profile.name}  {answers}".rstrip())
    return 0


def _show(arguments: argparse.Namespace, world: World) -> int:
    profile = world.settings().profile(arguments.name)
    if arguments.json:
        print_json(_json(profile))
        return 0
    for setting in PROFILE_SETTINGS:
        say(f"{setting.name}={_shown(profile.value(setting.name))}")
    return 0


def _set(arguments: argparse.Namespace, world: World) -> int:
    settings = world.settings()
    name = parse_profile_name(arguments.name)
    known = next((one for one in settings.export_profiles if one.name.casefold() == name.casefold()), None)
    profile = known or ExportProfile(name=name)
    for answer in arguments.answers:
        profile = _answered(profile, answer)
    world.save_settings(replace(settings, export_profiles=with_profile(settings.export_profiles, profile)))
    say(f"{'changed' if known else 'made'} the export profile {profile.name}")
    return 0


def _answered(profile: ExportProfile, answer: str) -> ExportProfile:
    name, equals, text = answer.partition("=")
    setting = next((one for one in PROFILE_SETTINGS if one.name == name.strip()), None)
    if not equals or setting is None:
        known = ", ".join(one.name for one in PROFILE_SETTINGS)
        raise InvalidValue(
            "bad-answer",
            f'"{answer}" is no answer of an export profile; write one of {known} with = and a value.',
            known,
        )
    value = _TRUTHS.get(text.strip().lower(), text) if setting.kind is SettingKind.BOOL else text
    return profile.changed(setting.name, kept_file(setting.name, value) if isinstance(value, str) else value)


def _delete(arguments: argparse.Namespace, world: World) -> int:
    settings = world.settings()
    gone = profile_named(settings.export_profiles, arguments.name)
    world.save_settings(
        replace(settings, export_profiles=tuple(one for one in settings.export_profiles if one != gone))
    )
    say(f"deleted the export profile {gone.name}")
    return 0


def _propose(arguments: argparse.Namespace, world: World) -> int:
    progress = TerminalProgress()
    with library_of(arguments, world) as library:
        try:
            words = library.learned_words(progress)
        finally:
            progress.end()
    for word in words:
        say(word)
    return 0


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _json(profile: ExportProfile) -> dict[str, object]:
    return {"name": profile.name, **{one.name: profile.value(one.name) for one in PROFILE_SETTINGS}}
