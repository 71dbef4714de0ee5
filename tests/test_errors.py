"""Problems as they are printed, and what they weigh."""

import pytest

from expofacts.errors import Problem


@pytest.mark.parametrize(
    ("line", "column", "printed"),
    [(3, 8, 'a.toml:3:8: E111 unknown key "x␊y"'), (0, 0, 'a.toml: E111 unknown key "x␊y"')],
)
def test_a_problem_is_a_line(line: int, column: int, printed: str) -> None:
    assert str(Problem("a.toml", line, column, "E111", 'unknown key "x\ny"')) == printed


@pytest.mark.parametrize(("code", "severity"), [("E111", "error"), ("W201", "warning")])
def test_the_code_says_how_bad_a_problem_is(code: str, severity: str) -> None:
    assert Problem("a.toml", 1, 1, code, "x").severity == severity
