"""Help teaches by example, and each example works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from huginn_cffi.base.installation import as_root
from huginn_cffi.cli.app import commands
from huginn_cffi.cli.wording import COMMANDS, MANY, PLACES, WORKBENCH, Commands, ExampleCommand, name_of
from tests.support.in_process import run_in_process_as_text
from tests.support.sample import sample

ROOT = Path(__file__).resolve().parents[2]
NOT_HERE = ("sudo ", "tcpdump ", "huginn capture ", "huginn interfaces", "huginn evaluate ", "huginn report ")
NOT_HERE += ("huginn alert ", "huginn me", "huginn web ")
NOT_HERE += ("huginn mcp ", "huginn crypto --store ", "huginn audit office.toml --store ")
"""They need an interface, a labelled corpus, a store, an extra or a key, or do not end; others run them."""
TAUGHT: list[tuple[str, ExampleCommand | Commands]] = [
    ("huginn", commands),  # type: ignore[list-item]
    *((name, commands.get_command(click.Context(commands), name)) for name in {**COMMANDS, **WORKBENCH}),  # type: ignore[list-item]
]
FP = """\
classes = unix
[tcp:request]
label = s:unix:Pump controller:2.1
sig = *:64:0:*:mss*4,7:mss,sok,ts,nop,ws:df,id+:0
"""
RECOG = """\
<fingerprints matches="dhcp_vendor_class"><fingerprint pattern="^Acme Print"><param name="hw.device"
value="Printer"/></fingerprint></fingerprints>
"""


def test_every_command_is_in_the_help_of_all() -> None:
    for known, folder in ((COMMANDS, "huginn_cffi/cli"), (WORKBENCH, "workbench/huginn_workbench")):
        modules = (ROOT / folder / "commands").glob("[a-z]*")
        assert list(known) == sorted(path.stem for path in modules)
    text = commands.get_help(click.Context(commands, info_name="huginn"))
    for name, line in {**COMMANDS, **WORKBENCH}.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", text, re.MULTILINE)


def test_help_on_all_commands_imports_none_of_them() -> None:
    code = "import sys; from huginn_cffi.cli.app import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = [name for name in done.stdout.split() if name.startswith("huginn_cffi.")]
    assert "huginn_cffi.cli.app" in imported
    assert not [name for name in imported if "commands" in name or "analyzer" in name or "results" in name]


NOT_FOR_EVERYBODY = {
    "--help": (
        *("dataclasses", "difflib", "json", "pathlib", "huginn_cffi.run.run", "huginn_cffi.formats.forms"),
    ),
    "pcap examples/sample.pcap": (
        *("cffi", "dataclasses", "difflib", "json", "lark", "pathlib", "shutil", "tempfile"),
        *(
            "huginn_cffi.libraries.libcrypto",
            "huginn_cffi.results",
            "huginn_cffi.run.stats",
            "sigcompiler.model",
        ),
    ),
    "pcap --format json examples/sample.pcap": (
        *("cffi", "difflib", "lark", "pathlib", "shutil", "tempfile"),
        *("huginn_cffi.libraries.libcrypto", "huginn_cffi.run.stats", "sigcompiler.model"),
    ),
}
"""Modules that cost a start, and that these commands do not need."""


@pytest.mark.parametrize("line", NOT_FOR_EVERYBODY)
def test_commands_import_what_they_need(line: str) -> None:
    """Beside what an installation and click import by themselves."""
    found = []
    for first in ("", f"from huginn_cffi.cli.app import run; assert run({line.split()!r}) == 0; "):
        code = f"import sys, click; {first}print(); print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        found.append({*done.stdout.splitlines()[-1].split()})
    before, after = found
    assert "huginn_cffi.cli.app" in after
    assert sorted((after - before) & {*NOT_FOR_EVERYBODY[line]}) == []


@pytest.mark.parametrize(("arguments", "own"), [("", True), ("['--help']", False)])
def test_no_garbage_is_looked_for_among_modules(arguments: str, own: bool) -> None:
    """But in what a command makes; and a program that runs a command keeps its own way."""
    code = (
        "import gc, sys; sys.argv = ['huginn', '--help']; from huginn_cffi.cli import main\n"
        f"main({arguments}); print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == f"True {own}"


@pytest.mark.parametrize(("name", "command"), TAUGHT)
def test_every_command_teaches_by_example(name: str, command: ExampleCommand | Commands) -> None:
    context = click.Context(command, info_name=name, max_content_width=200)
    text = command.get_help(context)
    assert command.examples
    before, _, after = text.partition("Examples:\n")
    assert re.search(r"\n(Options|Help):\n", after)
    assert "Usage:" in before
    for purpose, line in command.examples:
        words = line.removeprefix("sudo ")
        assert f"  # {purpose}\n  {line if words == line else as_root(words)}\n" in after
        assert "huginn" in line


@pytest.mark.parametrize(("name", "command"), TAUGHT)
def test_help_fits_on_a_screen_and_help_all_has_every_option(
    name: str, command: ExampleCommand | Commands
) -> None:
    words = [] if name == "huginn" else [name]
    shown = run_in_process_as_text(*words, "--help").stdout
    assert len(shown.splitlines()) <= 60
    context = click.Context(command)
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    assert {name_of(option) for option in options} <= PLACES.keys()
    if len(options) > MANY:
        assert "--help-all" in shown
        shown = run_in_process_as_text(*words, "--help-all").stdout
    for option in options:
        assert re.search(rf"{name_of(option)}\b", shown)


def test_headings_name_only_options_that_a_command_has() -> None:
    options = {name_of(one) for _, command in TAUGHT for one in command.get_params(click.Context(command))}
    assert PLACES.keys() <= options


def lines() -> Iterator[str]:
    for _, command in TAUGHT:
        for _, line in command.examples:
            if not line.startswith(NOT_HERE):
                yield line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the examples speak of."""
    place = tmp_path / "home"
    (place / "captures").mkdir(parents=True)
    (place / ".config/fish/completions").mkdir(parents=True)
    (place / "capture.pcap").write_bytes(sample())
    shutil.copy(place / "capture.pcap", place / "captures")
    (place / "plant.fp").write_text(FP)
    (place / "office.toml").write_text('[[rule]]\nname = "any"\nrequire = "1"\n')
    (place / "dhcp_vendor_class.xml").write_text(RECOG)
    (place / "oui.txt").write_text("00-00-5E   (hex)\t\tAcme\n")
    shutil.copy(ROOT / "examples" / "meter.pcap", place)
    program = tmp_path / "bin" / "huginn"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m huginn_cffi "$@"\n')
    program.chmod(0o755)
    return place


OF_A_SHELL = re.compile(r"[|<>$&;*?~()`]")


def example(line: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run it: in a shell what needs one, the rest in this process."""
    program, *words = shlex.split(line)
    if program == "huginn" and not OF_A_SHELL.search(line):
        return run_in_process_as_text(*words, cwd=folder, environment={"HOME": str(folder)})
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_examples_work(folder: Path) -> None:
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    tried = 0
    for line in lines():
        if line.startswith("eval") and "zsh" in line:
            continue  # which needs zsh
        done = example(line, folder, environment)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout or "-o" in line or "completion" in line, line
        tried += 1
    assert tried >= 12
