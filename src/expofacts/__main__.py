"""The program: `expofacts`, or `python -m expofacts`."""

import gc


def main() -> None:
    """Run the command line and exit."""
    # A look-up is over before there is garbage worth collecting, and imports make the collector
    # run time and again for nothing: without it a start takes a tenth less.
    gc.disable()
    from expofacts.cli.app import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
