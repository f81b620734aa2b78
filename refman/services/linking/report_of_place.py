"""A report on a project as it is told of what was named: one document, and sections that cannot find a key."""

from dataclasses import replace

from refman.services.linking.build_files import is_of_build
from refman.services.linking.project_report import ProjectReport


def as_named(report: ProjectReport) -> ProjectReport:
    """The report without the .log and .blg of other documents, where a main file was named; and without proposals for
    keys that the project has, in a .bib that a section of it does not read."""
    project, main = report.project, report.project.document
    placed = {one.key for one in project.missing if one.elsewhere and one.elsewhere.path in project.bibs}
    missing = tuple(replace(one, near=()) if one.key in placed else one for one in project.missing)
    return replace(
        report,
        project=replace(project, missing=missing),
        warnings=tuple(one for one in report.warnings if main is None or is_of_build(main, one.said_by)),
        in_library=tuple(key for key in report.in_library if key not in placed),
    )
