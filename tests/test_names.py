"""When names are the same to a reader, and which are near."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from expofacts.facts.names import did_you_mean, fold, one_letter_apart, plain

# Letters whose case goes and comes back: not so ı, which is I in upper case, and then i.
LETTERS = "abcxyzß0189äéñåабвйёжαβςω北岸四川कがé"
NAMES = st.text(LETTERS + " -'", min_size=1).filter(lambda name: any(map(str.isalnum, name)))


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Nord-Ufer", "nordufer"),
        ("  Nord  Ufer ", "NORDUFER"),
        ("São Tomé", "sao tome"),
        ("Straße", "STRASSE"),
        ("Пётр", "петр"),
        ("Йошкар-Ола", "иошкар ола"),
        ("İzmir", "izmir"),
        ("ＦＥＲＲＹ　１２", "ferry 12"),
        ("Fürth (Bay.)", "furth bay"),
        ("O’Brien", "O'Brien"),
        ("北岸 市", "北岸市"),
        ("ﬁsh", "fish"),
        ("℡ 5", "tel 5"),
        ("Ångström", "A\u030angstro\u0308m"),
        ("Åre", "Åre"),
        ("a\u2011b", "ab"),
    ],
)
def test_names_that_are_the_same_to_a_reader(name: str, same: str) -> None:
    assert fold(name) == fold(same)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("か", "が"),  # voicing is another sound, not an accent
        ("は", "ぱ"),
        ("कि", "की"),
        ("كَتَبَ", "كُتُب"),
        ("East 1", "East 2"),
        ("北岸", "南岸"),
        ("-", "--"),
        ("№", "!"),
        ("!", "?"),
    ],
)
def test_names_that_differ(name: str, other: str) -> None:
    assert fold(name) != fold(other)


def test_a_name_without_letters_stays_as_it_is() -> None:
    assert fold("?!") == "?!"
    assert fold("") == ""


@given(st.text())
@example("\u0345")
@example("İ")
@example("\u1e9e")
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(min_size=1))
def test_a_name_never_folds_to_nothing(name: str) -> None:
    assert fold(name) != ""


@given(NAMES)
def test_case_is_nothing(name: str) -> None:
    assert fold(name) == fold(name.upper()) == fold(name.lower()) == fold(name.title())


@given(NAMES, st.data())
def test_spaces_and_hyphens_are_nothing(name: str, data: st.DataObject) -> None:
    # Not before a sign of its own that belongs to the letter in front of it.
    place = data.draw(st.integers(0, len(name)))
    if place < len(name) and unicodedata.category(name[place])[0] == "M":
        place = 0
    between = data.draw(st.text(" -\u2010\u2011\u2013\u3000\t", min_size=1))
    assert fold(name[:place] + between + name[place:]) == fold(name)


@given(NAMES, st.data())
def test_accents_are_nothing(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(name)))
    accents = data.draw(st.text("\u0300\u0301\u0302\u0303\u0306\u0308\u030c\u0323", min_size=1))
    assert fold(name[:place] + accents + name[place:]) == fold(name)


@given(st.text())
def test_composed_and_decomposed_are_the_same(name: str) -> None:
    assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("The “Ferry” – it’s back", 'the "ferry" it\'s back'),
        ("‘Ünder’ „Wasser“ ‚ja‘", "'under' \"wasser\" 'ja'"),
        ("well-known\n\tnight\u2014boat", "well known night boat"),
        ("Ёлка 北岸a", "елка 北 岸 a"),
        ("がか", "か\u3099か"),
        ("3.5%, (yes)", "3.5%, (yes)"),
        ("", ""),
    ],
)
def test_text_as_it_is_matched(text: str, matched: str) -> None:
    assert plain(text) == matched


@given(st.text())
def test_matching_text_again_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("northbnk", "; did you mean northbank?"),
        ("NORTH BANK", "; did you mean northbank?"),
        ("Éaston", "; did you mean easton-hill or easton-sea?"),
        ("qqqq", ""),
        ("", ""),
    ],
)
def test_near_names_are_suggested(word: str, suggestion: str) -> None:
    assert did_you_mean(word, ["northbank", "easton-hill", "easton-sea", "qwt"]) == suggestion


def test_the_nearest_name_comes_first_and_far_ones_are_left_out() -> None:
    names = ["station", "statistic", "statistics", "static", "xylophone"]
    assert did_you_mean("statistcs", names).startswith("; did you mean statistics")
    assert "xylophone" not in did_you_mean("statistcs", names)


def test_a_name_with_all_the_parts_is_suggested_where_none_is_near() -> None:
    names = ["heihe-to-blagoveshchensk-highway-bridge", "heihe-blagoveshchensk-highway-bridge"]
    assert did_you_mean("bridge-heihe", [*names, "heihe-cableway-length"]) == (
        f"; did you mean {names[1]} or {names[0]}?"
    )
    assert did_you_mean("bridge-harbin", names) == ""
    assert did_you_mean("at-heihe", ["the-customs-office-at-the-port-of-heihe-in-the-north"]) == ""


def test_at_most_three_names_are_suggested() -> None:
    names = [f"ferry-{number}" for number in range(8)]
    assert did_you_mean("ferry-x", names).count("ferry-") == 3


def test_what_a_name_stands_for_is_suggested_once() -> None:
    meant = {"Northbank": "rv-n", "North Bank City": "rv-n", "Nordufer": "rv-n"}
    assert did_you_mean("northbnk", [*meant, "Hills"], meant) == "; did you mean rv-n?"
    assert did_you_mean("hils", [*meant, "Hills"], meant) == "; did you mean Hills?"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ivanov", "Ivanow"], {"Ivanow": "Ivanov"}),
        (["Ivanov", "Ivano"], {"Ivano": "Ivanov"}),
        (["Ivano", "Ivanov"], {"Ivanov": "Ivano"}),
        (["Ivano", "Ivana"], {}),
        (["Ivanov", "Ivaonv"], {"Ivaonv": "Ivanov"}),
        (["Ivanov", "Petrov", "Ivanovv", "Ivanova"], {"Ivanovv": "Ivanov", "Ivanova": "Ivanov"}),
        (["Ivanov", "Ivonav"], {}),
        (["Ivanov", "Ivanovaa"], {}),
        (["Li Bo", "Li Po", "LI BO"], {"LI BO": "Li Bo"}),
        (["Driver 1", "Driver 2", "Driver 12", "Driver 21", "Driver A"], {}),
        (["x" * 100 + "a", "x" * 100 + "b"], {}),
        (["x" * 99 + "a", "x" * 99 + "b"], {"x" * 99 + "b": "x" * 99 + "a"}),
    ],
)
def test_names_that_are_one_letter_apart(names: list[str], found: dict[str, str]) -> None:
    assert one_letter_apart(names) == found


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=7, max_size=10), unique=True, max_size=8))
def test_one_letter_apart_is_a_distance_of_one(names: list[str]) -> None:
    found = one_letter_apart(names)
    for number, name in enumerate(names):
        near = [other for other in names[:number] if OSA.distance(name, other) == 1]
        assert (name in found) == bool(near)
        assert found.get(name) in (near or [None])
