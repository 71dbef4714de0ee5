"""What it takes to make an index, beside tomli alone over the same files."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import EXPOFACTS, Bench, Report
from measure import MIB, Run, run

# Each file's document is let go before the next is read.
TOMLI = """\
import sys, tomli
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir()):
    with path.open("rb") as file:
        tomli.load(file)
"""
# One core, on which expofacts reads all files itself.
ALONE = "import os, sys; os.sched_setaffinity(0, [0]); os.execv(sys.argv[1], sys.argv[1:])"


def building(bench: Bench, report: Report) -> None:
    """Compare the making of an index with tomli alone, and with what is less to do."""
    most = bench.sizes[-1]
    one, ten = bench.written("one", most, 1), bench.written("ten", most, 10)
    for name, folder, bound in (("many files", bench.facts[most], 1.6), ("one file", one, 3.0)):
        # By the clock in any case: several processes share the work, so that nobody waits for it.
        ours, theirs = bench.pair(
            partial(bench.anew, _count(folder)), partial(run, _tomli(folder)), pairs=3
        )
        report.ratio(f"index of {name}, against tomli alone", ours.clock, theirs.clock, bound)
    report.line("... and its memory", f"{ours.peak / MIB:.0f} MiB", f"{theirs.peak / MIB:.0f} MiB",
                ours.peak / theirs.peak, 1.6, "<=")  # fmt: skip
    for name, folder, bound in (("ten", ten, 0.25), ("many", bench.facts[most], 0.1)):
        changed = _changed(max(folder.iterdir()), folder)
        theirs, ours = bench.pair(partial(bench.anew, _count(folder)), changed, pairs=3)
        report.ratio(f"one of {name} files changed, against all", ours.clock, theirs.clock, bound)
    if hasattr(os, "sched_setaffinity"):
        folder = bench.written("some", 10_000, 20)
        alone = [sys.executable, "-c", ALONE, *_count(folder)]
        ours, theirs = bench.pair(
            partial(bench.anew, _count(folder)), partial(bench.anew, alone), pairs=7
        )
        report.ratio("10,000 facts in 20 files, against one core", ours.clock, theirs.clock, 1.05)
    for size in bench.sizes:
        run(bench.command(size, "stats", "--count"))


def _count(folder: Path) -> list[str]:
    return [EXPOFACTS, "stats", "--count", "--facts", str(folder)]


def _tomli(folder: Path) -> list[str]:
    return [sys.executable, "-c", TOMLI, str(folder)]


def _changed(file: Path, folder: Path) -> Callable[[], Run]:
    def change() -> Run:
        with file.open("a", encoding="utf-8") as text:
            text.write("# changed\n")
        return run(_count(folder))

    return change
