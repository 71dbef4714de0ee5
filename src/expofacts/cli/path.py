"""The command that says which fact files and which index are in use."""

from pathlib import Path

from expofacts.cli import options
from expofacts.cli.output import check_format, print_data, print_records
from expofacts.facts.files import chosen, is_stream, stamps
from expofacts.index.cache import cache_folder, place
from expofacts.index.opening import is_fresh
from expofacts.index.pruning import kept
from expofacts.plurals import counted


def _run(facts: list[str] | None, format: str) -> int:
    from expofacts.json_lines import to_json

    check_format(format)
    paths = chosen(facts or ())
    records = [
        {"what": "facts", "path": _shown(file.path), "state": "read"} for file in stamps(paths)
    ]
    state = "fresh" if is_fresh(paths) else "to be made"
    if any(map(is_stream, paths)):
        state = "not kept, for a stream is read"
    records.append({"what": "index", "path": str(place(paths)), "state": state})
    there = kept(cache_folder())
    size = sum(index.size for index in there) / 1e6
    state = f"{counted(len(there), 'index', 'indexes')}, {size:,.1f} MB"
    records.append({"what": "cache", "path": str(cache_folder()), "state": state})
    if format == "table":
        from expofacts.view.tables import table_of

        print_records(table_of("path"), records, {}, total=len(records))
    else:
        print_data(format, map(to_json, records), list(records[0]))
    return 0


def _shown(path: str) -> str:
    return path if is_stream(path) else str(Path(path).absolute())


path = options.command(
    _run,
    """Which fact files and which index are in use.

    expofacts path
    expofacts path --facts my-facts/ -f json

    An index is a cache: it may be deleted. Those that have not been used for 30 days go by
    themselves, and the longest unused where all together take more than 512 MiB.
    """,
    [options.facts(), options.data_format()],
)
