"""What is known of units, states and characters is known in one place, and by all who ask."""

from typing import get_args

import pytest

from expofacts.facts.states import STATES, Status
from expofacts.verify.wording import promised, states


def test_the_states_of_the_format_are_those_of_the_table() -> None:
    assert get_args(Status) == tuple(STATES)


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_known_by_its_name_and_a_promise_by_its_noun(name: str) -> None:
    assert name in states(name)
    if STATES[name].promised:
        assert promised(STATES[name].noun) == {name}
