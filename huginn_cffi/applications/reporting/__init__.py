"""Shows captures as an HTML page: ``huginn report``, and the page that reads captures in a browser.

Example::

    import huginn_cffi as hg
    from huginn_cffi.applications.reporting import report_page

    page = report_page(hg.Analyzer(), "capture.pcap")
    pathlib.Path("report.html").write_bytes(page)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi.base.later import first_use

if TYPE_CHECKING:
    from huginn_cffi.applications.reporting.make import report_page

__all__ = ["report_page"]

# The build uses this package before the core exists.
__getattr__ = first_use(__name__, {".make": "report_page"})
