"""The command that prints the JSON Schema of the format."""

from expofacts.cli import options
from expofacts.cli.streams import standard_output


def _run() -> int:
    import json

    from expofacts.facts.json_schema import json_schema

    with standard_output() as out:
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2), file=out)
    return 0


schema = options.command(
    _run,
    """JSON Schema of the format, for editors.

    expofacts schema
    expofacts schema > expofacts.schema.json

    An editor that knows it completes keys and marks mistakes while you write: see docs/format.md.
    """,
    [],
)
