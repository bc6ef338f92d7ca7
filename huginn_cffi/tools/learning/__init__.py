"""From captures to signatures: what is not named yet, and lines that would name it."""

from __future__ import annotations

from huginn_cffi.tools.learning.learn import learn
from huginn_cffi.tools.learning.results import Change, Known, Learned, Proposal, Refusal, Support
from huginn_cffi.tools.learning.systems import LearningError, System
from huginn_cffi.tools.learning.unknown import Unknown, unknown

__all__ = [
    "Change",
    "Known",
    "Learned",
    "LearningError",
    "Proposal",
    "Refusal",
    "Support",
    "System",
    "Unknown",
    "learn",
    "unknown",
]
