/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/readers.h"

#include "base/bytes.h"
#include "base/value.h"
#include "devices/announcing.h"
#include "packet/link.h"

enum { OPERATION_AT = 6, SENDER_AT = 8, SENDER_IP_AT = 14, TARGET_IP_AT = 24, LENGTH = 28, REQUEST = 1, REPLY = 2 };

static int is_a_host(const uint8_t *address)
{
    return address[0] != 0 && address[0] < 224 && address[0] != 127;
}

static void say_kind(hg_announcing *to, const uint8_t *data)
{
    const uint8_t *sender = data + SENDER_IP_AT, *target = data + TARGET_IP_AT;
    const char *word = memcmp(sender, target, 4) == 0               ? "announcement of "
                       : hg_be16(data + OPERATION_AT) == REPLY      ? "reply to "
                       : hg_be32(sender) == 0                       ? "probe for "
                                                                    : "request for ";
    char text[HG_MAX_ADDRESS + 16 + HG_RENDER_SLACK];
    const char *end = hg_put_address(hg_put_word(text, word), 4, target);
    hg_announce(to, HG_SHOWS_ARP, (const uint8_t *)text, (uint32_t)(end - text));
}

static void say_other(hg_announcing *to, const hg_datagram_in *in)
{
    const uint8_t *sender = in->data + SENDER_IP_AT, *target = in->data + TARGET_IP_AT;
    if (!is_a_host(sender) || !is_a_host(target) || memcmp(sender, target, 4) == 0)
        return;
    if (hg_be16(in->data + OPERATION_AT) == REPLY)
        hg_announce_address(to, HG_SHOWS_ASKER, 32, target, 4);
    else if (in->frame->linktype != LINKTYPE_ETHERNET || (in->frame->data[0] & 1) != 0) /* else it only checks whether one is still there */
        hg_announce_address(to, HG_SHOWS_ASKED, 32, target, 4);
}

static hg_datagram_event read_frame(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    static const uint8_t NO_MAC[HG_MAC_LENGTH] = {0};
    hg_announcing list;
    /* Addresses of Ethernet and IPv4: hardware type 1, or 6 of IEEE 802; protocol, and the lengths of both. */
    if (in->length < LENGTH || (hg_be16(in->data) != 1 && hg_be16(in->data) != 6) || hg_be16(in->data + 2) != 0x0800 ||
        hg_be16(in->data + 4) != 0x0604)
        return hg_malformed(&to->stats->arp_malformed);
    const uint8_t *sender = in->data + SENDER_AT, *address = in->data + SENDER_IP_AT;
    const uint16_t operation = hg_be16(in->data + OPERATION_AT);
    if ((operation != REQUEST && operation != REPLY) || (sender[0] & 1) != 0 || memcmp(sender, NO_MAC, sizeof NO_MAC) == 0)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    memcpy(list.found.mac, sender, HG_MAC_LENGTH);
    list.found.macs |= HG_KNOWS_MAC;
    if (is_a_host(address)) {
        memset(list.found.device_ip, 0, sizeof list.found.device_ip);
        memcpy(list.found.device_ip, address, 4);
        list.found.device_ip_version = 4;
    }
    say_kind(&list, in->data);
    say_other(&list, in);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}

const hg_datagram_reader hg_arp_reader = {
    HG_READS_DEVICES(ARP),
    .proof = HG_PROOF_LINK,
    .link_protocol = ETHERTYPE_ARP,
    .read = read_frame,
};
