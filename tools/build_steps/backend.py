"""The build backend: setuptools, without the warning that extensions in pyproject.toml are experimental.

Setuptools before version 77 supports neither licence expressions nor such extensions; then this module reads
them. Relative links in the description, which a package index shows, become links to the repository.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

import setuptools
from setuptools.build_meta import *  # noqa: F403 - the hooks of PEP 517 and 660
from setuptools.config import pyprojecttoml

warnings.filterwarnings("ignore", message=r".*tool\.setuptools\.ext-modules")

_load, _apply = pyprojecttoml.load_file, pyprojecttoml.apply_configuration


def _load_older(path: Any) -> dict[str, Any]:
    """The file with only the keys that older versions support."""
    values: dict[str, Any] = _load(path)
    project, own = values["project"], values["tool"]["setuptools"]
    project["license"] = {"text": project["license"]}
    own["license-files"] = project.pop("license-files")
    del own["ext-modules"]
    return values


def _apply_older(distribution: Any, path: Any, *options: Any) -> Any:
    """Apply the settings and add the extensions."""
    found = _apply(distribution, path, *options)
    for one in _load(path)["tool"]["setuptools"]["ext-modules"]:
        values = {name.replace("-", "_"): value for name, value in one.items()}
        found.ext_modules = [*(found.ext_modules or []), setuptools.Extension(**values)]
    return found


def _apply_links(distribution: Any, path: Any, *options: Any) -> Any:
    """Apply the settings, with a description whose links work on any page."""
    found = _apply_extensions(distribution, path, *options)
    of = found.metadata
    if source := of.project_urls.get("Source"):
        there = f"]({source}/blob/v{of.version}/"
        of.long_description = re.sub(r"\]\((?!https?:|#)", there, of.long_description)
    return found


_apply_extensions = _apply
if int(setuptools.__version__.partition(".")[0]) < 77:
    pyprojecttoml.load_file, _apply_extensions = _load_older, _apply_older
pyprojecttoml.apply_configuration = _apply_links
