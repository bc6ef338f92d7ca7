/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/dhcp_texts.h"

enum { MOST_NAME = 255, MOST_LABEL = 63 };

/* Writes the labels separated by dots, and returns their length; 0: the name is malformed. */
static uint32_t decode(const uint8_t *name, uint32_t length, uint8_t *out)
{
    uint32_t used = 0;
    for (uint32_t at = 0; at < length && name[at] != 0; at += 1 + (uint32_t)name[at]) {
        const uint32_t label = name[at];
        if (label > MOST_LABEL || label > length - at - 1 || used + 1 + label > MOST_NAME)
            return 0;
        if (used > 0)
            out[used++] = '.';
        memcpy(out + used, name + at + 1, label);
        used += label;
    }
    return used;
}

void hg_announce_fqdn(hg_announcing *to, const uint8_t *name, uint32_t length, int is_encoded)
{
    uint8_t decoded[MOST_NAME];
    if (is_encoded) {
        length = decode(name, length, decoded);
        name = decoded;
    }
    uint32_t first = 0;
    while (first < length && name[first] != '.' && name[first] != 0)
        first++;
    hg_announce(to, HG_SAYS_NAME, name, first);
    hg_announce(to, HG_SHOWS_FQDN, name, length);
}

void hg_announce_vendor(hg_announcing *to, uint32_t enterprise, const uint8_t *text, uint32_t length)
{
    HG_ANNOUNCE_PIECES(to, HG_SAYS_DHCP_VENDOR, enterprise, length > 0 ? " " : "", hg_span_of(text, length));
}

void hg_announce_list_item(hg_announcing *to, uint32_t number, int is_first)
{
    HG_ANNOUNCE_MORE(to, is_first ? "" : ",", number);
}
