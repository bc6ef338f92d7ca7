/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * linktype.h - numbers that more than the table of wrappings needs: link types (https://www.tcpdump.org/linktypes.html)
 * and protocols in headers.
 */
#pragma once

#include "hg_numbers.h"

enum {
#define NUMBER(space, constant, number) space##_##constant = (number),
    HG_NUMBERS_LINKTYPE_ROWS(NUMBER) HG_NUMBERS_ETHERTYPE_ROWS(NUMBER) HG_NUMBERS_PPP_ROWS(NUMBER)
#undef NUMBER
        ETHERTYPE_LLC = 0,       /* stands for all lengths */
    ETHERTYPE_LEAST = 0x0600 /* smaller values are lengths */
};

/* No link type: 802.11 in CAPWAP, where some access points swap the two bytes of the frame control. */
#define HG_WIFI_SWAPPED 0x10000u

enum { ETHERNET_HEADER = 14, ETHERTYPE_AT = 12 };

/* Linux cooked headers; the address of the sender has eight bytes. */
enum { SLL_HEADER = 16, SLL_HARDWARE_AT = 2, SLL_LENGTH_AT = 4, SLL_ADDRESS_AT = 6, SLL_TYPE_AT = 14 };
enum { SLL2_HEADER = 20, SLL2_TYPE_AT = 0, SLL2_HARDWARE_AT = 8, SLL2_LENGTH_AT = 11, SLL2_ADDRESS_AT = 12 };
