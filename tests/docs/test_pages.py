"""What the README and the manual show is what happens."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli.wording import COMMANDS, WORKBENCH
from huginn_cffi.store import schema
from tests.support import needs
from tests.support.core import CONFIDENCE
from tests.support.manual_blocks import PAGES, ROOT, FencedBlock, agrees, blocks_of, examples_of, run

PROGRAMS = {"huginn": "-m huginn_cffi", "huginn-p0f": "-m huginn_cffi.cli.p0f", "python": ""}
"""Commands of an installation, and what each runs."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the blocks of a page run: as in the project's folder, but free to write."""
    place = tmp_path / "folder"
    shutil.copytree(ROOT / "examples", place / "examples")
    return place


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the commands that an installation brings."""
    place = tmp_path / "bin"
    place.mkdir()
    for name, module in PROGRAMS.items():
        program = place / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return place


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_shows(page: Path, folder: Path, programs: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if "import duckdb" in text and "asan" in os.environ.get("LD_PRELOAD", ""):
        pytest.skip("large libraries of others are not run under a sanitizer")
    examples = examples_of(text)
    if any(re.search(r"--bpf|huginn-p0f -r", example.block.text) for example in examples):
        needs.libpcap()
    for example in examples:
        status, printed = run(example.block, folder, programs)
        place = f"{page.name}:{example.block.line}"
        assert "Traceback" not in printed, f"{place} printed:\n{printed}"
        if example.output is None:
            assert status == 0, f"{place} ended with {status} and printed:\n{printed}"
        else:
            assert agrees(example.output, printed), f"{place} printed:\n{printed}"


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in blocks_of(text):
            text = text.replace(block.text, "")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" in target:
                continue
            path, _, anchor = target.partition("#")
            file = page.parent / path if path else page
            assert file.exists(), f"{page.name}: {target} leads nowhere"
            assert not anchor or anchor in _anchors(file), f"{page.name}: {target} has no such heading"


def test_sudo_is_told_where_the_program_is() -> None:
    """It does not look in the environment that setup.sh makes."""
    assert [page.name for page in PAGES if "sudo huginn" in page.read_text(encoding="utf-8")] == []


def _anchors(page: Path) -> set[str]:
    """The anchors that headings get: lower case, blanks to hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_commands_of_the_readme_can_be_found() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    marked = re.findall(r"^<!-- command: (\w+) -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
    assert [name for name, _ in marked] == ["run", "test"]


def test_readme_is_short() -> None:
    """It begins with a sentence, a picture, a command and its output, and no cell has more than 20 words."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    first = "\n".join(lines[:40])
    assert [one in first for one in ("<picture>", "<!-- command: run -->", "```text")] == [True] * 3
    cells = [cell for line in lines if line.startswith("|") for cell in line.split("|")]
    assert [cell for cell in cells if len(cell.split()) > 20] == []


def test_first_command_prints_what_stands_below_it(folder: Path, programs: Path) -> None:
    """Its set-up aside, which is what this test runs in."""
    blocks = blocks_of((ROOT / "README.md").read_text(encoding="utf-8"))
    command = next(block for block in blocks if block.left_out)
    shown = blocks[blocks.index(command) + 1]
    assert shown.language == "text"
    set_up, _, rest = command.text.partition(" && .venv/bin/")
    assert set_up == "sh setup.sh"
    status, printed = run(FencedBlock("sh", rest, command.line, False), folder, programs)
    assert status == 0
    assert agrees(shown.text, printed), f"README.md:{command.line} printed:\n{printed}"


def test_the_command_line_page_lists_every_command() -> None:
    """Of both packages."""
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    listed = {
        name for line in text.splitlines() if line[:1] == "|" for name in re.findall(r"`huginn (\w+)", line)
    }
    assert sorted({*COMMANDS, *WORKBENCH} - listed) == []


def test_numbers_of_formats_are_the_programs() -> None:
    store, accuracy = (
        (ROOT / "docs" / "reference" / page).read_text("utf-8") for page in ("store.md", "accuracy.md")
    )
    assert f"the version of the schema, {schema.VERSION}." in store
    kinds = json.loads(CONFIDENCE.read_text(encoding="utf-8"))["devices"]
    assert f" of {len(kinds)} kinds of values" in accuracy


def test_every_reason_for_leaving_a_packet_out_is_explained() -> None:
    text = (ROOT / "docs" / "reference" / "link-types.md").read_text(encoding="utf-8")
    assert [name for name in hg.Analyzer().stats.drops if f"`{name}`" not in text] == []
