"""The program as a whole: which commands there are, and how a failure ends it."""

import os
import sys
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from expofacts import __version__
from expofacts.cli import HELP_NAMES
from expofacts.cli.streams import note, prepare, standard_output
from expofacts.errors import ClosedPipe, ExpofactsError, FactFileError, OutputError, UsageError
from expofacts.facts.kinds import KINDS
from expofacts.plurals import counted

# The commands in the order of the help. Each is in the module of its name.
COMMANDS = (
    *(kind.command for kind in KINDS.values()),
    *("search", "show", "timeline", "conflicts", "verify", "cite"),
    *("regions", "sources", "topics", "speakers"),
    *("check", "export", "schema", "path"),
)
ALIASES = {alias: kind.command for kind in KINDS.values() for alias in kind.aliases}


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

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what is wrong with its line is said to be so of this command."""
        try:
            return super().invoke(ctx)
        except typer.TyperException as raised:
            # Of an option that lacks its value, the parser does not say which command has it.
            error: Any = raised
            name = ctx.invoked_subcommand
            if name and not getattr(error, "ctx", None):
                command = self.get_command(ctx, name)
                error.ctx = typer.Context(command, parent=ctx, info_name=name)
            raise


@cache
def _built(name: str) -> Any:
    command = getattr(import_module(f"expofacts.cli.{name}"), name)
    command.name = name
    return command


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"expofacts {__version__}")
        raise typer.Exit


app = typer.Typer(cls=Commands, context_settings=HELP_NAMES, invoke_without_command=True)


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
