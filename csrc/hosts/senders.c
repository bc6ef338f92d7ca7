/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * senders.c - the packets of hosts, also of protocols that no reader reads, and the MACs of their frames.
 */
#include "hosts/holders.h"

static uint32_t hash_of_mac(const void *hosts, const void *record)
{
    return hg_hash_station(((const hg_hosts *)hosts)->hash_key, ((const hg_frame_mac *)record)->mac);
}

int hg_host_init_senders(hg_hosts *hosts)
{
    return hg_chains_init(&hosts->frame_mac_chains, &hosts->frame_macs, offsetof(hg_frame_mac, next_in_chain), 0,
                          hash_of_mac, hosts);
}

hg_host_sender *hg_host_take_sender(hg_hosts *hosts, hg_index index)
{
    while (hosts->senders.used < index)
        if (hg_pool_take(&hosts->senders) == 0)
            return NULL;
    return hg_pool_at(&hosts->senders, index);
}

/* NULL: it sent no packets outside tunnels. */
static hg_host_sender *sender_at(const hg_hosts *hosts, hg_index index)
{
    return index > hosts->senders.used ? NULL : hg_pool_at(&hosts->senders, index);
}

/* ---- the MAC of frames ----------------------------------------------------------------------------- */

static uint32_t number_of_mac(const hg_hosts *hosts, const uint8_t *mac)
{
    uint32_t number = hg_chains_first(&hosts->frame_mac_chains, hg_hash_station(hosts->hash_key, mac));
    const hg_frame_mac *known;
    while ((known = hg_pool_get(&hosts->frame_macs, number)) != NULL && memcmp(known->mac, mac, sizeof known->mac) != 0)
        number = known->next_in_chain;
    return number;
}

hg_frame_mac *hg_frame_mac_find(const hg_hosts *hosts, const uint8_t *mac)
{
    return hg_pool_get(&hosts->frame_macs, number_of_mac(hosts, mac));
}

/* The number of a MAC's record, with one more reference; 0: no room, or no MAC. */
static uint32_t take_mac(hg_hosts *hosts, const uint8_t *mac)
{
    static const uint8_t none[HG_MAC_LENGTH] = {0};
    uint32_t number = memcmp(mac, none, sizeof none) == 0 ? 0 : number_of_mac(hosts, mac);
    const int is_new = number == 0 && memcmp(mac, none, sizeof none) != 0;
    hg_frame_mac *record =
        is_new ? hg_pool_get_or_take(&hosts->frame_macs, &number) : hg_pool_get(&hosts->frame_macs, number);
    if (record == NULL)
        return 0;
    record->hosts++;
    if (is_new) {
        memcpy(record->mac, mac, sizeof record->mac);
        hg_chains_enter(&hosts->frame_mac_chains, number);
    }
    return number;
}

static void give_back_mac(hg_hosts *hosts, uint32_t number)
{
    hg_frame_mac *known = hg_pool_get(&hosts->frame_macs, number);
    if (known == NULL || --known->hosts > 0)
        return;
    hg_chains_leave(&hosts->frame_mac_chains, number);
    hg_pool_give_back(&hosts->frame_macs, number);
}

static void note_mac(hg_hosts *hosts, hg_host_sender *sender, const hg_sender *sent)
{
    hg_frame_mac *known = hg_pool_get(&hosts->frame_macs, sender->mac);
    const hg_tunnel_id segment = hg_segment_id(sent->segment);
    uint8_t mac[HG_STATION];
    hg_put_station(mac, sent->mac, hg_segment_number(&segment));
    if (known == NULL && sender->packets == 0) {
        sender->mac = take_mac(hosts, mac);
        known = hg_pool_get(&hosts->frame_macs, sender->mac);
        if (known != NULL && known->strangers < UINT32_MAX &&
            !hg_networks_contain(&hosts->local, sent->address, sent->version))
            known->strangers++;
        sender->is_settled = sent->packets > 1;
    } else if (known == NULL || memcmp(known->mac, mac, sizeof mac) != 0) {
        if (sender->is_near && (sent->marks & HG_SENDER_IS_NEAR) == 0)
            return; /* a router's copy, as a mirror port before and after it has */
        sender->has_other_mac |= (sent->marks & HG_SENDER_STATES) == 0;
        memcpy(sender->other, mac, HG_MAC_LENGTH);
        return;
    } else {
        sender->is_settled = 1;
    }
    sender->is_near |= (sent->marks & HG_SENDER_IS_NEAR) != 0;
}

void hg_host_note_turn(hg_hosts *hosts, hg_index index, int64_t own_ns, int64_t time_ns)
{
    const int64_t together_ns = 1200 * INT64_C(1000000000); /* who starts another system twice needs longer */
    hg_host_sender *sender = sender_at(hosts, index);
    hg_frame_mac *frames = sender == NULL ? NULL : hg_pool_get(&hosts->frame_macs, sender->mac);
    const hg_index before = frames == NULL ? index : frames->latest;
    if (before == index)
        return;
    frames->latest = index;
    hg_host_sender *other = before == 0 ? NULL : sender_at(hosts, before);
    if (other == NULL)
        return;
    const int64_t since_ns = time_ns - own_ns, until_ns = hg_host_at(hosts, before)->last_ns - time_ns;
    if ((since_ns > 0 && since_ns <= together_ns) || (until_ns > 0 && until_ns <= together_ns))
        sender->is_together = other->is_together = 1;
}

/* ---- its uses ---------------------------------------------------------------------------------------- */

static void note_use(hg_hosts *hosts, hg_host_sender *sender, const hg_sender *sent)
{
    uint32_t number;
    for (hg_host_use *known = NULL; (known = hg_pool_next(&hosts->uses, sender->uses, known)) != NULL;)
        if (known->protocol == sent->protocol && known->server_port == sent->server_port)
            return;
    hg_host_use *made = hg_pool_append(&hosts->uses, &sender->uses, HG_HOST_USES, &number);
    if (made != NULL) {
        made->protocol = sent->protocol;
        made->server_port = sent->server_port;
    }
}

void hg_host_note_packets(hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    hg_host_sender *sender = sender_at(hosts, index);
    const int64_t own_ns = sender->packets == 0 ? sent->first_ns : hg_host_at(hosts, index)->last_ns;
    note_mac(hosts, sender, sent);
    hg_host_note_turn(hosts, index, own_ns, sent->first_ns);
    note_use(hosts, sender, sent);
    sender->packets += sent->packets;
    sender->is_odd = hosts->clock.sources & 1;
    sender->is_far |= (sent->marks & HG_SENDER_IS_FAR) != 0;
    if (sent->nearness > sender->nearness)
        sender->nearness = sent->nearness & 0x7FU;
}

/* Forgets at which packet a host is shown. */
static void forget_doubt(hg_hosts *hosts, hg_index index)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hosts->doubt_count; i++)
        if (hosts->doubts[i].host != index)
            hosts->doubts[kept++] = hosts->doubts[i];
    hosts->doubt_count = kept;
}

void hg_host_forget_sender(hg_hosts *hosts, hg_index index)
{
    if (index > hosts->senders.used)
        return;
    hg_host_sender *sender = hg_pool_at(&hosts->senders, index);
    if (sender->hidden == HG_HIDDEN_ONE_FRAME)
        forget_doubt(hosts, index);
    give_back_mac(hosts, sender->mac);
    hg_pool_give_back_list(&hosts->uses, sender->uses);
    memset(sender, 0, sizeof *sender);
}
