/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.h - hellos in datagrams: QUIC and DTLS as one reader (datagram.h has the contract of each).
 */
#pragma once

#include "flow/reader.h"

extern const hg_datagram_reader hg_tls_datagram_reader;
