/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * arp.h - which MAC has which address of IPv4 (RFC 826, RFC 5227).
 */
#ifndef HG_ARP_H
#define HG_ARP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_arp_reader;

#endif
