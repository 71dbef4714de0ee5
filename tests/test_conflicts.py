"""What the facts of a collection say of each other, and what is printed of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from expofacts.compare import contradictions
from expofacts.errors import UsageError
from expofacts.index.opening import ask
from tests.conftest import Result

FACTS = """
[[regions]]
id = "heihe"
name = "Heihe"
level = "city"

[[regions]]
id = "amur"
name = "Amur Oblast"
level = "federal subject"

[[regions]]
id = "blago"
name = "Blagoveshchensk"
level = "city"
within = ["amur"]

[[regions]]
id = "nizhne"
name = "Nizhneleninskoye"
level = "village"

[[quotes]]
id = "quote"
speaker = "Qin Enting"
speech = "indirect"
text = "Something."

[[statistics]]
id = "exact"
indicator = "trade"
name = "Trade"
value = 107.06
unit = "billion USD"
period = "2018"

[[statistics]]
id = "bound"
indicator = "trade"
name = "Trade"
value = 100_000_000_000
unit = "USD"
qualifier = "more than"
period = "2018-01/2018-12"

[[statistics]]
id = "wrong"
indicator = "trade"
name = "Trade"
value = 87_000_000_000
unit = "USD"
period = "2018"

[[statistics]]
id = "before"
indicator = "trade"
name = "Trade"
value = 87_000_000_000
unit = "USD"
period = "2017"

[[infrastructure]]
id = "right-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "blago"]
status = "open"
happened = 2022-06-10
as_of = 2023-10-11

[[infrastructure]]
id = "wide-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "amur"]
status = "under construction"

[[infrastructure]]
id = "wrong-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "nizhne"]
status = "under construction"
as_of = "2022-08"
"""


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("wrong", [("different figures", "bound"), ("different figures", "exact")]),
        ("exact", [("different figures", "wrong")]),
        ("bound", [("different figures", "wrong")]),
        ("before", []),
        (
            "wrong-end",
            [
                ("different ends", "right-end"),
                ("different ends", "wide-end"),
                ("states run backwards", "right-end"),
            ],
        ),
        ("wide-end", [("different ends", "wrong-end")]),
        ("quote", []),
        ("source", []),
        ("heihe", []),
    ],
)
def test_the_contradictions_of_a_fact(
    fact: str, expected: list[tuple[str, str]], write: Callable[..., str]
) -> None:
    found = ask([write(FACTS)], lambda index: contradictions.of_fact(index, fact))
    others = [
        (one.reason, one.right["id"] if one.left["id"] == fact else one.left["id"]) for one in found
    ]
    assert sorted(others) == expected


def test_an_unknown_fact_has_no_contradictions_but_a_suggestion(write: Callable[..., str]) -> None:
    with pytest.raises(UsageError, match="did you mean exact"):
        ask([write(FACTS)], lambda index: contradictions.of_fact(index, "exactt"))


BOOK = Path(__file__).parent / "data" / "conflicts"
SHELF = ("--facts", str(BOOK / "facts.toml"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_whole_page(
    width: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("conflicts", "--agreements", *SHELF)
    assert (result.code, result.err) == (1, "")
    assert result.out == (BOOK / f"conflicts-{width}.txt").read_text("utf-8")
    assert max(map(cell_len, result.out.splitlines())) <= width


@pytest.mark.parametrize("width", [18, 24, 33, 47, 60, 80])
def test_no_width_drops_a_word(
    width: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "".join(run("conflicts", "--agreements", *SHELF).out.split())
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = run("conflicts", "--agreements", *SHELF).out
    assert "".join(narrow.split()) == whole
    assert max(map(cell_len, narrow.splitlines())) <= width


def test_a_contradiction_as_data(run: Callable[..., Result]) -> None:
    result = run("conflicts", "--indicator", "trade", "-f", "json", "-n", "1", *SHELF)
    assert result.code == 1
    assert json.loads(result.out) == [
        {
            "kind": "contradiction",
            "subject": "trade",
            "name": "Trade of Aldova with Berland",
            "period": "2023",
            "reason": "different figures",
            "left": "trade-ribao",
            "left_says": "87 million EUR",
            "left_source": "ribao",
            "left_published": None,
            "right": "trade-courier",
            "right_says": "more than 100 million EUR",
            "right_source": "courier",
            "right_published": "2024-03-05",
        }
    ]


ENDS = [("bridge-daily", "bridge-vestnik"), ("bridge-courier", "bridge-vestnik")]
STATES = [("bridge-daily", "bridge-courier")]
DATES = [("bridge-daily", "bridge-vestnik")]
BORDER = [
    ("border-courier", "border-ribao"),
    ("border-daily", "border-vestnik"),
    ("border-daily", "border-ribao"),
    ("border-vestnik", "border-ribao"),
]
TRADE = [("trade-ribao", f"trade-{name}") for name in ("courier", "daily", "vestnik")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [*BORDER, *TRADE, *ENDS, *STATES, *DATES]),
        (["--indicator", "trade"], TRADE),
        (["--period", "2023-06"], TRADE),
        (["--period", "2022"], []),
        (["--project", "bridge"], [*ENDS, *STATES, *DATES]),
        (["--project", "ferry"], []),
        # One of the two has to match, not both.
        (["--region", "ostrow"], [*ENDS, *DATES]),
        (["--region", "aldova"], [*ENDS, *STATES, *DATES]),
        (["--between", "tarn", "ostrow"], [*ENDS, *DATES]),
        (["--source", "courier"], [BORDER[0], TRADE[0], ENDS[1], *STATES]),
        (["--source", "courier", "--indicator", "trade"], TRADE[:1]),
        (["--since", "2024-04"], [*BORDER[1:2], *BORDER[3:], *TRADE, *ENDS, *DATES]),
        (["--until", "2023"], [BORDER[0], *BORDER[2:]]),
        (["--match", "topped"], TRADE[:1]),
        # What had not been published by then contradicts nothing.
        (["--as-of", "2024-03"], [BORDER[0], BORDER[2], *STATES]),
        (["--as-of", "2024-02"], BORDER[2:3]),
        (["--as-of", "2023"], []),
    ],
)
def test_filters(
    options: list[str], expected: list[tuple[str, str]], run: Callable[..., Result]
) -> None:
    result = run("conflicts", "--fields", "left,right", "-f", "jsonl", *options, *SHELF)
    found = [tuple(json.loads(line).values()) for line in result.out.splitlines()]
    assert found == expected
    assert result.code == bool(expected)
    assert bool(result.err) is not bool(expected)
    count = run("conflicts", "--count", *options, *SHELF)
    assert (count.code, count.out) == (result.code, f"{len(expected)}\n")
    assert run("conflicts", *options, *SHELF).code == result.code


def test_agreements_and_two_counts_come_after_contradictions(run: Callable[..., Result]) -> None:
    fields = ("--fields", "kind,left,right", "-f", "csv")
    result = run("conflicts", "--indicator", "trade", "--agreements", *fields, *SHELF)
    assert result.out.split("\r\n") == [
        "kind,left,right",
        *(f"contradiction,{left},{right}" for left, right in TRADE),
        "two counts,trade-daily,trade-vestnik",
        "agreement,trade-courier,trade-daily",
        "agreement,trade-courier,trade-vestnik",
        "",
    ]


def test_two_counts_are_shown_and_are_no_contradiction(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    facts = (BOOK / "facts.toml").read_text("utf-8")
    path = tmp_path / "facts.toml"
    path.write_text(
        facts.replace("value = 87_000_000", 'value = 107_000_000\nqualifier = "about"'), "utf-8"
    )
    options = ("conflicts", "--indicator", "trade", "--facts", str(path))
    result = run(*options)
    assert result.out.splitlines()[0] == "Trade of Aldova with Berland, 2023: two counts"
    assert result.err == "expofacts: no contradictions among 4 comparable claims\n"
    assert result.code == 0
    assert run(*options, "-f", "jsonl") == (0, "", result.err)


def test_without_a_contradiction_it_says_among_how_many(run: Callable[..., Result]) -> None:
    for options in ((), ("-f", "json"), ("--agreements",)):
        result = run("conflicts", "--project", "ferry", *options, *SHELF)
        assert result.code == 0
        assert result.out == ("[]\n" if "json" in options else "")
        assert result.err == "expofacts: no contradictions among 0 comparable claims\n"


def test_a_limit_may_be_any_number(run: Callable[..., Result]) -> None:
    for options in ((), ("-f", "json")):
        assert run("conflicts", "-n", "9" * 30, *options, *SHELF) == run(
            "conflicts", *options, *SHELF
        )


def test_a_limit_is_of_disputes_in_a_table(run: Callable[..., Result]) -> None:
    whole = run("conflicts", *SHELF).out
    result = run("conflicts", "-n", "2", *SHELF)
    first, second, *_ = whole.split("\n\n\n")
    assert (
        result.out
        == f"{first}\n\n\n{second}\n\n\n11 contradictions in 5 disputes, 2 of them shown\n"
    )
    assert result.code == 1


def test_fields_of_a_table(run: Callable[..., Result]) -> None:
    result = run("conflicts", "--project", "bridge", "--fields", "reason, left", *SHELF)
    assert [line.split() for line in result.out.splitlines()[2:4]] == [
        ["different", "ends", "bridge-daily"],
        ["different", "ends", "bridge-courier"],
    ]
    assert result.out.splitlines()[-1] == "Road bridge: 4 findings"
    assert run("conflicts", "--project", "ferry", "--fields", "reason", *SHELF).out == ""


def test_fields_are_listed_and_unknown_ones_are_named(run: Callable[..., Result]) -> None:
    listed = run("conflicts", "--fields", "help", *SHELF)
    data = json.loads(run("conflicts", "-f", "json", *SHELF).out)
    assert [line.split()[0] for line in listed.out.splitlines()] == list(data[0])
    assert listed.code == 0
    unknown = run("conflicts", "--fields", "rigth", *SHELF)
    assert (unknown.code, unknown.out) == (2, "")
    assert 'unknown field "rigth"; did you mean right' in unknown.err


def test_unknown_values_are_named(run: Callable[..., Result]) -> None:
    for option, value, near in (
        ("--indicator", "trad", "trade"),
        ("--project", "brigde", "bridge"),
        ("--source", "curier", "courier"),
    ):
        result = run("conflicts", option, value, *SHELF)
        assert (result.code, result.out) == (2, "")
        assert f"did you mean {near}" in result.err


def test_the_order_of_files_and_of_records_has_no_effect(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    head, *records = re.split(r"\n(?=\[\[)", (BOOK / "facts.toml").read_text("utf-8"))
    facts = [one for one in records if re.match(r"\[\[(statistics|infrastructure)", one)]
    others = [one for one in records if one not in facts]
    outputs = set()
    for number, order in enumerate((facts, facts[::-1], facts[7:] + facts[:7])):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.toml").write_text("\n".join([head, *others, *order[:9]]), "utf-8")
        (folder / "b.toml").write_text("\n".join(["format = 1", *order[9:]]), "utf-8")
        for given in (("a", "b"), ("b", "a")):
            paths = [part for name in given for part in ("--facts", str(folder / f"{name}.toml"))]
            for format_ in ("table", "json"):
                outputs.add(run("conflicts", "--agreements", "-f", format_, *paths).out)
    assert outputs == {
        run("conflicts", "--agreements", "-f", format_, *SHELF).out for format_ in ("table", "json")
    }


def test_show_points_to_what_contradicts_a_fact(run: Callable[..., Result]) -> None:
    shown = run("show", "bridge-courier", *SHELF).out
    against = shown[shown.index("Contradicted by") :].removeprefix("Contradicted by")
    assert [line.strip() for line in against.splitlines()] == [
        "different ends:",
        "Tarn – Ostrow",
        "Вестник Миреты, 11 April 2024",
        "bridge-vestnik",
        "states run backwards:",
        "completed 20 January 2024 (as of February 2024)",
        "Linde Daily, February 2024",
        "bridge-daily",
    ]
    trade = run("show", "trade-courier", *SHELF).out
    against, also = trade[trade.index("Contradicted by") :].split("See also")
    assert [line.strip() for line in against.removeprefix("Contradicted by").splitlines()] == [
        "87 million EUR",
        "河口日报, undated, as of 2024: “贸易额为8700万欧元”",
        "trade-ribao",
    ]
    assert "trade-daily" in also
    assert "Contradicted by" not in run("show", "ferry-cars", *SHELF).out
    assert "Contradicted by" not in run("show", "trade-2022-daily", *SHELF).out
