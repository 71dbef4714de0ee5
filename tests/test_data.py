"""Records as data: every format, however many records, with every character in its place."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.json_lines import to_json
from expofacts.view.data_formats import FORMATS, pick
from expofacts.view.safe_text import clean, clean_line, value

FIELDS = ["id", "text", "value", "topics", "collective", "note"]
# Records are written 1000 at a time: the sizes around that, and nothing at all.
SIZES = [0, 1, 2, 999, 1000, 1001, 2000, 2501]

# TOML has no lone surrogates; the rest is what each format has to quote.
TEXT = st.text(
    st.one_of(st.sampled_from('",;|\t\r\n\\*_`<&\u001b\u202e'), st.characters(codec="utf-8")),
    max_size=20,
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": TEXT,
            "text": TEXT,
            "value": st.one_of(
                st.integers(-(10**30), 10**30), st.decimals(-(10**9), 10**9, places=3)
            ),
            "topics": st.lists(TEXT, max_size=3),
            "collective": st.booleans(),
            "note": st.none(),
        }
    ),
    max_size=4,
)


def some(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"id-{n}",
            "text": f"words {n}",
            "value": Decimal(f"{n}.50") if n % 2 else n,
            "topics": ["one", "two"][: n % 3],
            "collective": n % 2 == 0,
            "note": None,
        }
        for n in range(count)
    ]


def written(format_: str, records: list[dict[str, Any]], fields: list[str] = FIELDS) -> str:
    return "".join(FORMATS[format_](map(to_json, records), fields))


def rows(records: list[dict[str, Any]]) -> list[list[str]]:
    return [[value(record[name]) for name in FIELDS] for record in records]


@pytest.mark.parametrize("count", SIZES)
def test_json_is_one_array_of_all_records(count: int) -> None:
    records = some(count)
    out = written("json", records)
    assert json.loads(out, parse_float=Decimal) == records
    # A record a line, so that two versions can be compared by lines.
    assert out == ("[\n" + ",\n".join(map(to_json, records)) + "\n]\n" if records else "[]\n")


@pytest.mark.parametrize("count", SIZES)
def test_jsonl_is_a_record_a_line(count: int) -> None:
    records = some(count)
    assert written("jsonl", records) == "".join(f"{to_json(record)}\n" for record in records)


@pytest.mark.parametrize("count", SIZES)
def test_csv_is_a_header_and_a_row_for_each(count: int) -> None:
    out = written("csv", some(count))
    assert out.count("\r\n") == count + 1
    assert list(csv.reader(io.StringIO(out, newline=""))) == [FIELDS, *rows(some(count))]


@pytest.mark.parametrize("count", SIZES)
def test_tsv_is_a_header_and_a_line_for_each(count: int) -> None:
    out = written("tsv", some(count))
    assert out.endswith("\n")
    assert [line.split("\t") for line in out.splitlines()] == [FIELDS, *rows(some(count))]


@pytest.mark.parametrize("count", SIZES)
def test_markdown_is_a_table_with_a_line_for_each(count: int) -> None:
    header, rule, *body = written("markdown", some(count)).splitlines()
    assert header == "| id | text | value | topics | collective | note |"
    assert rule == "| --- | --- | --- | --- | --- | --- |"
    assert body == [f"| {' | '.join(row)} |" for row in rows(some(count))]


@given(RECORDS)
@settings(deadline=None)
def test_csv_has_every_character(records: list[dict[str, Any]]) -> None:
    out = written("csv", records)
    assert list(csv.reader(io.StringIO(out, newline=""))) == [FIELDS, *rows(records)]


@given(RECORDS)
@settings(deadline=None)
def test_csv_is_what_the_standard_library_writes(records: list[dict[str, Any]]) -> None:
    for fields in (FIELDS, ["text"], ["note"]):
        text = io.StringIO()
        texts = [[value(record[name]) for name in fields] for record in records]
        csv.writer(text).writerows([fields, *texts])
        assert written("csv", records, fields) == text.getvalue()


def test_a_score_has_its_digits_in_every_format() -> None:
    for format_ in ("csv", "tsv", "markdown"):
        assert "0.0000125" in written(format_, [{"score": 1.25e-05}], ["score"])


@given(RECORDS)
@settings(deadline=None)
def test_json_has_every_character_and_digit(records: list[dict[str, Any]]) -> None:
    assert json.loads(written("json", records), parse_float=Decimal) == records


@given(RECORDS)
@settings(deadline=None)
def test_tsv_has_as_many_lines_and_cells_as_records_and_fields(
    records: list[dict[str, Any]],
) -> None:
    lines = written("tsv", records).removesuffix("\n").split("\n")
    expected = [[clean_line(cell) for cell in row] for row in rows(records)]
    assert [line.split("\t") for line in lines] == [FIELDS, *expected]


@given(RECORDS)
@settings(deadline=None)
def test_markdown_read_as_markdown_is_the_text(records: list[dict[str, Any]]) -> None:
    lines = written("markdown", records).removesuffix("\n").split("\n")[2:]
    assert len(lines) == len(records)
    for line, row in zip(lines, rows(records), strict=True):
        # Unescaped bars alone divide cells; what is escaped is the character itself.
        cells = re.findall(r" ((?:\\.|[^\\|])*) (?=\|)", line)
        plain = [re.sub(r"\\(.)", r"\1", cell.replace("<br>", "\n")) for cell in cells]
        assert plain == [clean(cell) for cell in row]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\\\|b"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)"),
        ("<b>&amp; $x$ #1", r"\<b\>\&amp; \$x\$ \#1"),
        (":x: :+1: 10:30 a: b", r"\:x: \:+1: 10:30 a: b"),
        ("one\ntwo", "one<br>two"),
        ("\x1b[31m", r"␛\[31m"),
    ],
)
def test_nothing_is_markup_in_markdown(text: str, cell: str) -> None:
    out = written("markdown", [{"text": text}], ["text"])
    assert out.splitlines()[2] == f"| {cell} |"


def test_fields_are_picked_in_the_order_given() -> None:
    fields = ["value", "id"]
    # The pairs, for objects compare without regard to order; the digits, for 1.5 is not 1.50.
    picked = [
        json.loads(line, parse_float=str, object_pairs_hook=list)
        for line in pick(map(to_json, some(2)), fields)
    ]
    assert picked == [[("value", 0), ("id", "id-0")], [("value", "1.50"), ("id", "id-1")]]
    assert written("csv", some(2), fields) == "value,id\r\n0,id-0\r\n1.50,id-1\r\n"
    assert written("tsv", some(2), fields) == "value\tid\n0\tid-0\n1.50\tid-1\n"
    assert written("markdown", some(2), fields) == (
        "| value | id |\n| --- | --- |\n| 0 | id-0 |\n| 1.50 | id-1 |\n"
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_printed_first_does_not_wait_for_the_last_record(format_: str) -> None:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for record in some(5000):
            read += 1
            yield to_json(record)

    pieces = iter(FORMATS[format_](lines(), FIELDS))
    first = "".join(next(pieces) for _ in range(2))
    assert "id-0" in first
    assert read < 5000
