"""All diagnostic codes with their meanings. Only this table documents them."""

from __future__ import annotations

CODES: dict[str, str] = {
    # The file.
    "E001": "a file cannot be read",
    "E002": "the signature files together are too large",
    "E003": "a line is too long",
    "E004": "a NUL byte: the file is probably not text",
    "E005": "too many errors; the rest was not read",
    # Lines and their order.
    "E010": "a section that does not exist, or text after its name",
    "E011": "a line that is neither a section, a comment nor KEY = VALUE",
    "E012": "an unknown key",
    "E013": "a line that is not allowed before the first section",
    "E014": "a classes line below a section",
    "E015": "a ua_os line elsewhere than between [http:request] and its first label",
    "E016": "a sig line without a label above it",
    "E017": "a userland label (class !) without its sys line",
    "E018": "a sys line elsewhere than right below a userland label",
    # classes, label, sys, ua_os.
    "E020": "a malformed list of classes",
    "E021": "a malformed label",
    "E022": "a class that no classes line names",
    "E023": "an empty name of a link in [mtu]",
    "E024": "a malformed list of systems",
    "E025": "a malformed ua_os list",
    # sig in [mtu] and in the TCP sections.
    "E030": "an MTU that is not a number from 1 to 65535",
    "E031": "a bad IP version",
    "E032": "a bad initial TTL",
    "E033": "a bad length of the IP options (olen)",
    "E034": "a bad MSS",
    "E035": "a bad window",
    "E036": "a bad window scale",
    "E037": "a bad option layout",
    "E038": "a bad list of quirks",
    "E039": "a bad payload class",
    "E040": "a signature that ends too early",
    "E041": "more than 24 TCP options",
    "E042": "an option after eol",
    "E043": "a quirk that the signature's IP version cannot show",
    # sig in the HTTP sections.
    "E050": "a bad HTTP version",
    "E051": "a bad list of headers",
    "E052": "a bad list of absent headers",
    "E053": "a bad software field",
    "E054": "more than 32 headers in one list",
    "E055": "too long a text of a header",
    "E056": "too many headers and texts of HTTP signatures, or of ua_os",
    # sig in [tls:client].
    "E060": "a bad first part of a JA4",
    "E061": "a bad digest in a JA4",
    "E062": "signatures leave open too many different places of a JA4",
    # label and sig in [device].
    "E070": "a bad value in a label of a device",
    "E071": "an announcement that does not exist",
    "E072": "a bad pattern",
    "E073": "a label with a capture that the pattern lacks",
    "E074": "too many patterns with the same beginning",
    # sig in [segments].
    "E080": "a bad condition on segments",
    "E081": "the same feature of segments twice, or too many conditions or values",
    # Accepted, but suspicious.
    "W001": "a byte order mark at the start of the file (dropped)",
    "W002": "text that is not valid UTF-8 (its bad bytes are replaced by U+FFFD)",
    "W003": "no signatures at all",
    "W004": "a label without any signature",
    "W005": "too many warnings; the rest are only counted",
    "W006": "a sys line names a system that nothing else names",
    "W010": "a TTL with a distance (N+D, N+?), as a packet shows it",
    "W011": "a comma after the last word of a list",
    "W012": "a repeated quirk",
    "W013": "a known option written by its number",
    "W014": "a flavor with a number that its grammar does not read as a version",
    # Signatures that cannot match.
    "W020": "an olen that no packet has",
    "W021": "an option layout that no packet has",
    "W022": "quirks that no packet shows together",
    "W023": "a quirk that this direction or layout never shows",
    "W024": "a value of an option that the layout lacks, or the reverse",
    "W025": "a JA4 that no hello has",
    # Signatures that cannot win.
    "W030": "a TCP signature that earlier ones cover",
    "W031": "the same TCP signature twice",
    "W032": "a TCP signature that wins only for packets from very far away",
    "W033": "a generic signature that a later specific one covers",
    "W034": "the same HTTP signature twice",
    "W035": "the same MTU twice",
    "W036": "the same JA4 twice",
    "W037": "a JA4 signature that another one covers",
    "W038": "an HTTP signature that another one covers",
    "W039": "the same pattern twice",
    "W040": "a pattern that another one covers",
    "W041": "a signature of segments that an earlier one covers",
}
"""Code to meaning. E codes are errors, W codes warnings."""


def severity_of(code: str) -> str:
    """``error`` or ``warning``, by the first letter of ``code``."""
    return "error" if code.startswith("E") else "warning"
