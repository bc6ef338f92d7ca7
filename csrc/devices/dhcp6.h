/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp6.h - DHCP of IPv6 (RFC 8415).
 */
#ifndef HG_DHCP6_H
#define HG_DHCP6_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_dhcp6_reader;

#endif
