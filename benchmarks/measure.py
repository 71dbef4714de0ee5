"""What a command takes, as a whole process: time, time to its first output, memory."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

MIB = 2**20

# A process begins with the memory of the one that starts it in its books. So commands are started
# by a small one, of some 9 MiB, which nothing that is measured here is smaller than but for rg.
_STARTER = """\
import os, select, sys, time
ours, theirs = os.pipe()
os.set_inheritable(theirs, False)
void = os.open(os.devnull, os.O_RDWR)
actions = [(os.POSIX_SPAWN_DUP2, theirs, 1), (os.POSIX_SPAWN_DUP2, void, 2)]
start, first, others = time.perf_counter(), 0, {}
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
os.close(theirs)

def watch(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            below = file.read().split()
        for one in below:
            with open(f"/proc/{one}/status") as file:
                high = file.read().partition("VmHWM:")[2].split()
            # One that is ending has nothing any more.
            others[one] = max(others.get(one, 0), int(high[0]) if high else 0)
            watch(one)
    except OSError:
        pass  # it has ended, or the system does not tell

# What a command starts may be gone when it prints, so it is looked for all the time.
while True:
    ready, _, _ = select.select([ours], [], [], 0.02)
    watch(child)
    if ready:
        if not os.read(ours, 1 << 20):
            break
        first = first or time.perf_counter() - start
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
peak = usage.ru_maxrss * unit + sum(others.values()) * 1024
busy = usage.ru_utime + usage.ru_stime
print(os.waitstatus_to_exitcode(status), seconds, busy, first or seconds, peak)
"""


class Run(NamedTuple):
    """What a run of a command took: seconds in all, until it printed something, and bytes.

    The `clock` has the seconds that passed, whatever `seconds` are of.
    The bytes are the highest resident set of the process, and of each that it starts, added up.
    """

    seconds: float
    clock: float
    first: float
    peak: int


def count_processor_time() -> None:
    """Take the processor's time for the seconds from now on: the others' share is not ours."""
    global _busy
    _busy = True


_busy = False


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end, whatever it prints, and return what it took."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _STARTER, *command],
        capture_output=True,
        text=True,
        env=os.environ | (environment or {}),
        check=True,
    )
    code, seconds, busy, first, peak = done.stdout.split()
    if code not in ("0", "1", "2"):  # found, not found, and a word that it does not know
        raise SystemExit(f"{' '.join(command)} failed: {code}")
    return Run(float(busy if _busy else seconds), float(seconds), float(first), int(peak))


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of some runs."""
    columns = (sorted(column)[len(runs) // 2] for column in zip(*runs, strict=True))
    return Run(*columns)  # type: ignore[arg-type]  # the last one is of whole numbers
