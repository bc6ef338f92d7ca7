/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * linktype.h - numbers that more than the table of wrappings needs: link types (https://www.tcpdump.org/linktypes.html)
 * and protocols in headers.
 */
#pragma once

enum {
    LINKTYPE_NULL = 0,
    LINKTYPE_ETHERNET = 1,
    LINKTYPE_ARCNET_BSD = 7,
    LINKTYPE_PPP = 9,
    LINKTYPE_PPP_HDLC = 50,
    LINKTYPE_RAW = 101,
    LINKTYPE_C_HDLC = 104,
    LINKTYPE_IEEE802_11 = 105,
    LINKTYPE_FRELAY = 107,
    LINKTYPE_LOOP = 108,
    LINKTYPE_LINUX_SLL = 113,
    LINKTYPE_IEEE802_11_PRISM = 119,
    LINKTYPE_IEEE802_11_RADIOTAP = 127,
    LINKTYPE_PKTAP_USER = 149,
    LINKTYPE_IEEE802_11_AVS = 163,
    LINKTYPE_JUNIPER_PPPOE = 167,
    LINKTYPE_JUNIPER_ETHER = 178,
    LINKTYPE_JUNIPER_PPP = 179,
    LINKTYPE_JUNIPER_FRELAY = 180,
    LINKTYPE_JUNIPER_CHDLC = 181,
    LINKTYPE_PPI = 192,
    LINKTYPE_ERF = 197,
    LINKTYPE_JUNIPER_ST = 200,
    LINKTYPE_PKTAP = 258,
    LINKTYPE_LINUX_SLL2 = 276,
    LINKTYPE_DSA_TAG_BRCM = 281,
    LINKTYPE_DSA_TAG_DSA = 284,
    LINKTYPE_DSA_TAG_EDSA = 285
};

/* No link type: 802.11 in CAPWAP, where some access points swap the two bytes of the frame control. */
#define HG_WIFI_SWAPPED 0x10000u

enum {
    ETHERTYPE_LEAST = 0x0600, /* smaller values are lengths */
    ETHERTYPE_LLC = 0,        /* stands for all lengths */
    ETHERTYPE_IPV4 = 0x0800,
    ETHERTYPE_ARP = 0x0806,
    ETHERTYPE_ERSPAN_3 = 0x22EB,
    ETHERTYPE_EOIP = 0x6400,
    ETHERTYPE_ETHERNET = 0x6558, /* a whole Ethernet frame */
    ETHERTYPE_VLAN = 0x8100,
    ETHERTYPE_IPV6 = 0x86DD,
    ETHERTYPE_PPP = 0x880B,
    ETHERTYPE_MPLS = 0x8847,
    ETHERTYPE_QINQ = 0x88A8,
    ETHERTYPE_ERSPAN = 0x88BE,
    ETHERTYPE_PBB = 0x88E7,
    ETHERTYPE_NSH = 0x894F,
    PPP_IPV4 = 0x0021,
    PPP_IPV6 = 0x0057,
    PPP_BRIDGED = 0x0031,
    PPP_MULTILINK = 0x003D,
    PPP_MPLS = 0x0281,
    PPP_MPLS_MULTICAST = 0x0283
};

enum { ETHERNET_HEADER = 14, ETHERTYPE_AT = 12 };

/* Linux cooked headers; the address of the sender has eight bytes. */
enum { SLL_HEADER = 16, SLL_HARDWARE_AT = 2, SLL_LENGTH_AT = 4, SLL_ADDRESS_AT = 6, SLL_TYPE_AT = 14 };
enum { SLL2_HEADER = 20, SLL2_TYPE_AT = 0, SLL2_HARDWARE_AT = 8, SLL2_LENGTH_AT = 11, SLL2_ADDRESS_AT = 12 };
