"""Collections of several sizes, commands over them, and figures beside their bounds."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import collection
from measure import Run, middle, run

EXPOFACTS = str(Path(sys.executable).with_name("expofacts"))

MILLION = 1_000_000

# What a search is to find at most.
MATCHES = 10_000


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
        self.facts = {size: self.written(f"{size}", size) for size in sizes}
        os.environ |= {"EXPOFACTS_CACHE_DIR": str(folder / "cache"), "COLUMNS": "100"}
        for size in sizes:
            run(self.command(size, "stats", "--count"))

    def command(self, size: int, *arguments: str) -> list[str]:
        """Return a command line over the collection of a size."""
        return [EXPOFACTS, *arguments, "--facts", str(self.facts[size])]

    def written(self, name: str, facts: int, files: int | None = None) -> Path:
        """Return a new folder with a collection in it."""
        collection.write(self.folder / name, facts, files)
        return self.folder / name

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
        """The size that the largest is compared with: a million with a tenth of it."""
        few = 100_000 if self.sizes[-1] == MILLION else 1000
        return few if few in self.sizes else self.sizes[0]

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

    def anew(self, command: Sequence[str]) -> Run:
        """Return what a command takes that has to make the index first."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return run(command)
