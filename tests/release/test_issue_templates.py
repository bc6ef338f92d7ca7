"""What the forms for issues ask for: commands that work, and output that names nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.core import ROOT
from tests.support.in_process import run_in_process_as_text

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra docs)")

FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
METER = ROOT / "examples" / "meter.pcap"
ADDRESS = re.compile(r"\b\d+\.\d+\.\d+\.\d+\b")
KINDS = {"markdown": {"value"}, "input": {"label"}, "textarea": {"label"}, "dropdown": {"label", "options"}}
OPTIONS = {"learn": ("--as", "--host", "--client", "--server"), "explain": ("--packet",)}
KINDS["checkboxes"] = {"label", "options"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_have_what_the_host_asks_for(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= {*form}
    assert {*form} <= {"name", "description", "title", "labels", "body"}
    named = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert named
    assert len(named) == len({*named})
    for part in form["body"]:
        assert KINDS[part["type"]] <= {*part["attributes"]}
        assert {*part} <= {"type", "id", "attributes", "validations"}


def test_the_commands_of_the_forms_are_commands() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FORMS)
    found = {*re.findall(r"`huginn (\w+)", text)}
    assert found == {"learn", "explain", "pcap"}
    for name in found:
        shown = run_in_process_as_text(name, "--help").stdout
        for option in OPTIONS.get(name, ()):
            assert f"  {option} " in shown


def test_what_they_ask_for_names_nobody() -> None:
    words = ("learn", "--as", "Acme Meter 3.1", "--host", "192.0.2.31", "--host", "192.0.2.32", METER)
    learnt = run_in_process_as_text(*words)
    events = run_in_process_as_text("pcap", METER).stdout
    assert ADDRESS.search(events), "the capture has addresses"
    for done in (learnt, run_in_process_as_text("explain", "--packet", "1", METER)):
        assert done.returncode == 0
        assert not ADDRESS.search(done.stdout + done.stderr)
