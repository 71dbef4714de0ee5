"""The commands: what they print, and how they end."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

TABLES = str(Path(__file__).parent / "data" / "tables" / "facts.toml")
LISTINGS = ("quotes", "stats", "infrastructure", "mechanisms")
KINDS = ("quotes", "statistics", "infrastructure", "mechanisms")
ENTRIES = ("regions", "sources", "topics", "speakers")
FORMATS = ("json", "jsonl", "csv", "tsv", "markdown")

RECORD = "regions topics as_of source publisher published url paragraph stated note"
FIELDS = {
    "quotes": "kind id speaker collective role organization occasion speech text context original",
    "stats": "kind id indicator name value unit qualifier rounded_to period scope counted_by"
    " project",
    "infrastructure": "kind id project name mode connects status happened expected expected_status",
    "mechanisms": "kind id name partners purpose",
}


@pytest.mark.parametrize("command", LISTINGS)
def test_a_record_has_all_fields_in_their_order_in_every_format(
    command: str, run: Callable[..., Result]
) -> None:
    fields = f"{FIELDS[command]} {RECORD}".split()
    outputs = {format_: run(command, "-f", format_).out for format_ in FORMATS}
    records = json.loads(outputs["json"])
    assert [list(record) for record in records] == [fields] * len(records)
    assert [json.loads(line) for line in outputs["jsonl"].splitlines()] == records
    rows = list(csv.reader(io.StringIO(outputs["csv"], newline="")))
    assert rows[0] == fields
    assert rows == [line.split("\t") for line in outputs["tsv"].splitlines()]
    assert outputs["markdown"].count("\n") == len(rows) + 1
    for record, row in zip(records, rows[1:], strict=True):
        for given, cell in zip(record.values(), row, strict=True):
            if isinstance(given, list):
                assert cell == "; ".join(given)
            else:
                assert cell == ("" if given is None else str(given).replace("True", "true"))
    help_ = run(command, "--fields", "help").out
    assert [line.split()[0] for line in help_.splitlines()] == fields


def test_numbers_have_every_digit(write: Callable[..., str], run: Callable[..., Result]) -> None:
    numbers = ("123456789012345678901234567890", "-7", "24.80", "0.000001", "1e3", "100_000")
    path = write(
        "".join(
            f'[[statistics]]\nid = "s-{n}"\nindicator = "i"\nname = "N"\nunit = "u"\nvalue = {v}\n'
            for n, v in enumerate(numbers)
        )
    )
    printed = ["123456789012345678901234567890", "-7", "24.80", "0.000001", "1000", "100000"]
    out = run("stats", "--facts", path, "-f", "json").out
    for number in printed:
        assert f'"value":{number},' in out
    assert run("stats", "--facts", path, "-f", "tsv", "--fields", "value").out.split() == [
        "value", *printed,
    ]  # fmt: skip
    picked = run("stats", "--facts", path, "-f", "jsonl", "--fields", "value").out
    assert picked == "".join(f'{{"value":{number}}}\n' for number in printed)


@pytest.mark.parametrize(("command", "count"), [("quotes", 12), ("stats", 7), ("infra", 3)])
def test_count_is_a_number_alone(command: str, count: int, run: Callable[..., Result]) -> None:
    assert run(command, "--count", "-s", "xinhua-2019-06-18") == (0, f"{count}\n", "")


def test_a_count_of_nothing_is_printed_and_ends_with_1(run: Callable[..., Result]) -> None:
    assert run("quotes", "-r", "iran", "--count") == (1, "0\n", "")


EMPTY = {
    "table": "",
    "json": "[]\n",
    "jsonl": "",
    "csv": "id,text\r\n",
    "tsv": "id\ttext\n",
    "markdown": "| id | text |\n| --- | --- |\n",
}


@pytest.mark.parametrize("format_", EMPTY)
def test_nothing_found_is_said_and_what_is_printed_is_still_well_formed(
    format_: str, run: Callable[..., Result]
) -> None:
    result = run("quotes", "-r", "iran", "-f", format_, "--fields", "id,text")
    assert result.code == 1
    assert result.out.replace("\r\n", "\n") == EMPTY[format_].replace("\r\n", "\n")
    assert result.err == "expofacts: no quotes found\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["quotes", "--region", "sichaun"], 'unknown region "sichaun"; did you mean sichuan?'),
        (["quotes", "--region", "Сычуан"], 'unknown region "Сычуан"; did you mean sichuan?'),
        (["quotes", "--speaker", "Li Yunz"], 'unknown speaker "Li Yunz"; did you mean Li Yunze?'),
        (["quotes", "--topic", "logistic"], 'unknown topic "logistic"; did you mean logistics?'),
        (["quotes", "--speech", "indirekt"], "did you mean indirect"),
        (["infra", "--status", "opened"], 'unknown status "opened"; did you mean open?'),
        (["stats", "--indicator", "china-trade"], "did you mean china-russia-trade"),
        (
            ["quotes", "--between", "sichuan", "rusia"],
            'unknown region "rusia"; did you mean russia',
        ),
        (["quotes", "-f", "jsn"], 'unknown format "jsn"; did you mean json'),
        (["quotes", "-f", "xyz"], "there is table, json, jsonl, csv, tsv, markdown"),
        (["quotes", "--fields", "id,txt"], 'unknown field "txt"; did you mean text?'),
        (
            ["quotes", "--sort", "speeker"],
            'unknown field "speeker"; did you mean speaker?',
        ),
        (
            ["show", "li-yunze-logistik"],
            'unknown id "li-yunze-logistik"; did you mean li-yunze-log',
        ),
        (["show", "logistics"], 'unknown id "logistics"'),
        (
            ["show", "sichuan", "--fields", "nam"],
            'unknown field "nam"; did you mean name?',
        ),
        (["quotes", "--since", "June"], '--since: "June" is not a date; write 2019-06-18'),
        (["quotes", "--until", "2019-02-30"], "is not in the calendar"),
        (["stats", "--period", "2019/2018"], "ends before it begins"),
        (["quotes", "--count", "--sort", "speeker"], 'unknown field "speeker"; did you mean speak'),
        (["stats", "--period", "foo"], "write 2018, 2018-Q1, 2018-06 or 2018-01/2018-08"),
        (["quotse"], 'unknown command "quotse"; did you mean quotes?'),
        (["xyz"], 'unknown command "xyz"; there is quotes, '),
        (["quotes", "--regoin", "x"], "--region"),
        (["quotes", "-n", "0"], "see expofacts quotes --help"),
        (["show"], "see expofacts show --help"),
        (["quotes", "--between", "china"], "requires 2 arguments. (see expofacts quotes --help)"),
        (["infra", "-r"], "requires an argument. (see expofacts infra --help)"),
        (["search", "trains", "--limit"], "requires an argument. (see expofacts search --help)"),
        (["show", "x", "--web=yes"], "does not take a value. (see expofacts show --help)"),
        (["cite", "x", "--style"], "see expofacts cite --help"),
        (["--nonsense"], "see expofacts --help"),
        (["--version=3"], "see expofacts --help"),
    ],
)
def test_wrong_usage_names_the_nearest_right_word(
    arguments: list[str], said: str, run: Callable[..., Result]
) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("expofacts: ")
    assert said in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ["quotes"],
        ["quotes", "--count"],
        ["regions", "-f", "csv"],
        ["search", "bridge"],
        ["show", "heihe"],
        ["show", "heihe", "--web"],
        ["timeline"],
        ["conflicts"],
        ["verify"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ("", ""),
        (" ", ""),
        (",", ""),
        ("id,", ' next to a comma in "id,"'),
        (",id", ' next to a comma in ",id"'),
        ("id, ,kind", ' next to a comma in "id, ,kind"'),
    ],
)
def test_fields_without_a_name_are_wrong_usage(
    command: list[str], fields: str, where: str, run: Callable[..., Result]
) -> None:
    said = f"expofacts: --fields: no field is named{where}; --fields help lists them\n"
    assert run(*command, "--fields", fields) == (2, "", said)


def test_a_state_that_nothing_is_in_is_an_answer_and_no_mistake(run: Callable[..., Result]) -> None:
    result = run("infrastructure", "--status", "cancelled", "-f", "json")
    assert result == (1, "[]\n", "expofacts: no infrastructure entries found\n")


def test_a_file_that_is_not_valid_is_refused_with_every_problem(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write('[[quotes]]\nid = "a b"\nspeeker = "X"\nspeech = "direct"\ntext = "t"\n')
    result = run("stats", "--facts", path)
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        f'{path}:6:1: E112 missing key "speaker"\n'
        f'{path}:7:6: E116 "id" must be a slug: a-z, 0-9 and single hyphens between them\n'
        f'{path}:8:1: E111 unknown key "speeker"; did you mean speaker?\n'
        "expofacts: 3 problems in the fact files; nothing of them was used\n"
    )


@pytest.mark.parametrize("option", ["--facts", "environment"])
def test_a_file_that_is_not_there(
    option: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPOFACTS_FACTS", "not-there.toml")
    result = run("stats", *(["--facts", "not-there.toml"] if option == "--facts" else []))
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("not-there.toml: E101 cannot be read: No such file or directory\n")


def test_every_id_can_be_shown_in_every_format(run: Callable[..., Result]) -> None:
    for facts, formats in ([], []), (["--facts", TABLES], FORMATS[1:]):
        for command in (*LISTINGS, "regions", "sources"):
            for record in json.loads(run(command, *facts, "-f", "json").out):
                assert json.loads(run("show", record["id"], *facts, "-f", "json").out) == record
                shown = run("show", record["id"], *facts)
                assert shown.code == 0
                assert record["id"] in shown.out
                for format_ in formats:
                    assert run("show", record["id"], *facts, "-f", format_).code == 0


def test_show_has_every_field_that_the_record_has(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    quote = run("show", "qin-enting-joined-hands").out
    for words in (
        "Qin Enting",
        "“joined hands in strengthening infrastructure connectivity",
        "Heihe and Blagoveshchensk have",
        "Heihe (in Heilongjiang, Northeast China, China)",
        "Blagoveshchensk (in Amur Oblast, Russian Far East, Russia)",
        "18 June 2019",
        "China Focus: China-Russia Expo highlights",
        "http://",
    ):
        assert words in quote
    figure = run("show", "china-russia-trade-2018-xinhua").out
    assert "more than 100 billion USD" in figure
    assert "100,000,000,000" in figure
    assert re.search(r"^Rounded to +1 billion$", figure, re.MULTILINE)


def test_show_of_chosen_fields_shows_them_as_they_are(run: Callable[..., Result]) -> None:
    shown = run("show", "river-trade-2020", "--facts", TABLES, "--fields", "value,regions,note,id")
    assert (shown.code, shown.err) == (0, "")
    assert [line.rstrip() for line in shown.out.splitlines()] == [
        "value    2350000",
        "regions  norland; estmark",
        "note",
        "id       river-trade-2020",
    ]


def test_show_names_other_records_on_the_same_thing(run: Callable[..., Result]) -> None:
    out = run("show", "river-bridge-2021", "--facts", TABLES).out
    assert "See also" in out
    assert "completed April 2022" in out
    assert "river-bridge-2022" in out
    quote = run("show", "li-yunze-exports").out
    assert "li-yunze-logistics" in quote
    assert "chen-guangjun" not in quote


def test_a_region_within_several_is_shown_by_way_of_each(run: Callable[..., Result]) -> None:
    out = " ".join(run("show", "li-yunze-logistics").out.split())
    assert "Sichuan (in Southwestern China, Western China, China; in Yangtze River regions," in out


def test_show_takes_a_region_by_any_of_its_names(run: Callable[..., Result]) -> None:
    assert (
        run("show", "四川").out == run("show", "Sichuan Province").out == run("show", "sichuan").out
    )


def test_unnamed_groups_of_one_name_are_not_one_speaker(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    quote = '[[quotes]]\nid = "{0}"\nspeaker = "officials"\ncollective = true\nspeech = "direct"\n'
    path = write("".join(f'{quote.format(id_)}text = "t"\n' for id_ in ("one", "two")))
    assert "See also" not in run("show", "one", "--facts", path).out


def test_show_opens_the_source_in_a_browser(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) is None)
    assert run("show", "anna-berg-bridge", "--web", "--facts", TABLES) == (0, "", "")
    assert opened == ["https://gazette.example/two-towns"]
    result = run("show", "pavel-orlov-ferry", "--web", "--facts", TABLES)
    assert (result.code, result.out) == (1, "")
    assert "has no url" in result.err
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    result = run("show", "anna-berg-bridge", "--web", "--facts", TABLES)
    assert result.code == 1
    assert "https://gazette.example/two-towns" in result.err


@pytest.mark.parametrize("command", ENTRIES)
def test_what_can_be_filtered_by_is_listed_with_counts_that_filters_agree_with(
    command: str, run: Callable[..., Result]
) -> None:
    option = f"--{command.removesuffix('s')}"
    for record in json.loads(run(command, "--facts", TABLES, "-f", "json").out):
        name = record.get("id") or record.get("topic") or record["speaker"]
        for kind, listing in zip(KINDS, LISTINGS, strict=True):
            if kind in record and (option != "--speaker" or listing == "quotes"):
                counted = run(listing, option, name, "--facts", TABLES, "--count").out
                assert int(counted) == record[kind], (name, kind)


def test_sort_reverse_and_limit(run: Callable[..., Result]) -> None:
    def ids(*arguments: str) -> list[str]:
        of_report = ("-s", "xinhua-2019-06-18", "-f", "tsv", "--fields", "id")
        return run("stats", *of_report, *arguments).out.split()[1:]

    by_value = ids("--sort", "value")
    assert by_value[0] == "china-largest-partner-xinhua"
    assert by_value[-1] == "china-russia-trade-2018-xinhua"
    assert ids("--sort", "value", "--reverse") == by_value[::-1]
    assert ids("--sort", "value", "-n", "2") == by_value[:2]
    assert ids("--reverse") == ids()[::-1]


def test_path_says_which_files_and_which_index_are_in_use(
    run: Callable[..., Result], environment: Path, write: Callable[..., str]
) -> None:
    path = write("[[topics]]\n")
    facts, index, cache = json.loads(run("path", "--facts", path, "-f", "json").out)
    assert facts == {"what": "facts", "path": path, "state": "read"}
    assert index["path"].startswith(str(environment))
    assert index["state"] == "to be made"
    assert cache == {"what": "cache", "path": str(environment), "state": "0 indexes, 0.0 MB"}
    path = write("")
    run("quotes", "--facts", path)
    _, index, _ = json.loads(run("path", "--facts", path, "-f", "json").out)
    assert index["state"] == "fresh"
    assert Path(index["path"]).exists()
    assert "fresh" in run("path", "--facts", path).out


def test_the_environment_names_the_facts_and_the_option_goes_before_it(
    run: Callable[..., Result], write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = (
        '[[quotes]]\nid = "{0}"\nspeaker = "S"\nspeech = "direct"\ntext = "t"\nsource = "source"\n'
    )
    one = write(quote.format("one"), "one.toml")
    two = write("format = 1\n" + quote.format("two"), "two.toml", bare=True)
    monkeypatch.setenv("EXPOFACTS_FACTS", f"{one}:{two}")
    listed = ["quotes", "-f", "tsv", "--fields", "id"]
    assert run(*listed).out.split() == ["id", "one", "two"]
    assert run(*listed, "--facts", one).out.split() == ["id", "one"]
    monkeypatch.setenv("EXPOFACTS_FACTS", "")
    assert len(run(*listed).out.split()) > 10


def test_version(run: Callable[..., Result]) -> None:
    from expofacts import __version__

    assert run("--version") == (0, f"expofacts {__version__}\n", "")
