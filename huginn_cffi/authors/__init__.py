"""Tools for authors of signatures; see `huginn_cffi.tools.authors`."""
