"""Tables of any size: they look as Rich would draw them, and come while they are made."""

import io
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from expofacts.facts.kinds import KINDS
from expofacts.view import layout
from expofacts.view.cells import FAINT, MARKED, Cell, Column, Line, Record
from expofacts.view.layout import GAP, measure, share, wrap
from expofacts.view.safe_text import clean
from expofacts.view.table import stack, table
from expofacts.view.words import NO_BREAK

COLOUR = {"TERM": "xterm-256color", "FORCE_COLOR": "1"}
COLUMN = {
    "Name": Column("Name", lambda record, _: record["name"]),
    "Figure": Column("Figure", lambda record, _: record["figure"], figure=True),
    "Text": Column("Text", lambda record, _: record["text"]),
}


class Terminal(io.StringIO):
    encoding = "utf-8"


def ours(columns: Sequence[Column], records: list[Record], width: int | None) -> str:
    return "".join(table(columns, lambda: records, {}, "", width=width, file=Terminal()))


def by_rich(columns: Sequence[Column], records: list[Record], width: int | None) -> str:
    """Return the table as Rich draws it: what ours has to look like."""
    rows = [
        [[line._replace(text=clean(line.text)) for line in cell] for cell in row]
        for row in ([column.cell(record, {}) for column in columns] for record in records)
    ]
    sizes = [
        measure(
            line.text for line in [Line(column.header), *(one for row in rows for one in row[n])]
        )
        for n, column in enumerate(columns)
    ]
    unbroken = [
        size._replace(least=size.natural) if column.figure else size
        for column, size in zip(columns, sizes, strict=True)
    ]
    widths = [size.natural for size in sizes]
    if width is not None:
        widths = share(unbroken, width) or share(sizes, width) or []
    drawn = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        leading=int(any(len(cell) > 1 for row in rows for cell in row)),
        header_style="bold",
    )
    for column, own in zip(columns, widths, strict=True):
        justify: Any = "right" if column.figure else "left"
        drawn.add_column(Text(column.header), width=own, justify=justify, no_wrap=True)
    for row in rows:
        drawn.add_row(*(_rich_cell(cell, own) for cell, own in zip(row, widths, strict=True)))
    console = Console(
        file=Terminal(), width=sum(widths) + GAP * len(widths) + 80, height=25,
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    console.print(drawn)
    return str(console.file.getvalue())  # type: ignore[attr-defined]  # it is a StringIO


def _rich_cell(cell: Cell, width: int) -> Text:
    lines = []
    for line in cell:
        at = 0
        for part in wrap(line.text, width):
            at = line.text.index(part, at)
            text = Text(part.replace(NO_BREAK, " "), style=line.style)
            for begin, end in line.marks:
                text.stylize(MARKED, max(begin - at, 0), max(end - at, 0))
            at += len(part)
            lines.append(text)
    return Text("\n").join(lines)


def seen(printed: str) -> list[list[tuple[str, frozenset[str]]]]:
    """Return what a terminal shows: for each line its characters, each with how it looks."""
    lines = []
    for line in printed.splitlines():
        look: set[str] = set()
        cells = []
        for codes, char in re.findall(r"\x1b\[([\d;]*)m|(.)", line):
            if char:
                # A space looks the same in bold.
                cells.append((char, frozenset(look & {"4"} if char == " " else look)))
            for code in codes.split(";") if codes else ():
                look = set() if code == "0" else look | {code}
        assert not look, "a line leaves its style on"
        while cells and cells[-1] == (" ", frozenset()):
            cells.pop()
        lines.append(cells)
    return lines


def some(number: int) -> list[Record]:
    """Return records that bring what fact files bring: scripts, marks, controls, long words."""
    texts = [
        "Trade between Heilongjiang and the Russian Far East has grown faster than expected.",
        "双方将继续扩大农产品、木材和机械设备的贸易合作。The two sides “agreed”.",
        "Стороны намерены расширять торговлю лесом, зерном и оборудованием - и не только.",
        "[red]no markup[/red] :x: \x1b[31mno\x07 control\u202e, \ttabs\nand a second line",
        f"more than{NO_BREAK}100{NO_BREAK}billion  USD,   with   spaces ",
        "averylongwordinawidecolumn e\u0301 ",
        "",
    ]
    return [
        {
            "name": [Line(f"Name {n}", "bold"), Line(f"id-{n:04}", FAINT)],
            "figure": [Line(f"{n * 1234567:,}{NO_BREAK}USD", "bold")],
            "text": [Line(texts[n % 7], marks=[(0, 5), (8, 13)] if n % 5 == 0 else ())],
        }
        for n in range(number)
    ]


@pytest.mark.parametrize("environment", [{}, COLOUR, COLOUR | {"NO_COLOR": "1"}])
@pytest.mark.parametrize("width", [70, 100, None])
@pytest.mark.parametrize("number", [1, 210])
def test_it_looks_as_rich_would_draw_it(
    number: int, width: int | None, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    columns = list(COLUMN.values())
    mine, theirs = ours(columns, some(number), width), by_rich(columns, some(number), width)
    assert seen(mine) == seen(theirs)
    if not environment:
        assert mine == re.sub(r" +$", "", theirs, flags=re.MULTILINE)
    assert ("\x1b[" in mine) == bool(environment)


CHARACTERS = "ab .,-“”%省。（Ж\u00a0\u202f\u0301\n\t\x1b"
WORDS = st.text(st.sampled_from(CHARACTERS), max_size=12)
LINES = st.tuples(WORDS, st.sampled_from(["", "bold", "dim"])).map(lambda given: Line(*given))
CELLS = st.lists(LINES, max_size=3)


@given(st.lists(st.fixed_dictionaries({"name": CELLS, "text": CELLS}), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_any_text_looks_as_rich_would_draw_it(records: list[Record]) -> None:
    columns = [COLUMN["Name"], COLUMN["Text"]]
    for width in (40, 54, None):
        theirs = by_rich(columns, records, width)
        assert ours(columns, records, width) == re.sub(r" +$", "", theirs, flags=re.MULTILINE)


def test_where_there_is_no_room_all_records_are_stacks() -> None:
    columns = list(COLUMN.values())
    rows = [
        [(column.header, column.cell(record, {})) for column in columns] for record in some(230)
    ]
    stacks = [stack(row, width=20, file=Terminal()) for row in rows]
    assert ours(columns, some(230), 20) == "\n".join(stacks)


@given(st.text(st.sampled_from(CHARACTERS.replace("\x1b", "Œ")), max_size=60), st.integers(2, 30))
def test_simple_texts_are_measured_and_broken_as_all_others(text: str, width: int) -> None:
    quick = measure([text, "a b"], [2, 0]), wrap(text, width)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(layout, "_is_simple", lambda text: False)
        layout._extent.cache_clear()
        assert quick == (measure([text, "a b"], [2, 0]), wrap(text, width))


def test_the_first_rows_do_not_wait_for_the_last() -> None:
    drawn = 0

    def cell(record: Record, _: object) -> Cell:
        nonlocal drawn
        drawn += 1
        return [Line(str(record["n"]))]

    records = [{"n": n} for n in range(5000)]
    pieces = table([Column("N", cell)], lambda: records, {}, "", width=80, file=Terminal())
    assert drawn == 5000  # measured, all of them
    first = "".join(next(pieces) for _ in range(3))
    assert "\n0\n1\n2\n" in first
    assert drawn == 5000
    whole = first + "".join(pieces)
    assert drawn == 7000  # but for those that were kept
    assert whole.split() == ["N", "────", *map(str, range(5000))]


@pytest.fixture
def many(write: Callable[..., str]) -> str:
    """Return a fact file of 1000 quotes by somebody of a very long name."""
    speaker = "S" * 20_000
    quote = '[[quotes]]\nid = "q-{}"\nspeaker = "{}"\nspeech = "direct"\ntext = "words"\n'
    return write("".join(quote.format(n, speaker if n == 5 else "S") for n in range(1000)))


@pytest.fixture
def started(
    many: str, process: Callable[..., Any]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start to print a table on a terminal that nobody reads; give the process and the terminal."""
    process("quotes", "--count", "--facts", many)  # its index is there
    terminal, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "expofacts", "quotes", "--facts", many],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | COLOUR | {"COLUMNS": "30000"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as child:
        os.close(theirs)
        yield child, terminal
        child.kill()
        os.close(terminal)


def test_ctrl_c_within_a_table_leaves_no_colour(
    started: tuple[subprocess.Popen[bytes], int],
) -> None:
    child, terminal = started
    printed = b""
    while b"SSS" not in printed:  # the name, in bold, is longer than what a terminal holds
        printed += os.read(terminal, 100)
    while _is_running(child.pid):  # until it waits for the terminal to be read
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    while True:
        try:
            printed += os.read(terminal, 65536)
        except OSError:  # the other end is closed: all is read
            break
    assert child.stderr
    assert (child.wait(60), child.stderr.read()) == (130, b"")
    assert b"q-999" not in printed
    assert re.findall(rb"\x1b\[[\d;]*m", printed)[-1] == b"\x1b[0m"


def _is_running(pid: int) -> bool:
    return (
        Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
        in "RD"
    )


def test_a_pipe_that_is_closed_early_ends_a_large_table(many: str) -> None:
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"set -o pipefail; {sys.executable} -m expofacts quotes --facts {many} | head -n 3",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Speaker")


def test_every_kind_has_columns_that_can_be_drawn_in_colour(
    process: Callable[..., Any], write: Callable[..., str]
) -> None:
    for command in (*(kind.command for kind in KINDS.values()), "regions", "sources"):
        plain = process(command, COLUMNS="100")
        coloured = process(command, COLUMNS="100", **COLOUR)
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured.out) == plain.out
        assert "\x1b[1m" in coloured.out
