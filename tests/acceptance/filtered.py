"""Group D: cases with a filter. Beside the fields of other cases they have

``filter``, keywords by kind of filter ("80-90" is a range of ports); ``options``, the
same for the command line; ``bpf``, text in libpcap's language; ``warning``, words of one that is
given; ``error``, words of the error that a wrong filter raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import huginn_cffi as hg
from tests.acceptance.cases import FOLDER, AcceptanceCase

Ends = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FilterCase:
    """A case and its filter, in one of two languages."""

    case: AcceptanceCase
    filter: Mapping[str, Ends] | None
    bpf: str | None
    options: tuple[str, ...]
    """Arguments of the command line, empty where it cannot say the same."""
    warning: str | None
    error: str | None

    def __str__(self) -> str:
        return str(self.case)

    def analyzer(self, database: hg.Database) -> hg.Analyzer:
        """An analyzer with the filter; raises what a wrong one raises."""
        if self.bpf is not None:
            return hg.Analyzer(database, bpf=self.bpf)
        return hg.Analyzer(database).with_filter(self.config())

    def config(self) -> hg.FilterConfig:
        """The filter."""
        given = (self.filter or {}).items()
        return hg.FilterConfig(**{kind: KINDS[kind](**_values(ends)) for kind, ends in given})


KINDS: dict[str, Any] = {"port": hg.PortFilter, "ip": hg.IpFilter, "subnet": hg.SubnetFilter}


def _values(ends: Ends) -> dict[str, Any]:
    found: dict[str, Any] = dict(ends)
    if isinstance(text := found.get("dst"), str) and (numbers := re.fullmatch(r"(\d+)-(\d+)", text)):
        found["dst"] = range(int(numbers[1]), int(numbers[2]) + 1)
    return found


def load_filtered() -> list[FilterCase]:
    """The cases of group D in their order."""
    found = json.loads((FOLDER / "group_d.json").read_text(encoding="utf-8"))
    return [_filter_case(item) for item in found]


def _filter_case(item: dict[str, Any]) -> FilterCase:
    case = AcceptanceCase(
        case=item["case"],
        title=item["title"],
        linktype=item.get("linktype", 101),
        packets=tuple((int(Decimal(when) * 10**9), bytes.fromhex(data)) for when, data in item["packets"]),
        rows=tuple(item["rows"]) if "rows" in item else None,
        drops=item.get("drops", {}),
        orphans=item.get("orphans"),
    )
    bpf = item.get("bpf")
    return FilterCase(
        case=case,
        filter=item.get("filter"),
        bpf=bpf,
        options=("--bpf", bpf) if bpf is not None else tuple(item.get("options", ())),
        warning=item.get("warning"),
        error=item.get("error"),
    )
