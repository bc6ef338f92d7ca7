/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the TLS readers: hellos and certificates in streams; QUIC and DTLS as one reader of datagrams (datagram.h has the
 * contract of each).
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_tls_reader;
extern const hg_datagram_reader hg_tls_datagram_reader;
