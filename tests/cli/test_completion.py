"""Shells complete commands, options, values and files: asked of what answers them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import Run


def asked(run: Run, shell: str, words: str, number: int) -> str:
    """What the command tells a shell that completes its word `number`."""
    return run(_HUGINN_COMPLETE=f"{shell}_complete", COMP_WORDS=words, COMP_CWORD=str(number)).stdout


def test_bash(run: Run) -> None:
    assert asked(run, "bash", "huginn pc", 1) == "plain,pcap\n"
    assert asked(run, "bash", "huginn pcap --format ", 3).splitlines()[:3] == [
        "plain,text",
        "plain,json",
        "plain,p0f",
    ]
    assert "plain,--summary\n" in asked(run, "bash", "huginn pcap --su", 2)
    assert asked(run, "bash", "huginn pcap exa", 2) == "file,exa\n"
    assert asked(run, "bash", "huginn completion z", 2) == "plain,zsh\n"


def test_zsh_and_fish(run: Run) -> None:
    assert asked(run, "zsh", "huginn pc", 1).splitlines() == ["plain", "pcap", "Fingerprint captures."]
    found = run(_HUGINN_COMPLETE="fish_complete", COMP_WORDS="huginn", COMP_CWORD="pc").stdout
    assert found.split("\t")[0].strip().endswith("pcap")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_HUGINN_COMPLETE={shell}_complete" in done.stdout
    program = shutil.which(shell)
    if program is not None:
        checked = subprocess.run(
            [program, "-n"], input=done.stdout, capture_output=True, text=True, timeout=60
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_bash_itself(tmp_path: Path) -> None:
    """The script in a real bash, with the function called as Tab does."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    program = tmp_path / "huginn"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m huginn_cffi "$@"\n')
    program.chmod(0o755)
    script = (
        f'PATH="{tmp_path}:$PATH"; eval "$(huginn completion bash)"\n'
        "COMP_WORDS=(huginn pcap --form); COMP_CWORD=2\n"
        '_huginn_completion huginn; echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout == "--format\n", done.stderr
