"""A million facts in 2,000 files: what takes seconds there, and how much memory."""

from bench import MILLION, Bench, Report
from measure import MIB, Run, middle, run

# Seconds and MiB at most.
BOUNDS = {
    ("search", "timber", "-n", "20"): (0.4, 100),
    ("conflicts", "--count"): (10, 100),
    ("conflicts", "-n", "20"): (10, 100),
    ("timeline", "--count"): (10, 100),
    ("timeline", "-n", "20"): (10, 100),
    ("timeline",): (40, 100),
    ("timeline", "-f", "jsonl"): (40, 100),
}


def million(bench: Bench, report: Report) -> None:
    """Hold the making of the index, and the commands that look at all facts, to their bounds."""
    made = bench.anew(bench.command(MILLION, "stats", "--count"))
    _lines(report, "making the index", made, 90, 400)
    for command, (seconds, memory) in BOUNDS.items():
        taken = middle([run(bench.command(MILLION, *command)) for _ in range(3)])
        _lines(report, " ".join(command), taken, seconds, memory)


def _lines(report: Report, name: str, taken: Run, seconds: float, memory: float) -> None:
    report.line(f"{name}, in s", f"{taken.clock:.2f} s", "", taken.clock, seconds, "<=")
    report.line("... and MiB", f"{taken.peak / MIB:.0f} MiB", "", taken.peak / MIB, memory, "<=")
