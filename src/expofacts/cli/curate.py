"""Commands for those who keep fact files."""

from pathlib import Path

from expofacts.cli.options import Facts, Format
from expofacts.cli.output import check_format, print_data, print_records
from expofacts.cli.streams import standard_output
from expofacts.facts.files import chosen, stamps
from expofacts.index.cache import is_fresh, place


def path(facts: Facts = None, format: Format = "table") -> int:
    """Which fact files and which index are in use.

    expofacts path
    expofacts path --facts my-facts/ -f json
    """
    from expofacts.json_lines import to_json

    check_format(format)
    paths = chosen(facts or ())
    records = [
        {"what": "facts", "path": str(Path(file.path).absolute()), "state": "read"}
        for file in stamps(paths)
    ]
    state = "fresh" if is_fresh(paths) else "to be made"
    records.append({"what": "index", "path": str(place(paths)), "state": state})
    if format == "table":
        print_records("path", records, {}, total=len(records))
    else:
        print_data(format, map(to_json, records), list(records[0]))
    return 0


def schema() -> int:
    """JSON Schema of the format, for editors.

    expofacts schema
    expofacts schema > expofacts.schema.json

    An editor that knows it completes keys and marks mistakes while you write: see docs/format.md.
    """
    import json

    from expofacts.facts.json_schema import json_schema

    with standard_output() as out:
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2), file=out)
    return 0
