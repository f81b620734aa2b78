"""Where the files that refman ships (icons, themes, samples) are found."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
# A wheel and the built program carry them inside the package, a checkout beside it.
RESOURCES = next(
    (root for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources") if root.is_dir()),
    _PACKAGE / "_resources",
)


def resource_path(name: str) -> Path:
    """Path of a shipped file or folder, named below `resources/` with `/` (`icons/tag.svg`).

    Raises:
        FileNotFoundError: the installation lacks it, which is a bug of ours.
    """
    path = RESOURCES / name
    if not path.exists():
        raise FileNotFoundError(f"refman lacks its file {name}; looked for {path}")
    return path
