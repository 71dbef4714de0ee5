"""From filters to records: which facts are found, in which order, and what is said otherwise."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expofacts.errors import UsageError
from expofacts.facts.load import load
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.query import Order
from expofacts.index.resolve import KEYS, resolve
from expofacts.json_lines import from_json
from tests.conftest import filtered_by
from tests.indexes import fill

# A land in two ways of dividing it: Xinjiang and the region of Almaty share a macro-region that
# belongs to no country, and two places are called Jinghe.
PLACES = """
format = 1

[[sources]]
id = "gazette-2020-03-15"
publisher = "Steppe Gazette"
title = "A dry port grows"
published = 2020-03-15
url = "https://gazette.example/port"

[[sources]]
id = "gazette-2021"
publisher = "Steppe Gazette"
published = "2021"

[[sources]]
id = "bulletin-2020-06"
publisher = "Customs Bulletin"
published = "2020-06"

[[sources]]
id = "atlas"
publisher = "Atlas"

[[regions]]
id = "china"
name = "China"
level = "country"
iso = "CN"
aliases = ["PRC", "中国", "Китай"]

[[regions]]
id = "kazakhstan"
name = "Kazakhstan"
level = "country"
iso = "KZ"
aliases = ["哈萨克斯坦", "Қазақстан"]

[[regions]]
id = "silk-belt"
name = "Silk Belt"
level = "macro-region"

[[regions]]
id = "northwest-china"
name = "Northwest China"
level = "macro-region"
within = ["china"]

[[regions]]
id = "xinjiang"
name = "Xinjiang"
level = "autonomous region"
within = ["northwest-china", "silk-belt"]
iso = "CN-XJ"
aliases = ["新疆", "Синьцзян", "Sinkiang"]

[[regions]]
id = "shaanxi"
name = "Shaanxi"
level = "province"
within = ["northwest-china"]
iso = "CN-SN"

[[regions]]
id = "khorgos"
name = "Khorgos"
level = "city"
within = ["xinjiang"]
aliases = ["霍尔果斯", "Хоргос"]

[[regions]]
id = "jinghe"
name = "Jinghe"
level = "county"
within = ["xinjiang"]

[[regions]]
id = "jinghe-shaanxi"
name = "Jinghe"
level = "town"
within = ["shaanxi"]

[[regions]]
id = "almaty-region"
name = "Almaty Region"
level = "region"
within = ["kazakhstan", "silk-belt"]
aliases = ["Алматы облысы"]

[[regions]]
id = "altynkol"
name = "Altynköl"
level = "station"
within = ["almaty-region"]
aliases = ["Алтынкёль"]
"""

FACTS = """
format = 1

[[quotes]]
id = "quote-direct"
source = "gazette-2020-03-15"
speaker = "Aigul Serikova"
role = "port director"
organization = "Dry port"
speech = "direct"
text = "It’s the “gate” – 100% open"
regions = ["khorgos"]
topics = ["rail-freight", "trade"]
paragraph = 2
stated = ["100% open"]

[[quotes]]
id = "quote-partial"
source = "gazette-2021"
speaker = "Aigul Serikova"
speech = "partial"
text = "no queue"
context = "At the gate there was"
original = "кезек жоқ"
regions = ["altynkol"]
topics = ["rail-freight"]

[[quotes]]
id = "quote-indirect"
source = "bulletin-2020-06"
speaker = "Wang Ling"
speech = "indirect"
text = "Freight of the snake_case kind rose in 新疆 and Хоргос"
regions = ["xinjiang"]
topics = ["trade"]

[[quotes]]
id = "quote-unnamed"
source = "atlas"
as_of = "2020-03"
speaker = "drivers"
collective = true
speech = "indirect"
text = "Roads through the Café are slow"

[[statistics]]
id = "trains-2019"
source = "gazette-2020-03-15"
indicator = "trains"
name = "Freight trains"
value = 9
unit = "trains"
period = "2019"
regions = ["khorgos", "altynkol"]
topics = ["rail-freight"]
project = "dry-port"

[[statistics]]
id = "trains-2020-q1"
source = "bulletin-2020-06"
as_of = 2020-03-31
indicator = "trains"
name = "Freight trains"
value = 10.50
unit = "trains"
qualifier = "about"
period = "2020-Q1"
regions = ["khorgos"]

[[statistics]]
id = "turnover"
source = "gazette-2021"
as_of = "2020"
indicator = "turnover"
name = "Turnover of the border"
value = 123456789012345678901234567890
unit = "KZT"
period = "2020-04/2020-06-15"
regions = ["silk-belt"]
topics = ["trade"]

[[statistics]]
id = "distance"
source = "atlas"
as_of = 2020-03-15
indicator = "distance"
name = "Distance"
value = -4.0
unit = "°C"
regions = ["shaanxi"]

[[infrastructure]]
id = "port-2020"
source = "gazette-2020-03-15"
project = "dry-port"
name = "Dry port of the two towns"
mode = "dry port"
connects = ["khorgos", "altynkol"]
status = "under construction"
expected = "2021"
expected_status = "open"

[[infrastructure]]
id = "port-2021"
source = "gazette-2021"
project = "dry-port"
name = "Dry port of the two towns"
mode = "dry port"
connects = ["china", "kazakhstan"]
status = "open"
happened = "2021-02"

[[infrastructure]]
id = "road"
source = "bulletin-2020-06"
project = "hill-road"
name = "Hill road"
mode = "Highway"
connects = ["shaanxi"]
regions = ["jinghe-shaanxi"]
status = "planned"
topics = ["roads"]

[[mechanisms]]
id = "belt-council"
source = "bulletin-2020-06"
name = "Belt council"
partners = ["silk-belt"]
topics = ["trade"]

[[mechanisms]]
id = "northwest-forum"
source = "atlas"
as_of = "2019"
name = "Northwest forum"
partners = ["northwest-china"]
regions = ["almaty-region"]

[[events]]
id = "steppe-forum-2019"
source = "atlas"
as_of = "2019"
series = "steppe-forum"
edition = 2
name = "Steppe forum"
held = "2019-05-01/2019-05-03"
organizers = ["Forum house"]

[[mechanisms]]
id = "twin-towns"
source = "gazette-2021"
name = "Twin towns"
partners = ["khorgos", "altynkol"]
purpose = "to exchange"
"""

FACT_KINDS = ("quote", "statistic", "infrastructure", "mechanism", "event")

# One value for each filter, so that filters can be put together without listing them again.
SOME: dict[str, Any] = {
    "region": ["xinjiang"],
    "between": ("china", "kazakhstan"),
    "topic": ["rail-freight", "trade"],
    "source": ["Steppe Gazette"],
    "speaker": ["Aigul Serikova"],
    "speech": ["direct"],
    "indicator": ["trains"],
    "unit": ["trains"],
    "project": ["dry-port"],
    "mode": ["dry port"],
    "status": ["open"],
    "series": ["steppe-forum"],
    "period": "2019",
    "since": "2020-03-15",
    "until": "2020-06",
    "as_of": "2020-12",
    "match": "the",
}

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("facts")
    for name, text in (("a.toml", PLACES), ("b.toml", FACTS)):
        (folder / name).write_text(text, encoding="utf-8")
    connection = sqlite3.connect(":memory:")
    fill(connection, load([str(folder / "a.toml"), str(folder / "b.toml")]))
    yield connection
    connection.close()


@pytest.fixture
def small(write: Callable[..., str]) -> Callable[[str], sqlite3.Connection]:
    """Return a function that gives the index of a text of a fact file."""

    def call(text: str) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        fill(connection, load([write(text)]))
        return connection

    return call


def ids(
    index: sqlite3.Connection, kind: str, order: Order | None = None, **filters: Any
) -> list[str]:
    lines = query.select(index, kind, filtered_by(**filters), order or Order())
    return [from_json(line)["id"] for line in lines]


def all_ids(index: sqlite3.Connection, **filters: Any) -> list[str]:
    return [id_ for kind in FACT_KINDS for id_ in ids(index, kind, **filters)]


# Regions


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("khorgos", ["quote-direct", "trains-2019", "trains-2020-q1", "port-2020", "belt-council",
                     "northwest-forum", "twin-towns"]),
        ("xinjiang", ["quote-direct", "quote-indirect", "trains-2019", "trains-2020-q1",
                      "port-2020", "belt-council", "northwest-forum", "twin-towns"]),
        ("silk-belt", ["quote-direct", "quote-partial", "quote-indirect", "trains-2019",
                       "trains-2020-q1", "turnover", "port-2020", "belt-council",
                       "northwest-forum", "twin-towns"]),
        ("shaanxi", ["distance", "road", "northwest-forum"]),
        ("jinghe-shaanxi", ["road", "northwest-forum"]),
        ("almaty-region", ["quote-partial", "trains-2019", "port-2020", "belt-council",
                           "northwest-forum", "twin-towns"]),
        # Named as a region only, which unlike a partner takes nothing in that lies within it.
        ("altynkol", ["quote-partial", "trains-2019", "port-2020", "belt-council", "twin-towns"]),
        ("kazakhstan", ["quote-partial", "trains-2019", "port-2020", "port-2021", "belt-council",
                        "northwest-forum", "twin-towns"]),
        ("china", ["quote-direct", "quote-indirect", "trains-2019", "trains-2020-q1", "distance",
                   "port-2020", "port-2021", "road", "belt-council", "northwest-forum",
                   "twin-towns"]),
    ],
)  # fmt: skip
def test_a_region_takes_in_all_within_it_by_any_parent(
    index: sqlite3.Connection, region: str, found: list[str]
) -> None:
    assert all_ids(index, region=[region]) == found


def test_only_a_mechanism_is_found_by_what_lies_within_its_regions(
    index: sqlite3.Connection,
) -> None:
    # A figure of the whole belt says nothing of a town in it, nor does a bridge to a country.
    assert "turnover" not in all_ids(index, region=["xinjiang"])
    assert "port-2021" not in all_ids(index, region=["khorgos"])
    assert "belt-council" in all_ids(index, region=["khorgos"])


@pytest.mark.parametrize(
    "name",
    ["xinjiang", "Xinjiang", "XINJIANG", "xin jiang", "Xīnjiāng", "xin-jiang", "CN-XJ", "cn xj",
     "cnxj", "新疆", "Синьцзян", "СИНЬЦЗЯН", "sinkiang", " Xinjiang ", "Ｘinjiang"],
)  # fmt: skip
def test_a_region_is_known_by_any_of_its_names(index: sqlite3.Connection, name: str) -> None:
    assert resolve(index, "region", name) == ["xinjiang"]
    assert all_ids(index, region=[name]) == all_ids(index, region=["xinjiang"])


@pytest.mark.parametrize("name", ["Altynkol", "ALTYNKÖL", "Алтынкель", "алтын кёль"])
def test_accents_and_yo_do_not_matter(index: sqlite3.Connection, name: str) -> None:
    assert resolve(index, "region", name) == ["altynkol"]


def test_an_ambiguous_name_is_an_error_that_lists_the_candidates(
    index: sqlite3.Connection,
) -> None:
    for filters in ({"region": ["Jinghe"]}, {"between": ("china", "Jing He")}):
        with pytest.raises(UsageError, match=r'"Jing ?[Hh]e" may be any of jinghe, jinghe-shaanxi'):
            ids(index, "quote", **filters)


def test_an_exact_id_wins_over_an_ambiguous_name(index: sqlite3.Connection) -> None:
    assert resolve(index, "region", "jinghe") == ["jinghe"]
    assert "road" not in all_ids(index, region=["jinghe"])
    assert resolve(index, "region", "jinghe-shaanxi") == ["jinghe-shaanxi"]


def test_between_is_facts_that_touch_both(index: sqlite3.Connection) -> None:
    assert all_ids(index, between=("CN", "哈萨克斯坦")) == [
        *("trains-2019", "port-2020", "port-2021", "belt-council", "northwest-forum", "twin-towns")
    ]
    assert all_ids(index, between=("khorgos", "altynkol")) == [
        *("trains-2019", "port-2020", "belt-council", "twin-towns")
    ]
    assert all_ids(index, between=("kazakhstan", "shaanxi")) == ["northwest-forum"]


def test_between_a_region_and_itself_is_the_region(index: sqlite3.Connection) -> None:
    assert all_ids(index, between=("shaanxi", "shaanxi")) == all_ids(index, region=["shaanxi"])


# Other filters


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [*("quote-direct", "quote-partial", "quote-indirect", "quote-unnamed"),
              *("trains-2019", "trains-2020-q1", "turnover", "distance"),
              *("port-2020", "port-2021", "road"),
              *("belt-council", "northwest-forum", "twin-towns", "steppe-forum-2019")]),
        ({"topic": ["roads"]}, ["road"]),
        ({"topic": ["Rail freight"]}, ["quote-direct", "quote-partial", "trains-2019"]),
        ({"topic": ["roads", "trade"]},
         ["quote-direct", "quote-indirect", "turnover", "road", "belt-council"]),
        ({"source": ["atlas"]},
         ["quote-unnamed", "distance", "northwest-forum", "steppe-forum-2019"]),
        ({"source": ["Customs bulletin"]},
         ["quote-indirect", "trains-2020-q1", "road", "belt-council"]),
        # A publisher stands for all of its sources.
        ({"source": ["steppe-gazette"]},
         ["quote-direct", "quote-partial", "trains-2019", "turnover", "port-2020", "port-2021",
          "twin-towns"]),
        ({"source": ["atlas", "gazette-2021"]},
         ["quote-partial", "quote-unnamed", "turnover", "distance", "port-2021", "northwest-forum",
          "twin-towns", "steppe-forum-2019"]),
        ({"series": ["Steppe forum"]}, ["steppe-forum-2019"]),
        ({"series": ["steppe-forum"], "period": "2019-05-02"}, ["steppe-forum-2019"]),
        ({"series": ["steppe-forum"], "period": "2019-06"}, []),
        ({"speaker": ["aigul SERIKOVA"]}, ["quote-direct", "quote-partial"]),
        ({"speaker": ["drivers", "Wang Ling"]}, ["quote-indirect", "quote-unnamed"]),
        ({"speech": ["direct"]}, ["quote-direct"]),
        ({"speech": ["Indirect", "partial"]}, ["quote-partial", "quote-indirect", "quote-unnamed"]),
        ({"indicator": ["trains"]}, ["trains-2019", "trains-2020-q1"]),
        ({"indicator": ["Freight trains"]}, ["trains-2019", "trains-2020-q1"]),
        ({"indicator": ["turnover", "distance"]}, ["turnover", "distance"]),
        ({"unit": ["kzt"]}, ["turnover"]),
        ({"unit": ["°C"]}, ["distance"]),
        ({"project": ["dry-port"]}, ["trains-2019", "port-2020", "port-2021"]),
        ({"project": ["Dry port of the two towns"]}, ["trains-2019", "port-2020", "port-2021"]),
        ({"project": ["hill road"]}, ["road"]),
        ({"mode": ["highway"]}, ["road"]),
        ({"mode": ["Dry-Port", "highway"]}, ["port-2020", "port-2021", "road"]),
        ({"status": ["open"]}, ["port-2021"]),
        ({"status": ["under-construction", "planned"]}, ["port-2020", "road"]),
        # Alternatives within a filter, and each filter narrows.
        ({"region": ["shaanxi", "altynkol"], "topic": ["trade", "roads"]},
         ["road", "belt-council"]),
        ({"region": ["khorgos"], "source": ["gazette-2020-03-15"], "topic": ["trade"]},
         ["quote-direct"]),
        ({"region": ["shaanxi"], "between": ("china", "kazakhstan")}, ["northwest-forum"]),
        ({"speaker": ["Aigul Serikova"], "speech": ["indirect"]}, []),
        ({"project": ["dry-port"], "indicator": ["trains"]}, ["trains-2019"]),
    ],
)  # fmt: skip
def test_filters(index: sqlite3.Connection, filters: dict[str, Any], found: list[str]) -> None:
    assert all_ids(index, **filters) == found


@pytest.mark.parametrize(
    "value", ["proposed", "planned", "under construction", "completed", "open", "suspended",
              "cancelled"],
)  # fmt: skip
def test_every_status_is_known_though_nothing_is_in_it(small: Any, value: str) -> None:
    assert ids(small(""), "infrastructure", status=[value]) == []


@pytest.mark.parametrize("value", ["direct", "partial", "indirect"])
def test_every_speech_is_known_though_nothing_is_said_so(small: Any, value: str) -> None:
    assert ids(small(""), "quote", speech=[value]) == []


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"region": ["xinjang"]}, 'unknown region "xinjang"; did you mean xinjiang?'),
        ({"region": ["china", "Khorgs"]}, 'unknown region "Khorgs"; did you mean khorgos?'),
        ({"region": ["霍尔果"]}, 'unknown region "霍尔果"; did you mean khorgos?'),
        ({"between": ("china", "Kasakhstan")},
         'unknown region "Kasakhstan"; did you mean kazakhstan?'),
        ({"topic": ["rail-fright"]}, 'unknown topic "rail-fright"; did you mean rail-freight?'),
        ({"source": ["gazette-2020-03-16"]}, "did you mean gazette-2020-03-15"),
        ({"speaker": ["Aigul Serikov"]}, "did you mean Aigul Serikova?"),
        ({"speech": ["indirekt"]}, 'unknown speech "indirekt"; did you mean indirect'),
        ({"indicator": ["turnovr"]}, 'unknown indicator "turnovr"; did you mean turnover?'),
        ({"unit": ["KZTT"]}, 'unknown unit "KZTT"; did you mean KZT?'),
        ({"project": ["hil-road"]}, 'unknown project "hil-road"; did you mean hill-road?'),
        ({"mode": ["highwy"]}, 'unknown mode "highwy"; did you mean Highway?'),
        ({"status": ["oepn"]}, 'unknown status "oepn"; did you mean open?'),
        # Where nothing is near, what there is.
        ({"topic": ["qqqqq"]}, 'unknown topic "qqqqq"; there is rail-freight, roads, trade'),
        ({"status": ["qqqqq"]}, "; there is cancelled, completed, open, planned"),
        # Another filter's value is none of this one's.
        ({"topic": ["trains"]}, 'unknown topic "trains"'),
        ({"unit": ["open"]}, 'unknown unit "open"'),
        ({"region": [""]}, 'unknown region ""'),
    ],
)  # fmt: skip
def test_an_unknown_value_is_an_error_with_the_nearest(
    index: sqlite3.Connection, filters: dict[str, Any], message: str
) -> None:
    for ask in (query.select, lambda *given: query.count(*given[:3])):
        with pytest.raises(UsageError) as caught:
            ask(index, "quote", filtered_by(**filters), Order())
        assert message in str(caught.value)
        assert caught.value.exit_code == 2


def test_of_many_values_some_are_named_and_the_rest_counted(index: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match=r"; there is .* and 3 more$") as caught:
        resolve(index, "region", "qqqqq")
    named = str(caught.value).partition("; there is ")[2].partition(" and ")[0].split(", ")
    assert len(set(named)) == 8
    assert all(resolve(index, "region", name) == [name] for name in named)


@pytest.mark.parametrize(
    ("number", "end"),
    [(1, "; there is t1"), (2, "; there is t1, t2"), (8, ", t7, t8"), (9, ", t7, t8 and 1 more")],
)
def test_up_to_eight_values_are_named(small: Any, number: int, end: str) -> None:
    topics = ", ".join(f'"t{n}"' for n in range(1, number + 1))
    index = small(
        f'[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\ntopics = [{topics}]\n'
    )
    with pytest.raises(UsageError) as caught:
        resolve(index, "topic", "qqqqq")
    assert str(caught.value).endswith(end)


def test_where_there_are_no_values_none_are_named(small: Any) -> None:
    with pytest.raises(UsageError, match=r'^unknown topic "trade"$'):
        ids(small(""), "quote", topic=["trade"])


def test_a_slug_is_just_that_slug_though_others_read_like_it(small: Any) -> None:
    # Folded, report-1-11 and report-11-1 are the same; who gives an id means that id.
    quote = '[[quotes]]\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n'
    figure = '[[statistics]]\nname = "n"\nvalue = 1\nunit = "km"\n'
    sources = "".join(
        f'[[sources]]\nid = "{id_}"\npublisher = "P"\npublished = 2020-01-01\n'
        for id_ in ("report-1-11", "report-11-1")
    )
    index = small(
        sources
        + f'{quote}id = "a"\nsource = "report-1-11"\ntopics = ["co-op"]\n'
        + f'{quote}id = "b"\nsource = "report-11-1"\ntopics = ["coop"]\n'
        + f'{figure}id = "c"\nsource = "source"\nindicator = "k-1-11"\nproject = "p-1-11"\n'
        + f'{figure}id = "d"\nsource = "source"\nindicator = "k-11-1"\nproject = "p-11-1"\n'
    )
    assert all_ids(index, source=["report-1-11"]) == ["a"]
    assert all_ids(index, source=["report-11-1"]) == ["b"]
    assert all_ids(index, source=["Report 1 11"]) == ["a", "b"]
    assert all_ids(index, topic=["coop"]) == ["b"]
    assert all_ids(index, topic=["co-op"]) == ["a"]
    assert all_ids(index, topic=["Co Op"]) == ["a", "b"]
    assert all_ids(index, indicator=["k-1-11"]) == ["c"]
    assert all_ids(index, project=["p-11-1"]) == ["d"]


def test_words_that_differ_in_case_only_are_all_found(small: Any) -> None:
    index = small(
        '[[quotes]]\nid = "a"\nspeaker = "Ann Lee"\nspeech = "direct"\ntext = "t"\n'
        '[[quotes]]\nid = "b"\nspeaker = "Ann LEE"\nspeech = "direct"\ntext = "t"\n'
    )
    assert ids(index, "quote", speaker=["Ann Lee"]) == ["a", "b"]


# Dates. `since` and `until` are on the day for which a claim holds, `as_of` on its publication.


def dated(small: Any, as_of: str) -> sqlite3.Connection:
    return small(
        f'[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\nas_of = "{as_of}"\n'
    )


@pytest.mark.parametrize(
    ("as_of", "given", "since", "until"),
    [
        ("2020-03-15", "2020-03-14", True, False),
        ("2020-03-15", "2020-03-15", True, True),
        ("2020-03-15", "2020-03-16", False, True),
        ("2020-03-15", "2020-03", True, True),
        ("2020-03-31", "2020-04", False, True),
        ("2020-03-01", "2020-02", True, False),
        ("2020-03-15", "2019", True, False),
        ("2020-03-15", "2020", True, True),
        ("2020-03-15", "2021", False, True),
        ("2020-12-31", "2020", True, True),
        ("2020-01-01", "2020", True, True),
        ("2020-02", "2020-02-01", True, True),
        ("2020-02", "2020-02-29", True, True),
        ("2020-02", "2020-03-01", False, True),
        ("2020-02", "2020-01-31", True, False),
        ("2020-02", "2020-02", True, True),
        ("2020-02", "2020-03", False, True),
        ("2020-02", "2020-01", True, False),
        ("2020-02", "2020", True, True),
        ("2020", "2020-01-01", True, True),
        ("2020", "2020-12-31", True, True),
        ("2020", "2019-12-31", True, False),
        ("2020", "2021-01-01", False, True),
        ("2020", "2020", True, True),
        ("2020", "2019", True, False),
        ("2020", "2021", False, True),
    ],
)  # fmt: skip
def test_since_and_until_compare_intervals_of_days(
    small: Any, as_of: str, given: str, since: bool, until: bool
) -> None:
    index = dated(small, as_of)
    assert bool(ids(index, "quote", since=given)) == since
    assert bool(ids(index, "quote", until=given)) == until
    assert bool(ids(index, "quote", since=given, until=given)) == (since and until)


def test_the_day_of_a_claim_is_its_own_and_else_that_of_its_source(small: Any) -> None:
    quote = '[[quotes]]\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n'
    index = small(f'{quote}id = "own"\nas_of = 2018-01-01\n{quote}id = "default"\n')
    assert ids(index, "quote", until="2018") == ["own"]
    assert ids(index, "quote", since="2019-06-18") == ["default"]
    assert ids(index, "quote", since="2019-06-19") == []


@pytest.mark.parametrize(
    ("published", "as_of", "given", "found"),
    [
        ("2020-03-15", "2019", "2020-03-14", False),
        ("2020-03-15", "2019", "2020-03-15", True),
        ("2020-03-15", "2019", "2020-03-16", True),
        # The day of the claim is not the day on which it could be read.
        ("2020-03-15", "2019-01-01", "2019-12-31", False),
        ("2020-03-15", "2024-01-01", "2020-03-15", True),
        ("2020-03-15", "2019", "2020-03", True),
        ("2020-03-15", "2019", "2020-02", False),
        ("2020-03-15", "2019", "2020", True),
        # Published some day of a month: by its last day at the latest.
        ("2020-02", "2019", "2020-02-28", False),
        ("2020-02", "2019", "2020-02-29", True),
        ("2020-02", "2019", "2020-02", True),
        ("2020", "2019", "2020-12-30", False),
        ("2020", "2019", "2020-12-31", True),
        ("2020", "2019", "2020", True),
        ("2020", "2019", "2020-11", False),
        # Not known when: not before the claim could be made.
        (None, "2020-03-15", "2020-03-14", False),
        (None, "2020-03-15", "2020-03-15", True),
        (None, "2020-03", "2020-03-30", False),
        (None, "2020-03", "2020-03-31", True),
        (None, "2020", "2020-12", True),
        (None, "2020", "2020-11", False),
    ],
)
def test_as_of_is_what_had_been_published_by_then(
    small: Any, published: str | None, as_of: str, given: str, found: bool
) -> None:
    day = f'published = "{published}"\n' if published else ""
    index = small(
        f'[[sources]]\nid = "other"\npublisher = "P"\n{day}'
        '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\nsource = "other"\n'
        f'as_of = "{as_of}"\n'
    )
    assert bool(ids(index, "quote", as_of=given)) == found


@pytest.mark.parametrize(
    ("period", "given", "found"),
    [
        ("2019", "2019", True),
        ("2019", "2018", False),
        ("2019", "2020", False),
        ("2019", "2019-01-01", True),
        ("2019", "2018-12-31", False),
        ("2019", "2019-12-31", True),
        ("2019", "2020-01-01", False),
        ("2019-Q2", "2019-Q1", False),
        ("2019-Q2", "2019-03-31", False),
        ("2019-Q2", "2019-04-01", True),
        ("2019-Q2", "2019-06-30", True),
        ("2019-Q2", "2019-07", False),
        ("2019-Q2", "2019", True),
        ("2019-06-15/2019-06-19", "2019-06-14", False),
        ("2019-06-15/2019-06-19", "2019-06-15", True),
        ("2019-06-15/2019-06-19", "2019-06-19", True),
        ("2019-06-15/2019-06-19", "2019-06-20", False),
        ("2019-06-15/2019-06-19", "2019-06-19/2019-07", True),
        ("2019-06-15/2019-06-19", "2018/2020", True),
        ("2019-06-15/2019-06-19", "2019-05/2019-06-14", False),
        ("2018-11/2019-02", "2019", True),
        ("2020-02", "2020-02-29", True),
        (None, "2019", False),  # timeless: a figure of no year
    ],
)
def test_a_period_is_found_by_any_time_that_it_shares_a_day_with(
    small: Any, period: str | None, given: str, found: bool
) -> None:
    covers = f'period = "{period}"\n' if period else ""
    index = small(
        '[[statistics]]\nid = "s"\nindicator = "i"\nname = "n"\nvalue = 1\nunit = "km"\n' + covers
    )
    assert bool(ids(index, "statistic", period=given)) == found


@pytest.mark.parametrize("option", ["since", "until", "as_of", "period"])
@pytest.mark.parametrize("value", ["2020-13", "2020-02-30", "March", "20", "2020-3-1"])
def test_a_date_that_is_none_is_an_error_that_shows_how_to_write_one(
    index: sqlite3.Connection, option: str, value: str
) -> None:
    with pytest.raises(UsageError) as caught:
        ids(index, "statistic", **{option: value})
    assert str(caught.value).startswith(f"--{option.replace('_', '-')}: ")
    assert value in str(caught.value)
    assert ("2018-Q1" if option == "period" else "2019-06-18") in str(caught.value)


def test_a_quarter_is_a_period_but_no_date(index: sqlite3.Connection) -> None:
    assert ids(index, "statistic", period="2020-Q1") == ["trains-2020-q1"]
    with pytest.raises(UsageError, match="--since"):
        ids(index, "statistic", since="2020-Q1")


# Text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gate", ["quote-direct", "quote-partial"]),
        ("GATE", ["quote-direct", "quote-partial"]),
        ("it's", ["quote-direct"]),
        ("It’s", ["quote-direct"]),
        ('the "gate"', ["quote-direct"]),
        ("the “gate”", ["quote-direct"]),
        ("'gate'", []),
        ('"gate" - 100', ["quote-direct"]),
        ('"gate" — 100', ["quote-direct"]),
        ("100% open", ["quote-direct"]),
        ("100%", ["quote-direct"]),
        ("%", ["quote-direct"]),
        ("100_", []),
        ("snake_case", ["quote-indirect"]),
        ("_", ["quote-indirect"]),
        ("snakescase", []),
        ("*", []),
        ("cafe", ["quote-unnamed"]),
        ("CAFÉ", ["quote-unnamed"]),
        ("新", ["quote-indirect"]),
        ("新疆", ["quote-indirect"]),
        ("疆新", []),
        ("AND ХОРГОС", ["quote-indirect"]),
        ("КЕЗЕК", ["quote-partial"]),
        ("rose  in\n新疆", ["quote-indirect"]),
        ("port director", ["quote-direct"]),
        ("100% open' OR '1'='1", []),
        ("')--", []),
        ("no such words", []),
    ],
)
def test_text_is_matched_to_the_letter_but_for_case_accents_and_typography(
    index: sqlite3.Connection, text: str, found: list[str]
) -> None:
    assert ids(index, "quote", match=text) == found


@pytest.mark.parametrize(
    "text",
    ["aigul serik", "port director", "dry port", "It’s", "khorgos", "rail-freight", "trade",
     "100% open"],
)  # fmt: skip
def test_text_is_looked_for_in_every_field(index: sqlite3.Connection, text: str) -> None:
    assert "quote-direct" in ids(index, "quote", match=text)


def test_a_line_break_within_a_field_is_a_space(small: Any) -> None:
    index = small(
        '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = """one end\nother end"""\n'
    )
    for text in ("end other", "end\nother", "end\r\n\tother"):
        assert ids(index, "quote", match=text) == ["q"]


def test_text_is_looked_for_in_one_field_at_a_time(small: Any) -> None:
    index = small(
        '[[quotes]]\nid = "q"\nspeaker = "Ann Lee"\nrole = "mayor of two towns"\n'
        'speech = "direct"\ntext = "t"\nstated = ["one end", "other end"]\n'
    )
    assert ids(index, "quote", match="lee") == ids(index, "quote", match="mayor") == ["q"]
    assert ids(index, "quote", match="lee mayor") == []
    assert ids(index, "quote", match="end other") == []


# Order


@pytest.mark.parametrize(
    ("kind", "field", "found"),
    [
        # Not 10.50, -4.0, 9: numbers are no texts.
        ("statistic", "value", ["distance", "trains-2019", "trains-2020-q1", "turnover"]),
        ("statistic", "unit", ["turnover", "trains-2019", "trains-2020-q1", "distance"]),
        ("statistic", "period", ["trains-2019", "turnover", "trains-2020-q1", "distance"]),
        ("statistic", "qualifier", ["trains-2020-q1", "trains-2019", "turnover", "distance"]),
        ("statistic", "published", ["trains-2019", "trains-2020-q1", "turnover", "distance"]),
        ("infrastructure", "mode", ["port-2020", "port-2021", "road"]),
        ("infrastructure", "status", ["port-2021", "road", "port-2020"]),
        ("mechanism", "name", ["belt-council", "northwest-forum", "twin-towns"]),
        ("mechanism", "as_of", ["northwest-forum", "belt-council", "twin-towns"]),
        ("quote", "paragraph", ["quote-direct", "quote-partial", "quote-indirect",
                                "quote-unnamed"]),
        ("source", "publisher", ["atlas", "bulletin-2020-06", "gazette-2020-03-15",
                                 "gazette-2021"]),
        ("source", "facts", ["gazette-2020-03-15", "gazette-2021", "bulletin-2020-06", "atlas"]),
    ],
)  # fmt: skip
def test_sort(index: sqlite3.Connection, kind: str, field: str, found: list[str]) -> None:
    assert ids(index, kind, Order(sort=field)) == found


def test_in_reverse_what_has_no_value_still_comes_last(index: sqlite3.Connection) -> None:
    order = Order(sort="period", reverse=True)
    assert ids(index, "statistic", order) == [
        *("trains-2020-q1", "turnover", "trains-2019", "distance")
    ]
    assert ids(index, "source", Order(sort="published", reverse=True))[-1] == "atlas"


def test_sorting_is_blind_to_case(small: Any) -> None:
    index = small(
        "".join(
            f'[[quotes]]\nid = "q-{n}"\nspeaker = "{name}"\nspeech = "direct"\ntext = "t"\n'
            for n, name in enumerate(("beta", "Gamma", "Alpha", "delta"))
        )
    )
    assert ids(index, "quote", Order(sort="speaker")) == ["q-2", "q-0", "q-3", "q-1"]


def test_without_a_field_the_order_is_that_of_the_files(index: sqlite3.Connection) -> None:
    in_files = ["quote-direct", "quote-partial", "quote-indirect", "quote-unnamed"]
    assert ids(index, "quote") == in_files
    assert ids(index, "quote", Order(reverse=True)) == in_files[::-1]


@pytest.mark.parametrize("kind", [*FACT_KINDS, "region", "source", "topic", "speaker"])
def test_every_field_sorts_and_its_reverse_is_the_reverse(
    index: sqlite3.Connection, kind: str
) -> None:
    for field in query.fields(index, kind):
        lines = [
            [from_json(line) for line in query.select(index, kind, Filters(), order)]
            for order in (Order(sort=field), Order(sort=field, reverse=True))
        ]
        there, nothing = zip(
            *(
                ([r for r in records if r[field] is not None],
                 [r for r in records if r[field] is None])
                for records in lines
            ),
            strict=True,
        )  # fmt: skip
        assert lines == [there[0] + nothing[0], there[1] + nothing[1]]
        assert there[1] == there[0][::-1]
        assert nothing[1] == nothing[0][::-1]
        if all(isinstance(record[field], (int, str)) for record in there[0]):
            for one, other in pairwise(record[field] for record in there[0]):
                assert one <= other if isinstance(one, int) else one.lower() <= other.lower()


def test_a_field_that_the_kind_does_not_have_is_an_error_with_the_nearest(
    index: sqlite3.Connection,
) -> None:
    with pytest.raises(UsageError, match='unknown field "speakr"; did you mean speaker'):
        ids(index, "quote", Order(sort="speakr"))
    with pytest.raises(UsageError, match='unknown field "speaker"'):
        ids(index, "statistic", Order(sort="speaker"))
    with pytest.raises(
        UsageError, match='unknown field "zzzzz"; there is topic, quotes, statistics'
    ):
        ids(index, "topic", Order(sort="zzzzz"))
    with pytest.raises(UsageError, match="unknown field"):
        ids(index, "quote", Order(sort="id') --"))


def test_check_fields_takes_what_there_is(index: sqlite3.Connection) -> None:
    query.check_fields(index, "quote", ["id", "speaker", "url"])
    with pytest.raises(UsageError, match='"valu"'):
        query.check_fields(index, "quote", ["id", "valu"])


@pytest.mark.parametrize("limit", [0, 1, 3, 4, 5, 2**63 - 1, 10**30])
def test_limit_cuts_the_sorted_list(index: sqlite3.Connection, limit: int) -> None:
    for order in (Order(), Order(sort="value", reverse=True)):
        everything = ids(index, "statistic", order)
        assert ids(index, "statistic", order._replace(limit=limit)) == everything[:limit]


def test_a_long_list_is_given_to_its_end(small: Any) -> None:
    index = small(
        "".join(
            f'[[quotes]]\nid = "q-{n}"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n'
            for n in range(2500)
        )
    )
    assert ids(index, "quote") == [f"q-{n}" for n in range(2500)]


# Counting and laws


def test_filters_of_the_laws_below_are_all_the_filters() -> None:
    # The latest claim of those that match is not the latest of all: tests/test_latest.py.
    assert {*SOME, "latest"} == {*Filters._fields, *KEYS} - {"keys"}


def test_count_is_the_number_of_lines_for_any_two_filters(index: sqlite3.Connection) -> None:
    seen = set()
    for kind in FACT_KINDS:
        for pair in [(), *combinations(SOME, 1), *combinations(SOME, 2)]:
            filters = {name: SOME[name] for name in pair}
            found = ids(index, kind, **filters)
            assert query.count(index, kind, filtered_by(**filters)) == len(found)
            seen.add(len(found))
    assert seen >= {0, 1, 2, 3, 4}


@given(st.sets(st.sampled_from(list(SOME))), st.sampled_from(FACT_KINDS))
@unhurried
def test_filters_add_up_to_what_all_of_them_find(
    index: sqlite3.Connection, names: set[str], kind: str
) -> None:
    together = ids(index, kind, **{name: SOME[name] for name in names})
    alone = [set(ids(index, kind, **{name: SOME[name]})) for name in names]
    assert together == [id_ for id_ in ids(index, kind) if all(id_ in found for found in alone)]


@pytest.mark.parametrize(
    ("filter_", "values"),
    [
        ("region", ["shaanxi", "altynkol", "silk-belt"]),
        ("topic", ["trade", "roads", "rail-freight"]),
        ("source", ["atlas", "gazette-2021", "Customs Bulletin"]),
        ("speaker", ["drivers", "Wang Ling", "Aigul Serikova"]),
        ("speech", ["direct", "partial", "indirect"]),
        ("indicator", ["trains", "turnover", "distance"]),
        ("unit", ["trains", "KZT", "°C"]),
        ("project", ["dry-port", "hill-road"]),
        ("mode", ["dry port", "Highway"]),
        ("status", ["open", "planned", "under construction", "cancelled"]),
    ],
)
def test_values_of_one_filter_are_alternatives(
    index: sqlite3.Connection, filter_: str, values: list[str]
) -> None:
    for some in [*combinations(values, 2), tuple(values)]:
        each = {id_ for value in some for id_ in all_ids(index, **{filter_: [value]})}
        together = all_ids(index, **{filter_: some})
        assert sorted(together) == sorted(each)


def test_a_region_finds_at_least_what_any_region_within_it_finds(
    index: sqlite3.Connection,
) -> None:
    for region in query.region_names(index):
        for outer in query.region_parents(index)[region]:
            assert set(all_ids(index, region=[region])) <= set(all_ids(index, region=[outer]))


# Single records


@pytest.mark.parametrize(
    ("id_", "kind"),
    [("quote-direct", "quote"), ("turnover", "statistic"), ("road", "infrastructure"),
     ("belt-council", "mechanism"), ("atlas", "source"), ("khorgos", "region")],
)  # fmt: skip
def test_find_gives_facts_sources_and_regions(
    index: sqlite3.Connection, id_: str, kind: str
) -> None:
    found, line = query.find(index, id_)
    assert found == kind
    assert line in query.select(index, kind, Filters(), Order())
    assert from_json(line)["id"] == id_


@pytest.mark.parametrize("id_", ["roads", "Wang Ling", "rail-freight", "", "JingHe", "%"])
def test_find_knows_no_topics_speakers_and_names(index: sqlite3.Connection, id_: str) -> None:
    with pytest.raises(UsageError, match=f'unknown id "{id_}"'):
        query.find(index, id_)


def test_find_takes_the_fact_where_a_topic_or_a_speaker_is_called_the_same(small: Any) -> None:
    index = small(
        '[[quotes]]\nid = "wang"\nspeaker = "wang"\nspeech = "direct"\ntext = "t"\n'
        'topics = ["wang", "source"]\n'
    )
    assert query.find(index, "wang")[0] == "quote"
    assert query.find(index, "source")[0] == "source"


def test_an_unknown_id_is_an_error_with_the_nearest(index: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match=r'unknown id "port-2022"; did you mean .*port-2020'):
        query.find(index, "port-2022")
    with pytest.raises(UsageError, match='unknown id "khorgoss"; did you mean khorgos'):
        query.find(index, "khorgoss")
    # What cannot be shown is not suggested either.
    with pytest.raises(UsageError) as caught:
        query.find(index, "Wang Lin")
    assert "Wang Ling" not in str(caught.value)


@pytest.mark.parametrize(
    ("id_", "others"),
    [
        # By project, a figure belongs to what is built; in order of the day of the claims.
        ("port-2020", ["trains-2019", "port-2021"]),
        ("port-2021", ["trains-2019", "port-2020"]),
        ("trains-2019", ["port-2020", "trains-2020-q1", "port-2021"]),
        ("trains-2020-q1", ["trains-2019"]),
        ("quote-partial", ["quote-direct"]),
        ("quote-indirect", []),
        ("belt-council", []),
        ("turnover", []),
        ("atlas", []),
        ("khorgos", []),
        ("nothing", []),
    ],
)
def test_related_are_the_other_facts_on_the_same_thing(
    index: sqlite3.Connection, id_: str, others: list[str]
) -> None:
    found = query.related(index, id_)
    assert [from_json(line)["id"] for _, line in found] == others
    assert all(from_json(line)["kind"] == kind for kind, line in found)


def test_a_claim_of_a_year_counts_as_of_the_end_of_the_year(small: Any) -> None:
    quote = '[[quotes]]\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n'
    index = small(
        f'{quote}id = "this"\n{quote}id = "year"\nas_of = "2020"\n'
        f'{quote}id = "day"\nas_of = 2020-03-15\n'
    )
    found = [from_json(line)["id"] for _, line in query.related(index, "this")]
    assert found == ["day", "year"]


def test_a_speaker_called_like_a_fact_has_no_related_facts_of_its_own(small: Any) -> None:
    index = small(
        '[[quotes]]\nid = "a"\nspeaker = "b"\nspeech = "direct"\ntext = "t"\n'
        '[[quotes]]\nid = "b"\nspeaker = "c"\nspeech = "direct"\ntext = "t"\n'
    )
    assert query.related(index, "b") == []


@pytest.mark.parametrize(
    ("region", "parents"),
    [
        ("altynkol", ["almaty-region"]),
        ("xinjiang", ["northwest-china", "silk-belt"]),
        ("china", []),
    ],
)
def test_parents_are_what_a_region_lies_directly_within(
    index: sqlite3.Connection, region: str, parents: list[str]
) -> None:
    assert query.region_parents(index)[region] == parents


def test_region_names(index: sqlite3.Connection) -> None:
    names = query.region_names(index)
    assert len(names) == 11
    assert names["altynkol"] == "Altynköl"
    assert names["jinghe"] == names["jinghe-shaanxi"] == "Jinghe"


def test_lines_are_records_of_their_kind(index: sqlite3.Connection) -> None:
    for kind in FACT_KINDS:
        for line in query.select(index, kind, Filters(), Order()):
            assert json.loads(line)["kind"] == kind
