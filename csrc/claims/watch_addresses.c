/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_addresses.c - who has an address: stations that use it, and stations that state it (stations/holder.h).
 */
#include "base/batch.h"
#include "claims/claims.h"

enum { FOLLOWED = 64 /* addresses per MAC */ };

#define SECOND_NS INT64_C(1000000000)
#define HOUR_NS (3600 * SECOND_NS)
#define ENDS_NS (5 * SECOND_NS) /* how long a router that withdrew itself may go on sending */

static hg_host_id id_of(const hg_known_item *one, const hg_tunnel_id *within)
{
    return (hg_host_id){hg_address_of(one->of.key), within, one->of.kind};
}

/* ---- stations that use it ------------------------------------------------------------------------------- */

/* Whether a DHCP server that leased other addresses, too, gave the address to a station. */
static int is_leased(const hg_hosts *hosts, const hg_known_item *one, const uint8_t *mac, int64_t time_ns)
{
    for (const hg_device *device = NULL;
         one->of.kind == 4 && (device = hg_device_next_with(hosts, mac, device)) != NULL;)
        if (device->is_lease_known && device->lease_address == hg_be32(one->of.key) && device->lease_ns <= time_ns &&
            time_ns < device->lease_until_ns)
            return 1;
    return 0;
}

/* Gives an address to another station. */
static void give(hg_known_item *one, const uint8_t *mac, int64_t time_ns)
{
    memcpy(one->of.before, one->of.mac, HG_MAC_LENGTH);
    memcpy(one->of.mac, mac, HG_MAC_LENGTH);
    one->of.since_ns = time_ns;
    one->withdrawn_ns = 0;
    one->is_weak = one->is_stated = 0;
    one->is_changed = 1;
}

/* Judges a use, and reports what it is. */
static void note_use(hg_hosts *hosts, hg_known_item *one, const hg_announcer *from, uint32_t signs, int64_t unseen_ns)
{
    const hg_take_verdict verdict = hg_take_judge(signs)->verdict;
    const hg_host_id id = id_of(one, from->within);
    uint8_t shared[HG_SHARED_BYTES] = {0};
    if (verdict == HG_TAKE_IS_NO_NEWS)
        return;
    const hg_device_change change = verdict == HG_TAKE_IS_MOVE ? HG_ADDRESS_MOVED : HG_ADDRESS_CONFLICT;
    if (change == HG_ADDRESS_MOVED &&
        !hg_watch_may_report(hosts, one, hg_watch_role_of(hosts, one, &id), from->mac, from->time_ns, unseen_ns, 0))
        return;
    if (change == HG_ADDRESS_CONFLICT) {
        one->of.roles |= 1U << HG_ADDRESS_CONFLICT;
        one->changes |= 1U << HG_ADDRESS_CONFLICT;
    }
    hg_share_packet(shared, from->time_ns, hosts->clock.number, from->within == NULL ? 0 : from->within->inner);
    (void)hg_news_report(hosts, &hosts->watch->limits,
                         &(hg_news){change, hg_host_row_before(hosts), from->mac, &one->of, one->of.moves,
                                    hg_watch_is_gateway(one), unseen_ns, .time_ns = from->time_ns, .shared = shared});
}

/* Tells of the station of a packet, which may be new. */
static void watch_station(hg_hosts *hosts, const hg_announcer *from, const hg_watched *address)
{
    uint8_t shared[HG_SHARED_BYTES] = {0};
    hg_share_packet(shared, from->time_ns, hosts->clock.number, from->within == NULL ? 0 : from->within->inner);
    (void)hg_watch_take_mac(hosts, hg_host_row_before(hosts), from->mac, from->time_ns, address, shared);
}

/* The latest shown host with the address of another one; 0: none. */
static hg_index host_before(const hg_hosts *hosts, hg_index index)
{
    hg_index found = 0;
    const hg_host_entry *host = hg_host_at(hosts, index);
    for (hg_index other = hg_host_find(hosts, (hg_host_id){host->address, hg_host_tunnel(hosts, host), host->version});
         other != 0; other = hg_host_earlier(hosts, other))
        if (other != index && !hg_host_is_hidden(hosts, other) &&
            (found == 0 || hg_host_at(hosts, found)->last_ns < hg_host_at(hosts, other)->last_ns))
            found = other;
    return found;
}

/* Gives an address to a station that sent from it in a time. `other`: the host before, if it has the address. */
static void take_use(hg_hosts *hosts, hg_known_item *one, const hg_announcer *from, const hg_host_entry *other,
                     int64_t last_ns, int is_turn)
{
    const int64_t first_ns = from->time_ns;
    const int64_t seen_ns = other == NULL || one->of.last_ns > other->last_ns ? one->of.last_ns : other->last_ns;
    const int64_t unseen_ns = first_ns > seen_ns ? first_ns - seen_ns : 0;
    const int both_again =
        other != NULL && other->first_ns < first_ns && first_ns < other->last_ns && other->last_ns < last_ns;
    uint32_t signs = 1U << HG_TAKE_USE | (uint32_t)is_leased(hosts, one, from->mac, first_ns) << HG_TAKE_LEASED |
                     (uint32_t)is_turn << HG_TAKE_TURN;
    one->of.moves = is_turn ? one->of.moves + 1 : 1;
    one->of.roles &= is_turn ? UINT8_MAX : HG_WATCHED_GATEWAY;
    give(one, from->mac, first_ns);
    hg_watch_note_time(one, first_ns);
    if (one->of.moves < HG_LEAST_TURNS)
        note_use(hosts, one, from, signs, unseen_ns);
    if (both_again && one->of.moves < HG_LEAST_TURNS)
        one->of.moves = HG_LEAST_TURNS; /* at least two more turns */
    if (one->of.moves >= HG_LEAST_TURNS && (one->of.roles >> HG_ADDRESS_CONFLICT & 1) == 0)
        note_use(hosts, one, from, 1U << HG_TAKE_THIRD, unseen_ns);
}

/* Takes packets that a host with others of its address sent in a time. */
static void take_holder(hg_hosts *hosts, hg_index index, int64_t first_ns, int64_t last_ns)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const uint8_t *station = hg_host_sending_station(hosts, index);
    const hg_index before = station == NULL || !hg_watches(hosts) || (hosts->batch == NULL && hg_wants_news(hosts))
                                ? 0
                                : host_before(hosts, index);
    const uint8_t *holder = before == 0 ? NULL : hg_host_sending_station(hosts, before);
    if (holder == NULL)
        return;
    if (hosts->watch->waiting_count > 0)
        hg_watch_judge_claims(hosts, first_ns, hg_host_row_before(hosts)); /* those before it */
    const hg_host_entry *other = hg_host_at(hosts, before);
    const hg_announcer from = {.mac = station, .within = hg_host_tunnel(hosts, host), .time_ns = first_ns},
                       of = {.mac = holder, .time_ns = other->first_ns};
    const hg_watched made = hg_watched_address(&of, (const uint8_t *)&host->address, host->version);
    hg_known_item *one = hg_watch_find(hosts, host->version, made.key);
    if (one == NULL && (one = hg_watch_add(hosts, &made)) == NULL)
        return;
    hg_watch_note_gateway(hosts, one, from.within);
    const uint32_t source = hosts->clock.sources; /* captures prove no conflict with one another */
    const int is_of_source = one->source == source;
    one->source = source;
    if (memcmp(one->of.mac, station, HG_MAC_LENGTH) == 0) {
        hg_watch_note_time(one, first_ns);
        return;
    }
    if (!is_of_source && last_ns <= one->of.last_ns)
        return; /* an older capture changes nothing */
    const int is_turn = is_of_source && one->of.moves > 0 && memcmp(one->of.before, station, HG_MAC_LENGTH) == 0 &&
                        hg_elapsed_ns(one->of.since_ns, first_ns) < (uint64_t)HG_TURN_NS;
    const int has_it =
        memcmp(one->of.mac, holder, HG_MAC_LENGTH) == 0 && hg_host_sender_at(hosts, before)->is_odd == (source & 1);
    if (!is_turn) {
        watch_station(hosts, &from, &made);
        hg_watch_count_taken(hg_watch_keep_mac(hosts, station, first_ns), first_ns);
    }
    take_use(hosts, one, &from, has_it ? other : NULL, last_ns, is_turn);
}

/* Takes packets of a station that has their address, which another station may have had in an earlier run. */
static void take_known(hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const uint8_t *station = host->has_others ? NULL : hg_host_sending_station(hosts, index);
    if (station == NULL || !hg_host_sender_at(hosts, index)->is_settled || hg_mac_virtual(station) != NULL)
        return;
    const hg_announcer from = {.mac = station, .within = hg_host_tunnel(hosts, host), .time_ns = sent->first_ns};
    const hg_watched made = hg_watched_address(&from, (const uint8_t *)&host->address, host->version);
    hg_known_item *one = hg_watch_find(hosts, host->version, made.key);
    const int is_same = one != NULL && memcmp(one->of.mac, station, HG_MAC_LENGTH) == 0;
    if (one == NULL || !one->is_known || hg_mac_virtual(one->of.mac) != NULL ||
        (!is_same && sent->last_ns <= one->of.last_ns)) /* an older capture changes nothing */
        return;
    one->is_known = 0;
    one->source = hosts->clock.sources;
    hg_watch_note_gateway(hosts, one, from.within);
    if (!is_same) {
        hg_watch_count_taken(hg_watch_keep_mac(hosts, station, sent->first_ns), sent->first_ns);
        take_use(hosts, one, &from, NULL, sent->last_ns, 0);
    } else if (one->is_stated) { /* it stated the address first, as systems do */
        one->is_stated = 0;
        one->of.moves = 1;
        note_use(hosts, one, &from,
                 1U << HG_TAKE_USE | (uint32_t)is_leased(hosts, one, station, sent->first_ns) << HG_TAKE_LEASED,
                 one->taken_ns);
    }
}

/* Settles the station of an address that an earlier run noted. MACs are not random in each frame then, so if another
 * station sends next, neither is unknown. */
static void settle_known(hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    const uint8_t *station = index == 0 ? NULL : hg_host_sending_station(hosts, index);
    hg_host_sender *sender = station == NULL ? NULL : hg_host_sender_at(hosts, index);
    if (sender == NULL || sender->is_settled || (sent->marks & HG_SENDER_IS_NEAR) == 0)
        return;
    const hg_known_item *one = hg_watch_address(hosts, station, sent->address, sent->version);
    sender->is_settled = one != NULL && one->is_known;
}

static void take_sender(hg_hosts *hosts, hg_index index, const hg_sender *sent, uint32_t before)
{
    const int has_it = hg_watch_take_sender(hosts, index, sent, before);
    if (!hg_watches(hosts) || hosts->watch->known_addresses == 0)
        return;
    if (has_it)
        take_known(hosts, index, sent);
    settle_known(hosts, index, sent);
}

/* ---- stations that state it ----------------------------------------------------------------------------- */

int hg_watch_may_be_proxy(const hg_announcer *from)
{
    return from->operation == HG_LINK_REPLY || from->operation == HG_LINK_ADVERTISEMENT;
}

/* Whether a MAC answers for others: it took many addresses in the last hour. Addresses that nobody else had do not
 * count: anybody can state those for any MAC. */
static int answers_for_others(const hg_hosts *hosts, const uint8_t *mac, uint8_t version, int64_t time_ns)
{
    const hg_known_item *one = hg_watch_mac(hosts, mac);
    return one != NULL && one->taken >= hg_watch_proxied(version) && time_ns - one->taken_ns <= HOUR_NS;
}

/* Whether `before` only answered for the address. It answers for others; or it may be a proxy, as it asks, too, and the
 * new MAC has no other address. Else the MAC takes the address: anybody can state addresses to make a MAC look so. */
static int was_proxied(const hg_hosts *hosts, const hg_known_item *one, const hg_announcer *from, const uint8_t *before)
{
    const hg_known_item *proxy = hg_watch_mac(hosts, before);
    return answers_for_others(hosts, before, one->of.kind, from->time_ns) ||
           (one->is_weak && proxy != NULL && proxy->asks &&
            !hg_mac_has_many(hosts, from->mac, one->of.kind, from->time_ns, 2));
}

hg_index hg_watch_user(const hg_hosts *hosts, const hg_host_id *id)
{
    const hg_index index = hg_host_find(hosts, *id);
    return index == 0 || hg_host_is_hidden(hosts, index) || hg_host_sending_station(hosts, index) == NULL ? 0 : index;
}

/* Puts who has the address by packets in the place of who only stated it. */
static void find_holder(const hg_hosts *hosts, hg_known_item *one, hg_index user, int64_t time_ns)
{
    const uint8_t *station = user == 0 ? NULL : hg_host_sending_station(hosts, user);
    if (station == NULL || one->is_known || hg_mac_virtual(one->of.mac) != NULL ||
        memcmp(one->of.mac, station, HG_MAC_LENGTH) == 0 ||
        hg_mac_virtual(station) != NULL) /* VRRP sends from a router's own address with the virtual MAC */
        return;
    const int64_t last_ns = hg_host_at(hosts, user)->last_ns;
    memcpy(one->of.mac, station, sizeof one->of.mac);
    one->of.last_ns = last_ns < time_ns ? last_ns : time_ns;
}

/* The signs of a statement about an address of another station, which was not seen with it for a time. */
static uint32_t signs_of(const hg_hosts *hosts, const hg_known_item *one, const hg_announcer *from, int is_used,
                         int64_t unseen_ns)
{
    uint8_t holder[HG_STATION];
    const hg_host_id id = id_of(one, from->within);
    const char *role = hg_watch_role_of(hosts, one, &id);
    const int is_silent = unseen_ns > (int64_t)HG_HOLDER_SILENCE_NS;
    hg_put_station(holder, one->of.mac, hg_segment_number(from->within));
    if (is_used)
        return (uint32_t)(!is_silent && role != NULL && role[0] != 's') << HG_TAKE_GATEWAY;
    const int is_back = one->is_stated && memcmp(one->of.before, from->mac, HG_MAC_LENGTH) == 0;
    return (uint32_t)was_proxied(hosts, one, from, holder) << HG_TAKE_PROXY | (uint32_t)is_back << HG_TAKE_BACK |
           (uint32_t)(is_silent && role == NULL) << HG_TAKE_SILENT |
           (uint32_t)(!is_silent && role != NULL && role[0] != 's') << HG_TAKE_GATEWAY;
}

/* Takes what a station states about an address of another one. */
static void take_claim(hg_hosts *hosts, uint32_t row, hg_known_item *one, const hg_announcer *from, hg_index user)
{
    const uint8_t *station = user == 0 ? NULL : hg_host_sending_station(hosts, user);
    const int is_used = station != NULL && memcmp(station, one->of.mac, HG_MAC_LENGTH) == 0;
    const int64_t used_ns = is_used ? hg_host_at(hosts, user)->last_ns : INT64_MIN;
    const int64_t seen_ns = used_ns > one->of.last_ns ? used_ns : one->of.last_ns;
    const int64_t unseen_ns = from->time_ns > seen_ns ? from->time_ns - seen_ns : 0;
    const uint32_t signs = signs_of(hosts, one, from, is_used, unseen_ns);
    const hg_take_rule *rule = hg_take_judge(signs);
    const hg_watched before = one->of;
    if ((signs & 1U << HG_TAKE_PROXY) != 0)
        hg_news_leave_out(hosts, &hosts->watch->limits);
    if (rule->takes) {
        give(one, from->mac, from->time_ns);
        one->taken_ns = unseen_ns;
        one->is_stated = (signs & 1U << HG_TAKE_BACK) == 0;
        hg_watch_note_time(one, from->time_ns);
    }
    if (rule->verdict != HG_TAKE_IS_NO_NEWS)
        hg_watch_claim_address(hosts, row, from, &before, unseen_ns, rule->verdict == HG_TAKE_WAITS);
}

void hg_watch_statement(hg_hosts *hosts, uint32_t row, hg_known_item *one, const hg_announcer *from)
{
    const hg_host_id id = id_of(one, from->within);
    const hg_index user = hg_watch_user(hosts, &id);
    if (one->withdrawn_ns != 0 && one->lived_ns == 0 && from->time_ns - one->withdrawn_ns > ENDS_NS)
        one->lived_ns = from->time_ns;
    find_holder(hosts, one, user, from->time_ns);
    if (memcmp(one->of.mac, from->mac, HG_MAC_LENGTH) == 0) {
        one->is_weak = one->is_weak && hg_watch_may_be_proxy(from);
        hg_watch_note_time(one, from->time_ns);
    } else if (from->must_wait && from->time_ns >= one->of.last_ns && /* an older capture changes nothing */
               !hg_watch_uses(hosts, &id, from->mac, from->time_ns)) {
        hg_watch_note_gateway(hosts, one, from->within);
        take_claim(hosts, row, one, from, user);
    }
}

/* ---- packets ---- */

/* Whether the address is followed even if its MAC has too many: any station can state more addresses for the MAC. The
 * number of addresses that last (hg_binding_lasts) is limited for each MAC. */
static int must_follow(const hg_hosts *hosts, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    const hg_index index = hg_host_find(hosts, (hg_host_id){hg_address_of(address), from->within, version});
    return hg_binding_lasts(hosts, from->mac, hg_address_of(address), version) ||
           (index != 0 &&
            (hg_is_proven(hg_host_at(hosts, index)) || hg_host_is_named_gateway(hosts, hg_host_at(hosts, index))));
}

/* Whether packets show who has the address. */
static int is_used(const hg_hosts *hosts, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    return hg_watch_user(hosts, &(hg_host_id){hg_address_of(address), from->within, version}) != 0;
}

/* Whether a new address is to be followed; `by`: the item of its MAC, NULL: it has none, or no news are wanted. */
static int is_followed(const hg_hosts *hosts, const hg_known_item *by, const hg_announcer *from, const uint8_t *address,
                       uint8_t version)
{
    if (by != NULL)
        return !hg_mac_has_many(hosts, from->mac, version, from->time_ns, FOLLOWED) ||
               must_follow(hosts, from, address, version);
    return (!hg_wants_news(hosts) && !hg_is_made_up(hosts, from->mac)) || is_used(hosts, from, address, version);
}

void hg_watch_packet(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    if (from->mac == NULL || from->scope != HG_SCOPE_SEGMENT || (from->mac[0] & 1) != 0 || !hg_watches(hosts))
        return;
    hg_news_sum_up(hosts, &hosts->watch->limits, row, from);
    const hg_watched made = hg_watched_address(from, address, version);
    hg_known_item *by = hg_watch_take_mac(hosts, row, from->mac, from->time_ns, address == NULL ? NULL : &made, NULL);
    if (by != NULL)
        by->asks |= from->sender == NULL && !hg_watch_may_be_proxy(from);
    hg_known_item *one = address == NULL ? NULL : hg_watch_find(hosts, version, made.key);
    const int is_known = one != NULL;
    if (address == NULL || (!is_known && !is_followed(hosts, by, from, address, version)))
        return;
    if (!is_known && (one = hg_watch_add(hosts, &made)) != NULL) {
        hg_watch_note_gateway(hosts, one, from->within);
        one->is_weak = hg_watch_may_be_proxy(from) &&
                       hg_mac_has_many(hosts, from->mac, version, from->time_ns, hg_watch_proxied(version) + 1);
    }
    if (one != NULL && (is_known || is_used(hosts, from, address, version)))
        hg_watch_statement(hosts, row, one, from);
}

void hg_watch_lease(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    const hg_host_id id = {hg_address_of(address), from->within, version};
    const hg_index user = from->scope != HG_SCOPE_SEGMENT || !hg_watches(hosts) ? 0 : hg_watch_user(hosts, &id);
    const uint8_t *station = user == 0 ? NULL : hg_host_sending_station(hosts, user);
    if (station == NULL || memcmp(station, from->mac, HG_STATION) == 0 ||
        memcmp(station, from->sender, HG_MAC_LENGTH) == 0 ||
        hg_elapsed_ns(hg_host_at(hosts, user)->last_ns, from->time_ns) > HG_HOLDER_SILENCE_NS)
        return;
    const hg_watched made = hg_watched_address(from, address, version);
    hg_known_item *one = hg_watch_find(hosts, version, made.key);
    if (one != NULL || (one = hg_watch_add(hosts, &made)) != NULL)
        hg_watch_statement(hosts, row, one, from);
}

void hg_watch_named(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    if (from->scope != HG_SCOPE_SEGMENT || !hg_watches(hosts))
        return;
    const hg_watched made = hg_watched_address(from, address, version);
    hg_known_item *one = hg_watch_find(hosts, version, made.key);
    hg_watch_note_gateway(hosts, one, from->within);
    if (one != NULL && (hg_mac_is_station(from->mac) || hg_watch_is_gateway(one))) /* else it may be a cluster */
        hg_watch_statement(hosts, row, one, from);
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_SENDER)
        take_sender(event->hosts, event->index, event->sender, event->before);
    else if (event->event == HG_ON_USED)
        take_holder(event->hosts, event->index, event->from_ns, event->until_ns);
    else {
        hg_watch_judge_nameless(event->hosts, event->until_ns, event->before);
        hg_watch_judge_claims(event->hosts, event->until_ns, event->before);
    }
}

const hg_fact hg_fact_watch = {
    .events = UINT64_C(1) << HG_ON_SENDER | UINT64_C(1) << HG_ON_USED | UINT64_C(1) << HG_ON_DUE,
    .on = on,
    .free = hg_watch_free,
};
