"""Messages of SMB 2."""

from __future__ import annotations

from tests.support.devices.smb import authenticate, challenge, negotiate, negotiation2, setup2

SPNEGO = bytes.fromhex("a181a23081")
CLIENT2 = negotiation2() + setup2(SPNEGO + negotiate()) + setup2(SPNEGO + authenticate())
SERVER2 = negotiation2(reply=True) + setup2(SPNEGO + challenge(), reply=True) + setup2(b"", reply=True)
