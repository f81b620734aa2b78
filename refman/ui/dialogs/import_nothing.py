"""What an import preview says when no paper would come in or change."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from refman.domain.profile import Capture
from refman.services.import_plan import ImportPlan, PlannedProfile, Status


def new_numbers(plan: ImportPlan) -> list[PlannedProfile]:
    """The author pages whose numbers the library does not have of that day."""
    return [one for one in plan.profiles if not one.is_known]


def deed_without_papers(plan: ImportPlan, tagged: int) -> str:
    """What the main button does then; `tagged` papers that are here would get tags."""
    new = new_numbers(plan)
    if tagged:
        return _tr("Tag 1 paper") if tagged == 1 else _tr("Tag {0} papers").format(f"{tagged:,}")
    if not new:
        return _tr("Nothing to import")
    if len(new) > 1:
        return _tr("Keep the numbers of {0} authors").format(len(new))
    return _tr("Keep the numbers of {0}").format(new[0].profile.name)


def why_no_papers(plan: ImportPlan) -> str:
    """Why nothing happens to the papers, and what else there is to keep."""
    is_all_here = all(item.status is Status.HERE for item in plan.items)
    papers = (
        _tr("The library has all these papers as they are here; none would be added or changed.")
        if is_all_here
        else _tr("No paper is chosen that would be added or changed.")
    )
    return " ".join([papers, *_numbers(new_numbers(plan))])


def _numbers(new: Sequence[PlannedProfile]) -> list[str]:
    return [
        _tr("New is what the page says of {0} on {1}: {2}.").format(
            one.profile.name,
            one.profile.capture.captured_on.isoformat(),
            ", ".join(_figures(one.profile.capture)),
        )
        for one in new
    ]


def _figures(capture: Capture) -> list[str]:
    words = (
        (_tr("h-index {0}"), capture.h_index),
        (_tr("{0} papers"), capture.paper_count),
        (_tr("{0} citations"), capture.citation_count),
        (_tr("novelty {0} %"), capture.novelty_percent),
        (_tr("AI score {0}"), capture.ai_score),
    )
    return [text.format(f"{number:,g}") for text, number in words if number is not None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportPreview", text)
