"""What one version pickled is restored by another one, or refused with the remedy."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from huginn_cffi.base.errors import HuginnError

Kept = TypeVar("Kept")


def by_names(kind: type[Kept]) -> type[Kept]:
    """A dataclass that is pickled as names and values.

    `dataclass` itself keeps values alone, by their places: after a change of the fields they would
    silently become those of other fields.
    """
    made: Any = kind
    made.__reduce__ = _reduced
    made.__setstate__ = _refused
    return kind


def refuse(what: str, why: str) -> NoReturn:
    """Raise `HuginnError` for something that another version pickled, and say what to do."""
    raise HuginnError(
        f"a pickled {what} of another version of huginn_cffi ({why}): make it again with this version, "
        "or unpickle it with the version that made it"
    )


def refuse_damaged(what: str, why: object) -> NoReturn:
    """Raise `HuginnError` for something pickled that does not hold what this package puts there."""
    raise HuginnError(f"a pickled {what} is damaged: {why}; make it again")


def _reduced(self: Any) -> tuple[object, ...]:
    from dataclasses import fields

    return _restored, (type(self), {item.name: getattr(self, item.name) for item in fields(self)})


def _restored(kind: type[Any], values: dict[str, object]) -> object:
    """An object of that class; fields that are newer than the pickle have their defaults."""
    from dataclasses import MISSING, fields

    made = object.__new__(kind)
    for item in fields(kind):
        if item.name in values:
            value = values.pop(item.name)
        elif item.default is not MISSING:
            value = item.default
        elif item.default_factory is not MISSING:
            value = item.default_factory()
        else:
            refuse(kind.__name__, f"it lacks {item.name}")
        object.__setattr__(made, item.name, value)
    if values:
        refuse(kind.__name__, f"it has {min(values)}")
    return made


def _refused(self: object, state: object) -> NoReturn:
    refuse(type(self).__name__, "its fields have no names")
