"""The template engine. The only module that imports jinja2."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

try:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "a report needs jinja2; install it with: pip install 'huginn-cffi[report]'", name="jinja2"
    ) from error

from markupsafe import Markup

from huginn_cffi.tools.reporting.page import ASSETS, chart_json
from sigcompiler.diagnostics import valid


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Every text is escaped, unless the template says ``safe``."""
    made = Environment(
        loader=FileSystemLoader(Path(ASSETS)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json"] = lambda value: Markup(chart_json(value))
    made.filters["valid"] = valid
    return made
