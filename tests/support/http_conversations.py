"""HTTP conversations, and their results."""

from __future__ import annotations

import huginn_cffi as hg
from tests.support.tls.conversation import Conversation


def conversation() -> Conversation:
    """A connection to a web server."""
    return Conversation(server_port=80)


def results(found: Conversation, **options: object) -> list[hg.AnalysisResult]:
    """Results with a message of HTTP."""
    analyzer = hg.Analyzer(None, **options)  # type: ignore[arg-type]
    made = analyzer.analyze_packets(found.timed())
    return [result for result in made if result.http_request or result.http_response]
