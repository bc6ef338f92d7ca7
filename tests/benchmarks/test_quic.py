"""The comparison with libcrypto runs, and both open all packets; how fast is not a test's matter."""

from __future__ import annotations

import pytest

from tools.bench import quic
from tools.bench.hotpath import CompilerAbsentError


def test_it_runs() -> None:
    pytest.importorskip("cryptography")
    try:
        rows = quic.run(50, 2)
    except (CompilerAbsentError, quic.UnfitLibcryptoError) as error:
        pytest.skip(str(error))
    assert len(rows) == 2
    assert all(rate > 0 for row in rows for rate in row)
