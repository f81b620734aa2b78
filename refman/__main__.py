"""Entry point of `refman`, of `python -m refman` and of the built program."""

import sys


def main() -> None:
    """Run refman with the arguments of the process, then exit with its status."""
    if getattr(sys, "frozen", False):
        # A worker process of the built program starts here and never returns from the call. Late,
        # because nobody else needs it.
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:] == ["--version"]:
        # Answered before anything is loaded: scripts ask for it often.
        from refman import __version__

        sys.stdout.write(f"refman {__version__}\n")
        return
    try:
        # Late, or `--version` would pay for all of refman.
        from refman.app.main import main as run
    except KeyboardInterrupt:
        # Ctrl+C while the modules are loaded.
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
