"""x"""
from sigcompiler.model import SignatureFile
from sigcompiler.collector import Collector
def lint(model: SignatureFile, collector: Collector) -> None: ...
