"""Output formats: their names, and writers that take batches.

The core writes text formats, pyarrow writes tables.
"""
