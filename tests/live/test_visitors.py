"""Programs over each version of HTTP, as an application behind a proxy sees them. Needs root."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.proxied import ProxiedServer, stage
from tests.live.visitors import KeyFiles, make_site, visit
from tests.support import network as net
from workbench.lab import visits

SPOKEN = {"1": "HTTP/1.1", "2": "HTTP/2.0", "3": "HTTP/3.0"}
NAMES = {"Chromium": '"Chrome or Edge"'}
"""What the ClientHello tells; of others their own name."""

WITHOUT_AGENT = ("Python", "aioquic")
"""These send no User-Agent, so they claim nothing."""

ANY = ("curl", "Python", "Chromium", "Firefox")
TWO, THREE = ("curl", "Chromium", "Firefox"), ("aioquic", "Chromium", "Firefox")
VISITS = [
    *(("nginx", "1", ANY), ("nginx", "2", TWO)),
    *(("caddy", "1", ANY), ("caddy", "2", TWO), ("caddy", "3", THREE)),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> KeyFiles:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def staged(request: pytest.FixtureRequest, site: KeyFiles) -> Iterator[tuple[ProxiedServer, str]]:
    """A proxy that is asked, and the newest version of HTTP that visitors are to use."""
    proxy, http = request.param
    with (
        net.network(tagged=False) as network,
        stage(proxy, network, site.both, http_1_only=http == "1") as made,
        made.capturing(),
    ):
        yield made, http


@pytest.mark.parametrize(
    ("staged", "visitor"),
    [((proxy, http), one) for proxy, http, visitors in VISITS for one in visitors],
    indirect=["staged"],
)
def test_who_visits(staged: tuple[ProxiedServer, str], visitor: str, site: KeyFiles, tmp_path: Path) -> None:
    """A browser takes the newest version that the site has: for HTTP/1 the site has no other."""
    made, http = staged
    found = visit(visitor, http, made, site, tmp_path)
    if found["huginn-status"] == "not_seen":  # a busy machine may read the packets after the answer was due
        (again := tmp_path / "again").mkdir()
        found = visit(visitor, http, made, site, again)
    assert found["spoken"] == SPOKEN[http]
    assert (found["huginn-status"], found.get("huginn-os")) == ("found", '"Linux"'), found
    assert found["huginn-transport"] == ("quic" if http == "3" else "tcp")
    assert found["huginn-client"] == NAMES.get(visitor, f'"{visitor}"')
    is_browser = visitor in ("Chromium", "Firefox")
    claim = found["huginn-claim"]
    if visitor in WITHOUT_AGENT:
        assert claim == '""'
    else:
        verdicts = ["consistent"] if is_browser else ["consistent", "not_checked"]
        assert any(f";verdict={one};" in claim for one in verdicts), found
    is_compared = is_browser and http != "3"  # QUIC has no SYN
    assert found["huginn-verdict"] == ("consistent" if is_compared else "not_checked")


@pytest.mark.parametrize(
    ("way", "start"),
    [
        ("relay", "consistent;by="),
        (
            "interception",
            'contradicts;by=hello;hello="Python";reason="another program than its browser says"',
        ),
    ],
)
def test_a_browser_behind_a_relay_and_behind_interception(way: str, start: str, site: KeyFiles) -> None:
    """A sample of ``python -m workbench.lab.visits browsers``."""
    with net.network(tagged=False) as network, visits.pages(network, site, 2) as made:
        found = visits.opened(made, "Chromium", way, site, 2)
    assert found.total() == 2
    assert all(claim.startswith((start, "not_checked")) for claim in found), found
