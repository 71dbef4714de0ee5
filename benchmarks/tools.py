"""The same question put to the tools that people use for it: jq, recsel, mlr, rg and sqlite3."""

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from measure import MIB, Run, middle, run


def compare(ours: list[str], jsonl: str, region: str, folder: Path, pairs: int) -> None:
    """Print what each tool takes to give the quotes about a region, and what ours takes.

    The tools get the quotes in the form that they like best; sqlite3 gets an index.
    """
    commands = _written(jsonl, region, folder)
    print(f"\nquotes about {region}{'ms':>24}{'MiB':>9}{'times ours':>12}")
    mine, *_ = rows = [("expofacts", ours), *commands.items()]
    taken: dict[str, list[Run]] = {}
    for _ in range(pairs):
        for name, command in rows:
            if shutil.which(command[0]):
                taken.setdefault(name, []).append(run(command))
    base = middle(taken[mine[0]]).seconds
    for name, _ in rows:
        if name in taken:
            one = middle(taken[name])
            figures = (
                f"{one.seconds * 1000:>11.0f}{one.peak / MIB:>9.1f}{one.seconds / base:>12.2f}"
            )
            print(f"{name:<32}{figures}")
        else:
            print(f"{name:<32}    missing: it is not installed")


def _written(jsonl: str, region: str, folder: Path) -> dict[str, list[str]]:
    """Write the quotes in the forms of all tools; return the command line of each."""
    quotes = [json.loads(line) for line in jsonl.splitlines()]
    flat = [
        {key: "; ".join(value) if isinstance(value, list) else value for key, value in one.items()}
        for one in quotes
    ]
    paths = {ending: folder / f"quotes.{ending}" for ending in ("jsonl", "csv", "rec", "db")}
    paths["jsonl"].write_text(jsonl, "utf-8")
    table = io.StringIO()
    writer = csv.DictWriter(table, list(flat[0]))
    writer.writeheader()
    writer.writerows(flat)
    paths["csv"].write_text(table.getvalue(), "utf-8", newline="")
    with paths["rec"].open("w", encoding="utf-8") as file:
        for one in flat:
            given = {key: value for key, value in one.items() if value is not None}
            file.writelines(
                "{}: {}\n".format(key, str(value).replace("\n", "\n+ "))
                for key, value in given.items()
            )
            file.write("\n")
    with closing(sqlite3.connect(paths["db"])) as made:
        made.execute(f"CREATE TABLE quote ({', '.join(flat[0])})")
        marks = ", ".join("?" * len(flat[0]))
        made.executemany(
            f"INSERT INTO quote VALUES ({marks})", (tuple(one.values()) for one in flat)
        )
        made.execute("CREATE INDEX by_regions ON quote (regions)")
        made.commit()
    asked = f'select(.regions | index("{region}"))'
    return {
        "jq on JSON lines": ["jq", "-c", asked, str(paths["jsonl"])],
        "recsel on records": ["recsel", "-e", f"regions = '{region}'", str(paths["rec"])],
        "mlr on CSV": ["mlr", "--csv", "filter", f'$regions == "{region}"', str(paths["csv"])],
        "rg on JSON lines": ["rg", "-F", f'"regions":["{region}"]', str(paths["jsonl"])],
        "sqlite3 with an index": [
            *("sqlite3", "-json", str(paths["db"])),
            f"SELECT * FROM quote WHERE regions = '{region}'",
        ],
    }
