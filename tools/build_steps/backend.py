"""The build backend: setuptools, without its warning that extensions in pyproject.toml are experimental.

pyproject.toml bounds the versions of setuptools to those that know them.
"""

from __future__ import annotations

import warnings

from setuptools.build_meta import *  # noqa: F403 - the hooks of PEP 517 and 660

warnings.filterwarnings("ignore", message=r".*tool\.setuptools\.ext-modules")
