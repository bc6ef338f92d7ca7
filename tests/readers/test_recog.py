"""The examples of recog's own files of SSH and FTP banners (../shared), beside those in the other tests."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_workbench.core import explain_device
from huginn_workbench.recog_files import RecogFingerprint, read_recog
from tests.support.devices.captured import DEVICES

TAKEN = {"ssh": 119, "ftp": 25}
"""Patterns of which an example gets a program. The others are of programs that the database does not have."""

OTHERWISE = {
    "OpenSSH_3.4p1+CAN-2004-0175": ("OpenSSH", "3.4p1+CAN-2004-0175"),
    "foo.bar Microsoft FTP Service (Version 3.0).": ("Microsoft FTP Service", None),
    "foo.bar Microsoft FTP Service (Version 5.0).": ("Microsoft FTP Service", None),
    **{
        f"FileZilla Server {said} beta": ("FileZilla Server", version)
        for said, version in (
            *(("version 0.9.2", "0.9.2"), ("version 0.9.13a", "0.9.13a")),
            *(("0.9.54", "0.9.54"), ("v0.9.33", "0.9.33")),
        )
    },
}
"""Versions that recog has otherwise: a pattern has no alternatives and one version."""


def version_of(of: RecogFingerprint, values: dict[str, str]) -> str | None:
    """The version that recog states for an example."""
    group, fixed = of.params.get("service.version", (0, ""))
    return values.get("service.version") if group else fixed or None


@pytest.mark.parametrize("kind", TAKEN)
def test_all_examples_of_a_pattern_or_none(kind: str) -> None:
    path = DEVICES / "recog" / f"{kind}_banners.xml"
    if not path.is_file():
        pytest.skip("needs ../shared")
    database, taken, texts = hg.Database.load_default(), 0, 0
    for of in read_recog(path).fingerprints:
        examples = [(text.splitlines()[0].rstrip(), values) for text, values in of.examples if text.strip()]
        found = [(text, values, explain_device(database, kind, text)) for text, values in examples]
        if not any(one.match is not None for _, _, one in found):
            continue
        taken += 1
        for text, values, one in found:
            assert one.match is not None, f"{text}: other examples of this pattern have a name"
            wanted = OTHERWISE.get(text, (one.program, version_of(of, values) or one.program_version))
            assert (one.program, one.program_version) == wanted, text
            texts += 1
    assert taken >= TAKEN[kind]
    assert texts > taken
