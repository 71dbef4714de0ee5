"""When names, texts, words and figures are the same to a reader."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expofacts.facts.folding import compared, fold, plain, plain_char, readable

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


@given(st.text("aB é-–—…“«»'’`\u00ad\u200b字"))
def test_a_character_by_itself_is_matched_as_it_is_within_a_text(text: str) -> None:
    assert plain(text).split() == "".join(map(plain_char, text)).split()


def test_what_looks_alike_reads_alike() -> None:
    assert readable("３–5\u00a0ﬁrms\n и\u00ad ё") == "3-5 firms и е"
    assert readable("It’s “5 km²” — M…") == "It's “5 km2” - M..."


@given(st.text())
def test_reading_again_changes_nothing(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Ferry", "Ferry"),
        ("e\u0301te\u0301", "été"),
        ("ﬁrm", "firm"),
        ("Heilong\u00ad\njiang", "Heilongjiang"),
        ("it’s", "it's"),
        ("ŉ", "'n"),
        ("km²", "km²"),
        ("Ёлка", "Ёлка"),
        ("—", "-"),
        ("--", "-"),
        ("«", '"'),
        ("’", '"'),
        ("`", '"'),
        ("《", "《"),
        ("…", "..."),
        ("\u200b", ""),
        ("\u2066", ""),
        ("", ""),
    ],
)
def test_a_word_as_it_is_compared(word: str, form: str) -> None:
    assert compared(word) == form


@given(st.text("aBéﬁ²ё-–—…“«»'’`\u00ad\u200b \n字"))
def test_comparing_again_changes_nothing(word: str) -> None:
    assert compared(compared(word)) == compared(word)
