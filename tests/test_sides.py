"""Which sides claims on one thing take, and how these are named."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.compare.disputes import Dispute, disputes
from expofacts.compare.figures import AGREEMENT, CONTRADICTION, TWO_COUNTS, compare_figures
from expofacts.compare.intervals import Interval, pairs
from expofacts.compare.projects import compare_projects
from expofacts.view.contradiction_view import contradictions, rows
from tests.test_agreement import figure, figures, named
from tests.test_projects import WITHIN, report
from tests.test_projects import named as named_reports


def sides(dispute: Dispute) -> list[tuple[str, list[int], list[int]]]:
    """Return each side: the ids of its claims as one word, and its places."""
    return [
        ("".join(claim["id"] for claim in side.claims), side.against, side.fits)
        for side in dispute.sides
    ]


def disputed(records: list[dict[str, Any]], kind: str = CONTRADICTION) -> list[Any]:
    """Return the sides of each dispute about figures."""
    return [sides(one) for one in disputes(compare_figures(records, (kind,)))]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], []),
        ([figure(1), figure(1)], []),
        ([figure(2), figure(1)], [[("b", [1], []), ("a", [0], [])]]),
        # Of many, one is alone.
        (
            [*[figure(100, "more than")] * 2, *[figure(107)] * 3, figure(87)],
            [[("f", [1], []), ("abcde", [0], [])]],
        ),
        # Each is against each.
        (
            [figure(3), figure(1), figure(2)],
            [[("b", [1, 2], []), ("c", [0, 2], []), ("a", [0, 1], [])]],
        ),
        # One agrees with all but one of those who do not agree with each other.
        (
            [figure(300, "about"), figure(298), figure(304), figure(420)],
            [[("a", [3], [1, 2]), ("b", [2, 3], [0]), ("c", [1, 3], [0]), ("d", [0, 1, 2], [])]],
        ),
        # Who cannot be compared does not agree either.
        (
            [figure(1, scope="x"), figure(2, scope="y"), figure(3)],
            [[("ab", [1], []), ("c", [0], [])]],
        ),
        (
            [figure(1, scope="x"), figure(1, scope="y"), figure(3), figure(2, scope="y")],
            [[("a", [3], []), ("b", [2, 3], []), ("d", [1, 3], []), ("c", [0, 1, 2], [])]],
        ),
        # What no contradiction joins is apart.
        (
            [
                figure(1, scope="x"),
                figure(2, scope="x"),
                figure(1, scope="y"),
                figure(2, scope="y"),
            ],
            [[("a", [1], []), ("b", [0], [])], [("c", [1], []), ("d", [0], [])]],
        ),
    ],
)
def test_who_contradicts_whom(records: list[dict[str, Any]], expected: list[Any]) -> None:
    records = named(*records)
    assert disputed(records) == expected
    for order in list(permutations(records))[::7]:
        assert disputed(list(order)) == expected


def test_who_agrees_with_whom() -> None:
    records = named(figure(300, "about"), figure(298), figure(298), figure(304), figure(420))
    assert disputed(records, AGREEMENT) == [[("a", [1, 2], []), ("bc", [0], []), ("d", [0], [])]]
    assert disputed(named(figure(1), figure(1), figure(1)), AGREEMENT) == [[("abc", [], [])]]


def test_two_counts_have_a_side_for_each_counter() -> None:
    records = named(*(figure(n, counted_by=name) for n, name in ((1, "A"), (2, "B"), (2, "B"))))
    assert disputed(records, TWO_COUNTS) == [[("a", [1], []), ("bc", [0], [])]]


def test_ends_that_do_not_exclude_each_other_agree() -> None:
    records = named_reports(
        report(connects=["heihe", "blago"]),
        report(connects=["heihe", "nizhne"]),
        report(connects=["heilongjiang", "nizhne"]),
        report(connects=["harbin", "russia"]),
    )
    (found,) = disputes(compare_projects(records, WITHIN))
    assert sides(found) == [
        ("a", [1, 2, 3], []),
        ("b", [0, 3], [2]),
        ("c", [0], [1, 3]),
        ("d", [0, 1], [2]),
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(figures, max_size=9), st.randoms())
def test_sides_say_what_the_findings_say(records: list[dict[str, Any]], random: Any) -> None:
    records = named(*records)
    findings = list(compare_figures(records))
    found = list(disputes(findings))
    pairs_of_sides = {
        frozenset((one["id"], other["id"]))
        for dispute in found
        for side in dispute.sides
        for place in side.against
        for one in side.claims
        for other in dispute.sides[place].claims
    }
    assert pairs_of_sides == {frozenset((f.left["id"], f.right["id"])) for f in findings}
    assert sum(contradictions(dispute.sides) for dispute in found) == len(findings)
    shuffled = random.sample(findings, len(findings))
    assert sorted(map(sides, disputes(shuffled))) == sorted(map(sides, found))
    for dispute in found:
        # No side is without an opponent, and no two sides have the same.
        assert all(side.against for side in dispute.sides)
        assert len({tuple(side.against) for side in dispute.sides}) == len(dispute.sides)


def heads(records: list[dict[str, Any]], kind: str = CONTRADICTION) -> list[tuple[str, str]]:
    """Return of each side in the first dispute its letter and its first line."""
    full = [
        {**record, "source": "s", "publisher": "P", "published": "2019", "stated": None}
        for record in records
    ]
    dispute = next(disputes(compare_figures(full, (kind,))))
    return [(label, cell[0].text) for label, cell in rows(*dispute[::2], dispute.sides, {})]


def test_letters() -> None:
    many = [([], [0], [])] * 800
    letters = [letter for letter, _ in rows(CONTRADICTION, "different figures", many, {})]
    assert [letters[n] for n in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"),
    ]
    assert len(set(letters)) == 800


def test_who_is_named_and_who_is_counted() -> None:
    nine = [figure(n, scope=f"{n}") for n in range(9)]
    others = [figure(n) for n in (10, 11)]
    assert heads(named(*nine, *others)) == [
        ("A", "9 claims contradict B and C"),
        ("B", "1 claim contradicts A and C"),
        ("C", "1 claim contradicts A and B"),
    ]
    ten = [figure(n) for n in range(10)] + [figure(0, "at least")]
    assert heads(named(*ten))[-1][1] == "1 claim contradicts all 9 others"
    most = [*(figure(n) for n in range(1, 12)), figure(10, "at least")]
    assert heads(named(*most))[9:] == [
        ("J", "1 claim contradicts A, B, C, D, E, F, G, H and 2 more, agrees with K"),
        ("K", "1 claim contradicts A, B, C, D, E, F, G, H and 1 more, agrees with J and L"),
        ("L", "1 claim contradicts A, B, C, D, E, F, G, H and 2 more, agrees with K"),
    ]


def test_verbs() -> None:
    counts = [figure(n, counted_by=name) for n, name in ((1, "A"), (2, "B"), (2, "B"))]
    assert heads(named(*counts), TWO_COUNTS) == [
        ("A", "1 claim is another count than B"),
        ("B", "2 claims are another count than A"),
    ]
    about = named(figure(300, "about"), figure(298), figure(298), figure(304))
    assert heads(about, AGREEMENT) == [
        ("A", "1 claim agrees with B and C"),
        ("B", "2 claims agree with each other and A"),
        ("C", "1 claim agrees with A"),
    ]
    assert heads(named(figure(1), figure(1)), AGREEMENT) == [
        ("A", "2 claims agree with each other")
    ]


def test_what_agrees_is_not_gone_through() -> None:
    asked = 0

    def span(number: int) -> Interval:
        nonlocal asked
        asked += 1
        return Interval(number, number)

    claims = [*[1] * 2000, 2]
    assert len(list(pairs(claims, span, meet=False))) == 2000
    assert asked == 2 * len(claims)
