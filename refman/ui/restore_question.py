"""Asking before a backup takes the place of the library: how many papers go, come back, and become what they were."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from refman.domain.backups import Differences
from refman.domain.errors import LibraryDamaged, NotALibrary, RefmanError
from refman.domain.progress import Progress
from refman.services.library import Library
from refman.ui.backup_timer import BackupTimer
from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.confirm import Question
from refman.ui.wording import sentence


def ask_with_figures(context: CommandContext, backup: Path, location: str, *, put_back: Callable[[], object]) -> None:
    """Compares with the library at `location` beside other work, then asks; agreed to, `put_back` is called."""
    keeping = context.backups

    def work(_: Library, progress: Progress) -> Differences | RefmanError:
        if keeping is None:
            return RefmanError("not-compared", "There is nothing to compare with.")
        return _differences(keeping, location, backup, progress)

    def ask(found: Differences | RefmanError) -> None:
        context.dialogs.ask(question_about(backup.name, Path(location).stem, found), put_back)

    context.voice.run(_tr("Comparing with the backup"), work, ask)


def _differences(keeping: BackupTimer, location: str, backup: Path, progress: Progress) -> Differences | RefmanError:
    """Raises: as `restoring.differences`, but for damage, which is why many restore: it is told in the question."""
    # Late: a start need not pay for it.
    from refman.services import restoring

    try:
        return restoring.differences(keeping.of(location).keeper, location, str(backup), progress=progress)
    except (LibraryDamaged, NotALibrary) as error:
        return error


def question_about(backup: str, library: str, found: Differences | RefmanError) -> Question:
    """Enter restores only what takes nothing away."""
    takes_away = isinstance(found, RefmanError) or bool(found.going or found.changing)
    return Question(
        title=_tr("Put {0} in the place of {1}?").format(backup, library),
        text=" ".join([*_told(found), _tr("The present state stays beside it, and can be restored in the same way.")]),
        deed=_tr("Restore {0}").format(backup),
        keep=_tr("Keep the library"),
        is_destructive=takes_away,
    )


def _told(found: Differences | RefmanError) -> list[str]:
    if isinstance(found, RefmanError):
        return [_tr("What would change cannot be told: {0}").format(sentence(found))]
    if found.are_none:
        return [_tr("Both hold the same.")]
    told = [_tr("The library has {0}, the backup {1}.").format(_papers(found.here), _papers(found.there))]
    for number, text in (
        (found.going, _tr("{0} would go.")),
        (found.coming, _tr("{0} would come back.")),
        (found.changing, _tr("{0} would be as before.")),
    ):
        told += [text.format(_papers(number))] if number else []
    return told + ([_tr("Also different: {0}.").format(", ".join(found.others))] if found.others else [])


def _papers(number: int) -> str:
    return _tr("1 paper") if number == 1 else _tr("{0} papers").format(f"{number:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Restore", text)
