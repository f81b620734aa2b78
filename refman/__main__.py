"""Entry point of `refman`, of `python -m refman` and of the built program."""

import sys


def main() -> None:
    """Run refman with the arguments of the process, then exit with its status."""
    if getattr(sys, "frozen", False):
        # A worker process of the built program starts here and never returns from the call. Late,
        # because nobody else needs it.
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:] == ["--version"] and _told_version():
        return
    try:
        # Late, or `--version` would pay for all of refman.
        from refman.app.main import main as run
    except KeyboardInterrupt:
        # Ctrl+C while the modules are loaded.
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


def _told_version() -> bool:
    """Answers, since scripts ask often, before anything is loaded; False when it cannot, and `run` tells why."""
    # Late: only this one command needs it.
    from refman import __version__

    # The interpreter has no stream where the caller closed it.
    if sys.stdout is None:
        return True
    try:
        sys.stdout.write(f"refman {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
