"""Recipes that have to fit each other: what the service writes is what Filebeat reads."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import pytest

from tests.support.manual_blocks import ROOT

UNIT = (ROOT / "examples" / "systemd" / "huginn@.service").read_text(encoding="utf-8").replace("\\\n", " ")
RECIPE = (ROOT / "docs" / "guide" / "feeding.md").read_text(encoding="utf-8")


def word_of_unit(name: str) -> str:
    """What follows a word or a key of the unit."""
    (found,) = re.findall(rf"(?:^|\s){re.escape(name)}[ =](\S+)", UNIT)
    return str(found)


@pytest.mark.parametrize("rotated", ["", ".20260131T235959Z", ".20260131T235959Z-2"])
def test_filebeat_reads_what_the_service_writes(rotated: str) -> None:
    folder = f"/var/log/{word_of_unit('LogsDirectory')}"
    written = word_of_unit("-o").replace("${LOGS_DIRECTORY}", folder).replace("%i", "eth0")
    (pattern,) = re.findall(r'paths: \["([^"]+)"\]', RECIPE)
    assert fnmatch(written + rotated, pattern)


def test_it_is_written_in_the_form_that_the_recipe_wants() -> None:
    assert word_of_unit("--format") == "ecs"
    recipe = RECIPE[: RECIPE.index("filebeat.inputs")]
    assert "--format ecs" in recipe
    assert "expand_keys: true" in RECIPE
