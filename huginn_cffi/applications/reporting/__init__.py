"""Captures as one page to look at: ``huginn report``, and the page that reads captures in a browser.

Example::

    import huginn_cffi as hg
    from huginn_cffi.applications.reporting import report_page

    page = report_page(hg.Analyzer(), "capture.pcap")
    pathlib.Path("report.html").write_bytes(page)
"""

from __future__ import annotations

from huginn_cffi.applications.reporting.make import report_page

__all__ = ["report_page"]
