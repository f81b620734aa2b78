"""Files that an entry of a .bib names, as links of its paper."""

import os
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import PureWindowsPath

from refman.domain.paper import Attachment, AttachmentId, Draft
from refman.formats.bibtex.file_names import names_files


def links_of(draft: Draft, source_name: str) -> Iterator[Attachment]:
    """A link for each file, also for one that is not there now: its disk may come back.

    Relative paths are those from the folder of the .bib; what was pasted has none, so they are left as the field.
    """
    if not names_files(draft):
        return
    # Late: loads pylatexenc, which only such entries need.
    from refman.formats.bibtex.file_links import file_paths

    folder = os.path.dirname(os.path.abspath(source_name)) if os.path.isfile(source_name) else ""
    for path in file_paths(draft):
        if absolute := _absolute(path, folder):
            title = PureWindowsPath(path).name if _is_windows(path) else os.path.basename(path)
            media_type = guess_type(title)[0] or "application/octet-stream"
            yield Attachment(AttachmentId(0), absolute, title or path, media_type, is_stored=False)


def _absolute(path: str, folder: str) -> str:
    if _is_windows(path):
        return path
    path = os.path.expanduser(path)
    if os.path.isabs(path):
        return os.path.normpath(path)
    return os.path.normpath(os.path.join(folder, path)) if folder else ""


def _is_windows(path: str) -> bool:
    return bool(PureWindowsPath(path).drive) and os.name != "nt"
