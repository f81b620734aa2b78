"""How the window speaks: what was done with its Undo, what went wrong, and work that runs with a way to stop it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from refman.domain.errors import Cancelled, NotAgreed, NothingToRedo, NothingToUndo, RefmanError
from refman.domain.progress import NoProgress, Progress
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.cancelling import ProgressReport
from refman.ui.consent import agreed, ask_to_remove, or_ask
from refman.ui.icons import Icons
from refman.ui.library import LibraryAdapter
from refman.ui.messages import Message, MessageAction, MessageBar, MessageKind
from refman.ui.progress_strip import ProgressStrip, WorkItem
from refman.ui.taking_back import LONG_PAPERS, LongStep, TakingBack
from refman.ui.theme import ThemeController
from refman.ui.wording import sentence

T = TypeVar("T")


class Voice(QObject):
    """Everything that is told goes through the message bar; every long work through the status bar."""

    def __init__(
        self, adapter: LibraryAdapter, bar: MessageBar, strip: ProgressStrip, *, themes: ThemeController, icons: Icons
    ) -> None:
        super().__init__(bar)
        self._adapter = adapter
        self._bar = bar
        self._strip = strip
        self._themes = themes
        self.icons = icons
        """Those of the window."""
        self._careful = Counter[str]()
        self._steps = TakingBack(adapter, self)
        self._steps.failed.connect(self._not_done)
        self._steps.long_found.connect(self._run_long)
        adapter.told.connect(self.tell)
        adapter.refused.connect(self.refuse)
        adapter.asked.connect(self._ask_to_remove)

    def say(self, text: str, kind: MessageKind = MessageKind.INFO, *actions: MessageAction) -> None:
        """One sentence, with things to do about it."""
        self._bar.show_message(Message(text, kind, actions))

    def tell(self, outcome: Outcome, *, problems: Sequence[str] = (), next_deeds: Sequence[MessageAction] = ()) -> None:
        """What was done, with what may come next and Undo where there is a step to take back; problems are read on
        demand."""
        actions = list(next_deeds)
        operation = outcome.changes.operation
        if outcome.code == "undone":
            actions.append(MessageAction(self.tr("Redo"), self.redo))
        elif operation is not None:
            step = operation.id
            actions.append(MessageAction(self.tr("Undo"), lambda: self._steps.undo_step(step)))
        kind = MessageKind.INFO if outcome.is_nothing else MessageKind.SUCCESS
        self.say_with_problems(sentence(outcome), problems, kind=kind, actions=actions)

    def say_with_problems(
        self,
        text: str,
        problems: Sequence[str],
        *,
        kind: MessageKind = MessageKind.SUCCESS,
        actions: Sequence[MessageAction] = (),
    ) -> None:
        """What was done; how many problems there were, to be read on demand."""
        if not problems:
            self.say(text, kind, *actions)
            return
        count = self.tr("1 problem") if len(problems) == 1 else self.tr("{0} problems").format(f"{len(problems):,}")
        show = MessageAction(self.tr("Show problems"), lambda: self._show_problems(problems))
        self.say(f"{text} · {count}", MessageKind.WARNING, *actions, show)

    def refuse(self, error: RefmanError) -> None:
        """Why something was not done."""
        self.say(sentence(error), MessageKind.ERROR)

    def undo(self) -> None:
        """Takes back the last step of the library; a long one shows how far it is and can be stopped."""
        self._steps.undo()

    def redo(self) -> None:
        """Does the last undone step again, as `undo`."""
        self._steps.redo()

    def change_many(
        self, name: str, work: Callable[[Library, Progress], Outcome], count: int, *, owner: QObject
    ) -> None:
        """A step on so many papers: in its turn among the writes while they are few, else work that can be stopped."""
        if count < LONG_PAPERS:
            self._adapter.write(lambda library: work(library, NoProgress()), owner=owner)
        else:
            self._steps.begin(LongStep(name, work))

    def hint(self, error: RefmanError) -> None:
        """Why a key did nothing, where nothing went wrong: said in passing."""
        self.say(sentence(error))

    def _not_done(self, error: Exception) -> None:
        if isinstance(error, NothingToUndo | NothingToRedo):
            self.hint(error)
        elif isinstance(error, RefmanError):
            self.refuse(error)

    def _run_long(self, step: LongStep) -> None:
        told: list[Outcome] = []

        def done(outcome: Outcome) -> None:
            told.append(outcome)
            self._adapter.told.emit(outcome)

        ended = partial(self._end_long, told)
        self.run(step.name, step.work, done, ended=ended, is_careful=True)

    def _end_long(self, told: list[Outcome]) -> None:
        self._steps.end_long(is_done=bool(told))

    @property
    def careful_work(self) -> list[str]:
        """Names of what should not be stopped without asking."""
        return [name for name, count in self._careful.items() if count > 0]

    @property
    def is_work_seen(self) -> bool:
        """Whether the status bar shows work that runs."""
        return self._strip.isVisible()

    def run(
        self,
        name: str,
        work: Callable[[Library, Progress], T],
        done: Callable[[T], None],
        *,
        ended: Callable[[], None] = lambda: None,
        is_careful: bool = False,
    ) -> None:
        """Long work with its place in the status bar; `ended` comes after `done` and also when it was not done.

        What `is_careful` is not stopped by closing the window unless the person says so.
        """
        self._careful[name] += is_careful
        item = self._strip.begin(name, lambda: ticket.cancel() if ticket is not None else None)

        def end() -> None:
            self._careful[name] -= is_careful
            ended()

        def finish(result: T) -> None:
            item.finish()
            done(result)
            end()

        def fail(error: Exception) -> None:
            item.finish()
            if isinstance(error, Cancelled):
                self.say(self.tr("Stopped: {0}. Nothing was changed.").format(name))
            elif isinstance(error, RefmanError):
                self.refuse(error)
            end()

        def ask(error: NotAgreed, again: Callable[[], object]) -> None:
            item.finish()
            self._careful[name] -= is_careful
            self._ask_to_remove(error, again).rejected.connect(ended)

        again = partial(self.run, name, agreed(work), done, ended=ended, is_careful=is_careful)
        report = partial(_report, item)
        ticket = self._adapter.work(work, finish, failed=or_ask(fail, ask, again), progress=report)
        if ticket is None:
            item.finish()
            end()

    def _ask_to_remove(self, error: NotAgreed, again: Callable[[], object]) -> QDialog:
        return ask_to_remove(error, again, themes=self._themes, icons=self.icons, window=self._window)

    def _show_problems(self, problems: Sequence[str]) -> None:
        # Late: a start need not pay for it.
        from refman.ui.dialogs.problems import ProblemsDialog

        dialog = ProblemsDialog(problems, themes=self._themes, window=self._window)
        dialog.open()

    @property
    def _window(self) -> QWidget:
        return self._bar.window()


def _report(item: WorkItem, progress: ProgressReport) -> None:
    # The name of the work stays: services call its parts in English.
    item.report(replace(progress, text=""))
