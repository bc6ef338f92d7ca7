"""The grammar of flavors, as the manual gives it."""

from __future__ import annotations

import re

VERSION = r"(?:\d+(?:\.\d+)*(?: R2)?|NT|ME|XP|Vista)"
ITEM = rf"{VERSION}(?:-{VERSION}| or newer(?: with larger buffers)?| or older)?"
VERSIONS = rf"{ITEM}(?:(?:, {ITEM})*,? or {ITEM})?"


def is_flavor(name: str, flavor: str) -> bool:
    """Tell whether a system's flavor follows the grammar; an empty one always does."""
    if not flavor:
        return True
    families = name.split(" or ")
    if len(families) == 1:
        return re.fullmatch(VERSIONS, flavor) is not None
    parts = flavor.split(" / ")
    if len(parts) != len(families):
        return False
    pairs = zip(families, parts, strict=True)
    return all(re.fullmatch(rf"{re.escape(family)}(?: {VERSIONS})?", part) for family, part in pairs)
