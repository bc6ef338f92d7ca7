"""The cases run by the plain implementation."""

from __future__ import annotations

from sigcompiler.model import SignatureFile
from tests.acceptance.cases import AcceptanceCase, CaseOutcome, without_ends
from tests.reference.analyze import analysis_with
from tests.reference.capture import CaptureDamageError, read_capture
from tests.reference.render import event_fields, event_line


def run(case: AcceptanceCase, database: SignatureFile) -> CaseOutcome:
    """Read the case as a capture file."""
    analysis, outcome = analysis_with(database), CaseOutcome()
    try:
        for told in analysis.run(read_capture(case.capture)):
            outcome.rows.append(without_ends(event_line(told.event)))
            outcome.times.append(told.frame.time_ns)
            outcome.clients.append(event_fields(told.event)["cli"].partition("/")[0])
    except CaptureDamageError as error:
        outcome.damage = error.record, error.offset, str(error)
    outcome.packets, outcome.analysed = analysis.packets, analysis.analysed
    outcome.drops = dict(analysis.drops)
    outcome.orphans = analysis.tracker.counts.orphan_syn_acks
    return outcome
