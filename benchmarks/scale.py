"""How expofacts does with large collections, by whole processes, beside what it must not exceed.

Run it with the Python of an environment that has expofacts installed from a wheel:

    python benchmarks/scale.py
    python benchmarks/scale.py --sizes 50,1000,10000 --pairs 5

Each comparison is of pairs of runs in turns, so that a noisy machine is noisy for both; what counts
is the ratio of the medians. Memory is the highest resident set of the process, and of each that it
starts, added up. Exits with 1 when a figure is out of its bound.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import collection
import tools
from measure import MIB, Run, count_processor_time, middle, run

EXPOFACTS = str(Path(sys.executable).with_name("expofacts"))

# What a listing is to have, and a search at most.
ROWS = 300
MATCHES = 10_000
TABLE_ROWS = 10_000

TOMLI = "import sys, tomli; tomli.load(open(sys.argv[1], 'rb'))"
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


class Report:
    """Prints a line for each figure, and knows whether one was out of its bound."""

    def __init__(self) -> None:
        self.failed = 0

    def line(
        self, name: str, ours: str, theirs: str, figure: float, bound: float, sign: str
    ) -> None:
        """Print a figure beside its bound, which it must not exceed, or fall below with `>=`."""
        within = figure >= bound if sign == ">=" else figure <= bound
        self.failed += not within
        verdict = "pass" if within else "FAIL"
        print(f"{name:<50}{ours:>13}{theirs:>13}{figure:>10,.2f}  {sign} {bound:<9,g}{verdict}")

    def ratio(self, name: str, ours: float, theirs: float, bound: float) -> None:
        """Print the ratio of two times in seconds."""
        self.line(
            name, f"{ours * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", ours / theirs, bound, "<="
        )


class Bench:
    """A collection of each size, and how commands are run over it."""

    def __init__(self, folder: Path, sizes: Sequence[int], pairs: int) -> None:
        self.folder, self.sizes, self.pairs = folder, sizes, pairs
        self.files = {size: collection.write(folder / f"{size}", size)[0] for size in sizes}
        os.environ |= {"EXPOFACTS_CACHE_DIR": str(folder / "cache"), "COLUMNS": "100"}
        for size in sizes:
            run(self.command(size, "stats", "--count"))

    def command(self, size: int, *arguments: str) -> list[str]:
        """Return a command line over the collection of a size."""
        return [EXPOFACTS, *arguments, "--facts", str(self.files[size])]

    def text(self, size: int, *arguments: str) -> str:
        """Return what a command prints."""
        done = subprocess.run(self.command(size, *arguments), capture_output=True, check=False)
        return done.stdout.decode()

    def pair(
        self, ours: Callable[[], Run], theirs: Callable[[], Run], *, pairs: int = 0
    ) -> tuple[Run, Run]:
        """Return the medians of runs of two commands in turns, each warmed up."""
        ours(), theirs()
        runs = [(ours(), theirs()) for _ in range(pairs or self.pairs)]
        mine, others = zip(*runs, strict=True)
        return middle(mine), middle(others)

    def compare(self, large: Sequence[str], small: Sequence[str]) -> tuple[Run, Run]:
        """Return the medians of a command in the largest collection, and of one in a small one."""
        most, few = self.sizes[-1], self.few
        return self.pair(
            partial(run, self.command(most, *large)), partial(run, self.command(few, *small))
        )

    @property
    def few(self) -> int:
        """The size that the largest is compared with."""
        return 1000 if 1000 in self.sizes else self.sizes[0]

    def region(self, size: int, rows: int) -> str:
        """Return the region whose number of quotes is nearest to so many rows."""
        lines = self.text(size, "regions", "-f", "csv", "--fields", "id,quotes").split()[1:]
        counts = {id_: int(count) for id_, count in (line.split(",") for line in lines)}
        return min(counts, key=lambda id_: abs(counts[id_] - rows))

    def word(self) -> str:
        """Return the word that most facts have, but no more than a search is to find."""
        words = ("timber", "ferry", "corridor", "soybeans", "border", "together", "companies")
        found = {one: int(self.text(self.sizes[-1], "search", one, "--count")) for one in words}
        return max((n, one) for one, n in found.items() if n <= MATCHES)[1]

    def quote(self, size: int) -> str:
        """Return the id of a quote."""
        return self.text(size, "quotes", "-n", "1", "--fields", "id", "-f", "tsv").split()[1]

    def rebuild(self, size: int, *arguments: str) -> Run:
        """Return what a command takes that has to make the index first."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return run(self.command(size, *arguments))


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
    build = [partial(bench.rebuild, size, "stats", "--count") for size in sizes]
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
    number = int(bench.text(most, "quotes", "-r", rows, "--count"))
    ours, theirs = bench.compare(
        ["quotes", "-r", rows, "-f", "json"],
        ["quotes", "-r", bench.region(few, number), "-f", "json"],
    )
    report.ratio(f"listing of {number} rows as JSON", ours.seconds, theirs.seconds, 1.15)
    matches = int(bench.text(most, "search", word, "--count"))
    ours, theirs = bench.compare(["search", word, "-f", "json"], ["search", word, "-f", "json"])
    report.ratio(f"search with {matches:,} matches", ours.seconds, theirs.seconds, 1.3)
    ids = {size: bench.quote(size) for size in (most, few)}
    ours, theirs = bench.compare(["show", ids[most]], ["show", ids[few]])
    report.ratio("show ID", ours.seconds, theirs.seconds, 1.1)
    ours, theirs = bench.compare(["regions"], ["regions"])
    report.ratio("regions", ours.seconds, theirs.seconds, 1.1)
    for line in ("quotes -r h", "show ", f"show {ids[most][:3]}", "quotes --speaker li"):
        in_most, in_few = (_tab(line, bench.files[size]) for size in (most, few))
        ours, theirs = bench.pair(in_most, in_few)
        report.ratio(f"TAB after: {line}", ours.seconds, theirs.seconds, 1.1)
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


def building(bench: Bench, report: Report) -> None:
    """Compare the making of an index with what tomli alone takes to read the file."""
    most = bench.sizes[-1]
    tomli = [sys.executable, "-c", TOMLI, str(bench.files[most])]
    ours, theirs = bench.pair(
        partial(bench.rebuild, most, "stats", "--count"), partial(run, tomli), pairs=3
    )
    # By the clock in any case: several processes share the work, so that nobody waits for it.
    report.ratio("making the index, against tomli alone", ours.clock, theirs.clock, 1.6)
    report.line("... and its memory", f"{ours.peak / MIB:.0f} MiB", f"{theirs.peak / MIB:.0f} MiB",
                ours.peak / theirs.peak, 1.5, "<=")  # fmt: skip
    files = collection.write(bench.folder / "ten", most, 10)
    count = [EXPOFACTS, "stats", "--count", "--facts", str(files[0].parent)]

    def changed() -> Run:
        with files[4].open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        return run(count)

    def all_ten() -> Run:
        shutil.rmtree(bench.folder / "cache", ignore_errors=True)
        return run(count)

    theirs, ours = bench.pair(all_ten, changed, pairs=3)
    report.ratio("one of ten files changed, against all", ours.clock, theirs.clock, 0.25)
    for size in bench.sizes:
        run(bench.command(size, "stats", "--count"))


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
    parser.add_argument("--pairs", type=int, default=9, help="pairs of runs for each comparison")
    parser.add_argument("--cpu", action="store_true", help="the processor's time, if it is busy")
    options = parser.parse_args()
    if options.cpu:
        count_processor_time()
    sizes = sorted(map(int, options.sizes.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        bench, report = Bench(Path(folder), sizes, options.pairs), Report()
        heads = ("", "ours", "theirs", "figure")
        print("{:<50}{:>13}{:>13}{:>10}  bound".format(*heads))
        for part in (warm, memory, output, building):
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
