"""Write manual pages and completions, which packages install: ``python -m tools.release.share``."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from huginn_cffi.cli.app import commands
from huginn_cffi.cli.commands.completion import VARIABLE
from tools.release.man_page import man_page, p0f_page, workbench_page

ROOT = Path(__file__).resolve().parents[2]
COMPLETIONS = {
    "bash": "share/bash-completion/completions/huginn",
    "zsh": "share/zsh/site-functions/_huginn",
    "fish": "share/fish/vendor_completions.d/huginn.fish",
}


def texts() -> dict[str, str]:
    made = {
        "share/man/man1/huginn.1": man_page(),
        "share/man/man1/huginn-p0f.1": p0f_page(),
        "workbench/share/man/man1/huginn-workbench.1": workbench_page(),
    }
    for shell, path in COMPLETIONS.items():
        kind = get_completion_class(shell)
        assert kind is not None
        made[path] = kind(click.Group(commands.name), {}, "huginn", VARIABLE).source() + "\n"
    return made


def main() -> None:
    for name, text in texts().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
