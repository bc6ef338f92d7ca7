"""The texts of the reasons why a packet has its name, by code.

The core selects the codes and inserts the values into these texts in order.
"""

from __future__ import annotations

from sigcompiler.vocabulary import MAX_DISTANCE

REASONS: dict[str, str] = {
    "MATCH": "{manner} match of a {kind} signature",
    "DF_LOST": "DF is missing",
    "ID_LOST": "the IP id is 0",
    "ID_GAINED": "the IP id is 0 without DF",
    "ECN_GAINED": "ECN is asked for",
    "ABOVE": "the TTL {ttl} is above the initial {initial}",
    "BELOW": f"the TTL {{ttl}} is more than {MAX_DISTANCE} hops below the initial {{initial}}",
    "ERASED": "options were overwritten with NOPs on the way",
    "TWO": "{families} send the same",
    "MORE": "{count} families fit as well: {families}",
    "SOURCE": "signature from {provenance}",
    "UNSTATED": "no source is stated",
}
