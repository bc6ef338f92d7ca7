/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the readers of datagrams, frames and connections in which devices announce themselves, and of DNS.
 */
#pragma once

#include "flow/reader.h"

/* X(name, protocol, hg_proof, how its datagrams are recognised). The first reader that accepts a datagram reads it. */
#define HG_EACH_DEVICE_READER(X)                                                                                   \
    X(dns, DNS, NEAR, .ports = {53}) /* questions to DNS servers */                                                \
    X(llmnr, DNS, NEAR, .ports = {5355}) /* RFC 4795 */                                                            \
    X(dhcp, DHCP, NEAR, .ports = {67, 68}) /* RFC 2131 and 2132, and BOOTP before it */                            \
    X(dhcp6, DHCP, NEAR, .ports = {546, 547}) /* DHCPv6, RFC 8415 */                                               \
    X(mdns, MDNS, LINK, .ports = {5353}) /* multicast DNS, RFC 6762, with services, RFC 6763 */                    \
    X(ssdp, SSDP, NEAR, .ports = {1900}, .begins = hg_ssdp_begins) /* UPnP Device Architecture 2.0, section 1 */   \
    X(netbios, NETBIOS, NEAR, .ports = {137, 138}) /* RFC 1001 and 1002, browsers: [MS-BRWS] */                    \
    X(lldp, LLDP, LINK, .link_protocol = 0x88CC) /* IEEE 802.1AB, with the inventory of LLDP-MED, ANSI/TIA-1057 */ \
    X(cdp, CDP, LINK,                                                                                              \
      .link_protocol = UINT64_C(0x00000C) << 16 | 0x2000) /* in SNAP; by Cisco, also used by other vendors */      \
    X(arp, ARP, LINK, .link_protocol = 0x0806) /* RFC 826 and 5227 */                                              \
    X(neighbor, NEIGHBOR, LINK, .link_protocol = HG_LINK_NEIGHBOR) /* Neighbor Discovery, RFC 4861 */              \
    X(snmp, SNMP, NEAR, .ports = {161}) /* RFC 1157 and 3416 */                                                    \
    X(wsd, SSDP, NEAR, .ports = {3702}) /* WS-Discovery: the draft of 2005/04, and OASIS's 1.1 */                  \
    X(signalling, SIGNALLING, NEAR, .ports = {5060}) /* SIP, RFC 3261 */                                           \
    X(discovery, DISCOVERY, NEAR, .ports = {5246, 5678, 6666, 6667}) /* CAPWAP, RFC 5415; MNDP; Tuya */

#define HG_DECLARE(name, ...) \
    hg_datagram_event hg_read_##name(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to);
HG_EACH_DEVICE_READER(HG_DECLARE)
#undef HG_DECLARE
/* Recognises SSDP's answers, which may have any ports (hg_datagram_reader.begins). */
int hg_ssdp_begins(const uint8_t *data, uint32_t length, uint32_t whole);

/* Reads session setups of SMB 1 to 3 over TCP ([MS-SMB], [MS-SMB2]). */
extern const hg_reader hg_smb_reader;
/* Reads heads of SIP and RTSP, and registrations of SCCP, over TCP. */
extern const hg_reader hg_signalling_reader;
