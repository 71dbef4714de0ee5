"""Bars: whole charts at the widths that terminals have, and the laws of their lengths."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from expofacts.view.chart import bars
from tests.conftest import Result

FOLDER = Path(__file__).parent / "data" / "timeline"
FACTS = str(FOLDER / "facts.toml")
CHARTS = {"crossings": ["--indicator", "linde-crossings"], "balance": ["--unit", "million USD"]}


@pytest.mark.parametrize("expected", sorted(FOLDER.glob("chart-*.txt")), ids=lambda path: path.stem)
def test_the_whole_chart(
    expected: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, chart, width = expected.stem.split("-")
    if width != "pipe":
        monkeypatch.setenv("COLUMNS", width)
    result = run("stats", "--chart", *CHARTS[chart], "--facts", FACTS)
    assert (result.out, result.err) == (expected.read_text("utf-8"), "")
    if width == "pipe":
        assert result.out.replace("─", "-").replace("–", "-").isascii()
    else:
        assert max(map(cell_len, result.out.splitlines())) <= int(width)


@pytest.mark.parametrize("width", range(20, 130, 9))
def test_no_width_drops_a_figure_or_its_source(
    width: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("stats", "--chart", *CHARTS["crossings"], "--facts", FACTS).out
    words = out.split()
    for word in ("100,000", "107,061.50", "31,000", "40,000", "Courier,", "Almanac,", "Herald,"):
        assert word in words
    assert max(map(cell_len, out.splitlines())) <= width


def test_figures_in_several_units_have_no_chart(run: Callable[..., Result]) -> None:
    assert run("stats", "--chart", "--facts", FACTS) == (
        2,
        "",
        "expofacts: figures are in crossings, million USD: add --unit or --indicator\n",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-f", "json"], "leave it or --format out"),
        (["--fields", "value"], "leave it or --fields out"),
        (["-f", "xml"], "unknown format"),
        (["--sort", "valu"], "did you mean value"),
        (["--unit", "crossing"], "did you mean crossings"),
    ],
)
def test_what_a_chart_has_not_ends_with_2(
    options: list[str], message: str, run: Callable[..., Result]
) -> None:
    unit = () if "--unit" in options else ("--unit", "crossings")
    result = run("stats", "--chart", *unit, *options, "--facts", FACTS)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("options", "figures"),
    [
        ([], "40,000 100,000 107,061.50 31,000 0"),
        (["--reverse"], "0 31,000 107,061.50 100,000 40,000"),
        (["--sort", "value"], "0 31,000 40,000 100,000 107,061.50"),
        (["--sort", "value", "--reverse", "-n", "2"], "107,061.50 100,000"),
        (["-n", "2"], "40,000 100,000"),
        (["--as-of", "2019-06-18"], "40,000 100,000 0"),
        (["--period", "2020"], "31,000"),
        (["--source", "Tarn Courier", "--since", "2019"], "100,000"),
    ],
    ids=str,
)
def test_a_chart_takes_all_filters_and_orders(
    options: list[str], figures: str, run: Callable[..., Result]
) -> None:
    out = run("stats", "--chart", *CHARTS["crossings"], *options, "--facts", FACTS).out
    found = [
        line.partition(" crossings")[0].split()[-1] for line in out.splitlines() if "|" in line
    ]
    assert found == figures.split()


def test_nothing_and_a_number(run: Callable[..., Result]) -> None:
    asked = ("stats", "--chart", "--facts", FACTS, "--as-of", "1900")
    assert run(*asked) == (1, "", "expofacts: no figures found\n")
    assert run("stats", "--chart", "--facts", FACTS, "--count").out == "7\n"


def test_a_text_of_a_fact_file_never_acts_on_a_terminal(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(
        '[[statistics]]\nid = "s"\nindicator = "i"\nname = "[red]\\u001b[31m"\nvalue = 1\n'
        'unit = "m\\u001b:x:"\nscope = "\\u202e"\n'
    )
    out = run("stats", "--chart", "--facts", path).out
    assert "1 m␛:x:" in out
    assert "[red]␛[31m" in out
    assert "<U+202E>" in out
    assert "\x1b" not in out


def figure(value: Any, qualifier: str | None = None) -> dict[str, Any]:
    empty = dict.fromkeys(("period", "scope", "counted_by", "published"))
    texts = {"indicator": "i", "name": "N", "unit": "u", "publisher": "P", "source": "s"}
    return {**empty, **texts, "as_of": "2019", "value": value, "qualifier": qualifier}


def drawn(*figures: dict[str, Any], width: int | None = 200) -> list[str]:
    (bar,) = (column for column in bars(figures, width)[0] if not column.header)
    return [bar.cell(row, {})[0].text.replace("\u00a0", " ") for row in figures]


@pytest.mark.parametrize(
    ("figures", "on_a_terminal", "in_a_pipe"),
    [
        ([figure(0)], ["│"], ["|"]),
        ([figure(0), figure(4)], ["│", "│" + "█" * 40], ["|", "|" + "#" * 40]),
        ([figure(0, "more than")], ["│►"], ["|>"]),
        ([figure(4, "at least")], ["│" + "█" * 40 + "►"], ["|" + "#" * 40 + ">"]),
        ([figure(4, "at most")], ["│" + "█" * 40 + "◄"], ["|" + "#" * 40 + "<"]),
        (
            [figure(-1, "less than"), figure(3, "about")],
            ["◄" + "█" * 10 + "│", " " * 11 + "│" + "█" * 30 + "≈"],
            ["<" + "#" * 10 + "|", " " * 11 + "|" + "#" * 30 + "~"],
        ),
        ([figure(-3), figure(-1)], ["█" * 40 + "│", " " * 27 + "█" * 13 + "│"],
         ["#" * 40 + "|", " " * 27 + "#" * 13 + "|"]),
        # In eighths of a column; what is not 0 is seen, however little it is.
        (
            [figure(320), figure(9), figure(8), figure(7), figure(Decimal("1e-30"))],
            ["│" + "█" * 40, "│█▏", "│█", "│▉", "│▏"],
            ["|" + "#" * 40, "|#", "|#", "|#", "|#"],
        ),
        (
            [figure(10**30 - 1), figure(-1)],
            [" │" + "█" * 39 + "▉", "█│"],
            [" |" + "#" * 39, "#|"],
        ),
    ],
)  # fmt: skip
def test_how_a_bar_is_drawn(
    figures: list[dict[str, Any]], on_a_terminal: list[str], in_a_pipe: list[str]
) -> None:
    assert drawn(*figures) == on_a_terminal
    assert drawn(*figures, width=None) == in_a_pipe


def length(bar: str) -> int:
    """Return how long a bar is, in eighths, to the left of the line less than nothing."""
    left, _, right = bar.replace("#", "█").replace("|", "│").partition("│")
    eighths = [" ▏▎▍▌▋▊▉█".index(sign) for sign in right if sign in "▏▎▍▌▋▊▉█"]
    return sum(eighths) - 8 * left.count("█")


NUMBERS = st.one_of(
    st.integers(-(10**30) + 1, 10**30 - 1),
    st.integers(-20, 20),
    st.decimals(-1000, 1000, places=4),
)


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.sampled_from([None, 20, 40, 60, 80, 120]))
@settings(deadline=None, max_examples=150)
def test_bars_are_as_the_values(values: list[Any], width: int | None) -> None:
    ordered = sorted(values)
    lengths = [length(bar) for bar in drawn(*map(figure, ordered), width=width)]
    assert lengths == sorted(lengths)
    for value, of_it in zip(ordered, lengths, strict=True):
        assert (of_it > 0) == (value > 0)
        assert (of_it < 0) == (value < 0)
    longest = {len(bar) for bar in drawn(*map(figure, ordered), width=width)}
    assert max(longest) <= 42
