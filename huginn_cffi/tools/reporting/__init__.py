"""Captures as one page to look at: ``huginn report``. Needs the extra ``huginn_cffi[report]``.

Example::

    import huginn_cffi as hg
    from huginn_cffi.tools.reporting import report_page

    page = report_page(hg.Analyzer(), "capture.pcap")
    pathlib.Path("report.html").write_bytes(page)
"""

from __future__ import annotations

try:
    import jinja2  # noqa: F401
    import pyarrow  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"a report needs {error.name}; install it with: pip install 'huginn-cffi[report]'", name=error.name
    ) from error

from huginn_cffi.tools.reporting.make import report_page

__all__ = ["report_page"]
