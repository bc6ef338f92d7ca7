"""Groups of options are composed by name, and a wrong name is an error."""

from __future__ import annotations

from typing import NamedTuple

import click
import pytest

from huginn_cffi.cli.parameters import OptionGroup, option


class Three(NamedTuple):
    one: str | None = option("--one WORD", "First.")
    two: bool = option("--two", "Second.")
    three: int = option("--three N", "Third.", int, default=3)


def names(group: OptionGroup) -> list[str | None]:
    return [one.name for one in group.click_parameters()]


def test_a_group_has_the_options_of_its_parts() -> None:
    assert names(OptionGroup(Three)) == ["one", "two", "three"]
    assert names(OptionGroup(Three, ("three",), ("one",))) == ["one", "three"]


def test_an_option_that_a_command_lacks_has_its_default() -> None:
    group = OptionGroup(Three, ("one",))
    assert group.value_in("", {"one": "word"}) == ("word", False, 3)


def test_an_option_is_replaced() -> None:
    (changed,) = OptionGroup(Three, ("two",), two=option("--second", "Other.")).click_parameters()
    assert isinstance(changed, click.Option)
    assert (changed.opts, changed.help) == (["--second"], "Other.")


@pytest.mark.parametrize(("parts", "replaced"), [(("tow",), ()), ((), ("four",)), (("one",), ("two",))])
def test_an_unknown_name_is_an_error(parts: tuple[str, ...], replaced: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=f"Three has no option {(*replaced, *parts)[0]}"):
        OptionGroup(Three, parts, **{name: option("--x", "X.") for name in replaced})
