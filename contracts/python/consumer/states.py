"""Provider states, as contracts/states.json declares them for both consumers."""

import json
import pathlib
import re

from pact import generate, match

STATES = json.loads((pathlib.Path(__file__).resolve().parents[2] / "states.json").read_text())


def example(key: str, template: str) -> str:
    """What the consumer's test sees where the state gives a value: `/users/{id}` becomes `/users/497f...`."""
    return re.sub(r"\{(\w+)\}", lambda found: STATES[key]["gives"][found[1]], template)


def given(key: str, template: str):
    """A value that the state's handler gives. In a response it must be this very value."""
    expression = re.sub(r"\{(\w+)\}", r"${\1}", template)
    return match.type(example(key, template), generator=generate.provider_state(expression))
