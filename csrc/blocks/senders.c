/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * senders.c - lists who sent the frames of a block, also those that no reader reads.
 */
#include "blocks/block.h"

#include "base/hash.h"
#include "conversations/scope.h"
#include "filter/filter.h"
#include "packet/sender.h"
#include "stations/holder.h"
#include "tcp/observe.h"

enum { PLACES = 2 * HG_LARGEST_BLOCK /* most of a hash table */, MOST_SERVER_PORT = 1023, LEAST_TTL = 32 };
#define COPIED_NS UINT64_C(1000000000) /* a repeater is faster */

/* ---- one frame ------------------------------------------------------------------------- */

/* Moves `view` behind the IP header and its extensions. `*protocol` becomes the protocol there; for fragments, the
 * protocol of the first header. 0: no ports can follow. */
static int pass_ip_header(hg_view *view, hg_packet *packet, uint8_t *protocol)
{
    const uint8_t *ip = view->data;
    uint32_t walked = HG_IPV6_HEADER;
    packet->ip = ip;
    packet->version = (uint8_t)hg_ip_version(view);
    if (packet->version == 4) {
        packet->source = hg_ipv4_address(ip + IPV4_SOURCE_AT);
        packet->destination = hg_ipv4_address(ip + IPV4_DESTINATION_AT);
        *protocol = ip[IPV4_PROTOCOL_AT];
        return (hg_be16(ip + IPV4_FRAGMENT_AT) & IPV4_OFFSET) == 0 && hg_take(view, hg_ipv4_header_length(ip));
    }
    memcpy(packet->source.word, ip + IPV6_SOURCE_AT, sizeof packet->source.word);
    memcpy(packet->destination.word, ip + IPV6_DESTINATION_AT, sizeof packet->destination.word);
    *protocol = ip[IPV6_NEXT_AT];
    hg_take(view, HG_IPV6_HEADER);
    const hg_drop drop = hg_ipv6_walk(view, protocol, &walked);
    if (drop == HG_DROP_FRAGMENT && view->captured > EXTENSION_NEXT_AT)
        *protocol = view->data[EXTENSION_NEXT_AT];
    return drop == HG_DROP_NONE;
}

/* Whether a TCP segment can be a server's: not a refusal, and no SYN or probe from a low port. */
static int is_of_connection(const hg_view *tcp)
{
    return tcp->captured > TCP_FLAGS_AT && (tcp->data[TCP_FLAGS_AT] & (HG_RST | HG_ACK)) == HG_ACK;
}

/* Sets the MAC of the frame's sender; a group's is none. */
static void set_mac(const hg_frame *frame, hg_sender *out)
{
    enum { GROUP = 1 };
    if (!hg_source_mac(frame, out->mac) || (out->mac[0] & GROUP) != 0)
        memset(out->mac, 0, sizeof out->mac);
}

/* The sender of a frame without an address that counts: its MAC. */
static hg_sender without_address(const hg_frame *frame)
{
    hg_sender found = {.packets = 1, .segment = hg_segment_of(frame)};
    set_mac(frame, &found);
    return found;
}

static int is_neighbor_discovery(const hg_view *view, uint8_t protocol)
{
    enum { ROUTER_SOLICITATION = 133, REDIRECT = 137 };
    return protocol == PROTOCOL_ICMP6 && view->captured > 0 && view->data[0] >= ROUTER_SOLICITATION &&
           view->data[0] <= REDIRECT;
}

/* What a repeater leaves as it is when it sends a datagram to a group again: the identification (of IPv6, the flow
 * label) and the UDP checksum, which covers the content. In the upper half; 0: there is no checksum. */
static uint64_t digest_of(const hg_packet *packet)
{
    const uint32_t sum = hg_be16(packet->data + UDP_CHECKSUM_AT);
    const uint32_t id = hg_be16(packet->ip + (packet->version == 4 ? IPV4_ID_AT : IPV6_WORD_AT + 2));
    return sum == 0 ? 0 : (uint64_t)(id << 16 | sum) << 32;
}

/* Sets the packet's addresses and ports, and `*out` except its times. Until hg_senders_report, `second_number` of a
 * datagram to a group is its digest. 0: the frame has no sender. */
static int read_sender(const hg_frame *frame, hg_packet *packet, hg_sender *out)
{
    hg_view view = {frame->data, frame->captured, frame->wire};
    if (hg_link_strip(frame->linktype, &view) != HG_DROP_NONE || view.captured < HG_IPV4_HEADER)
        return 0;
    const uint32_t version = hg_ip_version(&view);
    if (version != 4 && (version != 6 || view.captured < HG_IPV6_HEADER))
        return 0;
    *out = (hg_sender){.packets = 1, .segment = hg_segment_of(frame)};
    *packet = (hg_packet){.tunnel = HG_TUNNEL_NONE};
    const int may_have_ports = pass_ip_header(&view, packet, &out->protocol);
    if (!hg_is_unicast(packet->source, packet->version))
        return 0;
    if (may_have_ports && view.captured >= UDP_PORTS_END &&
        (out->protocol == PROTOCOL_TCP || out->protocol == PROTOCOL_UDP)) {
        packet->source_port = hg_be16(view.data);
        packet->destination_port = hg_be16(view.data + UDP_DESTINATION_AT);
        packet->data = out->protocol == PROTOCOL_UDP && view.captured >= HG_UDP_HEADER ? view.data : NULL;
        if (packet->source_port <= MOST_SERVER_PORT && packet->destination_port > MOST_SERVER_PORT &&
            (out->protocol == PROTOCOL_UDP || is_of_connection(&view)))
            out->server_port = packet->source_port;
    }
    out->marks = may_have_ports && is_neighbor_discovery(&view, out->protocol) ? HG_SENDER_STATES : 0;
    memcpy(out->address, packet->source.word, sizeof out->address);
    out->version = packet->version;
    out->nearness = hg_has_label(frame)                  ? HG_NEAR_UNKNOWN
                    : hg_stays_on_link(packet)           ? HG_NEAR_BY_DESTINATION
                    : hg_shows_router(packet)            ? HG_NEAR_UNKNOWN
                    : hg_packet_hops(packet) < LEAST_TTL ? HG_NEAR_BY_LOW_TTL
                                                         : HG_NEAR_BY_TTL;
    if (out->nearness >= HG_NEAR_BY_TTL)
        out->marks |= HG_SENDER_IS_NEAR;
    if (out->nearness == HG_NEAR_UNKNOWN || hg_packet_hops(packet) == LEAST_TTL)
        out->marks |= HG_SENDER_IS_FAR;
    if (out->nearness == HG_NEAR_BY_DESTINATION && packet->data != NULL)
        out->second_number = digest_of(packet);
    set_mac(frame, out);
    return 1;
}

/* ---- the senders of a block ------------------------------------------------------------ */

/* A list while it is made. */
typedef struct sender_list {
    hg_block *block;
    uint64_t key; /* of hashes */
    uint32_t mask; /* places of a hash table - 1 */
    hg_sender *nameless; /* packets without the address and MAC of a host; NULL: there was none yet */
    int is_contested; /* 1: packets with one address differ in their station, or in what they prove about it */
    uint16_t *by_address; /* a hash table of the first sender of each address */
    uint8_t *contested; /* a bit for each place: packets of an address with this hash are listed one by one */
} sender_list;

static int is_same(const hg_sender *one, const hg_sender *other)
{
    return memcmp(one->address, other->address, sizeof one->address) == 0 && one->version == other->version &&
           one->protocol == other->protocol && one->server_port == other->server_port &&
           one->segment == other->segment && memcmp(one->mac, other->mac, sizeof one->mac) == 0 &&
           ((one->marks ^ other->marks) & HG_SENDER_IS_NEAR) == 0;
}

static uint64_t hash_of_address(const sender_list *list, const hg_sender *sender)
{
    uint64_t words[2];
    memcpy(words, sender->address, sizeof words);
    return hg_hash_mix(hg_hash_mix(list->key, words[0]), words[1] ^ sender->segment << 40);
}

/* The place of the sender in the hash table, or a free place for it. */
static uint16_t *find_place(const sender_list *list, uint64_t of_address, const hg_sender *sender)
{
    const hg_block *block = list->block;
    uint64_t mac = 0;
    memcpy(&mac, sender->mac, sizeof sender->mac);
    const uint64_t of_port = sender->protocol | (uint64_t)sender->server_port << 8;
    uint32_t at = hg_hash_fold(hg_hash_mix(of_address, mac << 16 ^ of_port << 40 ^ of_port)) & list->mask;
    while (block->sender_places[at] != 0 && !is_same(block->senders + block->sender_places[at] - 1, sender))
        at = (at + 1) & list->mask;
    return block->sender_places + at;
}

/* Notes the address of a new sender, and whether an earlier sender with the address differs. */
static void note_address(sender_list *list, uint64_t of_address, const hg_sender *made)
{
    const hg_sender *senders = list->block->senders;
    const uint32_t first = hg_hash_fold(of_address) & list->mask;
    for (uint32_t at = first;; at = (at + 1) & list->mask) {
        if (list->by_address[at] == 0) {
            list->by_address[at] = (uint16_t)(made - senders + 1);
            return;
        }
        const hg_sender *known = senders + list->by_address[at] - 1;
        if (memcmp(known->address, made->address, sizeof known->address) != 0 || known->segment != made->segment)
            continue;
        if (memcmp(known->mac, made->mac, sizeof known->mac) == 0 &&
            ((known->marks ^ made->marks) & (HG_SENDER_IS_NEAR | HG_SENDER_STATES)) == 0)
            return;
        list->contested[first / 8] |= (uint8_t)(1U << first % 8);
        list->is_contested = 1;
        return;
    }
}

static hg_sender *add_sender(hg_block *block, const hg_sender *one, uint32_t index)
{
    hg_sender *made = block->senders + block->sender_count++;
    *made = *one;
    made->first_ns = made->last_ns = block->frames[index].time_ns;
    made->packet_number = index; /* until hg_senders_report */
    return made;
}

static void add_packet(hg_sender *known, const hg_sender *one, int64_t time_ns, uint32_t index)
{
    if (known->packets++ == 1)
        known->second_number = index; /* as packet_number */
    known->marks |= one->marks;
    known->nearness = one->nearness > known->nearness ? one->nearness : known->nearness;
    known->first_ns = time_ns < known->first_ns ? time_ns : known->first_ns;
    known->last_ns = time_ns > known->last_ns ? time_ns : known->last_ns;
}

/* Whether a packet was sent within five minutes of the sender's others. After a longer silence another station may have
 * used the address, and a clock may be wrong for a moment. */
static int is_close(const hg_sender *known, int64_t time_ns)
{
    return hg_elapsed_ns(known->last_ns, time_ns) <= HG_HOLDER_SILENCE_NS &&
           hg_elapsed_ns(time_ns, known->first_ns) <= HG_HOLDER_SILENCE_NS;
}

/* Lists a packet by itself, or with others of its sender. */
static void note_sender(sender_list *list, const hg_sender *one, uint32_t index)
{
    hg_block *block = list->block;
    const int64_t time_ns = block->frames[index].time_ns;
    const int is_nameless = one->version == 0 && !hg_mac_is_station(one->mac);
    if (is_nameless && list->nameless != NULL) {
        add_packet(list->nameless, one, time_ns, index);
        return;
    }
    const uint64_t of_address = hash_of_address(list, one);
    /* What these prove depends on the packets before them. */
    if ((one->marks & HG_SENDER_STATES) != 0 || one->nearness == HG_NEAR_BY_LOW_TTL || one->second_number != 0) {
        note_address(list, of_address, add_sender(block, one, index));
        return;
    }
    uint16_t *place = find_place(list, of_address, one);
    if (*place != 0 && is_close(block->senders + *place - 1, time_ns)) {
        add_packet(block->senders + *place - 1, one, time_ns, index);
        return;
    }
    *place = (uint16_t)(block->sender_count + 1);
    hg_sender *made = add_sender(block, one, index);
    list->nameless = is_nameless ? made : list->nameless;
    if (one->version != 0)
        note_address(list, of_address, made);
}

/* Lists the senders of all frames that pass the filters. `again`: packets of contested addresses are listed one by one.
 */
static void list_senders(sender_list *list, const hg_filter *filter, int again)
{
    hg_block *block = list->block;
    hg_packet packet;
    hg_sender one;
    block->sender_count = 0;
    list->nameless = NULL;
    memset(block->sender_places, 0, (list->mask + 1) * sizeof *block->sender_places);
    memset(list->by_address, 0, (list->mask + 1) * sizeof *list->by_address);
    for (uint32_t i = 0; i < block->frame_count; i++) {
        if (block->frames[i].linktype == HG_LINKTYPE_FILTERED)
            continue;
        if (!read_sender(block->frames + i, &packet, &one)) {
            one = without_address(block->frames + i);
            if (filter != NULL)
                continue;
        } else if (!hg_filter_passes_from(filter, &packet, 0) && !hg_filter_passes_from(filter, &packet, 1))
            continue;
        const uint32_t bit = again && one.version != 0 ? hg_hash_fold(hash_of_address(list, &one)) & list->mask : 0;
        if (again && one.version != 0 && (list->contested[bit / 8] >> bit % 8 & 1) != 0)
            (void)add_sender(block, &one, i);
        else
            note_sender(list, &one, i);
    }
}

void hg_senders_take(hg_block *block, const hg_stages *stages)
{
    sender_list list = {.block = block, .key = stages->conversations.flows.hash_key, .mask = 63};
    block->sender_count = block->next_sender = 0;
    if (block->senders == NULL)
        block->senders = malloc(block->capacity * sizeof *block->senders);
    if (block->sender_places == NULL)
        block->sender_places = malloc(2 * PLACES * sizeof *block->sender_places + PLACES / 8);
    if (block->senders == NULL || block->sender_places == NULL)
        return;
    while (list.mask + 1 < 2 * block->frame_count)
        list.mask = 2 * list.mask + 1;
    list.by_address = block->sender_places + PLACES;
    list.contested = (uint8_t *)(list.by_address + PLACES);
    memset(list.contested, 0, (list.mask + 1) / 8);
    list_senders(&list, stages->filter, 0);
    if (list.is_contested)
        list_senders(&list, stages->filter, 1);
}

/* Whether a repeater sent a datagram to a group again, from its own MAC. Then it is no use of the address. */
static int is_copy(hg_group_senders *group, const hg_sender *one)
{
    for (uint32_t i = 0; i < HG_GROUP_SENDERS; i++) {
        const hg_sender *known = group->latest + i;
        if (known->second_number == one->second_number && hg_elapsed_ns(known->first_ns, one->first_ns) <= COPIED_NS &&
            memcmp(known->address, one->address, sizeof known->address) == 0 && known->segment == one->segment)
            return memcmp(known->mac, one->mac, sizeof known->mac) != 0;
    }
    group->latest[group->count++ % HG_GROUP_SENDERS] = *one;
    return 0;
}

void hg_senders_report(hg_block *block, hg_group_senders *group, uint32_t end, hg_batch *batch)
{
    for (; block->next_sender < block->sender_count; block->next_sender++) {
        hg_sender one = block->senders[block->next_sender];
        const uint32_t index = (uint32_t)one.packet_number;
        if (index >= end)
            return;
        const uint32_t second = (uint32_t)one.second_number;
        if (one.second_number >> 32 != 0 && is_copy(group, &one))
            one.marks |= HG_SENDER_STATES;
        one.packet_number = hg_frame_number(block->frames + index, index, block->first_number);
        one.second_number = second == 0 ? 0 : hg_frame_number(block->frames + second, second, block->first_number);
        if (batch->senders != NULL)
            batch->senders[batch->sender_count++] = one;
    }
}
