/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the readers of datagrams, frames and connections in which devices announce themselves.
 */
#pragma once

#include "flow/reader.h"

/* X(name): the first that takes a datagram reads it. */
#define HG_EACH_DEVICE_READER(X)                                                               \
    X(dns) /* questions to DNS (calls.c) */                                                    \
    X(llmnr) /* RFC 4795 */                                                                    \
    X(dhcp) /* of IPv4, RFC 2131 and 2132, and BOOTP before it */                              \
    X(dhcp6) /* of IPv6, RFC 8415 */                                                           \
    X(mdns) /* answers of multicast DNS, RFC 6762, with services, RFC 6763 */                  \
    X(ssdp) /* UPnP Device Architecture 2.0, 1 */                                              \
    X(netbios) /* over UDP, RFC 1001 and 1002, and the announcements of browsers, [MS-BRWS] */ \
    X(lldp) /* IEEE 802.1AB, with the inventory of LLDP-MED, ANSI/TIA-1057 */                  \
    X(cdp) /* of Cisco; others speak it as well */                                             \
    X(arp) /* RFC 826 and 5227 */                                                              \
    X(neighbor) /* Neighbor Discovery, RFC 4861 */                                             \
    X(snmp) /* RFC 1157 and 3416 */                                                            \
    X(wsd) /* WS-Discovery of 2005/04, and of OASIS, 1.1 */

#define HG_DECLARE(name) extern const hg_datagram_reader hg_##name##_reader;
HG_EACH_DEVICE_READER(HG_DECLARE)
#undef HG_DECLARE

/* Session setups of SMB, versions 1 to 3, over TCP ([MS-SMB], [MS-SMB2]). */
extern const hg_reader hg_smb_reader;
