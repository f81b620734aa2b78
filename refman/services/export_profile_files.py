"""The files that an export profile names, as it keeps them: by their whole path, so that any folder will do."""

from pathlib import Path

from refman.domain.errors import InvalidValue
from refman.services.tex_tree import known_to_tex

_ENDING = ".bst"


def kept_file(answer: str, text: str) -> str:
    """What is kept of `style` or `abbreviations`, relative to the current folder; other answers stay as they are.

    A name of a style that TeX may find (`plain`) stays a name where no such file is here. May run `kpsewhich`.
    Raises: InvalidValue for a file that does not exist.
    """
    name = text.strip()
    if not name or answer not in {"style", "abbreviations"}:
        return text
    path = Path(name).expanduser()
    if answer == "style":
        file = path if path.name.lower().endswith(_ENDING) else path.with_name(path.name + _ENDING)
        is_only_a_name = len(path.parts) == 1
        if not file.is_file() and is_only_a_name and (file != path or known_to_tex(name, kind="bst")):
            return name
    else:
        file = path
    if not file.is_file():
        raise InvalidValue("no-profile-file", f"There is no file {file.absolute()}; name one that exists.", name)
    return str(path.absolute())
