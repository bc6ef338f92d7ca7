"""The decorator ``stored`` (huginn_cffi/results/views.py) makes properties: the reference shows them so."""

from __future__ import annotations

from typing import Any

from griffe import Attribute, Class, Extension


class StoredProperties(Extension):
    """Turns such functions into attributes."""

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Look through the members of a class that was read."""
        for name, member in list(cls.members.items()):
            if not member.is_function or all(str(one.value) != "stored" for one in member.decorators):
                continue
            shown = Attribute(
                name,
                lineno=member.lineno,
                endlineno=member.endlineno,
                annotation=member.returns,
                docstring=member.docstring,
            )
            shown.labels.add("property")
            cls.set_member(name, shown)
