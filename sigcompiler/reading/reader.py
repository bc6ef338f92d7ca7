"""Reads the lines of a file: the grammar parses a line, the reader checks whether it is allowed there.

After an error the reader continues with the author's most probable intention: a bad label still opens its
block, a misspelt section is guessed, and errors that only follow from an earlier error are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lark import Token

from sigcompiler.collector import Collector
from sigcompiler.diagnostics import QUOTED_LENGTH, Problem, nearest, quoted
from sigcompiler.model import (
    SECTION_WORDS,
    LabelLine,
    Place,
    Section,
    SigFields,
    SignatureFile,
    TcpSignature,
    UserAgentSystem,
)
from sigcompiler.reading.devices import build_device, build_device_label
from sigcompiler.reading.hellos import build_tls
from sigcompiler.reading.segments import build_segments
from sigcompiler.reading.signatures import build_http, build_mtu, build_tcp, further_faults
from sigcompiler.reading.syntax import MAX_LINE, LineError, guess_section, parse_line, start_of
from sigcompiler.table.layout import HTTP_MOST_TEXT


@dataclass(slots=True)
class SystemNames:
    """Names seen so far in all files. Comparisons ignore case."""

    _known: dict[str, str] = field(default_factory=dict)
    _mentions: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def define(self, name: str) -> None:
        """Note that a label or a ``ua_os`` line names the system."""
        self._known.setdefault(name.lower(), name)

    def mention(self, name: str, place: Place) -> None:
        """Note that a ``sys`` line names the system."""
        self._mentions.setdefault(name.lower(), (name, place))

    def report_unknown(self, collector: Collector) -> None:
        """Warn once about each mentioned name that is not defined. p0f accepts these silently."""
        for lowered, (name, place) in self._mentions.items():
            if lowered in self._known:
                continue
            guess = nearest(name, self._known) if collector.may_guess else None
            hint = f"did you mean {self._known[guess]}?" if guess else "name it in a label or in ua_os"
            collector.add("W006", place, f"no other line names a system {quoted(name)}", hint)


_SECTIONS = {word: section for section, word in SECTION_WORDS.items()}
_STARTS = {section: section.name.lower().partition("_")[0] for section in Section}
_BUILDERS: dict[str, Callable[..., tuple[Any, list[Problem]]]] = {
    "mtu": build_mtu,
    "tcp": build_tcp,
    "http": build_http,
    "tls": build_tls,
    "device": build_device,
    "segments": build_segments,
}
"""The builders, by the list of the model that takes the signature; `build_tls` returns several."""
_USERLAND = "!"
_WITH_COMMENTS = ("tcp", "mtu", "tls")
"""Sections whose signatures cannot contain ``;``, so that a comment may stand behind them."""
_COMMENT = re.compile(r"[ \t]+;.*")

CLASSES_SHOWN = 20
"""Limit of the class names in a hint."""


OWN_RULES = "; rules: beyond p0f"
"""A comment: from it to the end of the file, additional rules apply (docs/reference/signature-format.md)."""


@dataclass(slots=True)
class _Block:
    """A label and the state of the lines below it."""

    label: LabelLine
    needs_systems: bool = False
    lenient: bool = False
    """Whether the label had an error, so that it is unknown which lines are valid below it."""
    used: bool = False
    provenance: str = ""


class FileReader:
    """The state while reading one file; content goes to the model, diagnostics to the collector."""

    def __init__(self, name: str, model: SignatureFile, collector: Collector, names: SystemNames) -> None:
        self._name = name
        self._model = model
        self._collector = collector
        self._names = names
        self._line = 0
        self._text = ""
        self._indent = 0
        self._skipping = False
        """Whether lines are skipped until a section defines their meaning."""
        self._classes: dict[str, str] = {}
        self._listed = set(map(str.lower, model.classes))
        """The classes of all files so far; `_classes` has the classes of this file."""
        self._any_class = False
        """Whether the list of classes had an error, so that its content is unknown."""
        self._own_rules = False
        self._section = Section.MTU
        self._start = "preamble"
        self._section_has_label = False
        self._block: _Block | None = None

    def read(self, lines: Sequence[str]) -> None:
        """Read all lines, or stop when the collector is full."""
        for self._line, raw in enumerate(lines, 1):
            text = raw.strip(" \t\r")
            if self._start in _WITH_COMMENTS and text.startswith("sig"):
                text = _COMMENT.sub("", text)
            if not text:
                continue
            self._text = text
            self._indent = raw.index(text)
            if self._is_readable(raw):
                self._read_line(text)
            if self._collector.full:
                break
        self._close_block()

    def _is_readable(self, raw: str) -> bool:
        if len(raw) > MAX_LINE:
            message = f"the line has {len(raw)} characters; at most {MAX_LINE} are read"
            self._report(0, "E003", message, "is this a signature file?")
            return False
        return not self._skipping or self._text.startswith(("[", "classes"))

    def _read_line(self, text: str) -> None:
        try:
            kind, tokens = parse_line(text, self._start)
        except LineError as error:
            self._add(error.problem, *further_faults(text, self._start, error.problem))
            self._recover(text)
        else:
            before, _, last = kind.rpartition("_")
            if last == "signature":
                self._read_signature(before, tokens)
            else:
                getattr(self, f"_read_{kind}")(tokens)

    def _recover(self, text: str) -> None:
        """Continue after a line that the grammar rejects, as if it were the line that it resembles."""
        key = text.partition("=")[0].rstrip(" \t")
        if text.startswith("["):
            guess = guess_section(text)
            self._enter(_SECTIONS[guess] if guess else None)
        elif key == "classes":
            self._any_class = True
        elif key == "label" and self._start != "preamble":
            self._open_unknown_block()
        elif self._block is not None:
            self._block.used = True  # avoids a warning about missing signatures
            if key == "sys":
                self._block.needs_systems = False

    # Sections and lists.

    def _read_section(self, tokens: list[Token]) -> None:
        self._enter(_SECTIONS[tokens[0].value])

    def _enter(self, section: Section | None) -> None:
        """Start a section; ``None`` is an unknown section, whose lines are skipped."""
        self._close_block()
        self._section_has_label = False
        self._skipping = section is None
        self._start = "preamble"
        if section is not None:
            self._section = section
            self._start = _STARTS[section]

    def _read_misplaced(self, tokens: list[Token]) -> None:
        """Report a line before the first section; this line and the following ones have no meaning."""
        key = tokens[0].value.rstrip("= \t")
        hint = "put a section line such as [tcp:request] above it; lines up to the next section are not read"
        self._report(0, "E013", f"{key} before the first section", hint)
        self._skipping = True

    def _read_classes(self, tokens: list[Token]) -> None:
        if self._start != "preamble":
            self._report(0, "E014", "classes below a section", "move the line above the first section")
        for token in tokens[1:]:
            self._classes.setdefault(token.lower(), token.value)
            if token.lower() not in self._listed:
                self._listed.add(token.lower())
                self._model.classes.append(token.value)

    def _read_user_agents(self, tokens: list[Token]) -> None:
        if self._section != Section.HTTP_REQUEST or self._section_has_label:
            hint = "move it between [http:request] and the first label there"
            self._report(0, "E015", "ua_os in the wrong place", hint)
        for token in tokens[1:]:
            name, _, text = token.value.partition("=")
            self._names.define(name)
            if len(text.encode("utf-8", "surrogateescape")) > HTTP_MOST_TEXT + 2:
                message = f"a text of more than {HTTP_MOST_TEXT} bytes"
                self._report(start_of(token), "E025", message, "write less of it")
                continue
            item = UserAgentSystem(self._place(start_of(token)), name, text[1:-1] or None)
            self._model.user_agent_systems.append(item)

    def _read_systems(self, tokens: list[Token]) -> None:
        block = self._block
        if block is None or not (block.needs_systems or block.lenient):
            hint = "sys is allowed once, right below a label of class !"
            self._report(0, "E018", "sys in the wrong place", hint)
            return
        block.needs_systems = False
        systems = []
        for token in tokens[1:]:
            name = token.value.strip()
            systems.append(name)
            if token.type == "SYSTEM_CLASS":
                self._check_class(name[1:], start_of(token) + 1)
            else:
                self._names.mention(name, self._place(start_of(token)))
        block.label = self._model.labels[-1] = replace(block.label, systems=tuple(systems))

    def _check_class(self, name: str, offset: int) -> None:
        if self._any_class or name.lower() in self._classes:
            return
        guess = nearest(name, self._classes) if self._collector.may_guess else None
        hint = f"add it to the classes line: classes = {self._class_list()}{name[:QUOTED_LENGTH]}"
        if guess:
            hint = f"did you mean {self._classes[guess]}?"
        self._report(offset, "E022", f"there is no class {quoted(name)}", hint)
        self._classes[name.lower()] = name  # report it only once

    def _class_list(self) -> str:
        """The first classes as in a classes line, each followed by a comma."""
        names = [f"{name}, " for name in islice(self._classes.values(), CLASSES_SHOWN)]
        return "".join([*names, "..., "] if len(self._classes) > CLASSES_SHOWN else names)

    # Labels.

    def _read_mtu_label(self, tokens: list[Token]) -> None:
        place = self._place(start_of(tokens[1]))
        self._open_block(LabelLine(place, self._section, tokens[1].value))

    def _read_label(self, tokens: list[Token]) -> None:
        _, kind, class_token, name_token, flavor = tokens
        os_class = class_token.value[1:]
        userland = os_class == _USERLAND
        if not userland:
            self._check_class(os_class, start_of(class_token) + 1)
        name = name_token.value[1:]
        self._names.define(name)
        label = LabelLine(
            self._place(start_of(kind)),
            self._section,
            name,
            flavor.value[1:],
            generic=kind.value == "g",
            userland=userland,
            os_class=None if userland else os_class,
        )
        self._open_block(label).needs_systems = userland

    def _read_device_label(self, tokens: list[Token]) -> None:
        label, problems = build_device_label(tokens, self._place(start_of(tokens[1])), self._section)
        self._add(*problems)
        self._open_block(label)

    _read_banner_label = _read_device_label

    def _open_block(self, label: LabelLine) -> _Block:
        self._close_block()
        self._section_has_label = True
        self._model.labels.append(label)
        self._block = block = _Block(label)
        return block

    def _open_unknown_block(self) -> _Block:
        """Start a block with a missing or wrong label, so that its lines can still be read."""
        block = self._open_block(LabelLine(self._place(0), self._section, name=""))
        block.lenient = True
        return block

    def _close_block(self) -> None:
        block = self._block
        self._block = None
        if block is None or block.lenient or block.used:
            return
        message = f"the label {quoted(block.label.name)} has no signatures"
        self._collector.add("W004", block.label.place, message, "add a sig line, or delete the label")

    # Signatures.

    def _block_of_signature(self) -> _Block:
        """Find the block of a signature; a missing label or sys line is reported once."""
        block = self._block
        if block is None:
            self._report(0, "E016", "sig without a label above it", "write a label line first")
            block = self._open_unknown_block()
        elif block.needs_systems:
            hint = "write sys = @CLASS or names of systems below the label; the list may be empty: sys ="
            self._report(0, "E017", "a label of class ! needs a sys line before its first sig", hint)
            block.needs_systems = False
        block.used = True
        return block

    def _read_signature(self, kind: str, tokens: list[Token]) -> None:
        block = self._block_of_signature()
        offset = start_of(tokens[1])
        line = SigFields(
            place=self._place(offset),
            label=block.label,
            text=self._text[offset:],
            provenance=block.provenance,
        )
        found, problems = _BUILDERS[kind](tokens, line)
        self._add(*problems)
        if isinstance(found, TcpSignature) and self._own_rules:
            found = replace(found, own_rules=True)
        if found:
            signatures: list[Any] = getattr(self._model, kind)
            signatures.extend(found if isinstance(found, list) else [found])

    # Comments.

    def _read_source(self, tokens: list[Token]) -> None:
        if self._block is not None:
            self._block.provenance = tokens[0].value.partition(":")[2].strip()

    def _read_comment(self, tokens: list[Token]) -> None:
        """Skip the comment, unless it is `OWN_RULES`; source comments are read elsewhere."""
        self._own_rules = self._own_rules or self._text == OWN_RULES

    # Places and problems; offsets count within the trimmed line, from 0.

    def _place(self, offset: int) -> Place:
        return Place(self._name, self._line, self._indent + offset + 1)

    def _report(self, offset: int, code: str, message: str, hint: str) -> None:
        self._collector.add(code, self._place(offset), message, hint)

    def _add(self, *problems: Problem) -> None:
        for problem in problems:
            self._report(*problem)
