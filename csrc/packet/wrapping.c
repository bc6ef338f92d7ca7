/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wrapping.c - the table of wrappings.
 */
#include "packet/wrapping.h"

#include "packet/headers.h"
#include "packet/link.h"
#include "packet/tunnel.h"

/* One row each: an identifier, the space and number that name the header, its name, its tunnel, then the function that
 * skips it, or its length, the space of its content, and the offset of the EtherType or the number of the content. */
#define LINK_ROWS(ROW)                                                                                                 \
    ROW(NULL_LINK, LINKTYPE, LINKTYPE_NULL, "NULL", NONE, hg_strip_address_family, 0, IP, 0)                           \
    ROW(ETHERNET, LINKTYPE, LINKTYPE_ETHERNET, "ETHERNET", NONE, NULL, ETHERNET_HEADER, ETHERTYPE, ETHERTYPE_AT)       \
    ROW(TOKEN_RING, LINKTYPE, 6, "IEEE802_5", NONE, hg_strip_token_ring, 0, IP, 0)                                     \
    ROW(ARCNET, LINKTYPE, LINKTYPE_ARCNET_BSD, "ARCNET_BSD", NONE, hg_strip_arcnet, 0, IP, 0)                          \
    ROW(SLIP, LINKTYPE, 8, "SLIP", NONE, hg_strip_slip, 0, IP, 0)                                                      \
    ROW(PPP, LINKTYPE, LINKTYPE_PPP, "PPP", NONE, hg_strip_hdlc, 0, IP, 0)                                             \
    ROW(FDDI, LINKTYPE, 10, "FDDI", NONE, hg_strip_fddi, 0, IP, 0)                                                     \
    ROW(RFC1483_BSD, LINKTYPE, 11, "ATM_RFC1483 (11)", NONE, hg_strip_rfc1483, 0, IP, 0)                               \
    ROW(RAW_BSD, LINKTYPE, 12, "RAW (12)", NONE, NULL, 0, IP, 0)                                                       \
    ROW(ENC_OPENBSD, LINKTYPE, 13, "ENC (13)", NONE, NULL, 12, IP, 0)                                                  \
    ROW(RAW_OPENBSD, LINKTYPE, 14, "RAW (14)", NONE, NULL, 0, IP, 0)                                                   \
    ROW(SLIP_BSDOS_RAW, LINKTYPE, 15, "SLIP_BSDOS (15)", NONE, hg_strip_slip, 0, IP, 0)                                \
    ROW(CLIP_LINUX, LINKTYPE, 19, "ATM_CLIP (19)", NONE, hg_strip_rfc1483, 0, IP, 0)                                   \
    ROW(PPP_HDLC, LINKTYPE, LINKTYPE_PPP_HDLC, "PPP_HDLC", NONE, hg_strip_hdlc, 0, IP, 0)                              \
    ROW(PPP_ETHER, LINKTYPE, 51, "PPP_ETHER", NONE, hg_strip_pppoe, 0, IP, 0)                                          \
    ROW(SYMANTEC, LINKTYPE, 99, "SYMANTEC_FIREWALL", NONE, NULL, 44, ETHERTYPE, 6)                                     \
    ROW(RFC1483, LINKTYPE, 100, "ATM_RFC1483", NONE, hg_strip_rfc1483, 0, IP, 0)                                       \
    ROW(RAW, LINKTYPE, LINKTYPE_RAW, "RAW", NONE, NULL, 0, IP, 0)                                                      \
    ROW(SLIP_BSDOS, LINKTYPE, 102, "SLIP_BSDOS", NONE, hg_strip_slip, 0, IP, 0)                                        \
    ROW(C_HDLC, LINKTYPE, LINKTYPE_C_HDLC, "C_HDLC", NONE, NULL, 4, ETHERTYPE, 2)                                      \
    ROW(WIFI, LINKTYPE, LINKTYPE_IEEE802_11, "IEEE802_11", NONE, hg_strip_wifi, 0, IP, 0)                              \
    ROW(CLIP, LINKTYPE, 106, "ATM_CLIP", NONE, hg_strip_rfc1483, 0, IP, 0)                                             \
    ROW(FRELAY, LINKTYPE, LINKTYPE_FRELAY, "FRELAY", NONE, hg_strip_frame_relay, 0, IP, 0)                             \
    ROW(LOOP, LINKTYPE, LINKTYPE_LOOP, "LOOP", NONE, hg_strip_address_family, 0, IP, 0)                                \
    ROW(ENC, LINKTYPE, 109, "ENC", NONE, NULL, 12, IP, 0)                                                              \
    ROW(C_HDLC_NETBSD, LINKTYPE, 112, "C_HDLC (112)", NONE, NULL, 4, ETHERTYPE, 2)                                     \
    ROW(SLL, LINKTYPE, LINKTYPE_LINUX_SLL, "LINUX_SLL", NONE, hg_strip_cooked, 0, IP, 0)                               \
    ROW(PFLOG, LINKTYPE, 117, "PFLOG", NONE, hg_strip_pflog, 0, IP, 0)                                                 \
    ROW(PRISM, LINKTYPE, LINKTYPE_IEEE802_11_PRISM, "IEEE802_11_PRISM", NONE, hg_strip_wifi, 0, IP, 0)                 \
    ROW(FIBRE_CHANNEL, LINKTYPE, 122, "IP_OVER_FC", NONE, NULL, 16, LINKTYPE, 100)                                     \
    ROW(SUNATM, LINKTYPE, 123, "SUNATM", NONE, hg_strip_sunatm, 0, IP, 0)                                              \
    ROW(RADIOTAP, LINKTYPE, LINKTYPE_IEEE802_11_RADIOTAP, "IEEE802_11_RADIOTAP", NONE, hg_strip_wifi, 0, IP, 0)        \
    ROW(TZSP_LINK, LINKTYPE, 128, "TZSP", NONE, hg_strip_tzsp, 0, IP, 0)                                               \
    ROW(ARCNET_LINUX, LINKTYPE, 129, "ARCNET_LINUX", NONE, hg_strip_arcnet, 0, IP, 0)                                  \
    ROW(J_MLPPP, LINKTYPE, 130, "JUNIPER_MLPPP", NONE, hg_strip_juniper, 0, IP, 0)                                     \
    ROW(J_MLFR, LINKTYPE, 131, "JUNIPER_MLFR", NONE, hg_strip_juniper, 0, IP, 0)                                       \
    ROW(J_ES, LINKTYPE, 132, "JUNIPER_ES", NONE, hg_strip_juniper, 0, IP, 0)                                           \
    ROW(J_GGSN, LINKTYPE, 133, "JUNIPER_GGSN", NONE, hg_strip_juniper, 0, IP, 0)                                       \
    ROW(J_MFR, LINKTYPE, 134, "JUNIPER_MFR", NONE, hg_strip_juniper, 0, IP, 0)                                         \
    ROW(J_ATM2, LINKTYPE, 135, "JUNIPER_ATM2", NONE, hg_strip_juniper, 0, IP, 0)                                       \
    ROW(J_SERVICES, LINKTYPE, 136, "JUNIPER_SERVICES", NONE, hg_strip_juniper, 0, IP, 0)                               \
    ROW(J_ATM1, LINKTYPE, 137, "JUNIPER_ATM1", NONE, hg_strip_juniper, 0, IP, 0)                                       \
    ROW(FIREWIRE, LINKTYPE, 138, "APPLE_IP_OVER_IEEE1394", NONE, NULL, 18, ETHERTYPE, 16)                              \
    ROW(DOCSIS, LINKTYPE, 143, "DOCSIS", NONE, hg_strip_docsis, 0, IP, 0)                                              \
    ROW(PKTAP_USER, LINKTYPE, LINKTYPE_PKTAP_USER, "PKTAP (149)", NONE, hg_strip_pktap, 0, IP, 0)                      \
    ROW(AVS, LINKTYPE, LINKTYPE_IEEE802_11_AVS, "IEEE802_11_AVS", NONE, hg_strip_wifi, 0, IP, 0)                       \
    ROW(J_MONITOR, LINKTYPE, 164, "JUNIPER_MONITOR", NONE, hg_strip_juniper, 0, IP, 0)                                 \
    ROW(PPP_PPPD, LINKTYPE, 166, "PPP_PPPD", NONE, hg_strip_pppd, 0, IP, 0)                                            \
    ROW(J_PPPOE, LINKTYPE, LINKTYPE_JUNIPER_PPPOE, "JUNIPER_PPPOE", NONE, hg_strip_juniper, 0, IP, 0)                  \
    ROW(J_PPPOE_ATM, LINKTYPE, 168, "JUNIPER_PPPOE_ATM", NONE, hg_strip_juniper, 0, IP, 0)                             \
    ROW(J_PIC_PEER, LINKTYPE, 174, "JUNIPER_PIC_PEER", NONE, hg_strip_juniper, 0, IP, 0)                               \
    ROW(J_ETHER, LINKTYPE, LINKTYPE_JUNIPER_ETHER, "JUNIPER_ETHER", NONE, hg_strip_juniper, 0, IP, 0)                  \
    ROW(J_PPP, LINKTYPE, LINKTYPE_JUNIPER_PPP, "JUNIPER_PPP", NONE, hg_strip_juniper, 0, IP, 0)                        \
    ROW(J_FRELAY, LINKTYPE, LINKTYPE_JUNIPER_FRELAY, "JUNIPER_FRELAY", NONE, hg_strip_juniper, 0, IP, 0)               \
    ROW(J_CHDLC, LINKTYPE, LINKTYPE_JUNIPER_CHDLC, "JUNIPER_CHDLC", NONE, hg_strip_juniper, 0, IP, 0)                  \
    ROW(MFR, LINKTYPE, 182, "MFR", NONE, hg_strip_mfr, 0, IP, 0)                                                       \
    ROW(J_VP, LINKTYPE, 183, "JUNIPER_VP", NONE, hg_strip_juniper, 0, IP, 0)                                           \
    ROW(PPI, LINKTYPE, LINKTYPE_PPI, "PPI", NONE, hg_strip_ppi, 0, IP, 0)                                              \
    ROW(J_ISM, LINKTYPE, 194, "JUNIPER_ISM", NONE, hg_strip_juniper, 0, IP, 0)                                         \
    ROW(ERF, LINKTYPE, LINKTYPE_ERF, "ERF", NONE, hg_strip_erf, 0, IP, 0)                                              \
    ROW(J_ST, LINKTYPE, LINKTYPE_JUNIPER_ST, "JUNIPER_ST", NONE, hg_strip_juniper, 0, IP, 0)                           \
    ROW(PPP_WITH_DIR, LINKTYPE, 204, "PPP_WITH_DIR", NONE, NULL, 1, LINKTYPE, LINKTYPE_PPP)                            \
    ROW(C_HDLC_WITH_DIR, LINKTYPE, 205, "C_HDLC_WITH_DIR", NONE, NULL, 1, LINKTYPE, LINKTYPE_C_HDLC)                   \
    ROW(FRELAY_WITH_DIR, LINKTYPE, 206, "FRELAY_WITH_DIR", NONE, NULL, 1, LINKTYPE, LINKTYPE_FRELAY)                   \
    ROW(MPLS_LINK, LINKTYPE, 219, "MPLS", NONE, hg_strip_mpls, 0, IP, 0)                                               \
    ROW(IPNET, LINKTYPE, 226, "IPNET", NONE, NULL, 24, IP, 0)                                                          \
    ROW(IPV4, LINKTYPE, 228, "IPV4", NONE, NULL, 0, IP, 0)                                                             \
    ROW(IPV6, LINKTYPE, 229, "IPV6", NONE, NULL, 0, IP, 0)                                                             \
    ROW(J_VS, LINKTYPE, 232, "JUNIPER_VS", NONE, hg_strip_juniper, 0, IP, 0)                                           \
    ROW(J_SRX_E2E, LINKTYPE, 233, "JUNIPER_SRX_E2E", NONE, hg_strip_juniper, 0, IP, 0)                                 \
    ROW(J_FIBRE_CHANNEL, LINKTYPE, 234, "JUNIPER_FIBRECHANNEL", NONE, hg_strip_juniper, 0, IP, 0)                      \
    ROW(J_ATM_CEMIC, LINKTYPE, 238, "JUNIPER_ATM_CEMIC", NONE, hg_strip_juniper, 0, IP, 0)                             \
    ROW(NFLOG, LINKTYPE, 239, "NFLOG", NONE, hg_strip_nflog, 0, IP, 0)                                                 \
    ROW(NETANALYZER, LINKTYPE, 240, "NETANALYZER", NONE, NULL, 4, LINKTYPE, LINKTYPE_ETHERNET)                         \
    ROW(NETANALYZER_WHOLE, LINKTYPE, 241, "NETANALYZER_TRANSPARENT", NONE, NULL, 12, LINKTYPE, LINKTYPE_ETHERNET)      \
    ROW(IPOIB, LINKTYPE, 242, "IPOIB", NONE, NULL, 44, ETHERTYPE, 40)                                                  \
    ROW(PKTAP, LINKTYPE, LINKTYPE_PKTAP, "PKTAP", NONE, hg_strip_pktap, 0, IP, 0)                                      \
    ROW(EPON, LINKTYPE, 259, "EPON", NONE, NULL, 8, LINKTYPE, LINKTYPE_ETHERNET)                                       \
    ROW(MPACKET, LINKTYPE, 274, "ETHERNET_MPACKET", NONE, NULL, 8, LINKTYPE, LINKTYPE_ETHERNET)                        \
    ROW(SLL2, LINKTYPE, LINKTYPE_LINUX_SLL2, "LINUX_SLL2", NONE, hg_strip_cooked, 0, IP, 0)                            \
    ROW(DSA_BRCM, LINKTYPE, LINKTYPE_DSA_TAG_BRCM, "DSA_TAG_BRCM", NONE, NULL, 18, ETHERTYPE, 16)                      \
    ROW(DSA_BRCM_PREPEND, LINKTYPE, 282, "DSA_TAG_BRCM_PREPEND", NONE, NULL, 4, LINKTYPE, LINKTYPE_ETHERNET)           \
    ROW(DSA, LINKTYPE, LINKTYPE_DSA_TAG_DSA, "DSA_TAG_DSA", NONE, NULL, 18, ETHERTYPE, 16)                             \
    ROW(EDSA, LINKTYPE, LINKTYPE_DSA_TAG_EDSA, "DSA_TAG_EDSA", NONE, NULL, 22, ETHERTYPE, 20)

#define ETHERTYPE_ROWS(ROW)                                                                                            \
    ROW(LLC, ETHERTYPE, ETHERTYPE_LLC, "LLC", NONE, hg_strip_llc, 0, IP, 0)                                            \
    ROW(VLAN, ETHERTYPE, ETHERTYPE_VLAN, "VLAN", NONE, NULL, 4, ETHERTYPE, 2)                                          \
    ROW(BRIDGED, ETHERTYPE, ETHERTYPE_ETHERNET, "Ethernet", NONE, NULL, 0, LINKTYPE, LINKTYPE_ETHERNET)                \
    ROW(FRELAY_IN_GRE, ETHERTYPE, 0x6559, "FRELAY", NONE, NULL, 0, LINKTYPE, LINKTYPE_FRELAY)                          \
    ROW(PPP_IN_GRE, ETHERTYPE, ETHERTYPE_PPP, "PPP", NONE, NULL, 0, LINKTYPE, LINKTYPE_PPP)                            \
    ROW(WCCP, ETHERTYPE, 0x883E, "WCCP", NONE, hg_strip_wccp, 0, IP, 0)                                                \
    ROW(MPLS, ETHERTYPE, ETHERTYPE_MPLS, "MPLS", NONE, hg_strip_mpls, 0, IP, 0)                                        \
    ROW(MPLS_MULTICAST, ETHERTYPE, 0x8848, "MPLS", NONE, hg_strip_mpls, 0, IP, 0)                                      \
    ROW(PPPOE, ETHERTYPE, 0x8864, "PPPoE", NONE, hg_strip_pppoe, 0, IP, 0)                                             \
    ROW(QINQ, ETHERTYPE, ETHERTYPE_QINQ, "VLAN", NONE, NULL, 4, ETHERTYPE, 2)                                          \
    ROW(JUMBO_LLC, ETHERTYPE, 0x8870, "LLC", NONE, hg_strip_llc, 0, IP, 0)                                             \
    ROW(MACSEC, ETHERTYPE, 0x88E5, "MACsec", NONE, hg_strip_macsec, 0, IP, 0)                                          \
    ROW(PBB, ETHERTYPE, ETHERTYPE_PBB, "802.1ah", PBB, hg_strip_pbb, 0, IP, 0)                                         \
    ROW(METADATA, ETHERTYPE, 0x8909, "Cisco Metadata", NONE, hg_strip_metadata, 0, IP, 0)                              \
    ROW(VN_TAG, ETHERTYPE, 0x8926, "VN-tag", NONE, NULL, 6, ETHERTYPE, 4)                                              \
    ROW(HSR, ETHERTYPE, 0x892F, "HSR", NONE, NULL, 6, ETHERTYPE, 4)                                                    \
    ROW(E_TAG, ETHERTYPE, 0x893F, "802.1BR", NONE, NULL, 8, ETHERTYPE, 6)                                              \
    ROW(NSH, ETHERTYPE, ETHERTYPE_NSH, "NSH", NSH, hg_strip_nsh, 0, IP, 0)                                             \
    ROW(QINQ_9100, ETHERTYPE, 0x9100, "VLAN", NONE, NULL, 4, ETHERTYPE, 2)                                             \
    ROW(QINQ_9200, ETHERTYPE, 0x9200, "VLAN", NONE, NULL, 4, ETHERTYPE, 2)                                             \
    ROW(QINQ_9300, ETHERTYPE, 0x9300, "VLAN", NONE, NULL, 4, ETHERTYPE, 2)                                             \
    ROW(ARISTA, ETHERTYPE, 0xD28B, "Arista time stamp", NONE, hg_strip_arista, 0, IP, 0)                               \
    ROW(R_TAG, ETHERTYPE, 0xF1C1, "802.1CB", NONE, NULL, 6, ETHERTYPE, 4)

#define IP_ROWS(ROW)                                                                                                   \
    ROW(IPV4_IN_IP, PROTOCOL, PROTOCOL_IPV4, "IPv4", IPIP, NULL, 0, IP, 0)                                             \
    ROW(IPV6_IN_IP, PROTOCOL, PROTOCOL_IPV6, "IPv6", IPIP, NULL, 0, IP, 0)                                             \
    ROW(GRE, PROTOCOL, PROTOCOL_GRE, "GRE", GRE, hg_strip_gre, 0, IP, 0)                                               \
    ROW(ETHERIP, PROTOCOL, 97, "EtherIP", ETHERIP, NULL, 2, LINKTYPE, LINKTYPE_ETHERNET)                               \
    ROW(L2TPV3, PROTOCOL, 115, "L2TPv3", L2TP, hg_strip_l2tp3, 0, IP, 0)                                               \
    ROW(MPLS_IN_IP, PROTOCOL, 137, "MPLS", MPLS, hg_strip_mpls, 0, IP, 0)                                              \
    ROW(ETHERNET_IN_IP, PROTOCOL, 143, "Ethernet", ETHERIP, NULL, 0, LINKTYPE, LINKTYPE_ETHERNET)

/* L2TP, CAPWAP and Teredo are also sent from their port; others use it only as destination. */
#define UDP_ROWS(ROW)                                                                                                  \
    ROW(L2TP, UDP, 1701, "L2TP", L2TP, hg_strip_l2tp, 0, IP, 0)                                                        \
    ROW(GTPU, UDP, 2152, "GTP-U", GTPU, hg_strip_gtpu, 0, IP, 0)                                                       \
    ROW(TEREDO, UDP, 3544, "Teredo", TEREDO, hg_strip_teredo, 0, IP, 0)                                                \
    ROW(LISP, UDP, 4341, "LISP", LISP, hg_strip_lisp, 0, IP, 0)                                                        \
    ROW(GRE_IN_UDP, UDP, 4754, "GRE", GRE, hg_strip_gre, 0, IP, 0)                                                     \
    ROW(VXLAN, UDP, 4789, "VXLAN", VXLAN, hg_strip_vxlan, 0, IP, 0)                                                    \
    ROW(VXLAN_GPE, UDP, 4790, "VXLAN-GPE", VXLAN, hg_strip_vxlan, 0, IP, 0)                                            \
    ROW(CAPWAP, UDP, 5247, "CAPWAP", CAPWAP, hg_strip_capwap, 0, IP, 0)                                                \
    ROW(GENEVE, UDP, 6081, "GENEVE", GENEVE, hg_strip_geneve, 0, IP, 0)                                                \
    ROW(MPLS_IN_UDP, UDP, 6635, "MPLS", MPLS, hg_strip_mpls, 0, IP, 0)                                                 \
    ROW(HP_ERM, UDP, 7932, "HP ERM", HP_ERM, hg_strip_hp_erm, 0, IP, 0)                                                \
    ROW(VXLAN_OLD, UDP, 8472, "VXLAN", VXLAN, hg_strip_vxlan, 0, IP, 0)                                                \
    ROW(TZSP, UDP, 37008, "TZSP", TZSP, hg_strip_tzsp, 0, IP, 0)

#define ALL_ROWS(ROW) LINK_ROWS(ROW) ETHERTYPE_ROWS(ROW) IP_ROWS(ROW) UDP_ROWS(ROW)

#define INDEX(id, ...) ROW_##id,
enum { ALL_ROWS(INDEX) ROWS };

#define VALUES(id, of_space, of_number, text, kind, function, length, following, value)                                \
    [ROW_##id] = {.name = (text), .strip = (function), .number = (of_number), .space = HG_SPACE_##of_space,            \
                  .tunnel = HG_TUNNEL_##kind, .bytes = (length), .next = HG_SPACE_##following, .argument = (value)},
static const hg_wrapping TABLE[ROWS] = {ALL_ROWS(VALUES)};

#define CASE(id, of_space, of_number, ...)                                                                             \
    case of_number:                                                                                                    \
        return TABLE + ROW_##id;

static const hg_wrapping *of_linktype(uint64_t number)
{
    switch (number) {
        LINK_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_ethertype(uint64_t number)
{
    if (number == ETHERTYPE_ARP) /* the most frequent one that wraps nothing */
        return NULL;
    switch (number < ETHERTYPE_LEAST ? ETHERTYPE_LLC : number) {
        ETHERTYPE_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_protocol(uint64_t number)
{
    switch (number) {
        IP_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_port(uint64_t number)
{
    switch (number) {
        UDP_ROWS(CASE)
    default:
        return NULL;
    }
}

const hg_wrapping *hg_wrapping_find(uint32_t space, uint64_t number)
{
    switch (space) {
    case HG_SPACE_LINKTYPE:
        return of_linktype(number);
    case HG_SPACE_ETHERTYPE:
        return of_ethertype(number);
    case HG_SPACE_PROTOCOL:
        return of_protocol(number);
    case HG_SPACE_UDP:
        return of_port(number);
    default:
        return NULL;
    }
}

int hg_wrapping_list(uint32_t i, hg_space *space, uint32_t *number, const char **name)
{
    if (i >= ROWS)
        return 0;
    *space = (hg_space)TABLE[i].space;
    *number = TABLE[i].number;
    *name = TABLE[i].name;
    return 1;
}

int hg_linktype_supported(uint32_t linktype)
{
    return hg_wrapping_find(HG_SPACE_LINKTYPE, linktype) != NULL;
}

static const hg_wrapping *of_ports(const uint8_t *udp)
{
    const hg_wrapping *row = of_port(hg_be16(udp + UDP_DESTINATION_AT));
    if (row != NULL)
        return row;
    const uint32_t source = hg_be16(udp + UDP_SOURCE_AT);
    const int sends = source == 1701 || source == 3544 || source == 5247; /* L2TP, Teredo, CAPWAP */
    return sends ? of_port(source) : NULL;
}

/* Skips the UDP header of a tunnel. A length of 0 is that of a datagram of more than 65,535 bytes (RFC 2675). */
static hg_drop skip_udp(hg_view *view)
{
    if (view->captured < HG_UDP_HEADER)
        return hg_short_drop(view, HG_UDP_HEADER);
    const uint32_t length = hg_be16(view->data + UDP_LENGTH_AT);
    if (length != 0 && (length < HG_UDP_HEADER || length > view->wire))
        return HG_DROP_NOT_TCP;
    if (length != 0)
        hg_limit(view, length);
    hg_take(view, HG_UDP_HEADER);
    return HG_DROP_NONE;
}

/* Opens `row`, to which a UDP header's ports belong. Clients of other protocols may use the same port: 0. */
static __attribute__((noinline)) int open_udp(const hg_wrapping *row, hg_view *view, hg_content *next, hg_drop *drop)
{
    hg_view inside = *view;
    hg_content content = {.number = row->number, .space = HG_SPACE_UDP};
    hg_drop found = skip_udp(&inside);
    if (found == HG_DROP_NONE)
        found = hg_wrapping_open(row, &inside, &content);
    if (found == HG_DROP_NOT_TCP && view->captured > HG_UDP_HEADER)
        return 0;
    *drop = found;
    *view = inside;
    *next = content;
    return 1;
}

const hg_wrapping *hg_wrapping_open_udp(hg_view *view, hg_content *next, hg_drop *drop)
{
    const hg_wrapping *row = view->captured < UDP_PORTS_END ? NULL : of_ports(view->data);
    return row != NULL && open_udp(row, view, next, drop) ? row : NULL;
}

int hg_is_wrapping_udp(const hg_view *view)
{
    if (view->captured < UDP_PORTS_END || of_ports(view->data) == NULL)
        return 0;
    hg_view inside = *view;
    hg_content next;
    hg_drop drop;
    return hg_wrapping_open_udp(&inside, &next, &drop) != NULL;
}

/* Whether the version of IP at `view` is the one that the number before it states. */
static int is_stated_version(const hg_view *view, uint64_t number)
{
    const uint32_t version = view->captured == 0 ? 0 : hg_ip_version(view);
    return (version == 4 && number != ETHERTYPE_IPV6 && number != PPP_IPV6) ||
           (version == 6 && number != ETHERTYPE_IPV4 && number != PPP_IPV4);
}

/* Labels are skipped here, because the function that opens them calls this one. */
int hg_holds_ip(const hg_view *view, uint32_t at, uint32_t linktype)
{
    enum { MOST_HEADERS = 16 };
    hg_view inside = *view;
    hg_content next = {.number = linktype, .space = HG_SPACE_LINKTYPE};
    if (!hg_take(&inside, at))
        return 0;
    for (int headers = 0; headers < MOST_HEADERS && next.space != HG_SPACE_IP; headers++) {
        const hg_wrapping *row = hg_wrapping_find(next.space, next.number);
        if (row != NULL && row->strip == hg_strip_mpls) {
            if (!hg_skip_labels(&inside) || inside.captured == 0)
                return 0;
            if (hg_ip_version(&inside) == 0 || is_stated_version(&inside, 0))
                return 1;
            hg_next_is_ethernet(&next);
        } else if (row == NULL || hg_wrapping_open(row, &inside, &next) != HG_DROP_NONE) {
            return 0;
        }
    }
    return next.space == HG_SPACE_IP && is_stated_version(&inside, next.number);
}
