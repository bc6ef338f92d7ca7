/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the TLS readers: one for hellos and certificates in streams, one for QUIC and DTLS datagrams (see
 * datagram.h).
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_tls_reader;
extern const hg_datagram_reader hg_tls_datagram_reader;
