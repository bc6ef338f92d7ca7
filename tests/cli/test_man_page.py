"""The manual page has every command and every option, and roff takes it without a warning."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection

import click
import pytest

from huginn_cffi.cli.app import commands
from huginn_cffi.cli.p0f import p0f
from huginn_cffi.cli.wording import COMMANDS, WORKBENCH
from tests.support.core import ROOT
from tests.support.sanitizers import OF_OTHERS
from tools.release.man_page import man_page, p0f_page, workbench_page
from tools.release.share import texts


def shown(page: str) -> str:
    """A page as a terminal shows it, without bold and without breaks of lines."""
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    command = ["groff", "-man", "-ww", "-Tascii", "-P-c", "-rLL=2000n"]
    done = subprocess.run(command, input=page, capture_output=True, text=True, timeout=60, env=OF_OTHERS)
    assert done.stderr == ""
    plain = subprocess.run(
        ["col", "-bx"], input=done.stdout, capture_output=True, text=True, timeout=60, env=OF_OTHERS
    )
    return " ".join(plain.stdout.split())


def test_every_command_and_option_is_there() -> None:
    assert_described(shown(man_page()), COMMANDS)
    assert_described(shown(workbench_page()), WORKBENCH)


def assert_described(text: str, names: Collection[str]) -> None:
    context = click.Context(commands, info_name="huginn")
    found = [(f"huginn {name}", commands.get_command(context, name)) for name in names]
    groups = [(path, group) for path, group in found if isinstance(group, click.Group)]
    found += [
        (f"{path} {name}", group.get_command(context, name))
        for path, group in groups
        for name in group.list_commands(context)
    ]
    assert len(found) >= len(names)
    for path, command in found:
        assert f"{path} " in text
        assert command is not None
        for option in (item for item in command.params if isinstance(item, click.Option)):
            assert option.hidden or option.opts[-1] in text
            assert option.hidden or " ".join((option.help or "").split()[:4]) in text


def test_the_page_has_the_date_of_its_version() -> None:
    for page in (man_page(), p0f_page(), workbench_page()):
        assert re.match(r'\.TH HUGINN\S* 1 "\d{4}-\d\d-\d\d" "huginn', page)


def test_the_page_ends_with_examples_and_statuses() -> None:
    page = man_page()
    assert page.index(".SH COMMANDS") < page.index(".SH EXAMPLES") < page.index(".SH EXIT STATUS")
    assert "huginn devices capture.pcap" in shown(page).partition("EXAMPLES")[2]


def test_what_roff_takes_for_its_own_is_escaped() -> None:
    lines = man_page().splitlines()
    assert r"cat capture.pcap | huginn pcap \-" in lines
    assert not [line for line in lines if line.startswith("'")]


def test_the_page_of_p0fs_options() -> None:
    text = shown(p0f_page())
    assert "huginn-p0f - p0f's options and log" in text
    for option in (item for item in p0f.params if isinstance(item, click.Option) and not item.hidden):
        assert " ".join((option.help or "").split()[:4]) in text


@pytest.mark.parametrize("path", texts())
def test_what_packages_have_is_up_to_date(path: str) -> None:
    found = (ROOT / path).read_text(encoding="utf-8")
    assert found == texts()[path], "run: python -m tools.release.share"
