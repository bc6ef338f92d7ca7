"""Pictures of the manual are those of the command, have words beside them, and are small."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.docs.charts import SYSTEMS, neighbours
from tests.docs.packet_list import packet_list
from tests.docs.pictures import DRAWINGS, FOLDER, PACKET_LIST
from tests.support.counted_systems import counted
from tests.support.manual_blocks import ROOT

MARKDOWN = re.compile(r"!\[([^\]]*)\]\(\.\./pictures/([^)]+)\)")
HTML = re.compile(r'<img src="../pictures/([^"]+)" alt="([^"]*)"')
DARK = re.compile(r'srcset="../pictures/([^"]+)"')


def shown() -> dict[str, str]:
    """Each picture of a page with its words; one for dark screens has those of its twin."""
    found: dict[str, str] = {}
    for page in (ROOT / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        found |= {name: words for words, name in MARKDOWN.findall(text)}
        found |= dict(HTML.findall(text))
        found |= {name: found.get(name.replace("-dark", "-light"), "") for name in DARK.findall(text)}
    return found


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_what_the_command_makes(name: str) -> None:
    drawn = (FOLDER / name).read_text(encoding="utf-8")
    assert drawn == DRAWINGS[name](), "make them anew: python -m tests.docs.pictures"


def test_the_packet_list_is_what_tshark_prints() -> None:
    if shutil.which("tshark") is None:
        pytest.skip("tshark is not installed (Debian: tshark)")
    assert (FOLDER / PACKET_LIST).read_text(encoding="utf-8") == packet_list()


def test_every_picture_is_shown_with_words() -> None:
    found = shown()
    assert sorted(found) == sorted(path.name for path in FOLDER.iterdir())
    assert [name for name, words in found.items() if len(words) < 40] == []


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


def test_ports_of_the_picture_count_as_three_systems() -> None:
    assert counted(one for sent in neighbours() for one in sent) == SYSTEMS
