"""The program: `expofacts`, or `python -m expofacts`."""

import gc
import sys


def main() -> None:
    """Run the command line and exit."""
    # A look-up is over before there is garbage worth collecting, yet each import makes the
    # collector run, and the exit once more over all there is: together a fifth of a start.
    gc.disable()
    try:
        from expofacts.cli.app import run

        code = run()
    except KeyboardInterrupt:
        code = 130  # as shells say of a program that Ctrl-C ended
    finally:
        gc.freeze()  # by whichever way it ends: completion leaves by an exit of its own
    sys.exit(code)


if __name__ == "__main__":
    main()
