"""The program as a whole: which commands there are, and how a failure ends it."""

import os
import sys
from functools import cache
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from expofacts import __version__
from expofacts.cli.streams import note, prepare, standard_output
from expofacts.errors import ClosedPipe, ExpofactsError, FactFileError, OutputError, UsageError
from expofacts.plurals import counted

# The commands in the order of the help, and the module each is in.
COMMANDS = {
    "quotes": "lookup",
    "stats": "lookup",
    "infrastructure": "lookup",
    "mechanisms": "lookup",
    "search": "search",
    "show": "lookup",
    "timeline": "timeline",
    "conflicts": "conflicts",
    "verify": "verify",
    "cite": "cite",
    "regions": "lookup",
    "sources": "lookup",
    "topics": "lookup",
    "speakers": "lookup",
    "check": "check",
    "export": "export",
    "schema": "curate",
    "path": "curate",
}
ALIASES = {"infra": "infrastructure"}

_HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """Builds the one command that is asked for: Typer takes its time over each."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command, or None where there is none of that name."""
        name = ALIASES.get(cmd_name, cmd_name)
        return _built(name) if name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and arguments; raises UsageError for a command there is not."""
        if args[0] not in COMMANDS and args[0] not in ALIASES and not args[0].startswith("-"):
            from expofacts.facts.suggestions import suggest

            raise UsageError(f'unknown command "{args[0]}"{suggest(args[0], COMMANDS)}')
        return super().resolve_command(ctx, args)


@cache
def _built(name: str) -> Any:
    module = import_module(f"expofacts.cli.{COMMANDS[name]}")
    app = typer.Typer(add_completion=False, context_settings=_HELP_NAMES)
    command: Any = getattr(module, name)
    cls = None
    if hasattr(command, "command"):  # a Listing, which is not imported for the others
        cls, command = command.cls, command.command()
    app.command(name, cls=cls, help=_flowing(command.__doc__))(command)
    return get_command(app)


def _flowing(text: str) -> str:
    """Return a help text whose prose has a line a paragraph, to be broken where the page ends."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(
        paragraph if paragraph.startswith("expofacts ") else " ".join(paragraph.split())
        for paragraph in paragraphs
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"expofacts {__version__}")
        raise typer.Exit


app = typer.Typer(cls=Commands, context_settings=_HELP_NAMES, invoke_without_command=True)


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Look up quotes, trade figures and cross-border infrastructure, each with its source.

    expofacts quotes --region sichuan
    expofacts stats --indicator china-russia-trade
    expofacts infrastructure --status "under construction"
    expofacts show li-yunze-logistics
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help(), nl=False)


def run() -> int:
    """Run the command line and return its exit code; no failure of a user's is a traceback."""
    if sys.stdout is None:
        note("the output cannot be written: standard output is closed")
        return OutputError.exit_code
    prepare()
    try:
        with standard_output():
            return get_command(app).main(prog_name="expofacts", standalone_mode=False) or 0
    except FactFileError as error:
        many = counted(len(error.problems), "problem")
        note(str(error), name="")  # file:line:column first, for editors
        note(f"{many} in the fact files; nothing of them was used")
        return error.exit_code
    except ExpofactsError as error:
        if not isinstance(error, ClosedPipe):
            note(str(error))
        return error.exit_code
    except typer.TyperException as error:
        context: typer.Context | None = getattr(error, "ctx", None)
        help_of = context.command_path if context else "expofacts"
        note(f"{error.format_message()} (see {help_of} --help)")
        return UsageError.exit_code
    except SystemExit as error:
        # Rich and Typer end so when help goes into a pipe that nobody reads any more.
        if error.code != 1 or "_EXPOFACTS_COMPLETE" in os.environ:
            raise
        return ClosedPipe.exit_code
    except UnicodeEncodeError:
        note("an argument is not text in UTF-8")
        return UsageError.exit_code
