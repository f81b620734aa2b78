"""Entry point of `refman` and `python -m refman`."""

import sys


def main() -> None:
    """Run refman with the arguments of the process, then exit with its status."""
    argv = sys.argv[1:]
    if argv == ["--version"]:
        # Answered before anything is imported: scripts ask for it often.
        from refman import __version__

        sys.stdout.write(f"refman {__version__}\n")
        return
    # Late, or `--version` would pay for all of refman.
    from refman.app.main import main as run

    sys.exit(run(argv))


if __name__ == "__main__":
    main()
