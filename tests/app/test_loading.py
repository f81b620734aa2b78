"""Modules are loaded without collections; whoever collected before collects again."""

import gc
import linecache
import sys

from PySide6.QtWidgets import QApplication

from refman.app.loading import loading, loading_window


def test_nothing_is_collected_while_modules_are_loaded_and_again_after_it() -> None:
    assert gc.isenabled()
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_collection_was_off_it_stays_off() -> None:
    gc.disable()
    with loading():
        pass
    was_off = not gc.isenabled()
    gc.enable()
    assert was_off


def test_what_modules_made_is_not_walked_over_again() -> None:
    sys.modules.pop("colorsys", None)
    gc.unfreeze()
    with loading():
        import colorsys
    assert colorsys.__name__ in sys.modules
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    with loading():
        pass
    assert gc.get_freeze_count() == 0


def test_modules_of_the_window_are_never_read_for_features(qapp: QApplication) -> None:
    sys.modules.pop("colorsys", None)
    linecache.clearcache()
    with loading_window():
        import colorsys
    assert colorsys.__file__ not in linecache.cache
    sys.modules.pop("colorsys")
    # Also what is first needed long after the start.
    import colorsys as again

    assert again.__file__ not in linecache.cache
