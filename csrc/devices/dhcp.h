/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp.h - DHCP of IPv4 (RFC 2131, 2132), and BOOTP before it.
 */
#ifndef HG_DHCP_H
#define HG_DHCP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_dhcp_reader;

#endif
