"""What a widget looks like when it is painted."""

from PySide6.QtWidgets import QWidget


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
