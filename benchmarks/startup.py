"""How long a look-up takes beside a bare Typer program that prints the same, by whole processes.

Run it with the Python of an environment that has expofacts installed from a wheel:

    python benchmarks/startup.py

Each pair of runs is one of ours and one of the yardstick's, in turns, so that a noisy machine is
noisy for both; what counts is the ratio of the medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXPOFACTS = str(Path(sys.executable).with_name("expofacts"))

TABLE = """\
import typer
from rich.console import Console
from rich.table import Table
app = typer.Typer()
@app.command()
def stats() -> None:
    table = Table("Indicator", "Figure", "Regions", "Source")
    for row in {rows!r}: table.add_row(*row)
    Console().print(table)
app()
"""
TEXT = """\
import typer
app = typer.Typer()
@app.command()
def stats() -> None:
    print({text!r})
app()
"""


def seconds(command: list[str]) -> float:
    """Return how long the command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def compare(name: str, ours: list[str], yardstick: list[str], pairs: int, most: float) -> bool:
    """Print the ratio of ours to the yardstick's median; returns whether it is within bounds."""
    for command in (ours, yardstick):  # warm: the index, bytecode, the file system's cache
        seconds(command)
    times = [(seconds(ours), seconds(yardstick)) for _ in range(pairs)]
    mine, theirs = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    ratio = mine / theirs
    print(
        f"{name:<16}{mine:8.1f} ms  yardstick{theirs:8.1f} ms  ratio {ratio:.2f} (at most {most})"
    )
    return ratio <= most


def main() -> int:
    """Measure, print, and return 1 if a ratio is out of bounds."""
    parser = argparse.ArgumentParser(description="Measure the start-up of expofacts.")
    parser.add_argument("--pairs", type=int, default=31, help="pairs of runs, at least 15")
    parser.add_argument("--most", type=float, default=1.10, help="largest ratio that passes")
    options = parser.parse_args()

    os.environ["COLUMNS"] = "100"
    text = subprocess.run(
        [EXPOFACTS, "stats", "-f", "json"], capture_output=True, text=True, check=True
    )
    rows = [
        [
            fact["name"],
            f"{fact['qualifier']} {fact['value']:,}",
            "; ".join(fact["regions"]),
            fact["id"],
        ]
        for fact in json.loads(text.stdout)
    ]
    with tempfile.TemporaryDirectory() as folder:
        table, plain = Path(folder, "table.py"), Path(folder, "text.py")
        table.write_text(TABLE.format(rows=rows), "utf-8")
        plain.write_text(TEXT.format(text=text.stdout), "utf-8")
        pairs = max(options.pairs, 15)
        within = [
            compare(
                "stats", [EXPOFACTS, "stats"], [sys.executable, str(table)], pairs, options.most
            ),
            compare(
                "stats -f json",
                [EXPOFACTS, "stats", "-f", "json"],
                [sys.executable, str(plain)],
                pairs,
                options.most,
            ),
        ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    raise SystemExit(main())
