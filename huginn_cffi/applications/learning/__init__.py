"""Finds traffic in captures that no signature names, and proposes signatures for it."""

from __future__ import annotations

from huginn_cffi.applications.learning.counting import Support
from huginn_cffi.applications.learning.devices import learn_devices
from huginn_cffi.applications.learning.evidence import LabelledSystem, LearningError
from huginn_cffi.applications.learning.learn import learn
from huginn_cffi.applications.learning.program_lines import LearnedPrograms, ProgramLine
from huginn_cffi.applications.learning.programs import learn_programs
from huginn_cffi.applications.learning.results import AnswerChange, Known, Learned, Proposal, Refusal
from huginn_cffi.applications.learning.unknown import Unknown, unknown

__all__ = [
    "AnswerChange",
    "Known",
    "LabelledSystem",
    "Learned",
    "LearnedPrograms",
    "LearningError",
    "ProgramLine",
    "Proposal",
    "Refusal",
    "Support",
    "Unknown",
    "learn",
    "learn_devices",
    "learn_programs",
    "unknown",
]
