"""The manual as a web site: ``python -m sphinx -W docs site``. The lists of index.md are its navigation."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "workbench")]

project = "huginn"
html_title = "huginn"
extensions = ["myst_parser", "sphinx_copybutton"]
myst_heading_anchors = 4
html_theme = "furo"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_show_copyright = False
html_copy_source = False
pygments_dark_style = "github-dark"
copybutton_selector = "div:not(.highlight-text) > div.highlight > pre"
suppress_warnings = ["misc.highlighting_failure"]  # settings with placeholders

_LIST = re.compile(r"^## (\w+)\n\n((?:- .*\n?)+)", re.MULTILINE)
_PAGE = re.compile(r"\]\(([a-z0-9/-]+)\.md\)")
_LINK = re.compile(r"\[([^\]]*)\]\(((?:\.\./)+[^)#\s]+)(#[^)\s]*)?\)")
_NAME = re.compile(r"^<!-- ::: ([\w.]+) -->$", re.MULTILINE)


def _navigation(text: str) -> str:
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {found[1]}\n\n"
        + "\n".join(_PAGE.findall(found[2]))
        + "\n```\n"
        for found in _LIST.finditer(text)
    )


def _docstrings(found: re.Match[str]) -> str:
    """A public name with its docstring, and those of its members."""
    module, _, name = found[1].rpartition(".")
    value: Any = getattr(importlib.import_module(module), name)
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return f"### {name}\n"
    members = inspect.getmembers(value) if inspect.isclass(value) else []
    said = [(one, inspect.getdoc(part)) for one, part in members if one[0] != "_" and inspect.getdoc(part)]
    described = (f"- **{one}**: " + str(text).replace("\n", "\n  ") for one, text in said)
    return f"### {name}\n\n{inspect.getdoc(value)}\n\n" + "\n".join(described) + "\n"


def _read(app: Any, page: str, source: list[str]) -> None:
    """Files of the project become downloads, folders and pages elsewhere their words."""

    def link(found: re.Match[str]) -> str:
        target = (ROOT / "docs" / page).parent.joinpath(found[2]).resolve()
        if target.is_relative_to(ROOT / "docs"):
            return found[0]
        return f"{{download}}`{found[1].replace('`', '')} <{found[2]}>`" if target.is_file() else found[1]

    text = _NAME.sub(_docstrings, _LINK.sub(link, source[0]))
    source[0] = text + _navigation(text) if page == "index" else text


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _read)
