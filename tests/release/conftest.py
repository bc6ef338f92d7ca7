"""Releases are made with Python 3.11 or newer, which reads TOML."""

from __future__ import annotations

import sys

collect_ignore = ["test_prepare.py", "test_release.py"] if sys.version_info < (3, 11) else []
