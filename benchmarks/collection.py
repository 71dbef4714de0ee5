"""Collections of facts of any size, the same for the same numbers, like those that people keep.

    python benchmarks/collection.py 100000 /somewhere/new
    python benchmarks/collection.py 100000 /somewhere/new --files 1

Sixty regions in three levels, some of them in many facts and some in few; all kinds of fact,
from reports of some hundred facts each; people who speak once and people who speak often; names
and words in Chinese and Cyrillic here and there. Nothing in it is true.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

# Provinces with their cities; each with its name in Chinese and Russian.
_PLACES = {
    "China 中国 Китай": {
        "Heilongjiang 黑龙江 Хэйлунцзян": (
            "Harbin 哈尔滨 Харбин",
            "Heihe 黑河 Хэйхэ",
            "Mudanjiang 牡丹江 Муданьцзян",
        ),
        "Jilin 吉林 Цзилинь": ("Changchun 长春 Чанчунь", "Hunchun 珲春 Хуньчунь"),
        "Liaoning 辽宁 Ляонин": ("Shenyang 沈阳 Шэньян", "Dalian 大连 Далянь"),
        "Inner-Mongolia 内蒙古 Внутренняя_Монголия": (
            "Hohhot 呼和浩特 Хух-Хото",
            "Manzhouli 满洲里 Маньчжурия",
        ),
        "Sichuan 四川 Сычуань": ("Chengdu 成都 Чэнду", "Luzhou 泸州 Лучжоу"),
        "Guangdong 广东 Гуандун": ("Guangzhou 广州 Гуанчжоу", "Shenzhen 深圳 Шэньчжэнь"),
        "Zhejiang 浙江 Чжэцзян": (
            "Hangzhou 杭州 Ханчжоу",
            "Yiwu 义乌 Иу",
            "Ningbo 宁波 Нинбо",
        ),
        "Shandong 山东 Шаньдун": ("Jinan 济南 Цзинань", "Qingdao 青岛 Циндао"),
        "Xinjiang 新疆 Синьцзян": ("Urumqi 乌鲁木齐 Урумчи", "Kashgar 喀什 Кашгар"),
    },
    "Russia 俄罗斯 Россия": {
        "Amur-Oblast 阿穆尔州 Амурская_область": (
            "Blagoveshchensk 布拉戈维申斯克 Благовещенск",
            "Svobodny 自由城 Свободный",
        ),
        "Primorsky-Krai 滨海边疆区 Приморский_край": (
            "Vladivostok 符拉迪沃斯托克 Владивосток",
            "Ussuriysk 乌苏里斯克 Уссурийск",
            "Nakhodka 纳霍德卡 Находка",
        ),
        "Khabarovsk-Krai 哈巴罗夫斯克边疆区 Хабаровский_край": (
            "Khabarovsk 哈巴罗夫斯克 Хабаровск",
            "Komsomolsk 共青城 Комсомольск",
        ),
        "Jewish-Autonomous-Oblast 犹太自治州 Еврейская_автономная_область": (
            "Birobidzhan 比罗比詹 Биробиджан",
            "Nizhneleninskoye 下列宁斯科耶 Нижнеленинское",
        ),
        "Sakha 萨哈 Саха": ("Yakutsk 雅库茨克 Якутск", "Mirny 米尔内 Мирный"),
        "Zabaykalsky-Krai 外贝加尔边疆区 Забайкальский_край": (
            "Chita 赤塔 Чита",
            "Zabaykalsk 后贝加尔斯克 Забайкальск",
        ),
        "Irkutsk-Oblast 伊尔库茨克州 Иркутская_область": (
            "Irkutsk 伊尔库茨克 Иркутск",
            "Bratsk 布拉茨克 Братск",
        ),
        "Tatarstan 鞑靼斯坦 Татарстан": (
            "Kazan 喀山 Казань",
            "Naberezhnye-Chelny 卡马河畔切尔尼 Набережные_Челны",
            "Yelabuga 叶拉布加 Елабуга",
        ),
        "Sverdlovsk-Oblast 斯维尔德洛夫斯克州 Свердловская_область": (
            "Yekaterinburg 叶卡捷琳堡 Екатеринбург",
            "Nizhny-Tagil 下塔吉尔 Нижний_Тагил",
        ),
    },
}
_LEVELS = ("country", "province", "city")

_PUBLISHERS = ("Xinhua", "Interfax", "TASS", "Caixin", "Amur Pravda", "Heilongjiang Daily")
_OF_PEOPLE = (
    ("Li", "Wang", "Zhang", "Chen", "Zhao", "Qin", "Sun", "Ma", "Gao", "Lin"),
    ("Wei", "Yunze", "Guang", "Enting", "Xiaoming", "Hua", "Jianguo", "Lihong", "Peng", "Yan"),
    ("Ivan", "Olga", "Pavel", "Anna", "Boris", "Svetlana", "Dmitry", "Yelena", "Artyom", "Nina"),
    ("Petrov", "Smirnov", "Orlov", "Utkin", "Sidorov", "Kozlov", "Belov", "Morozov", "Titov"),
)
_ROLES = ("vice governor", "mayor", "minister of trade", "head of customs", "general manager")
_BODIES = ("provincial government", "city administration", "customs office", "chamber of commerce")
_OCCASIONS = ("opening ceremony", "press conference", "forum on border trade", "interview")
_TOPICS = (
    *("trade", "logistics", "energy", "tourism", "agriculture", "customs", "education"),
    *("infrastructure", "e-commerce", "investment", "forestry", "culture", "health", "industry"),
)
_GOODS = (
    *("timber", "soybeans", "machinery", "vegetables", "apparel", "coal", "natural gas", "fish"),
    *("electronics", "fertilizer", "grain", "vehicles", "chemicals", "copper", "paper", "flour"),
)
_MEASURES = ("exports", "imports", "freight", "turnover", "investment", "visitors", "crossings")
_UNITS = ("USD", "yuan", "tons", "vehicles", "people", "km", "%", "containers")
_QUALIFIERS = ("more than", "about", "at least", "less than", "at most")
_MODES = ("highway bridge", "railway bridge", "rail freight service", "pipeline", "cable car")
_STATUSES = ("proposed", "planned", "under construction", "completed", "open", "suspended")
_SENTENCES = (
    "Trade in {goods} between {a} and {b} has grown faster than anybody expected.",
    "We hope to {verb} the {adjective} {thing} before the ice on the river breaks.",
    "The {thing} gives companies from {a} a {adjective} way to the market of {b}.",
    "More {goods} will cross the border once the {adjective} {thing} is ready.",
    "People in {b} already buy {goods} from {a} every day.",
    "{a} and {b} are going to {verb} their {thing} together.",
    "A {adjective} {thing} for {goods} would help both sides.",
    "Our enterprises {verb} {goods} without waiting at the customs post.",
)
_THINGS = (
    *("warehouse", "logistics park", "port", "corridor", "free trade zone", "exhibition hall"),
    *("railway line", "border crossing", "freight terminal", "power grid", "joint venture"),
    *("agreement", "university", "ferry", "market"),
)
_ADJECTIVES = ("new", "modern", "larger", "joint", "direct", "cheaper", "long-awaited", "reliable")
_VERBS = ("open", "expand", "build", "finance", "modernize", "connect", "promote", "double")
_CHINESE = "双方将继续扩大农产品、木材和机械设备的贸易合作。"
_RUSSIAN = "Стороны намерены расширять торговлю лесом, зерном и оборудованием."

_FIRST_DAY = date(2013, 1, 1)
_DAYS = 4000

# Reports have about a hundred facts each, and a file has some reports; what people speak of is
# spoken of some twenty times.
_FACTS_OF_A_SOURCE = 100
_FACTS_OF_A_FILE = 500
_FACTS_OF_A_THING = 20


class _Choice:
    """Chooses among values, the first ones far more often than the last ones."""

    def __init__(self, values: Sequence[str], chance: random.Random) -> None:
        self.values = values
        self.weights = list(accumulate(1 / (n + 1) for n in range(len(values))))
        self.chance = chance

    def __call__(self) -> str:
        return self.chance.choices(self.values, cum_weights=self.weights)[0]


def write(folder: Path, facts: int, files: int | None = None, seed: int = 7) -> list[Path]:
    """Write a collection of so many facts into a new folder, and return its files.

    Each file has its own sources; the first one has the regions too. As a rule a file has 500
    facts.
    """
    files = files or max(facts // _FACTS_OF_A_FILE, 1)
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    width = len(str(files))
    paths = [folder / f"facts-{number + 1:0{width}}.toml" for number in range(files)]
    records = _facts(facts, chance)
    written = 0
    for number, path in enumerate(paths):
        last = facts * (number + 1) // files
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write("format = 1\n")
            if not number:
                file.writelines(_regions())
            for n in range(written, last):
                if n == written or n % _FACTS_OF_A_SOURCE == 0:
                    source = f"report-{n:06}"
                    published = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
                    file.write(_source(source, published, chance))
                file.write(f'{next(records)}source = "{source}"\n')
        written = last
    return paths


def _names(place: str) -> tuple[str, str, list[str]]:
    """Return id, name and aliases of a place."""
    name, *aliases = place.split()
    return name.lower(), name.replace("-", " "), [alias.replace("_", " ") for alias in aliases]


def _places() -> Iterator[tuple[str, int, str]]:
    """Yield each place, how deep it lies, and the place that it lies within."""
    for country, provinces in _PLACES.items():
        yield country, 0, ""
        for province, cities in provinces.items():
            yield province, 1, country
            for city in cities:
                yield city, 2, province


def _regions() -> Iterator[str]:
    for place, depth, around in _places():
        id_, name, aliases = _names(place)
        within = f'within = ["{_names(around)[0]}"]\n' if around else ""
        yield (
            f'\n[[regions]]\nid = "{id_}"\nname = "{name}"\nlevel = "{_LEVELS[depth]}"\n{within}'
            f"aliases = {_list(aliases)}\n"
        )


def _source(id_: str, published: date, chance: random.Random) -> str:
    title = f"{chance.choice(_GOODS)} and the {chance.choice(_THINGS)}".capitalize()
    return (
        f'\n[[sources]]\nid = "{id_}"\npublisher = "{chance.choice(_PUBLISHERS)}"\n'
        f'title = "{title}"\npublished = {published}\n'
        f'language = "en"\nurl = "https://news.example/{published:%Y/%m}/{id_}.html"\n'
    )


def _facts(number: int, chance: random.Random) -> Iterator[str]:
    """Yield so many facts in TOML, each without its source."""
    places = [(*_names(place)[:2], depth) for place, depth, _ in _places()]
    # Cities are named most, and of all places some far more than others.
    places.sort(key=lambda place: (-place[2] * chance.random(), place[0]))
    name_of = {id_: name for id_, name, _ in places}
    region = _Choice(list(name_of), chance)
    things = max(number // _FACTS_OF_A_THING, 8)
    speaker = _Choice(list(_people(things // 2, chance)), chance)
    indicator = _Choice(list(_indicators(things // 3, name_of, chance)), chance)
    project = _Choice(list(_projects(things // 6, name_of, chance)), chance)
    for n in range(number):
        a, b = region(), region()
        said = _sentences(name_of[a], name_of[b], chance)
        part = chance.random()
        if part < 0.5:
            fact = _quote(n, speaker(), said, chance)
            about = [a]
        elif part < 0.8:
            fact = _statistic(n, indicator(), chance)
            about = [a, b] if a != b and chance.random() < 0.4 else [a]
        elif part < 0.885:
            fact = _infrastructure(n, project(), chance)
            about = []
        elif part < 0.9425:
            fact = _mechanism(n, a, b, name_of, chance)
            about = []
        else:
            fact = _event(n, a, name_of, chance)
            about = []
        yield f"{fact}{_common(about, said, chance)}"


def _people(number: int, chance: random.Random) -> Iterator[str]:
    """Yield the records of so many people: speaker, role and organization."""
    for n in range(max(number, 4)):
        first, last = _OF_PEOPLE[:2] if n % 2 else _OF_PEOPLE[2:]
        # As many as there are; from the second of a name on, with the father's.
        middle = f" {chr(ord('A') + n // 200 % 26)}." if n >= 200 else ""
        more = f" {n // 5200}" if n >= 5200 else ""
        yield (
            f'speaker = "{chance.choice(first)}{middle} {chance.choice(last)}{more}"\n'
            f'role = "{chance.choice(_ROLES)}"\norganization = "{chance.choice(_BODIES)}"\n'
        )


def _indicators(number: int, name_of: dict[str, str], chance: random.Random) -> Iterator[str]:
    """Yield indicator, name and unit of so many things that are measured."""
    ids = list(name_of)
    for n in range(max(number, 4)):
        place, goods, measure = chance.choice(ids), chance.choice(_GOODS), chance.choice(_MEASURES)
        slug = f"{place}-{goods.replace(' ', '-')}-{measure}-{n}"
        yield (
            f'indicator = "{slug}"\nname = "{name_of[place]}: {measure} of {goods}"\n'
            f'unit = "{chance.choice(_UNITS)}"\n'
        )


def _projects(number: int, name_of: dict[str, str], chance: random.Random) -> Iterator[str]:
    """Yield project, name, mode and ends of so many things that are built."""
    ids = list(name_of)
    for n in range(max(number, 3)):
        ends, mode = chance.sample(ids, 2), chance.choice(_MODES)
        name = f"{'-'.join(name_of[end] for end in ends)} {mode}"
        yield (
            f'project = "{"-".join(ends)}-{mode.replace(" ", "-")}-{n}"\nname = "{name}"\n'
            f'mode = "{mode}"\nconnects = {_list(ends)}\n'
        )


def _quote(n: int, who: str, said: list[str], chance: random.Random) -> str:
    speech = chance.choice(("direct", "indirect", "indirect", "partial"))
    text = " ".join(said)
    if chance.random() < 0.02:
        text += chance.choice((f" {_CHINESE}", f" {_RUSSIAN}"))
    context = 'context = "The speaker wants to"\n' if speech == "partial" else ""
    occasion = f'occasion = "{chance.choice(_OCCASIONS)}"\n' if chance.random() < 0.3 else ""
    slug = "-".join(who.split('"')[1].lower().replace(".", "").split())
    return (
        f'\n[[quotes]]\nid = "{slug}-{n:06}"\n{who}{occasion}speech = "{speech}"\n'
        f'{context}text = "{text}"\n'
    )


def _statistic(n: int, what: str, chance: random.Random) -> str:
    year = 2013 + chance.randrange(11)
    month = 1 + chance.randrange(12)
    period = chance.choice((f"{year}", f"{year}-Q{1 + month // 4}", f"{year}-{month:02}"))
    digits = chance.randrange(2, 11)
    if chance.random() < 0.3:
        value = f"{chance.randrange(1000)}.{chance.randrange(100):02}"
    else:
        value = str(chance.randrange(1, 1000) * 10**digits)
    qualifier = f'qualifier = "{chance.choice(_QUALIFIERS)}"\n' if chance.random() < 0.4 else ""
    scope = f'scope = "{chance.choice(_GOODS)} by rail"\n' if chance.random() < 0.3 else ""
    counted = 'counted_by = "Chinese customs"\n' if chance.random() < 0.3 else ""
    slug = what.split('"')[1]
    return (
        f'\n[[statistics]]\nid = "{slug}-{period.lower()}-{n:06}"\n{what}value = {value}\n'
        f'{qualifier}period = "{period}"\n{scope}{counted}'
    )


def _infrastructure(n: int, what: str, chance: random.Random) -> str:
    status = chance.choice(_STATUSES)
    slug = what.split('"')[1]
    promise = ""
    if status in _STATUSES[:3]:
        promise = f'expected = "{2014 + chance.randrange(15)}"\nexpected_status = "completed"\n'
    elif chance.random() < 0.7:
        day = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
        promise = f"happened = {day}\n"
    return f'\n[[infrastructure]]\nid = "{slug}-{n:06}"\n{what}status = "{status}"\n{promise}'


def _mechanism(n: int, a: str, b: str, name_of: dict[str, str], chance: random.Random) -> str:
    goods = chance.choice(_GOODS)
    partners = dict.fromkeys((a, b))
    return (
        f'\n[[mechanisms]]\nid = "{"-".join(partners)}-council-{n:06}"\n'
        f'name = "{" and ".join(name_of[one] for one in partners)} council for {goods}"\n'
        f"partners = {_list(partners)}\n"
        f'purpose = "{chance.choice(_VERBS)} trade in {goods}"\n'
    )


def _event(n: int, place: str, name_of: dict[str, str], chance: random.Random) -> str:
    goods, edition = chance.choice(_GOODS), 1 + chance.randrange(12)
    first = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
    when = "held" if chance.random() < 0.7 else "expected"
    series = f"{place}-fair-of-{goods.split()[0]}"
    return (
        f'\n[[events]]\nid = "{series}-{edition}-{n:06}"\nseries = "{series}"\n'
        f'edition = {edition}\nname = "{name_of[place]} fair of {goods}"\nplaces = ["{place}"]\n'
        f'{when} = "{first}/{first + timedelta(chance.randrange(7))}"\n'
    )


def _sentences(a: str, b: str, chance: random.Random) -> list[str]:
    return [
        sentence.format(
            a=a,
            b=b,
            goods=chance.choice(_GOODS),
            thing=chance.choice(_THINGS),
            adjective=chance.choice(_ADJECTIVES),
            verb=chance.choice(_VERBS),
        )
        for sentence in chance.sample(_SENTENCES, 1 + (chance.random() < 0.3))
    ]


def _common(about: list[str], said: list[str], chance: random.Random) -> str:
    """Return the keys that every fact takes, but for its source."""
    lines = [f"regions = {_list(about)}\n"] if about else []
    lines.append(f"topics = {_list(chance.sample(_TOPICS, 1 + (chance.random() < 0.5)))}\n")
    lines.append(f"paragraph = {1 + chance.randrange(30)}\n")
    if chance.random() < 0.2:
        lines.append(f"as_of = {_FIRST_DAY + timedelta(chance.randrange(_DAYS))}\n")
    if chance.random() < 0.7:
        words = said[0].split()
        lines.append(f"stated = {_list([' '.join(words[2:8])])}\n")
    if chance.random() < 0.03:
        # Over several lines, one of which looks like a header.
        lines.append(f'note = """\n{said[-1]}\n[[quotes]]\nSee also {_CHINESE}"""\n')
    return "".join(lines)


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def main() -> None:
    """Write the collection that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a collection of facts.")
    parser.add_argument("facts", type=int, help="how many facts")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--files", type=int, help="how many files (one for 500 facts)")
    parser.add_argument("--seed", type=int, default=7, help="another one, other facts (7)")
    options = parser.parse_args()
    for path in write(options.folder, options.facts, options.files, options.seed):
        print(path)


if __name__ == "__main__":
    main()
