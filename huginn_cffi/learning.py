"""From captures to signatures; see `huginn_cffi.tools.learning`."""

from __future__ import annotations

from huginn_cffi.tools.learning import (
    Change,
    Known,
    Learned,
    LearningError,
    Proposal,
    Refusal,
    Support,
    System,
    Unknown,
    learn,
    unknown,
)
from huginn_cffi.tools.learning.programs import LearnedPrograms, ProgramLine, learn_programs

__all__ = [
    "Change",
    "Known",
    "Learned",
    "LearnedPrograms",
    "LearningError",
    "ProgramLine",
    "Proposal",
    "Refusal",
    "Support",
    "System",
    "Unknown",
    "learn",
    "learn_programs",
    "unknown",
]
