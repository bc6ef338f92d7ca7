"""Shows captures as an HTML page: ``huginn report``, and the page that reads captures in a browser.

Example::

    import huginn_cffi as hg
    from huginn_cffi.applications.reporting import report_page

    page = report_page(hg.Analyzer(), "capture.pcap")
    pathlib.Path("report.html").write_bytes(page)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huginn_cffi.applications.reporting.make import report_page

__all__ = ["report_page"]


def __getattr__(name: str) -> object:
    """Import names on first access, because the build uses this package before the core exists."""
    if name == "report_page":
        from huginn_cffi.applications.reporting.make import report_page

        return report_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
