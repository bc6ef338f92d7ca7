"""Tools for authors of signatures: what differs, what a filter passes, diagnostics for machines."""
