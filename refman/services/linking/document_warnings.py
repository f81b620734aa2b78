"""Of what the last build said only what it said of one document."""

from dataclasses import replace

from refman.services.linking.build_files import is_of_build
from refman.services.linking.project_report import ProjectReport


def own_warnings(report: ProjectReport) -> ProjectReport:
    """The report without the .log and .blg of other documents, where a main file was named."""
    main = report.project.document
    if main is None:
        return report
    return replace(report, warnings=tuple(one for one in report.warnings if is_of_build(main, one.said_by)))
