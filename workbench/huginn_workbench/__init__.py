"""For authors of signatures: proposes them, measures names, compares databases and converts lists."""

__version__ = "0.1.0"
