"""Which sides claims on one thing take, and how these are named."""

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.compare.comparison import comparison_of
from expofacts.compare.disputes import Side, disputes
from expofacts.compare.disputes import sides as sides_of_dispute
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, TWO_COUNTS, Stand, opposite
from expofacts.view.contradiction_view import rows
from tests.comparing import compare, sides_of, things
from tests.test_agreement import figure, figures, named
from tests.test_projects import WITHIN, report
from tests.test_projects import named as named_reports


def sides(found: list[Side]) -> list[tuple[str, list[int], list[int]]]:
    """Return each side: the ids of its claims as one word, and its places."""
    return [("".join(claim.id for claim in side.claims), side.against, side.fits) for side in found]


def disputed(records: list[dict[str, Any]], kind: str = CONTRADICTION) -> list[Any]:
    """Return the sides of each dispute about figures."""
    return [sides(one) for one in sides_of(records, kind)]


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
    (found,) = sides_of(records, within=WITHIN)
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
    pairs, numbers = set(), []
    for thing in things(records):
        stands = list(comparison_of(thing.kind).compare(thing.claims, {}, CONTRADICTION))
        found = list(disputes(CONTRADICTION, thing, stands))
        shuffled = disputes(CONTRADICTION, thing, random.sample(stands, len(stands)))
        assert [sides(sides_of_dispute(one)) for one in shuffled] == [
            sides(sides_of_dispute(one)) for one in found
        ]
        for dispute in found:
            numbers.append(dispute.findings)
            all_ = sides_of_dispute(dispute)
            pairs |= {
                frozenset((one.id, other.id))
                for side in all_
                for place in side.against
                for one in side.claims
                for other in all_[place].claims
            }
            # No side is without an opponent, and no two sides have the same.
            assert all(side.against for side in all_)
            assert len({tuple(side.against) for side in all_}) == len(all_)
    findings = list(compare(records))
    assert pairs == {frozenset((f.left["id"], f.right["id"])) for f in findings}
    assert sum(numbers) == len(findings)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2**31 - 1)), max_size=40))
def test_disputes_are_what_is_joined_by_way_of_others(edges: list[tuple[int, int]]) -> None:
    (thing,) = things(named(*(figure(n) for n in range(31))))
    edges = [(one, others & ~(1 << one) & (-1 << one)) for one, others in edges]
    stands = [Stand("r", thing.claims, one, others) for one, others in edges if others]
    left = [{one, *(n for n in range(31) if others >> n & 1)} for one, others in edges if others]
    joined: list[set[int]] = []
    for some in left:
        meeting = [net for net in joined if net & some]
        joined = [net for net in joined if not net & some] + [some.union(*meeting)]
    found = [
        {thing.claims.index(claim) for side in sides_of_dispute(one) for claim in side.claims}
        for one in disputes(CONTRADICTION, thing, stands)
    ]
    assert found == sorted(joined, key=min)


@pytest.mark.parametrize(("size", "share"), [(5, 0.5), (40, 0.9), (600, 0.3), (600, 0.001)])
def test_whom_each_meets_from_either_side(size: int, share: float) -> None:
    chance = Random(size)
    pairs = {(n, m) for n in range(size) for m in range(n) if chance.random() < share}
    stands = [(n, sum(1 << m for m in range(n) if (n, m) in pairs)) for n in range(size)]
    expected = dict.fromkeys((n for pair in pairs for n in pair), 0)
    for one, other in pairs:
        expected[one] |= 1 << other
        expected[other] |= 1 << one
    assert opposite(stand for stand in stands if stand[1]) == expected


def heads(records: list[dict[str, Any]], kind: str = CONTRADICTION) -> list[tuple[str, str]]:
    """Return of each side in the first dispute its letter and its first line."""
    full = [
        {**record, "source": "s", "publisher": "P", "published": "2019", "stated": None}
        for record in records
    ]
    records_of = {record["id"]: record for record in full}
    found = [
        side._replace(claims=[records_of[claim.id] for claim in side.claims])
        for side in next(sides_of(full, kind))
    ]
    return [(label, cell[0].text) for label, cell in rows(kind, "different figures", found, {})]


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
    (thing,) = things([*(figure(1, id=f"{n}") for n in range(2000)), figure(2, id="x")])
    stands = list(comparison_of(thing.kind).compare(thing.claims, {}, CONTRADICTION))
    assert sum(stand.others.bit_count() for stand in stands) == len(stands) == 2000
