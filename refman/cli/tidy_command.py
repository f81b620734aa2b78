"""`tidy`: .bib files put in order by named rules."""

import argparse
from pathlib import Path

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say, tell
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import RefmanError
from refman.formats.bibfile.tidy_rules import SUMMARIES, USUAL_RULES, Rule
from refman.services.quality.tidying_files import TidyReport, tidy_file

_ALL = "all"


def add_to(commands: Commands) -> None:
    """Declares the command."""
    tidy = commands.add(
        "tidy",
        _tidy,
        summary="put .bib files in order by named rules, once",
        details="What the entries say stays, nothing is lost: entries that hold anything odd keep their text. Rules: "
        + "; ".join(f"{rule} ({summary})" for rule, summary in SUMMARIES.items())
        + ". All but align by default.",
    )
    tidy.add_argument("files", metavar="FILE.bib", nargs="+", type=path_of, help="the files")
    tidy.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is not tidy")
    tidy.add_argument("--rules", metavar="RULE,...", type=_rules, default=USUAL_RULES, help="only these, or all")
    tidy.add_argument("--skip", metavar="RULE,...", type=_rules, default=(), help="not these")
    add_json_option(tidy)


def _rules(text: str) -> tuple[Rule, ...]:
    if text == _ALL:
        return tuple(Rule)
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in list(Rule)]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no rule {unknown[0]}; the rules are {', '.join(Rule)} and all")
    return tuple(Rule(name) for name in names)


def _tidy(arguments: argparse.Namespace, world: World) -> int:
    rules = [rule for rule in arguments.rules if rule not in arguments.skip]
    reports: list[dict[str, object]] = []
    is_done = True
    for path in arguments.files:
        try:
            report = tidy_file(path, rules, is_check=arguments.check)
        except RefmanError as error:
            tell(error.message)
            is_done = False
            continue
        is_done = is_done and (report.is_tidy or not arguments.check)
        reports.append(_json(path, report))
        if not arguments.json and not report.is_tidy:
            say(f"{path}: {_said(report, is_check=arguments.check)}")
    if arguments.json:
        print_json(reports)
    return 0 if is_done else 1


def _json(path: Path, report: TidyReport) -> dict[str, object]:
    return {
        "file": str(path),
        "tidy": report.is_tidy,
        "rules": [rule.value for rule in report.rules],
        "changed": report.changed,
        "entries": report.entries,
    }


def _said(report: TidyReport, *, is_check: bool) -> str:
    names = [rule.value for rule in report.rules]
    changed = f"{report.changed:,} of {report.entries:,} {'entry' if report.entries == 1 else 'entries'}"
    return f"would change {changed} by {', '.join(names)}" if is_check else f"tidied {changed} by {', '.join(names)}"
