"""Typed results: views on the rows of a batch."""

from __future__ import annotations

from huginn_cffi.run.http import HttpRequestObservation as HttpRequestObservation
from huginn_cffi.run.http import HttpResponseObservation as HttpResponseObservation
from huginn_cffi.run.match import Match as Match
from huginn_cffi.run.observables import Endpoint as Endpoint
from huginn_cffi.run.results import AnalysisResult as AnalysisResult
from huginn_cffi.run.results import AnnouncementObservation as AnnouncementObservation
from huginn_cffi.run.results import ChangeObservation as ChangeObservation
from huginn_cffi.run.results import DeviceChangeObservation as DeviceChangeObservation
from huginn_cffi.run.results import DeviceObservation as DeviceObservation
from huginn_cffi.run.results import DhcpObservation as DhcpObservation
from huginn_cffi.run.results import FindingObservation as FindingObservation
from huginn_cffi.run.results import GreetingObservation as GreetingObservation
from huginn_cffi.run.results import LoginObservation as LoginObservation
from huginn_cffi.run.results import MtuObservation as MtuObservation
from huginn_cffi.run.results import Part as Part
from huginn_cffi.run.results import ProxiedObservation as ProxiedObservation
from huginn_cffi.run.results import ResolutionObservation as ResolutionObservation
from huginn_cffi.run.results import SegmentsObservation as SegmentsObservation
from huginn_cffi.run.results import SshClientObservation as SshClientObservation
from huginn_cffi.run.results import SshServerObservation as SshServerObservation
from huginn_cffi.run.results import SynAckObservation as SynAckObservation
from huginn_cffi.run.results import SynObservation as SynObservation
from huginn_cffi.run.results import UptimeObservation as UptimeObservation
from huginn_cffi.run.tls import CertificateObservation as CertificateObservation
from huginn_cffi.run.tls import TlsClientObservation as TlsClientObservation
from huginn_cffi.run.tls import TlsServerObservation as TlsServerObservation
