"""Tags put on, taken off, renamed, merged, deleted."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "tags"
OPERATIONS = 40


def prepare(session: Session) -> None:
    import_text(session, "old", 150)


def operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    match number % 5:
        case 1:
            library.tag(papers[number:], [f"rl/t{number}", "all"])
        case 2:
            library.rename_tag(f"rl/t{number - 1}", f"rl/renamed{number}")
        case 3:
            library.untag(papers[: number * 3], ["all"])
        case 4:
            library.merge_tags([f"rl/renamed{number - 2}"], "kept")
        case _:
            library.delete_tag("kept")
