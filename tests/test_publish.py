"""Datasette shows an exported collection as docs/publish.md says, over HTTP on this machine."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.conftest import Result

PAGE = (Path(__file__).parents[1] / "docs" / "publish.md").read_text("utf-8")
COMMANDS = re.findall(r"^    \$ (.*)$", PAGE, re.MULTILINE)
QUERIES = re.findall(r"^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

_SECONDS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which Datasette shows our own facts, by the commands of the page."""
    folder = tmp_path_factory.mktemp("site")
    programs = str(Path(sys.executable).parent)
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    environment |= {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"EXPOFACTS_CACHE_DIR": str(folder / "cache")}
    export, publish = COMMANDS
    subprocess.run(export.split(), cwd=folder, env=environment, check=True, timeout=_SECONDS)
    log = folder / "log"
    with log.open("w") as written:
        server = subprocess.Popen(
            [*publish.split(), "--port", "0"],
            cwd=folder,
            env=environment,
            stdout=written,
            stderr=written,
        )
    try:
        until = time.monotonic() + _SECONDS
        while not (address := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        yield address[0]
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def read(site: str) -> Callable[..., str]:
    """Return a function that reads a page of the site; what is in the way of a browser fails."""
    opener = build_opener(ProxyHandler({}))

    def call(path: str, **query: str) -> str:
        address = f"{site}/facts{path}?{urlencode(query)}"
        with opener.open(address, timeout=_SECONDS) as answer:
            return str(answer.read().decode())

    return call


def data(read: Callable[..., str], path: str, **query: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(read(f"{path}.json", **{"_shape": "objects", **query}))
    return whole


def links(page: str) -> set[str]:
    return set(re.findall(r'href="/facts/([^"]*)"', page))


def test_a_search_finds_a_quote(read: Callable[..., str]) -> None:
    found = data(read, "/quotes", _search="logistic")["rows"]
    assert "li-yunze-logistics" in [row["id"] for row in found]
    assert len(found) < len(data(read, "/quotes")["rows"])


@pytest.mark.parametrize(
    ("kind", "query", "facet", "value"),
    [
        ("/quotes", {"_facet": "speaker"}, "speaker", "Li Yunze"),
        ("/quotes", {"_facet": "source"}, "source", "xinhua-2019-06-18"),
        ("/quotes", {"_facet_array": "topics"}, "topics", "logistics"),
        ("/infrastructure", {"_facet": "status"}, "status", "under construction"),
    ],
)
def test_facets_count_what_they_lead_to(
    kind: str, query: dict[str, str], facet: str, value: str, read: Callable[..., str]
) -> None:
    results = data(read, kind, **query)["facet_results"][facet]["results"]
    (result,) = [result for result in results if result["value"] == value]
    with_it = data(read, kind, **dict(parse_qsl(urlsplit(result["toggle_url"]).query)))
    assert result["count"] == len(with_it["rows"]) > 0


def test_from_a_quote_the_way_leads_to_its_source(read: Callable[..., str]) -> None:
    page = read("/quotes", id="li-yunze-logistics")
    assert "sources/xinhua-2019-06-18" in links(page)
    assert ">Xinhua, 2019-06-18</a>" in page
    assert "China Focus: China-Russia Expo" in read("/sources/xinhua-2019-06-18")


def test_from_a_quote_the_way_leads_to_its_regions_and_back(read: Callable[..., str]) -> None:
    assert "quote_regions?quote=li-yunze-logistics" in links(read("/quotes/li-yunze-logistics"))
    page = read("/quote_regions", quote="li-yunze-logistics")
    assert {"regions/sichuan", "regions/russia"} <= links(page)
    assert ">Sichuan</a>" in page
    assert "quote_regions?region=sichuan" in links(read("/regions/sichuan"))
    assert "quotes/li-yunze-logistics" in links(read("/quote_regions", region="sichuan"))
    around = read("/region_within", region="sichuan")
    assert {"regions/china", "regions/yangtze-regions"} <= links(around)


def test_the_queries_of_the_page_find_something(read: Callable[..., str]) -> None:
    assert len(QUERIES) > 2
    for query in QUERIES:
        answer = json.loads(read(".json", sql=query, _shape="array"))
        assert answer, query


def test_the_page_names_every_table(site: str, read: Callable[..., str]) -> None:
    pages = links(read(""))
    shown = {page for page in pages if re.fullmatch(r"[a-z_]+", page)}
    assert len(shown) > 15
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    kinds = ("statistic", "infrastructure", "mechanism", "event")
    of_each_kind = {f"{kind}_{what}" for kind in kinds for what in ("regions", "topics")}
    assert shown - of_each_kind <= named


def test_the_commands_of_the_page_are_two(run: Callable[..., Result]) -> None:
    assert [command.split()[0] for command in COMMANDS] == ["expofacts", "datasette"]
    assert "--force" in run("export", "--help").out
