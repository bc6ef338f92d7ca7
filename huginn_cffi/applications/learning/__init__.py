"""From captures to signatures: what is not named yet, and lines that would name it."""

from __future__ import annotations

from huginn_cffi.applications.learning.learn import learn
from huginn_cffi.applications.learning.programs import LearnedPrograms, ProgramLine, learn_programs
from huginn_cffi.applications.learning.results import Change, Known, Learned, Proposal, Refusal, Support
from huginn_cffi.applications.learning.systems import LearningError, System
from huginn_cffi.applications.learning.unknown import Unknown, unknown

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
