"""`check`: every problem at once, those of errors and those that are only suspicious."""

import json
import os
import pty
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts.errors import UsageError
from expofacts.facts.diagnostics import examine
from expofacts.facts.rules import RULES, chosen
from tests.conftest import Result

DATA = Path(__file__).parent / "data"
SOURCE = Path(__file__).parents[1] / "src" / "expofacts"
SUSPICIOUS = sorted((DATA / "warnings").glob("*.toml"))
INVALID = sorted((DATA / "invalid").glob("*.toml"))
CODES = [rule.code for rule in RULES]
ALL = chosen((), ())

Run = Callable[..., Result]
Write = Callable[..., str]

QUOTE = '[[quotes]]\nid = "quote"\nspeaker = "A"\nspeech = "direct"\ntext = "a"\n'
CARRIED = 'paragraph = 1\nstated = ["a"]\n'
INDIRECT = 'paragraph = 1\nstated = ["a"]\nspeech = "indirect"\n'
PARAPHRASE = f'[[quotes]]\nid = "quote"\nspeaker = "A"\n{INDIRECT}text = '


def problems(*paths: str | Path) -> list[str]:
    """Return the problems of the fact files, each with the name of its file alone."""
    text = "\n".join(map(str, examine([*map(str, paths)], ALL).problems))
    for path in paths:
        text = text.replace(f"{Path(path).parent}{os.sep}", "")
    return text.splitlines()


# What is found


@pytest.mark.parametrize("path", SUSPICIOUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_is_suspicious_is_pointed_at(path: Path, line_end: str, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", line_end.encode()))
    expected = path.with_suffix(".expected").read_text("utf-8").splitlines()
    assert expected
    assert problems(copy) == expected


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_errors_are_those_that_keep_a_file_from_being_used(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text("utf-8").splitlines()
    assert [line for line in problems(path) if not re.search(r": W\d+ ", line)] == expected


def test_every_rule_has_a_code_of_its_own_and_an_example() -> None:
    assert sorted(set(CODES)) == CODES
    assert all(re.fullmatch(r"[EW]\d{3}", code) for code in CODES)
    shown = "".join(path.read_text("utf-8") for path in DATA.glob("*/*.expected"))
    # Of a file that cannot be read there is no example among files that can.
    assert {code for code in CODES if f": {code} " not in shown} == {"E101"}


def test_every_code_is_a_rule() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    assert set(re.findall(r'"([EW]\d{3})"', code)) == set(CODES)


def test_a_file_that_is_not_toml_hides_nothing_of_the_others(write: Write) -> None:
    paths = [
        write(QUOTE + CARRIED + 'source = "sorce"\nregions = ["twon"]\ntone = "glad"\n', "a.toml"),
        write("format = 1\n[[quotes]\n", "b.toml", bare=True),
        write(f"format = 1\n{QUOTE}", "c.toml", bare=True),
        "nowhere.toml",
    ]
    assert problems(*paths) == [
        'a.toml:15:1: E111 unknown key "tone"',
        "b.toml:2:9: E103 not TOML: Expected ']]' at the end of an array declaration",
        'c.toml:2:1: E134 missing key "source": this file has no source',
        'c.toml:2:1: W203 quoted words without "paragraph"',
        'c.toml:2:1: W204 no "stated": no words of the source carry this',
        'c.toml:3:6: E131 id "quote" is taken already, at a.toml:7:6',
        "nowhere.toml: E101 cannot be read: No such file or directory",
    ]


def test_what_a_missing_file_may_have_is_not_said_to_be_unknown(write: Write) -> None:
    path = write(QUOTE + CARRIED + 'regions = ["town"]\n')
    assert problems(path) == ['facts.toml:13:12: E133 unknown region "town"']
    (problem,) = problems(path, "nowhere.toml")
    assert problem.startswith("nowhere.toml: E101 ")


def test_a_second_place_may_be_in_another_file(write: Write) -> None:
    other = QUOTE.replace('"A"', '"Mara Elves"').replace('"quote"', '"other"')
    paths = [
        write(QUOTE.replace('"A"', '"Mara Ilves"') + CARRIED),
        write(f'format = 1\n{other}{CARRIED}source = "source"\n', "a.toml", bare=True),
    ]
    assert problems(*paths) == [
        'a.toml:4:11: W209 speaker "Mara Elves" is nearly "Mara Ilves", at facts.toml:8:11'
    ]


def test_each_line_is_told_once_of_its_hidden_characters(write: Write) -> None:
    path = write(f'note = "{chr(0x200B) * 9}\\u200b"\n\n# {chr(0xAD)}\n')
    assert [line for line in problems(path) if "W201" in line] == [
        "facts.toml:6:9: W201 U+200B, zero width space, cannot be seen",
        "facts.toml:8:3: W201 U+00AD, soft hyphen, cannot be seen",
    ]


BRIDGE = """[[regions]]
id = "tarn"
name = "Tarn"
level = "city"
[[infrastructure]]
id = "bridge"
project = "bridge"
name = "Bridge"
mode = "bridge"
connects = ["tarn"]
status = "planned"
expected_status = "open"
stated = ["a"]
"""


@pytest.mark.parametrize(
    ("dates", "suspicious"),
    [
        ('as_of = 2019-06-18\nexpected = "2019-06-18"', False),
        ('as_of = 2019-06-19\nexpected = "2019-06-18"', True),
        ('as_of = "2019-06"\nexpected = "2019-05-31"', True),
        ('as_of = "2019-06"\nexpected = "2019-06-01"', False),
        ('expected = "2019-06-17"', True),  # its source is of the 18th
        ('expected = "2019-06"', False),
    ],
)
def test_a_promise_for_the_day_of_the_claim_is_none_for_the_past(
    dates: str, suspicious: bool, write: Write
) -> None:
    assert any(" W205 " in line for line in problems(write(f"{BRIDGE}{dates}\n"))) == suspicious


@pytest.mark.parametrize(
    ("words", "suspicious"),
    [
        ("One two three four five Six", False),
        ("One two three four five six Seven", True),
        ("2 ships", False),
        ("one", True),
        ("Yes!", True),
        ("北" * 10, False),
        ("北" * 11, True),
    ],
)
def test_names_in_quotation_marks_are_no_quotations(
    words: str, suspicious: bool, write: Write
) -> None:
    path = write(f'{PARAPHRASE}"She named “{words}” there."\n')
    assert any(" W202 " in line for line in problems(path)) == suspicious


FIGURE = '[[statistics]]\nid = "{}"\nindicator = "i"\nname = "I"\nvalue = 1\nunit = "{}"\n'


@pytest.mark.parametrize(
    "text",
    [
        f"{PARAPHRASE}'{'‘a ' * 300_000}'",
        f"""{PARAPHRASE}"{" 'a" * 300_000}\"""",
        f"{PARAPHRASE}'{'“„‟«「『 ' * 100_000}'",
        FIGURE.format("a", "million " * 50_000) + FIGURE.format("b", "m"),
        f'"{"speaker " * 100_000}" = 1',
        "".join(f'"speaker-{n}" = 1\n' for n in range(1_000)),
    ],
    ids=["high marks", "straight marks", "opening marks", "scales", "long key", "many keys"],
)
def test_no_file_takes_for_ever(text: str, write: Write) -> None:
    path = write(text + "\n")
    began = time.process_time()
    assert all(len(line) < 1_000 for line in problems(path))
    assert time.process_time() - began < 2


# Which rules


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ([], [], CODES),
        (["W203"], [], ["W203"]),
        (["e10,W210"], ["E101, E103", "E105"], ["E102", "E104", "E106", "W210"]),
        (["W"], ["W"], []),
        ([], ["E"], [code for code in CODES if code.startswith("W")]),
    ],
)
def test_rules_are_chosen_by_code(select: list[str], ignore: list[str], codes: list[str]) -> None:
    assert chosen(select, ignore) == set(codes)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("W230", 'unknown code "W230"; did you mean W201, W202 or W203?'),
        ("W203,", 'unknown code ""; there is E101, '),
        ("hidden", 'unknown code "HIDDEN"; there is E101, '),
    ],
)
def test_an_unknown_code_is_wrong_usage(name: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        chosen((), [name])
    assert str(raised.value).startswith(message)


# On the command line


def test_the_default_collection_is_without_a_problem(run: Run) -> None:
    code, out, err = run("check", "--strict")
    assert (code, out) == (0, "")
    assert re.fullmatch(r"expofacts: no problems in \d+ files?, \d+ facts\n", err)


@pytest.mark.parametrize(
    ("arguments", "code", "told", "counts"),
    [
        ([], 1, ["W204", "E111"], "1 error and 1 warning"),
        (["--select", "W"], 0, ["W204"], "1 warning"),
        (["--select", "W", "--strict"], 1, ["W204"], "1 warning"),
        (["--ignore", "W,E111", "--strict"], 0, [], "no problems"),
    ],
)
def test_the_exit_code_is_that_of_the_rules_chosen(
    arguments: list[str], code: int, told: list[str], counts: str, run: Run, write: Write
) -> None:
    path = write(QUOTE + 'paragraph = 1\ntone = "glad"\n')
    lines = {
        "W204": f'{path}:6:1: W204 no "stated": no words of the source carry this\n',
        "E111": f'{path}:12:1: E111 unknown key "tone"\n',
    }
    result = run("check", path, *arguments)
    assert result == (
        code,
        "".join(lines[name] for name in told),
        f"expofacts: {counts} in 1 file, 1 fact\n",
    )


def test_paths_and_facts_are_one_collection(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = write(f"format = 1\n{QUOTE}{CARRIED}source = 'source'", "far.toml", bare=True)
    near = write("", "near.toml")
    assert run("check", far).code == 1
    assert run("check", far, near).code == 0
    assert run("check", far, "--facts", near).code == 0
    monkeypatch.setenv("EXPOFACTS_FACTS", os.pathsep.join([far, near]))
    assert run("check").code == 0
    assert run("check", far).code == 1


def test_what_cannot_be_read_is_an_error_among_others(run: Run, write: Write) -> None:
    result = run("check", write("x", bare=True), "nowhere/")
    assert result.code == 1
    assert [line.split(": ")[1][:4] for line in result.out.splitlines()] == ["E103", "E101"]
    assert result.err == "expofacts: 2 errors in 1 file, 0 facts\n"


def test_problems_as_data(run: Run, write: Write) -> None:
    path = write(QUOTE + 'stated = ["a"]\n"to\\nne" = 1\n')
    records = [
        {
            "file": path, "line": 6, "column": 1, "code": "W203", "severity": "warning",
            "message": 'quoted words without "paragraph"',
        },
        {
            "file": path, "line": 12, "column": 1, "code": "E111", "severity": "error",
            "message": 'unknown key "to\nne"',
        },
    ]  # fmt: skip
    result = run("check", path, "-f", "json")
    assert result.code == 1
    assert json.loads(result.out) == records
    assert [list(record) for record in json.loads(result.out)] == [list(records[0])] * 2
    lines = run("check", path, "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == records
    assert run("check", path, "-f", "csv").out.startswith(
        f'file,line,column,code,severity,message\r\n{path},6,1,W203,warning,"quoted'
    )
    assert run("check", write("", "well.toml"), "-f", "json").out == "[]\n"


def test_a_problem_is_one_line_whatever_it_names(run: Run, write: Write) -> None:
    result = run("check", write('"a\\nb\\u001b[31m\\u202e" = 1\n', "x\ny.toml"))
    (line,) = [line for line in result.out.splitlines() if "E111" in line]
    assert line.endswith('x␊y.toml:6:1: E111 unknown key "a␊b␛[31m<U+202E>"')


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_on_a_terminal_the_code_has_a_colour(
    environment: dict[str, str], coloured: bool, write: Write
) -> None:
    path = write(QUOTE + "stated = ['a']\nx = 1\n")
    pid, terminal = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "expofacts", "check", path]
        os.execve(command[0], command, os.environ | environment)
    shown = b""
    try:
        while piece := os.read(terminal, 10_000):
            shown += piece
    except OSError:  # all has been read
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    for code, colour in (("E111", "\x1b[31m"), ("W203", "\x1b[33m")):
        expected = f": {colour}{code}\x1b[0m " if coloured else f": {code} "
        assert expected in shown.decode()
    assert coloured or b"\x1b" not in shown


def test_in_a_pipe_the_code_has_no_colour_unless_it_is_forced(
    process: Callable[..., Result], write: Write
) -> None:
    path = write("x = 1\n")
    assert process("check", path).out == f'{path}:6:1: E111 unknown key "x"\n'
    assert "\x1b[31mE111\x1b[0m" in process("check", path, FORCE_COLOR="1").out
