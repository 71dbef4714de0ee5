"""Search: what a person remembers finds the right fact first, and nothing typed is an error."""

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.facts.folding import plain
from expofacts.index.filters import Filters
from expofacts.index.full_text import find, mark, wanted
from expofacts.index.opening import ask
from tests.conftest import Result

FACTS = """
[[regions]]
id = "sichuan"
name = "Sichuan"
level = "province"
aliases = ["四川省", "Сычуань"]

[[regions]]
id = "orlovka"
name = "Orlóvka-on-Sea"
level = "city"
aliases = ["Орловка"]

[[quotes]]
id = "ferry"
speaker = "Anna Harbour"
role = "mayor"
speech = "indirect"
text = "Trains and ships shall meet at the quay."
regions = ["orlovka"]
topics = ["transport"]
note = "Said at night."

[[quotes]]
id = "quay"
speaker = "Boris Stone"
speech = "direct"
text = "The harbour needs a longer quay for grain ships."
regions = ["sichuan"]
as_of = 2018-01-01

[[quotes]]
id = "night"
speaker = "Clara Field"
speech = "direct"
text = "Nothing to do with water."
note = "Heard in the harbour, at night. Зелёный."

[[statistics]]
id = "grain"
indicator = "grain-exports"
name = "Grain exports"
value = 12
unit = "tonnes"
scope = "by ship, café price"
regions = ["orlovka"]

[[infrastructure]]
id = "mole"
project = "north-mole"
name = "North mole"
mode = "breakwater"
connects = ["orlovka"]
status = "under construction"

[[mechanisms]]
id = "council"
name = "River council"
partners = ["sichuan"]
purpose = "talk about tariffs"
"""


@pytest.fixture
def facts(write: Callable[..., str]) -> str:
    return write(FACTS)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["train"], ["ferry"]),
        (["ship"], ["quay", "ferry", "grain"]),
        (["SHIPS", "quay"], ["quay", "ferry"]),
        (["harbour"], ["ferry", "quay", "night"]),  # a name, the text, a note
        (["orlovka"], ["mole", "grain", "ferry"]),
        (["Орловка"], ["mole", "grain", "ferry"]),
        (["ОРЛОВКА"], ["mole", "grain", "ferry"]),
        (["四川"], ["council", "quay"]),
        (["川"], ["council", "quay"]),
        (["四川省"], ["council", "quay"]),
        (["zeleny", "зеленый"], ["night"]),
        (["зелёный"], ["night"]),
        (["cafe"], ["grain"]),
        (["CAFÉ"], ["grain"]),
        (["grain-exports"], ["grain"]),
        (["north", "mole"], ["mole"]),
        (["tariff"], ["council"]),
        (["breakwater"], ["mole"]),
        (["tonnes"], ["grain"]),
        (["transport"], ["ferry"]),
        (["mayor"], ["ferry"]),
        (['"longer quay"'], ["quay"]),
        (['"quay longer"'], []),
        (["qua*"], ["quay", "ferry"]),
        (["ship", "-grain"], ["ferry"]),
        (["ship", '-"grain ships"'], ["ferry", "grain"]),
        (["-ship", "quay"], []),
    ],
)
def test_what_is_found(
    words: list[str], found: list[str], facts: str, run: Callable[..., Result]
) -> None:
    out = run("search", *words, "--facts", facts, "-f", "jsonl", "--fields", "id")
    ids = [json.loads(line)["id"] for line in out.out.splitlines()]
    assert sorted(ids) == sorted(found)


def test_a_name_counts_for_more_than_the_text_and_that_for_more_than_a_note(
    facts: str, run: Callable[..., Result]
) -> None:
    hits = json.loads(run("search", "harbour", "--facts", facts, "-f", "json").out)
    assert [hit["id"] for hit in hits] == ["ferry", "quay", "night"]
    assert [hit["matched"] for hit in hits] == [["speaker"], ["text"], ["note"]]
    assert hits[0]["score"] > hits[1]["score"] > hits[2]["score"] > 0


@pytest.mark.parametrize(
    "typed",
    ["C++", '"unbalanced', "AND", "OR quay", "NOT", "NEAR(a b)", ":", "*", "'", '"', '""', "-",
     "--", "^quay", "text:quay", "{names}:x", "(", "a" * 10_000, "a " * 5_000, "quay " * 3000,
     "'; DROP TABLE record; --", "\x00", "\x01quay\x02", "quay*ship", "**", "-*", '-"', "\u2028",
     " ".join(f"w{n}" for n in range(2_000)), "四" * 3_000, "\U0001f600"],
)  # fmt: skip
def test_nothing_typed_is_an_error_of_a_query_language(
    typed: str, facts: str, run: Callable[..., Result]
) -> None:
    result = run("search", "--facts", facts, "-f", "json", "--", typed)
    assert result.code in (0, 1)
    assert isinstance(json.loads(result.out), list)


@given(st.text(max_size=60))
def test_any_text_can_be_looked_for(text: str) -> None:
    found = ask([str(Path(__file__).parents[1] / "data" / "facts.toml")],
                lambda index: find(index, text, Filters(), 5))  # fmt: skip
    assert len(found.numbers) <= 5
    assert bool(found.numbers) == bool(found.total)


def test_words_that_no_fact_has_together_show_those_with_some(
    facts: str, run: Callable[..., Result]
) -> None:
    result = run("search", "mayor", "tariffs", "--facts", facts, "-f", "tsv", "--fields", "id")
    assert result.code == 0
    assert sorted(result.out.split()) == ["council", "ferry", "id"]
    assert result.err == "expofacts: no fact has all the words; these have some\n"


def test_no_match_suggests_words_that_do_occur(facts: str, run: Callable[..., Result]) -> None:
    result = run("search", "harbor", "--facts", facts)
    assert result == (1, "", "expofacts: no facts found; near words are harbour\n")
    assert run("search", "xyzzyx", "--facts", facts) == (1, "", "expofacts: no facts found\n")


def test_a_near_word_need_not_begin_with_its_stem(run: Callable[..., Result]) -> None:
    result = run("search", "energgy")  # the stem of energy is energi
    assert result == (1, "", "expofacts: no facts found; near words are energy\n")
    assert run("search", "railwya").err.endswith("near words are rail, railway\n")


def test_what_does_occur_but_is_filtered_or_excluded_is_no_near_word(
    facts: str, run: Callable[..., Result]
) -> None:
    nothing = Result(1, "", "expofacts: no facts found\n")
    assert run("search", "grain", "--speaker", "Clara Field", "--facts", facts) == nothing
    assert run("search", "xyzzyx", "-grain", "--facts", facts) == nothing


def test_a_limit_may_be_any_number(facts: str, run: Callable[..., Result]) -> None:
    all_ = run("search", "ship", "--facts", facts, "-n", "99")
    assert run("search", "ship", "--facts", facts, "-n", "9" * 30) == all_
    assert all_.code == 0


@pytest.mark.parametrize(("word", "left"), [("-四", 2), ("-C++", 3), ("-ü", 3)])
def test_what_begins_no_option_of_ours_may_be_excluded(
    word: str, left: int, facts: str, run: Callable[..., Result]
) -> None:
    assert run("search", "ship", word, "--facts", facts, "--count") == Result(0, f"{left}\n", "")


def test_a_score_is_shown_with_all_its_digits(facts: str, run: Callable[..., Result]) -> None:
    shown = run("search", "ship", "--facts", facts, "--fields", "score").out.split("\n")[2:-3]
    hits = json.loads(
        run("search", "ship", "--facts", facts, "-f", "json").out, parse_float=Decimal
    )
    assert [line for line in shown if line] == [f"{hit['score']:f}" for hit in hits]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["-r", "sichuan"], ["quay"]),
        (["--until", "2018"], ["quay"]),
        (["--speech", "indirect"], ["ferry"]),
        (["--indicator", "grain-exports"], ["grain"]),
        (["--topic", "transport"], ["ferry"]),
        (["--match", "longer"], ["quay"]),
        (["--speaker", "Clara Field"], []),
    ],
)
def test_every_filter_applies(
    options: list[str], found: list[str], facts: str, run: Callable[..., Result]
) -> None:
    out = run("search", "ship", "--facts", facts, "-f", "tsv", "--fields", "id", *options).out
    assert out.split() == ["id", *found]
    assert run("search", "ship", "--facts", facts, "--count", *options).out == f"{len(found)}\n"


def test_shaping(facts: str, run: Callable[..., Result]) -> None:
    def ids(*options: str) -> list[str]:
        arguments = ("search", "ship", "--facts", facts, "-f", "tsv", "--fields", "id", *options)
        return run(*arguments).out.split()[1:]

    assert ids("--sort", "id") == ["ferry", "grain", "quay"]
    assert ids("--sort", "id", "--reverse") == ["quay", "grain", "ferry"]
    assert ids("--reverse") == ids()[::-1]
    assert ids("-n", "1") == ids()[:1]
    assert ids("--sort", "speaker") == ["ferry", "quay", "grain"]
    assert ids("--sort", "speaker", "--reverse") == ["quay", "ferry", "grain"]
    assert ids("--sort", "score") == ids()[::-1]
    assert ids("--sort", "score", "--reverse") == ids()
    # Scope, then text twice; what is alike stays in the order of the search.
    assert ids("--sort", "matched") == ["grain", *(id_ for id_ in ids() if id_ != "grain")]
    assert ids("--sort", "matched", "--reverse")[-1] == "grain"
    result = run("search", "ship", "--facts", facts, "--fields", "nme")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'expofacts: unknown field "nme"; did you mean name?\n'
    assert "matched" in run("search", "ship", "--fields", "help").out


def test_the_best_twenty_are_shown_and_the_line_below_says_of_how_many(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    quote = '[[quotes]]\nid = "q-{0}"\nspeaker = "S"\nspeech = "direct"\ntext = "word {0}"\n'
    path = write("".join(quote.format(n) for n in range(30)))
    out = run("search", "word", "--facts", path).out
    assert out.endswith("20 of 30 facts from 1 source\n")
    assert len(json.loads(run("search", "word", "--facts", path, "-f", "json").out)) == 20
    everything = run("search", "word", "--facts", path, "-f", "json", "-n", "99").out
    assert len(json.loads(everything)) == 30


def test_more_hits_than_are_read_at_once_are_all_there_in_the_same_order(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    quote = '[[quotes]]\nid = "q-{0}"\nspeaker = "S"\nspeech = "direct"\ntext = "word{1}"\n'
    path = write("".join(quote.format(n, " and more" * (n % 7)) for n in range(1_200)))
    hits = json.loads(run("search", "word", "--facts", path, "-f", "json", "-n", "9999").out)
    scores = [hit["score"] for hit in hits]
    assert len({hit["id"] for hit in hits}) == 1_200
    assert scores == sorted(scores, reverse=True)
    assert {tuple(hit["matched"]) for hit in hits} == {("text",)}
    ids = [hit["id"] for hit in hits]
    lines = run(
        "search", "word", "--facts", path, "-f", "jsonl", "-n", "9999", "--fields", "id"
    ).out
    assert [json.loads(line)["id"] for line in lines.splitlines()] == ids
    table = run("search", "word", "--facts", path, "-n", "9999").out
    assert re.findall(r"q-\d+", table) == ids
    assert table.endswith("1,200 facts from 1 source\n")


def test_csv_has_the_fields_of_all_kinds_and_of_the_hit(
    facts: str, run: Callable[..., Result]
) -> None:
    out = run("search", "ship", "--facts", facts, "-f", "csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    fields = list(rows[0])
    assert fields[:3] == ["kind", "id", "speaker"]
    assert fields[-3:] == ["note", "score", "matched"]
    assert {"value", "connects", "purpose"} < set(fields)
    assert len(fields) == len(set(fields))
    assert {row["kind"] for row in rows} == {"quote", "statistic"}


def test_a_record_that_was_found_is_the_record(facts: str, run: Callable[..., Result]) -> None:
    (hit,) = json.loads(run("search", "tonnes", "--facts", facts, "-f", "json").out)
    record = json.loads(run("show", "grain", "--facts", facts, "-f", "json").out)
    assert {name: hit[name] for name in record} == record
    assert set(hit) - set(record) == {"score", "matched"}


def test_the_table_says_where_the_words_are(
    facts: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    out = run("search", "harbour", "quay", "--facts", facts).out
    assert "\x1b[1;4mharbour\x1b[0m" in out
    assert "\x1b[1;4mquay\x1b[0m" in out
    monkeypatch.delenv("FORCE_COLOR")
    plain_out = run("search", "harbour", "quay", "--facts", facts).out
    assert "“The harbour needs a longer quay for grain ships.”" in plain_out
    assert "matches in speaker, text" in plain_out


@given(st.text(alphabet="aé川 -ё“b\n", max_size=30), st.sampled_from(["a", "川", "e", "b"]))
def test_marks_are_where_the_word_is(text: str, word: str) -> None:
    (spans,) = mark(wanted(word).any, [text])
    for begin, end in spans:
        assert 0 <= begin < end <= len(text)
        assert plain(text[begin:end]).replace(" ", "").startswith(plain(word))
    found = word in "".join(plain(text).replace("\n", " ").split(" ")) and word == "川"
    assert not found or spans
