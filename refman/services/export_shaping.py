"""The files that an export profile names, read: a BibTeX style and a list of abbreviations."""

import os
from pathlib import Path

from refman.domain.errors import ExportRefused
from refman.domain.export_profile import ExportProfile, Shaping
from refman.formats.abbreviations import read_abbreviations
from refman.formats.bibtex.style_file import StyleFile, read_style
from refman.services.tex_tree import known_to_tex

_LARGEST_BYTES = 32 << 20


def shaping_of(profile: ExportProfile) -> Shaping:
    """A profile ready for an export. Reads files and may run `kpsewhich`. Raises: ExportRefused."""
    style = _style(profile) if profile.style else None
    return Shaping(
        profile,
        printed=style.fields if style else None,
        types=style.functions if style else None,
        short_names=_short_names(profile) if profile.abbreviations else {},
    )


def _style(profile: ExportProfile) -> StyleFile:
    path = _found(profile.style)
    if path is None:
        raise ExportRefused(
            "no-style",
            f"The style {profile.style} of the export profile {profile.name} was not found; "
            "name its file, or install it for TeX.",
            profile.style,
            profile.name,
        )
    style = read_style(_text(path, profile))
    if style is None:
        raise ExportRefused(
            "not-a-style", f"{path} has no ENTRY list, so it is no BibTeX style; choose a .bst file.", str(path)
        )
    return style


def _short_names(profile: ExportProfile) -> dict[str, str]:
    path = Path(profile.abbreviations).expanduser()
    found = read_abbreviations(_text(path, profile).splitlines())
    if not found:
        raise ExportRefused(
            "no-abbreviations",
            f"{path} holds no abbreviation; each line says a full name, a semicolon and the short one.",
            str(path),
        )
    return found


def _text(path: Path, profile: ExportProfile) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST_BYTES)
    except OSError as error:
        raise ExportRefused(
            "profile-file-unreadable",
            f"{path}, which the export profile {profile.name} names, cannot be read ({error.strerror}).",
            str(path),
            profile.name,
        ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _found(name: str) -> Path | None:
    """The file of a style: as named, with its ending, or where TeX keeps it."""
    file = name if name.lower().endswith(".bst") else f"{name}.bst"
    here = Path(file).expanduser()
    if here.is_file():
        return here
    return None if os.path.isabs(file) else known_to_tex(file, kind="bst")
