"""The page about writing flows tells the truth."""

import re
from pathlib import Path

from samspill.flows.catalogue import build
from samspill.flows.commands import Set, Start
from samspill.flows.flow import SLOT_TYPES
from samspill.flows.layout import FIELDS
from samspill.flows.parse import FLOW_FIELDS, read_flows
from samspill.flows.texts import FILTERS
from tests.flows.talk import Talk

PAGE = (Path(__file__).parents[2] / "docs" / "write-a-flow.md").read_text("utf-8")


def test_the_full_example_works():
    flows = read_flows(PAGE.split("```yaml\n")[1].split("```")[0])
    talk = Talk(catalogue=build(flows))
    talk.turn(Start("large_delivery"), Set("country", "Sweden"))
    assert "driver calls" in talk.says(Set("upstairs", True))


def test_everything_there_is_is_on_the_page():
    named = set(re.findall(r"`(?:- )?([a-z_]+)", PAGE))
    own = {flow for flow in build().flows if flow.startswith("_") and flow != "_words"}
    assert {*FIELDS, *SLOT_TYPES, *FLOW_FIELDS, *FILTERS, *own} - named == {"code"}
