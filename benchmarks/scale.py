"""How expofacts does with large collections, by whole processes, beside what it must not exceed.

Run it with the Python of an environment that has expofacts installed from a wheel:

    python benchmarks/scale.py
    python benchmarks/scale.py --sizes 50,1000,10000 --pairs 5
    python benchmarks/scale.py --million

Each comparison is of pairs of runs in turns, so that a noisy machine is noisy for both; what counts
is the ratio of the medians. Memory is the highest resident set of the process, and of each that it
starts, added up. Exits with 1 when a figure is out of its bound.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import tools
from bench import EXPOFACTS, MILLION, Bench, Report
from building import building
from measure import MIB, Run, count_processor_time, middle, run
from million import million

# What a listing is to have, and a large table.
ROWS = 300
TABLE_ROWS = 10_000

RICH = """\
import json, sys
from rich.console import Console
from rich.table import Table
from rich.text import Text
table = Table("Speaker", "Statement", "Regions", "Source")
for line in open(sys.argv[1], encoding="utf-8"):
    table.add_row(*map(Text, json.loads(line)))
Console(width=100, highlight=False).print(table)
"""
CELLS = """\
import json, sys
from expofacts.json_lines import from_json
from expofacts.view.tables import table_of
regions = {}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for line in sys.stdin:
        cells = [column.cell(from_json(line), regions) for column in table_of("quote").columns]
        texts = ["\\n".join(line.text for line in cell) for cell in cells]
        file.write(json.dumps(texts, ensure_ascii=False) + "\\n")
"""


def sizes_table(bench: Bench) -> None:
    """Print how long commands take over collections of each size, and how many times the first."""
    word, sizes = bench.word(), bench.sizes
    regions = {size: bench.region(size, 20) for size in sizes}
    ids = {size: bench.quote(size) for size in sizes}
    commands: dict[str, Callable[[int], Sequence[str]]] = {
        "quotes -r (some 20 rows)": lambda size: ("quotes", "-r", regions[size], "-f", "json"),
        f"search {word}": lambda _: ("search", word),
        "show ID": lambda size: ("show", ids[size]),
        "regions": lambda _: ("regions",),
        "speakers -f json": lambda _: ("speakers", "-f", "json"),
        "quotes --count": lambda _: ("quotes", "--count"),
        "quotes -f jsonl (all)": lambda _: ("quotes", "-f", "jsonl"),
        "quotes -f csv (all)": lambda _: ("quotes", "-f", "csv"),
        "quotes (all, as a table)": lambda _: ("quotes",),
    }  # fmt: skip
    print(f"\n{'ms, MiB, times the first':<34}", *(f"{size:>24,}" for size in sizes))
    for name, arguments in commands.items():
        asked = [partial(run, bench.command(size, *arguments(size))) for size in sizes]
        _size_line(name, asked, max(bench.pairs // 2, 3))
    build = [partial(bench.anew, bench.command(size, "stats", "--count")) for size in sizes]
    _size_line("making the index", build, 3)


def _size_line(name: str, commands: Sequence[Callable[[], Run]], rounds: int) -> None:
    runs = [[command() for command in commands] for _ in range(rounds)]
    taken = [middle(column) for column in zip(*runs, strict=True)]
    cells = (
        f"{one.seconds * 1000:>9.0f} {one.peak / MIB:>6.1f} {one.seconds / taken[0].seconds:>7.2f}"
        for one in taken
    )
    print(f"{name:<34}", *cells)


def warm(bench: Bench, report: Report) -> None:
    """Compare look-ups in the largest collection with the same in a small one."""
    most, few = bench.sizes[-1], bench.few
    rows, word = bench.region(most, ROWS), bench.word()
    listing, other = (1.3, 1.3) if most == MILLION else (1.15, 1.1)
    number = int(bench.text(most, "quotes", "-r", rows, "--count"))
    ours, theirs = bench.compare(
        ["quotes", "-r", rows, "-f", "json"],
        ["quotes", "-r", bench.region(few, number), "-f", "json"],
    )
    report.ratio(f"listing of {number} rows as JSON", ours.seconds, theirs.seconds, listing)
    if most != MILLION:  # which has a bound of its own, for it has more matches
        matches = int(bench.text(most, "search", word, "--count"))
        ours, theirs = bench.compare(["search", word, "-f", "json"], ["search", word, "-f", "json"])
        report.ratio(f"search with {matches:,} matches", ours.seconds, theirs.seconds, 1.3)
    ids = {size: bench.quote(size) for size in (most, few)}
    ours, theirs = bench.compare(["show", ids[most]], ["show", ids[few]])
    report.ratio("show ID", ours.seconds, theirs.seconds, other)
    ours, theirs = bench.compare(["regions"], ["regions"])
    report.ratio("regions", ours.seconds, theirs.seconds, other)
    for line in ("quotes -r h", "show ", f"show {ids[most][:3]}", "quotes --speaker li"):
        in_most, in_few = (_tab(line, bench.facts[size]) for size in (most, few))
        ours, theirs = bench.pair(in_most, in_few)
        report.ratio(f"TAB after: {line}", ours.seconds, theirs.seconds, other)
        ours, theirs = bench.pair(in_most, partial(run, [EXPOFACTS, "--version"]))
        more = (ours.seconds - theirs.seconds) * 1000
        report.line(
            "... more than --version, in ms",
            f"{ours.seconds * 1000:.0f} ms",
            f"{theirs.seconds * 1000:.0f} ms",
            more,
            20,
            "<=",
        )


def _tab(line: str, facts: Path) -> Callable[[], Run]:
    """Return what asks for the completions of a command line, as bash does."""
    words = f"expofacts {line}"
    environment = {
        "_EXPOFACTS_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "EXPOFACTS_FACTS": str(facts),
    }
    return partial(run, [EXPOFACTS], environment)


def memory(bench: Bench, report: Report) -> None:
    """Hold every look-up in the largest collection to its bound of memory."""
    most = bench.sizes[-1]
    quote = bench.quote(most)
    kinds = ("quotes", "stats", "infrastructure", "mechanisms", "speakers", "sources")
    commands = [[kind, "-f", form] for kind in kinds for form in ("table", "json", "csv")]
    commands += [
        *(["quotes", "-f", "tsv"], ["quotes", "-f", "markdown"], ["quotes", "--sort", "text"]),
        *(["quotes", "--match", "timber"], ["regions"], ["topics"], ["path"], ["show", quote]),
        *(["search", "timber"], ["search", "t*", "-n", "99999"], ["search", "tinbre"]),
        *(["search", "t*", "-n", "99999", "-f", "jsonl"], ["search", "t*", "--sort", "as_of"]),
        *(["conflicts", "--agreements"],),
        *(["timeline"], ["timeline", "-f", "jsonl"], ["conflicts"], ["conflicts", "-f", "jsonl"]),
        *(["verify"], ["stats", "--chart", "--unit", "USD"]),
        *(["show", f"{quote}x"], ["cite", quote], ["infrastructure", "--latest"]),
    ]
    runs = [(run(bench.command(most, *command)), command) for command in commands]
    for taken, command in sorted(runs, reverse=True, key=lambda one: one[0].peak)[:5]:
        report.line(" ".join(command), f"{taken.peak / MIB:.1f} MiB",
                    f"{taken.seconds * 1000:.0f} ms", taken.peak / MIB, 45, "<=")  # fmt: skip
    print(f"{'':<4}({len(commands)} commands were measured; these took the most)")


def output(bench: Bench, report: Report) -> None:
    """Compare large tables with Rich's, and hold the data formats to their speed."""
    most = bench.sizes[-1]
    cells, rich = bench.folder / "cells.jsonl", bench.folder / "rich_table.py"
    rich.write_text(RICH, "utf-8")
    quotes = bench.text(most, "quotes", "-n", str(TABLE_ROWS), "-f", "jsonl")
    subprocess.run([sys.executable, "-c", CELLS, str(cells)], input=quotes.encode(), check=True)
    rows = quotes.count("\n")
    table = bench.command(most, "quotes", "-n", str(TABLE_ROWS))
    ours, theirs = bench.pair(
        partial(run, table), partial(run, [sys.executable, str(rich), str(cells)]), pairs=3
    )
    report.ratio(f"table of {rows:,} rows, against Rich's", ours.seconds, theirs.seconds, 0.1)
    report.ratio("... until its first rows", ours.first, theirs.first, 0.1)
    for form in ("csv", "jsonl"):
        total, taken, peaks = 0, 0.0, []
        for kind in ("quotes", "stats", "infrastructure", "mechanisms"):
            total += int(bench.text(most, kind, "--count"))
            every, one = (bench.command(most, kind, "-f", form, *few) for few in ((), ("-n", "1")))
            ours, start = bench.pair(partial(run, every), partial(run, one))
            taken += ours.seconds - start.seconds
            peaks.append(ours.peak)
        report.line(f"-f {form} of {total:,}, rows a second once started", f"{taken * 1000:.0f} ms",
                    "", total / taken, 100_000, ">=")  # fmt: skip
        few = run(bench.command(most, "quotes", "-f", form, "-n", "5000"))
        report.line("... and its memory, against that of 5,000 rows", f"{max(peaks) / MIB:.1f} MiB",
                    f"{few.peak / MIB:.1f} MiB", max(peaks) / few.peak, 1.1, "<=")  # fmt: skip


def main() -> int:
    """Measure, print, and return 1 if a figure is out of its bound."""
    parser = argparse.ArgumentParser(description="Measure expofacts on large collections.")
    parser.add_argument("--sizes", default="50,1000,10000,100000", help="numbers of facts")
    parser.add_argument("--million", action="store_true", help="1,000,000 facts beside 100,000")
    parser.add_argument("--pairs", type=int, default=9, help="pairs of runs for each comparison")
    parser.add_argument("--cpu", action="store_true", help="the processor's time, if it is busy")
    options = parser.parse_args()
    if options.cpu:
        count_processor_time()
    sizes = sorted(map(int, options.sizes.split(",")))
    parts = (warm, memory, output, building)
    if options.million:
        sizes, parts = [100_000, MILLION], (warm, million)
    with tempfile.TemporaryDirectory() as folder:
        bench, report = Bench(Path(folder), sizes, options.pairs), Report()
        heads = ("", "ours", "theirs", "figure")
        print("{:<50}{:>13}{:>13}{:>10}  bound".format(*heads))
        for part in parts:
            part(bench, report)
        sizes_table(bench)
        region = bench.region(sizes[-1], ROWS)
        tools.compare(
            bench.command(sizes[-1], "quotes", "-r", region, "-f", "json"),
            bench.text(sizes[-1], "quotes", "-f", "jsonl"),
            region,
            bench.folder,
            options.pairs,
        )
    print(f"\n{report.failed} out of bounds" if report.failed else "\nall within bounds")
    return 1 if report.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
