"""Takes the pictures. Each scale is a process of its own: Qt reads it once, at its start."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"
_SMALL, _LARGE = (1280, 800), (1920, 1080)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a scene in a theme, a size and a scale."""

    scene: str
    theme: str
    size: tuple[int, int] = _SMALL
    scale: int = 1

    @property
    def name(self) -> str:
        """`main-dark-1920@2x`."""
        wide = f"-{self.size[0]}" if self.size != _SMALL else ""
        return f"{self.scene}-{self.theme}{wide}{'@2x' if self.scale == 2 else ''}"

    @property
    def order(self) -> str:
        """The shot as an argument of this program."""
        return f"{self.scene},{self.theme},{self.size[0]}x{self.size[1]},{self.scale}"

    @staticmethod
    def of(order: str) -> "Shot":
        """The inverse of `order`."""
        scene, theme, size, scale = order.split(",")
        width, height = map(int, size.split("x"))
        return Shot(scene, theme, (width, height), int(scale))


README = (
    Shot("main", "light", _LARGE),
    Shot("main", "dark", _LARGE),
    Shot("main", "light"),
    Shot("search", "dark"),
    Shot("notes", "light", _LARGE),
    Shot("four-panes", "dark", _LARGE),
    Shot("import", "light"),
    Shot("again", "dark"),
    Shot("many-selected", "light"),
    Shot("palette", "dark"),
    Shot("empty", "light"),
    Shot("nothing-found", "dark"),
    Shot("main", "light", scale=2),
)
"""Those that are kept in the project."""


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("--all", metavar="FOLDER", type=Path, help="every scene, theme, size and scale")
    parser.add_argument("--only", metavar="SCENE", help="with --all: only this scene")
    parser.add_argument("--take", nargs="+", metavar="ORDER", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.take:
        take_all([Shot.of(order) for order in arguments.take], arguments.all or IMAGES)
        return 0
    shots = every_shot(arguments.only) if arguments.all else README
    return max(run(shots, scale, folder=arguments.all or IMAGES) for scale in (1, 2))


def every_shot(only: str | None) -> tuple[Shot, ...]:
    """The whole matrix, or that of one scene."""
    # Late: it loads Qt, which must not happen before the scale is set.
    from tests.shots.scenes import SCENES

    names = [scene.name for scene in SCENES if only in (None, scene.name)]
    return tuple(
        Shot(name, theme, size, scale)
        for name in names
        for theme in ("light", "dark")
        for size in (_SMALL, _LARGE)
        for scale in (1, 2)
    )


def run(shots: tuple[Shot, ...], scale: int, *, folder: Path) -> int:
    """Takes those of one scale in a process of their own; its exit status."""
    orders = [shot.order for shot in shots if shot.scale == scale]
    if not orders:
        return 0
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            f"XDG_{name}_HOME": f"{home}/{name}" for name in ("DATA", "CONFIG", "STATE", "CACHE")
        }
        screen = Path(home, "screen.json")
        screen.write_text(json.dumps(_screen(scale)), "utf-8")
        environment |= {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "QT_SCALE_FACTOR": str(scale)}
        command = [sys.executable, "-m", "tests.shots", "--all", str(folder), "--take", *orders]
        return subprocess.run(command, env=environment).returncode


def _screen(scale: int) -> dict[str, object]:
    """A screen with room for every picture; Qt's own is 800 x 800."""
    width, height = (length * scale for length in _LARGE)
    place = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    return {"screens": [place | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}


def take_all(shots: list[Shot], folder: Path) -> None:
    """Takes pictures in this process, each in a window and a library of its own."""
    # Late: Qt reads the scale at its start.
    from PySide6.QtWidgets import QApplication

    from refman.app.window import create_window
    from tests.shots.camera import come_to_rest, take
    from tests.shots.scenes import SCENES, make_libraries

    application = QApplication([])
    # A cursor that blinks is never at rest.
    application.setCursorFlashTime(0)
    scenes = {scene.name: scene for scene in SCENES}
    for shot in shots:
        scene = scenes[shot.scene]
        with tempfile.TemporaryDirectory() as place:
            # Nothing of one picture shows in the next.
            os.environ["XDG_CONFIG_HOME"] = f"{place}/config"
            make_libraries(Path(place))
            window = create_window(f"{place}/{scene.library}.refman")
            window.context.live.change("theme", shot.theme)
            window.resize(*shot.size)
            window.show()
            window.activateWindow()
            scene.act(window)
            come_to_rest(window)
            take(window, folder / f"{shot.name}.png")
            for other in application.topLevelWidgets():
                other.close()
            window.deleteLater()
        print(f"{shot.name}.png")


if __name__ == "__main__":
    sys.exit(main())
