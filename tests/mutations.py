"""Fact files that were valid until chance changed them, and a process that reads many of them.

As a program, `mutations.py FOLDER FIRST LAST` looks up and checks one file for each seed, in one
process, and prints a line for each that ended badly, and at the end the peak of its memory.
"""

import io
import random
import re
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASES = [
    path.read_bytes()
    for path in (
        *sorted((ROOT / "tests" / "data" / "valid").glob("*.toml")),
        *sorted((ROOT / "tests" / "data" / "warnings").glob("*.toml")),
        ROOT / "data" / "facts.toml",
    )
]

COMMANDS = [
    ["quotes"], ["stats"], ["infrastructure"], ["mechanisms"], ["regions"], ["sources"],
    ["speakers"], ["quotes", "-f", "csv"], ["stats", "-f", "json"], ["search", "river"],
    ["show", "northbank"], ["infrastructure", "--latest"], ["regions", "-f", "markdown"],
]  # fmt: skip

SECONDS = 2

# Bytes that a file has at most: to point at a problem takes forty times its size.
_LARGEST = 500_000

_TOKEN = re.compile(rb"\"[^\"\n]*\"|'[^'\n]*'|[\w.:-]+|\n|[^\w\s]")
_ODD = [
    b'""', b"''", b'"""', b"'''", b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b",", b".", b"#",
    b"\n", b"\r\n", b"\r", b"\t", b"\0", b"\x7f", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b'"\\e[31m"', b'"\\u202e"', b'"\\U0010ffff"', b'"\\ud800"', b"nan", b"-inf", b"1e999999999",
    b"1" * 31, b"9" * 5000, b"0x" + b"f" * 4000, b"-0", b"1_0", b"true", b"2021-02-30", b"07:30",
    b"0000-01-01", b"9999-12-31T23:59:59.9999999Z", b'"2021-Q4/2021-Q1"', b'"within"', b'"format"',
    b"format = 2", b"[quotes]", b"[[quotes.x]]", b"a.b.c", b"[" * 3000, b"{a=" * 2000,
    b"a." * 3000 + b"a", "北\u2028".encode(), b'["northbank", "northbank"]', b"x" * 20_000,
]  # fmt: skip


def mutated(seed: int) -> bytes:
    """Return a valid file with one to four changes, the same for the same seed."""
    chance = random.Random(seed)
    source = chance.choice(BASES)
    for _ in range(chance.randint(1, 4)):
        source = chance.choice((_bytes, _tokens, _lines, _records))(chance, source)
    return source[:_LARGEST]


def _bytes(chance: random.Random, source: bytes) -> bytes:
    start = chance.randint(0, len(source))
    end = min(len(source), start + chance.choice((0, 0, 1, 1, 2, 30, 500)))
    piece = chance.choice(
        (b"", chance.randbytes(chance.randint(1, 4)), chance.choice(_ODD), source[start:end] * 2)
    )
    return source[:start] + piece + source[end:]


def _tokens(chance: random.Random, source: bytes) -> bytes:
    tokens = list(_TOKEN.finditer(source))
    if not tokens:
        return source
    one, other = chance.choice(tokens), chance.choice(tokens)
    piece = chance.choice((b"", other[0], one[0] + b" " + one[0], chance.choice(_ODD)))
    return source[: one.start()] + piece + source[one.end() :]


def _lines(chance: random.Random, source: bytes) -> bytes:
    """Change a line: gone, twice, elsewhere, or with another line's or a nested value."""
    lines = source.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.choice(lines)
    key, _, value = lines[at].partition(b" = ")
    depth = chance.choice((1, 2, 100, 1000))
    lines[at : at + 1] = chance.choice(
        (
            [],
            [lines[at]] * chance.choice((2, 500)),
            [other, lines[at]],
            [key + b" = " + other.partition(b" = ")[2]],
            [key + b" = " + b"[" * depth + value + b"]" * depth],
            [key + b" = { " + key + b" = " + value + b" }"],
        )
    )
    return b"\n".join(lines)


def _records(chance: random.Random, source: bytes) -> bytes:
    """Change a record: gone, many times, elsewhere, or in another table."""
    records = re.split(rb"(?m)^(?=\[\[)", source)
    at, other = chance.randrange(len(records)), chance.choice(records)
    header, newline, body = records[at].partition(b"\n")
    records[at : at + 1] = chance.choice(
        (
            [],
            [records[at]] * chance.choice((2, 200)),
            [other, records[at]],
            [other.partition(b"\n")[0] + newline + body],
            [header + newline + other.partition(b"\n")[2]],
            [header.replace(b"[[", b"[").replace(b"]]", b"]") + newline + body],
        )
    )
    return b"".join(records)


def ends_well(run: Callable[[], int], arguments: list[str], codes: set[int]) -> str:
    """Return how a command line ended that should not have ended so, or ""."""
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["expofacts", *arguments]
    # In seconds of the processor, so that a busy machine fails nobody.
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code: object = run()
        except BaseException:
            return traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    if code not in codes or "Traceback" in err.getvalue():
        return f"exit code {code}: {err.getvalue()[-500:]}"
    return ""


def _too_late(signal: int, frame: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s")


def main(folder: str, first: int, last: int) -> None:
    """Look up and check the files of all seeds from the first up to the last, which is left out."""
    from expofacts.cli.app import run
    from expofacts.index import renewal

    # A file that was just written need not be waited for: nobody writes it again.
    renewal._TICK_NS = 0
    signal.signal(signal.SIGPROF, _too_late)
    # What runs away meets an end, as a MemoryError or a signal.
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    path = Path(folder, "facts.toml")
    for seed in range(first, last):
        path.write_bytes(mutated(seed))
        command = COMMANDS[seed % len(COMMANDS)]
        for arguments, codes in (
            (["check", str(path)], {0, 1}),
            ([*command, "--facts", str(path)], {0, 1, 2, 3} if "show" in command else {0, 1, 3}),
        ):
            if wrong := ends_well(run, arguments, codes):
                print(f"seed {seed}: {arguments}: {wrong}", flush=True)
    print(f"peak {_peak_kib() // 1024} MiB", flush=True)


def _peak_kib() -> int:
    """Return the most memory that this process had at once."""
    status = Path("/proc/self/status")
    if status.exists():  # for on Linux rusage also has what the parent had when it forked
        return int(re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
