"""Finds traffic in captures that no signature names, and proposes signatures for it."""

from __future__ import annotations

from huginn_workbench.learning.counting import Support
from huginn_workbench.learning.devices import learn_devices
from huginn_workbench.learning.evidence import LabelledSystem, LearningError
from huginn_workbench.learning.learn import learn
from huginn_workbench.learning.program_lines import LearnedPrograms, ProgramLine
from huginn_workbench.learning.programs import learn_programs
from huginn_workbench.learning.results import AnswerChange, Known, Learned, Proposal, Refusal
from huginn_workbench.learning.unknown import Unknown, unknown

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
