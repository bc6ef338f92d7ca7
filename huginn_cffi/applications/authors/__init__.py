"""Tools for authors of signatures: comparison, conversion, packet filters, and diagnostics as JSON."""
