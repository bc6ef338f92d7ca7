"""A type's name says which type it is: no two files of the core define one name."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.support.core import CORE

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
TAG = re.compile(r"\b(?:struct|union|enum)\s+(\w+)\s*\{")
POINTER = re.compile(r"\btypedef\b[^;{]*\(\*(\w+)\)\(")
ALIAS = re.compile(r"\btypedef\b[^;{(]*\b(\w+)(?:\[\w*\])?;")
CLOSING = re.compile(r"^\} (\w+);$", re.MULTILINE)


def defined(text: str) -> set[str]:
    """Names of the types that a file defines; a type that it only declares has no braces."""
    code = COMMENT.sub("", text)
    aliases = {
        name
        for name in ALIAS.findall(code)
        if not re.search(rf"\btypedef (?:struct|union|enum) {name} {name};", code)
    }
    return {*TAG.findall(code), *POINTER.findall(code), *CLOSING.findall(code), *aliases}


def test_what_defines_a_type() -> None:
    text = """
        typedef struct hg_opaque hg_opaque;
        typedef struct hg_pair { int one; } hg_pair;
        typedef int (*hg_callback)(struct hg_other *of);
        typedef uint32_t hg_index; /* struct hg_comment { */
        static struct hg_pair *of(enum hg_kind kind) {
    """
    assert defined(text) == {"hg_pair", "hg_callback", "hg_index"}


def test_no_two_files_define_one_type() -> None:
    places = defaultdict(set)
    for path in CORE.rglob("*.[ch]"):
        for name in defined(path.read_text(encoding="utf-8")):
            places[name].add(path.relative_to(CORE).as_posix())
    assert len(places) > 400
    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == {}
