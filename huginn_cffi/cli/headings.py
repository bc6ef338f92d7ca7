"""Groups options under headings in the help. Rare options are shown by ``--help-all`` only."""

from __future__ import annotations

from collections.abc import Sequence

import click

FEW = 6
"""Up to this number of options, a command lists them without headings."""
MANY = 14
"""With more options than this, a command shows the options in `RARE` with ``--help-all`` only."""

PLAIN = "Options"
"""Heading for all other options, such as p0f's."""

_TABLE = {
    "What to do": (
        "--as --host --client --server --device --labels --source? --pcap --packet --direction --fuzzy "
        "--strict --oracle --leave-one-source-out --combine-hosts --fit --segments? --devices?"
    ),
    "Results": (
        "--format --output --to --header --prefix --summary --details --top? --new-hosts --fields? --events? "
        "--absent? --random-macs? --only-findings --title --limit --relatives --weak --stats? --anonymize? "
        "--host-names --http-paths? --http-values? --color? --no-progress? --open"
    ),
    "Hosts": (
        "--hosts --local? --local-only --long --store --where --keep --sensor? --max-stored? --api "
        "--api-group? --api-mode? --listen --listen-allow? --listen-group?"
    ),
    "Traffic": (
        "--ip --subnet --port --src-port? --dst-port? --src-only? --dst-only? --deny? --bpf? --since --until"
    ),
    "Analysis": (
        "--db --with-default? --confidence --protocols? --http? --no-uptime? --no-decapsulate? --tunnels-of? "
        "--workers? --max-inventory? --max-connections? --max-hosts?"
    ),
    "Capture": (
        "--duration --count? --wait --user --promiscuous? --buffer-size? --rotate-size? --rotate-every? "
        "--stats-interval? --stats-format? --metrics-file?"
    ),
    "Help": "--help --help-all --version",
}
"""Options by heading, in the order of the help; a question mark marks options that few people need."""

HEADINGS = {heading: words.replace("?", "").split() for heading, words in _TABLE.items()}
"""Options by heading."""

RARE = {word[:-1] for words in _TABLE.values() for word in words.split() if word.endswith("?")}
"""Options that few people need."""


def name_of(option: click.Parameter) -> str:
    """The long name of an option."""
    return next((name for name in option.opts if name.startswith("--")), option.opts[0])


def write_options(
    context: click.Context, formatter: click.HelpFormatter, options: Sequence[click.Parameter], *, all: bool
) -> None:
    """Write the options of a command under headings. Without `all`, long lists omit rare options."""
    hides = len(options) > MANY and not all
    sections: dict[str, list[tuple[int, tuple[str, str]]]] = {heading: [] for heading in (PLAIN, *HEADINGS)}
    for option in options:
        record = option.get_help_record(context)
        if record is None or (hides and name_of(option) in RARE):
            continue
        heading, place = _place(name_of(option))
        sections[heading].append((place, record))
    if len(options) <= FEW:
        sections = {PLAIN: [item for found in sections.values() for item in found]}
    for heading, found in sections.items():
        if found:
            with formatter.section(heading):
                formatter.write_dl([record for _, record in sorted(found, key=lambda item: item[0])])


def _place(name: str) -> tuple[str, int]:
    for heading, names in HEADINGS.items():
        if name in names:
            return heading, names.index(name)
    return PLAIN, 0
