/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packet/source_mac.h"

#include <string.h>

#include "base/bytes.h"
#include "packet/linktype.h"
#include "packet/wifi.h"

/* Ethernet: destination, source. */
enum { ETHERNET_SOURCE_AT = 6 };

/* What Linux writes: the length of the address, eight bytes for it. */
enum { SLL_LENGTH_AT = 4, SLL_ADDRESS_AT = 6 };
enum { SLL2_LENGTH_AT = 11, SLL2_ADDRESS_AT = 12 };

static int copy(const hg_frame *frame, uint32_t at, uint8_t *mac)
{
    static const uint8_t none[HG_MAC_LENGTH] = {0};
    if (at > frame->captured || frame->captured - at < HG_MAC_LENGTH)
        return 0;
    memcpy(mac, frame->data + at, HG_MAC_LENGTH);
    return memcmp(mac, none, HG_MAC_LENGTH) != 0; /* the loopback has zeros */
}

int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH])
{
    const uint8_t *data = frame->data;
    uint32_t at;
    switch (frame->linktype) {
    case LINKTYPE_ETHERNET:
        return copy(frame, ETHERNET_SOURCE_AT, mac);
    case LINKTYPE_LINUX_SLL:
        return frame->captured > SLL_ADDRESS_AT && hg_be16(data + SLL_LENGTH_AT) == HG_MAC_LENGTH &&
               copy(frame, SLL_ADDRESS_AT, mac);
    case LINKTYPE_LINUX_SLL2:
        return frame->captured > SLL2_ADDRESS_AT && data[SLL2_LENGTH_AT] == HG_MAC_LENGTH &&
               copy(frame, SLL2_ADDRESS_AT, mac);
    case LINKTYPE_IEEE802_11:
    case LINKTYPE_IEEE802_11_RADIOTAP:
    case LINKTYPE_IEEE802_11_PRISM:
    case LINKTYPE_IEEE802_11_AVS:
    case LINKTYPE_PPI:
        return hg_wifi_source_at(frame, &at) && copy(frame, at, mac);
    default:
        return 0;
    }
}
