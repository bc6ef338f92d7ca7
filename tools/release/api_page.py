"""Write the signatures of public names in docs/reference/api.md: ``python -m tools.release.api_page``.

The names are the marks of the page, which become docstrings on the site.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from huginn_cffi.run.results import Draft
from huginn_cffi.run.views import View

RETURNED = ("Batch", "Database", "HostTable", "PolicyCase", "Results", "Sensor")
"""Classes whose objects only calls return."""

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
NAMES = re.compile(r"(?:```text\n.*?\n```\n\n)?((?:<!-- ::: [\w.]+ -->\n+)+)", re.DOTALL)
"""The marks of names, and the signatures above them."""


def page(text: str) -> str:
    """The page with the signatures of all names that it marks, each below its docstring's first words."""
    return NAMES.sub(_listed, text)


def _listed(found: re.Match[str]) -> str:
    lines = [line for path in re.findall(r"::: ([\w.]+)", found[1]) for line in described(path)]
    return f"```text{chr(10).join(lines)}\n```\n\n{found[1]}"


def described(path: str) -> Iterator[str]:
    """What a name is for, and its signature."""
    module, _, name = path.rpartition(".")
    for at, line in enumerate(signatures(path)):
        if at == 0:
            first, *_ = inspect.getdoc(getattr(importlib.import_module(module), name)).split("\n\n")
            yield "\n# " + first.replace("\n", " ")
        yield line


def signatures(path: str) -> Iterator[str]:
    """The signature of a name; for a class also its fields and public methods."""
    module, _, name = path.rpartition(".")
    found = getattr(importlib.import_module(module), name)
    if inspect.isclass(found):
        yield from _of_class(path, found)
    elif callable(found):
        yield f"{path}{_signature(found)}"


def _of_class(path: str, found: type) -> Iterator[str]:
    if not path.endswith(f".{found.__name__}"):
        path = f"{path} ({found.__name__})"
    if issubclass(found, BaseException):
        yield path
    elif is_dataclass(found):
        parameters = inspect.signature(found).parameters.keys() - {"self"}
        is_own_call = parameters != {one.name for one in fields(found) if one.init}
        yield f"{path}{_signature(found)}" if is_own_call else path
        yield from (f"    .{one.name}: {one.type}" for one in fields(found) if not one.name.startswith("_"))
    elif issubclass(found, tuple):
        yield path
        yield from (f"    .{name}: {_annotation(kind)}" for name, kind in found.__annotations__.items())
    else:
        yield f"{path}{_signature(found)}" if _is_made_by_users(found) else path
    for name, member in inspect.getmembers_static(found):
        if name.startswith("_") or not _is_own(found, name):
            continue
        if isinstance(member, property):
            yield f"    .{name}{_type_of_derived(member) or _kind_of(member) or _kind_of_slot(found, name)}"
        elif inspect.ismemberdescriptor(member):
            yield f"    .{name}{_kind_of_slot(found, name)}"
        elif inspect.isroutine(member):
            yield f"    .{name}{_signature(getattr(found, name))}"


def _is_made_by_users(found: type) -> bool:
    """Whether a user can call it. Results and what calls return are made by the package alone."""
    return found.__name__ not in RETURNED and not issubclass(found, (View, Draft))


def _is_own(found: type, name: str) -> bool:
    """Whether a member comes from this project, not from Python."""
    owner = next(one for one in found.__mro__ if name in vars(one))
    is_field = is_dataclass(found) and name in {one.name for one in fields(found)}  # it has its own line
    own = ("huginn_cffi.", "huginn_workbench.", "sigcompiler.")
    return f"{owner.__module__}.".startswith(own) and not is_field


def _signature(of: Any) -> str:
    try:
        found = inspect.signature(of)
    except (TypeError, ValueError):
        return "(...)"
    own = [one for one in found.parameters.values() if one.name != "self"]
    parts: list[str] = []
    for at, one in enumerate(own):
        is_first_keyword = one.kind is one.KEYWORD_ONLY and (at == 0 or own[at - 1].kind < one.VAR_POSITIONAL)
        parts += ["*"] if is_first_keyword else []
        parts.append(_parameter(one))
    return f"({', '.join(parts)}){_returned(found)}"


def _kind_of(of: property) -> str:
    """The return type of a property; empty without an annotation."""
    return _returned(inspect.signature(of.fget)) if inspect.isroutine(of.fget) else ""


def _kind_of_slot(of: type, name: str) -> str:
    """The annotated type of an attribute, T of a `Derived[T]`; empty without an annotation."""
    kinds = (vars(one).get("__annotations__", {}).get(name) for one in of.__mro__)
    kind = next((_annotation(one) for one in kinds if one is not None), "")
    return kind and " -> " + re.sub(r"^Derived\[(.*)\]$", r"\1", kind)


def _parameter(one: inspect.Parameter) -> str:
    star = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
    kind = "" if one.annotation is one.empty else f": {_annotation(one.annotation)}"
    if one.default is one.empty:
        return f"{star}{one.name}{kind}"
    is_plain = isinstance(one.default, (str, int, float, bool, tuple, type(None)))
    return f"{one.name}{kind} = {one.default!r}" if is_plain else f"{one.name}{kind} = ..."


def _returned(found: inspect.Signature) -> str:
    return (
        ""
        if found.return_annotation in (found.empty, None, "None")
        else f" -> {_annotation(found.return_annotation)}"
    )


def _annotation(of: object) -> str:
    text = of if isinstance(of, str) else getattr(of, "__forward_arg__", getattr(of, "__name__", str(of)))
    return re.sub(r"\b\w+_types\.", "", text)  # a module that is imported later


def _type_of_derived(of: property) -> str:
    """The type T of a `huginn_cffi.run.views.Derived[T]`; empty for other properties."""
    derived = getattr(of, "__orig_class__", None)
    if derived is None:
        return ""
    (kind,) = derived.__args__
    return " -> " + re.sub(r"\w+\.", "", str(kind) if hasattr(kind, "__args__") else kind.__name__)


def main() -> None:
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
