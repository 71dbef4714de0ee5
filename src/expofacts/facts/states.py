"""The states of what is built across borders, in order, and what each is called.

The rules about them are in docs/evidence.md. Words are patterns, as `verify` reads them; none is
compiled here, for look-ups import this.
"""

from typing import Literal, NamedTuple

# Written down once more, for a type checker sees nothing else; a test holds it to the table.
Status = Literal[
    "proposed", "planned", "under construction", "completed", "open", "suspended", "cancelled"
]


class State(NamedTuple):
    """A state: whether it is a step on the way, and whether it lasts or happens on a day.

    `noun` is what a promise promises. `signs` draw it: on a terminal, and in a pipe. `reported`
    are the words by which sources say that it is so, `promised` those by which they name what is
    to come: alternatives of a pattern, in English, Chinese and Russian.
    """

    noun: str
    signs: tuple[str, str]
    reported: str
    promised: str = ""
    step: bool = True
    lasts: bool = True


STATES: dict[str, State] = {
    "proposed": State(
        noun="proposal",
        signs=("·", "."),
        reported=(
            "proposed|proposes|proposal|suggested|suggests|under consideration"
            "|提议|建议|拟建|предлож\\w+|предлага\\w+"
        ),
    ),
    "planned": State(
        noun="plan",
        signs=("░", ":"),
        reported=(
            "planned|plans?|planning|approved|agreed to build|规划|计划|筹建"
            "|план\\w+|запланирован\\w*|утвержден\\w*"
        ),
    ),
    "under construction": State(
        noun="start of construction",
        signs=("▒", "="),
        reported=(
            "under construction|being built|(?:is|are|was|were) building|under ?way|in progress"
            "|construction (?:work )?(?:(?:has|have|had) )?(?:begins?|begun|began|starts?|started)"
            "|construction (?:work )?continue[sd]"
            "|在建|正在建设|正在修建|建设中|施工|开工|строится|строятся|строят|идет строительство"
            "|ведется строительство|строительство (?:идет|ведется|началось|продолжается)"
        ),
        promised="start of construction|начал\\w+ строительства",
    ),
    "completed": State(
        noun="completion",
        signs=("▓", "+"),
        reported=(
            "complete|completes|completed|finished|built|ready|竣工|建成|完工|落成|合龙"
            "|заверш\\w+|достро\\w+|построен\\w*|сда(?:н|ли|ны|на|но)"
        ),
        promised="completion|竣工|完工|завершени\\w+|окончани\\w+ строительства",
        lasts=False,
    ),
    "open": State(
        noun="opening",
        signs=("█", "#"),
        reported=(
            "open|opens|opened|in operation|in service|operational|operating|operates?|operated"
            "|launched|inaugurated|(?:went|put|came) into (?:service|operation|use)|commissioned"
            "|开通|通车|开放|运营|启用|投入使用|открыт\\w*|открыл\\w*|открылось|введен\\w*"
            "|запущен\\w*|запустил\\w*|действует|действуют|работает|курсирует|курсируют"
        ),
        promised="opening|launch|commissioning|открыти\\w+|запуск\\w*|ввод\\w*",
    ),
    "suspended": State(
        noun="suspension",
        signs=("-", "-"),
        reported=(
            "suspended|halted|stopped|on hold|paused|closed|暂停|停运|停工|中断"
            "|приостанов\\w+|остановлен\\w*"
        ),
        step=False,
    ),
    "cancelled": State(
        noun="cancellation",
        signs=("×", "x"),
        reported=("cancell?ed|scrapped|abandoned|called off|取消|放弃|отменен\\w*|отказал\\w+ от"),
        step=False,
        lasts=False,
    ),
}

# Those that follow each other; from any of them something may lapse, and begin anew.
STEPS = tuple(name for name, state in STATES.items() if state.step)
