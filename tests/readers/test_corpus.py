"""SSH identifications and certificates of the corpus are those of tshark."""

from __future__ import annotations

import pytest

from tests.readers import corpus
from tests.support.devices.captured import SHARED, need_tshark

SAMPLE = 8
"""Of each kind, the smallest; `python -m tests.readers.corpus` compares all."""


@pytest.mark.parametrize("kind", [0, 1], ids=["ssh", "certificates"])
def test_a_sample_of_the_corpus(kind: int) -> None:
    need_tshark()
    if not (SHARED / "corpus").is_dir():
        pytest.skip("needs ../shared")
    read, paths = (corpus.ssh, corpus.certificates)[kind], corpus.captures()[kind]
    listed = [one for one in paths if one.name in corpus.DIFFERENCES]
    texts = 0
    for path in [one for one in paths if one not in listed][:SAMPLE]:
        wanted, found = read(path)
        assert found == wanted, path.name
        texts += len(found)
    assert texts >= 4
    for path in listed[:1]:
        wanted, found = read(path)
        assert found != wanted, f"{path.name} is equal now"
