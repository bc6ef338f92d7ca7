"""Files of the project that pages link to (``../examples/...``), and the docstrings of the API page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "files"
DOCSTRING = re.compile(r"^<!-- (::: [\w.]+) -->$", re.MULTILINE)
LINK = re.compile(r"(?<=\]\()(?:\.\./)+([^)#\s]+)")


def on_files(files: Any, config: Any) -> Any:
    """Add what is linked to."""
    linked = {
        path
        for page in (ROOT / "docs").rglob("*.md")
        for path in LINK.findall(page.read_text(encoding="utf-8"))
        if (ROOT / path).is_file()
    }
    for path in sorted(linked):
        files.append(File.generated(config, f"{FOLDER}/{path}.txt", abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Point links there, and show the marks of docstrings to mkdocstrings; on GitHub they are comments."""
    up = "../" * page.file.src_uri.count("/")

    def kept(found: re.Match[str]) -> str:
        return f"{up}{FOLDER}/{found[1]}.txt" if (ROOT / found[1]).is_file() else found[0]

    return DOCSTRING.sub(r"\1", LINK.sub(kept, markdown))
