/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/details.h"
#include "hosts/holders.h"

#include "base/memory.h"
#include "hosts/fact.h"

static uint64_t packets_of(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, index);
    return sender == NULL ? 0 : sender->packets;
}

static hg_hidden hidden(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, index);
    return sender == NULL ? HG_NOT_HIDDEN : (hg_hidden)sender->hidden;
}

static hg_host_id id_of(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    return (hg_host_id){host->address, hg_host_tunnel(hosts, host), host->version};
}

static int are_equal(const uint8_t *station, const uint8_t *other)
{
    return station != NULL && memcmp(station, other, HG_STATION) == 0;
}

/* Whether a station sends for so many addresses outside the local networks that it must be a router. */
static int is_router(const hg_hosts *hosts, const uint8_t *station)
{
    const hg_frame_mac *frames = hg_frame_mac_find(hosts, station);
    return frames != NULL && frames->strangers >= HG_LEAST_REMOTES;
}

const uint8_t *hg_host_sending_station(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, index);
    const hg_frame_mac *frames = sender == NULL ? NULL : hg_pool_get(&hosts->frame_macs, sender->mac);
    return frames != NULL && sender->is_near && !sender->is_mixed && frames->strangers < HG_LEAST_REMOTES ? frames->mac
                                                                                                          : NULL;
}

/* The station that is known to have the address of a host by ARP, Neighbor Discovery or DHCP; NULL: none. */
static const uint8_t *stated_station(const hg_hosts *hosts, hg_index index)
{
    const hg_device *device = hg_pool_get(&hosts->devices, hg_host_read_extra(hosts, hg_host_at(hosts, index))->device);
    return device != NULL && device->has_mac && device->mac_scope >= HG_SCOPE_SEGMENT ? device->mac : NULL;
}

const uint8_t *hg_host_station(const hg_hosts *hosts, hg_index index)
{
    return packets_of(hosts, index) > 0 ? hg_host_sending_station(hosts, index) : stated_station(hosts, index);
}

/* The station of the frames of a host, also of a router. */
static const uint8_t *frames_of(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, index);
    const hg_frame_mac *frames = sender == NULL ? NULL : hg_pool_get(&hosts->frame_macs, sender->mac);
    return frames != NULL && !sender->is_mixed ? frames->mac : NULL;
}

/* The time between a host and a packet; 0: the packet is within the host's times. */
static uint64_t gap_ns(const hg_host_entry *host, int64_t time_ns)
{
    return hg_elapsed_ns(host->last_ns, time_ns) + hg_elapsed_ns(time_ns, host->first_ns);
}

/* Whether another host sent from the address between `own` and a packet. */
static int was_used_between(const hg_hosts *hosts, hg_index current, hg_index own, int64_t time_ns)
{
    const hg_host_entry *host = hg_host_at(hosts, own);
    const int is_later = time_ns > host->last_ns;
    const int64_t from_ns = is_later ? host->last_ns : time_ns, to_ns = is_later ? time_ns : host->first_ns;
    for (hg_index index = current; index != 0; index = hg_host_earlier(hosts, index)) {
        const hg_host_entry *other = hg_host_at(hosts, index);
        if (index != own && packets_of(hosts, index) > 0 && hidden(hosts, index) == HG_NOT_HIDDEN &&
            other->first_ns < to_ns && other->last_ns > from_ns)
            return 1;
    }
    return 0;
}

hg_index hg_host_of_station(const hg_hosts *hosts, hg_index current, const uint8_t *station, int64_t time_ns)
{
    hg_index nearest = 0;
    for (hg_index index = current; index != 0; index = hg_host_earlier(hosts, index)) {
        const hg_hidden why = hidden(hosts, index);
        if (!are_equal(why == HG_NOT_HIDDEN ? hg_host_station(hosts, index) : frames_of(hosts, index), station))
            continue;
        if (why != HG_NOT_HIDDEN)
            return why == HG_HIDDEN_CARD ? current : index;
        if (nearest == 0 || gap_ns(hg_host_at(hosts, index), time_ns) < gap_ns(hg_host_at(hosts, nearest), time_ns))
            nearest = index;
    }
    return nearest != 0 && gap_ns(hg_host_at(hosts, nearest), time_ns) > HG_HOLDER_SILENCE_NS &&
                   was_used_between(hosts, current, nearest, time_ns)
               ? 0
               : nearest;
}

/* ---- signs ---------------------------------------------------------------------------------------------- */

/* Whether the station of a host is settled: two frames, or a frame and a statement, come from one MAC. */
static int is_settled(const hg_hosts *hosts, hg_index index, const uint8_t *holder)
{
    return hg_host_sender_at(hosts, index)->is_settled || are_equal(stated_station(hosts, index), holder);
}

/* The signs about a station that has no host with the address of `current`. */
static uint32_t signs_of_other(const hg_hosts *hosts, hg_index current, const uint8_t *station, const hg_sender *sent)
{
    const uint8_t *holder = hg_host_sending_station(hosts, current); /* one that only stated it loses it to a user */
    if (holder == NULL)
        return 1U << HG_SIGN_NO_HOLDER;
    const int is_virtual = hg_mac_virtual(station) != NULL || hg_mac_virtual(holder) != NULL;
    return (uint32_t)hg_is_loopback(hg_host_at(hosts, current)) << HG_SIGN_LOOPBACK |
           (uint32_t)((sent->marks & HG_SENDER_IS_NEAR) == 0) << HG_SIGN_FORWARDED |
           (uint32_t)is_virtual << HG_SIGN_VIRTUAL |
           (uint32_t)(is_router(hosts, station) || is_router(hosts, holder)) << HG_SIGN_ROUTER |
           (uint32_t)((sent->marks & HG_SENDER_STATES) != 0) << HG_SIGN_STATEMENT |
           (uint32_t)!is_settled(hosts, current, holder) << HG_SIGN_UNSETTLED;
}

/* All signs of packets with the address of `current`. `*own` becomes the host of their station; 0: none. */
static uint32_t look_for_signs(const hg_hosts *hosts, hg_index current, const hg_sender *sent, hg_index *own)
{
    uint8_t station[HG_STATION];
    const hg_tunnel_id segment = hg_segment_id(sent->segment);
    hg_put_station(station, sent->mac, hg_segment_number(&segment));
    *own = 0;
    if (!hg_mac_is_station(station))
        return 1U << HG_SIGN_NO_STATION;
    if (hg_host_at(hosts, current)->has_others)
        *own = hg_host_of_station(hosts, current, station, sent->first_ns);
    else if (are_equal(hg_host_sending_station(hosts, current), station))
        *own = current;
    if (*own != 0)
        return 1U << (*own == current ? HG_SIGN_SAME : HG_SIGN_EARLIER);
    return signs_of_other(hosts, current, station, sent);
}

int hg_host_was_shared(const hg_hosts *hosts, const hg_host_entry *host, const uint8_t *mac)
{
    if (mac == NULL || !host->has_others)
        return 0;
    const hg_index current =
        hg_host_find(hosts, (hg_host_id){host->address, hg_host_tunnel(hosts, host), host->version});
    for (hg_index own = current; own != 0; own = hg_host_earlier(hosts, own)) {
        const hg_host_entry *used = hg_host_at(hosts, own);
        if (hidden(hosts, own) != HG_NOT_HIDDEN || !are_equal(hg_host_sending_station(hosts, own), mac))
            continue;
        for (hg_index index = current; index != 0; index = hg_host_earlier(hosts, index)) {
            const hg_host_entry *other = hg_host_at(hosts, index);
            const uint8_t *station = hg_host_sending_station(hosts, index);
            if (hidden(hosts, index) == HG_NOT_HIDDEN && station != NULL && !are_equal(station, mac) &&
                other->first_ns <= used->last_ns && used->first_ns <= other->last_ns)
                return 1;
        }
    }
    return 0;
}

/* ---- hosts that begin ----------------------------------------------------------------------------------- */

/* Of an address with too many hosts the one that sent least, without the current one; 0: there is room. */
static hg_index least_of(hg_hosts *hosts, hg_index current)
{
    uint32_t count = 0;
    hg_index least = 0;
    for (hg_index index = current; index != 0; index = hg_host_earlier(hosts, index), count++)
        if (index != current && (least == 0 || packets_of(hosts, index) < packets_of(hosts, least)))
            least = index;
    return count >= HG_ADDRESS_HOLDERS ? least : 0;
}

/* Makes a host the current one, unless the present one is later, or proven and not silent. */
static void choose_current(hg_hosts *hosts, hg_index index, int64_t until_ns)
{
    const hg_index current = hg_host_find(hosts, id_of(hosts, index));
    const hg_host_entry *before = hg_host_at(hosts, current);
    if (current != index && before->last_ns <= until_ns &&
        (!hg_is_proven(before) || gap_ns(before, until_ns) > HG_HOLDER_SILENCE_NS))
        hg_host_make_current(hosts, index);
}

static void show(hg_hosts *hosts, hg_index index, int64_t until_ns)
{
    hg_host_sender_at(hosts, index)->hidden = HG_NOT_HIDDEN;
    hg_host_touch(hosts, index);
    choose_current(hosts, index, until_ns);
    const hg_host_entry *host = hg_host_at(hosts, index);
    hg_hosts_tell(&(hg_host_event){
        .hosts = hosts, .event = HG_ON_USED, .index = index, .from_ns = host->first_ns, .until_ns = host->last_ns});
}

/* Notes at which packet the host is shown. Without memory it is shown now. */
static void note_doubt(hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    enum { FIRST_ROOM = 16 };
    uint32_t at = hosts->doubt_count;
    if (!hg_make_room(&hosts->doubts, &hosts->doubt_room, at + 1, sizeof *hosts->doubts, FIRST_ROOM)) {
        show(hosts, index, sent->last_ns);
        return;
    }
    for (; at > 0 && hosts->doubts[at - 1].packet_number < sent->second_number; at--)
        hosts->doubts[at] = hosts->doubts[at - 1];
    hosts->doubts[at] = (hg_late_host){sent->second_number, index};
    hosts->doubt_count++;
    hg_hosts_await(hosts, sent->last_ns); /* the end of the batch may show it */
}

void hg_hosts_settle_doubts(hg_hosts *hosts, uint64_t until)
{
    while (hosts->doubt_count > 0 && hosts->doubts[hosts->doubt_count - 1].packet_number <= until) {
        const hg_index index = hosts->doubts[--hosts->doubt_count].host;
        if (index <= hosts->known.used && hidden(hosts, index) == HG_HIDDEN_ONE_FRAME)
            show(hosts, index, hg_host_at(hosts, index)->last_ns);
    }
}

static hg_index begin(hg_hosts *hosts, hg_host_id id, hg_index current, const hg_sender *sent)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, current);
    const int has_stated = sender != NULL && memcmp(sender->other, sent->mac, HG_MAC_LENGTH) == 0;
    const hg_index index = hg_host_begin(hosts, id, sent->first_ns, 1, least_of(hosts, current));
    hg_host_sender *made = index == 0 ? NULL : hg_host_take_sender(hosts, index);
    if (made == NULL)
        return 0;
    hg_host_at(hosts, index)->has_others = hg_host_at(hosts, current)->has_others = 1;
    hg_host_make_current(hosts, current);
    made->hidden = HG_HIDDEN_ONE_FRAME;
    if (has_stated)
        show(hosts, index, sent->last_ns);
    else if (sent->second_number != 0)
        note_doubt(hosts, index, sent);
    return index;
}

hg_index hg_host_take_holder(hg_hosts *hosts, hg_host_id id, const hg_sender *sent, int *widens)
{
    hg_index own;
    const hg_index current = hg_host_find(hosts, id);
    *widens = 1;
    if (current == 0)
        return hg_host_take(hosts, id, sent->first_ns, 1);
    const uint32_t signs = look_for_signs(hosts, current, sent, &own);
    switch (hg_holder_judge(signs)->verdict) {
    case HG_HOLDER_STAYS:
        *widens = (signs & 1U << HG_SIGN_STATEMENT) == 0;
        break;
    case HG_HOLDER_IS_UNKNOWN:
        hg_host_sender_at(hosts, current)->is_mixed = 1;
        break;
    case HG_HOLDER_BEGINS:
        return begin(hosts, id, current, sent);
    case HG_HOLDER_RETURNS:
        if (hidden(hosts, own) != HG_NOT_HIDDEN)
            show(hosts, own, sent->last_ns);
        else
            choose_current(hosts, own, sent->last_ns);
        return own;
    }
    if (own == current && hidden(hosts, current) != HG_NOT_HIDDEN) /* those before were evicted */
        show(hosts, current, sent->last_ns);
    hg_host_show_leased(hosts, current);
    return current;
}

hg_index hg_host_begin_leased(hg_hosts *hosts, hg_host_id id, int64_t time_ns)
{
    const hg_index current = hg_host_find(hosts, id);
    const hg_index index = hg_host_begin(hosts, id, time_ns, 1, current == 0 ? 0 : least_of(hosts, current));
    hg_host_sender *made = index == 0 ? NULL : hg_host_take_sender(hosts, index);
    if (made == NULL)
        return 0;
    made->hidden = HG_HIDDEN_LEASE;
    hg_host_at(hosts, index)->has_others = 1;
    if (current != 0)
        hg_host_at(hosts, current)->has_others = 1;
    return index;
}

void hg_host_show_leased(hg_hosts *hosts, hg_index index)
{
    if (hidden(hosts, index) == HG_HIDDEN_LEASE)
        show(hosts, index, hg_host_at(hosts, index)->last_ns);
}

/* ---- statements and connections ------------------------------------------------------------------------- */

void hg_host_note_statement(hg_hosts *hosts, hg_index index, const uint8_t *station, int64_t time_ns)
{
    hg_host_sender *sender = hg_host_sender_at(hosts, index);
    if (sender == NULL)
        return;
    if (!are_equal(frames_of(hosts, index), station))
        memcpy(sender->other, station, sizeof sender->other);
    else if (sender->hidden == HG_HIDDEN_ONE_FRAME)
        show(hosts, index, time_ns);
}

hg_index hg_host_that_sent(const hg_hosts *hosts, hg_index current, const uint8_t *station, int64_t time_ns)
{
    if (station == NULL || !hg_host_at(hosts, current)->has_others)
        return current;
    const hg_index own = hg_host_of_station(hosts, current, station, time_ns);
    return own != 0 ? own : current;
}

hg_index hg_host_take_announcer(hg_hosts *hosts, hg_host_id id, const uint8_t *station, int64_t time_ns, int is_arp)
{
    const hg_index current = hg_host_take(hosts, id, time_ns, 1);
    const hg_index index = current == 0 ? 0 : hg_host_that_sent(hosts, current, station, time_ns);
    if (index != current && is_arp)
        hg_host_note_statement(hosts, index, station, time_ns);
    return index;
}

void hg_host_join_card(hg_hosts *hosts, hg_index card, hg_index index)
{
    hg_host_entry *from = hg_host_at(hosts, card), *to = hg_host_at(hosts, index);
    hg_host_sender *sender = hg_host_sender_at(hosts, index), *other = hg_host_sender_at(hosts, card);
    to->syns += from->syns;
    to->syn_acks += from->syn_acks;
    to->connections += from->connections;
    hg_widen(&to->first_ns, &to->last_ns, from->first_ns, from->last_ns);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, from, seen)) != NULL;) {
        const hg_sighting of = *seen;
        hg_sighting *known;
        if (hg_host_note_name(hosts, to, of.source, of.name, of.scope, of.first_ns) == 0 ||
            (known = hg_host_sighting(hosts, to, of.source, of.name)) == NULL)
            continue;
        known->packets += of.packets - 1;
        hg_widen(&known->first_ns, &known->last_ns, of.first_ns, of.last_ns);
    }
    sender->packets += other->packets;
    other->hidden = HG_HIDDEN_CARD;
    if (hg_host_find(hosts, id_of(hosts, index)) == card)
        hg_host_make_current(hosts, index);
    hg_host_touch(hosts, index);
}

/* The host of a station that is shown; 0: none. */
static hg_index shown_of(const hg_hosts *hosts, hg_index current, const uint8_t *station)
{
    hg_index index = current;
    while (index != 0 && (hidden(hosts, index) != HG_NOT_HIDDEN || !are_equal(hg_host_station(hosts, index), station)))
        index = hg_host_earlier(hosts, index);
    return index;
}

hg_index hg_host_that_received(hg_hosts *hosts, hg_index index, const uint8_t *receiver)
{
    if (!hg_host_at(hosts, index)->has_others)
        return index;
    hg_index current = hg_host_find(hosts, id_of(hosts, index));
    const uint8_t *own = frames_of(hosts, index);
    if (hidden(hosts, index) == HG_HIDDEN_CARD)
        return current;
    if (receiver != NULL && own != NULL && !are_equal(own, receiver)) {
        const hg_index machine = shown_of(hosts, current, receiver);
        if (machine != 0) {
            hg_host_join_card(hosts, index, machine);
            return machine;
        }
    }
    if (hidden(hosts, index) == HG_HIDDEN_ONE_FRAME)
        show(hosts, index, hg_host_at(hosts, index)->last_ns);
    current = hg_host_find(hosts, id_of(hosts, index));
    if (current != index && hg_host_at(hosts, current)->last_ns <= hg_host_at(hosts, index)->last_ns)
        hg_host_make_current(hosts, index);
    return index;
}
