/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_stated.c - new DHCP servers and routers, and changes of what a segment tells its hosts: gateways, resolvers,
 * time servers, proxies, prefixes.
 *
 * Whoever sends it, as frames and addresses of servers can be forged. Each value is news once: servers of one segment
 * may state different ones in turns. */
#include "base/value.h"
#include "claims/claims.h"

enum { KIND_AT = 0, VERSION_AT = 1, HASH_AT = 8 }; /* in a key; the latest value of a kind has the hash 0 */

enum { BY_DHCP6 = 7 }; /* a version: routers may state other servers in advertisements */

#define SAME_ROUTER "of the same router" /* in the news: no finding (findings.py) */
#define CUT "\xe2\x80\xa6" /* an ellipsis: the text kept goes on */

/* What the values are called. */
static const char *const WORDS[] = {
    [HG_NETWORK_PREFIX] = "network",  [HG_NETWORK_RESOLVER] = "resolver", [HG_NETWORK_CLOCK] = "time server",
    [HG_NETWORK_GATEWAY] = "gateway", [HG_NETWORK_PROXY] = "proxy",
};

/* Writes "resolver 192.0.2.53", or "network 192.0.2.0/24". */
static void put(hg_joined_values *to, const char *word, uint8_t kind, hg_span of)
{
    char text[64];
    const uint8_t *value = of.data;
    hg_news_join(to, "", word, (uint32_t)strlen(word));
    if (kind == HG_NETWORK_PROXY) {
        hg_news_join(to, " ", (const char *)value, of.length);
        return;
    }
    char *end = hg_put_address(text, (uint8_t)(value[HG_ADDRESS_BYTES - 1] - '0'), value + 1);
    hg_news_join(to, " ", text, (uint32_t)(end - text));
    if (kind == HG_NETWORK_PREFIX)
        hg_news_join(to, "/", text, (uint32_t)(hg_put_u32(text, value[0]) - text));
}

/* Sets the bits of a network's address behind its prefix to 0. */
static void mask(uint8_t value[HG_WATCHED_TEXT])
{
    for (uint32_t bit = value[0]; bit < 128; bit++)
        value[1 + bit / 8] &= (uint8_t)~(0x80U >> bit % 8);
}

static hg_watched watched_value(const hg_announcer *from, uint8_t kind, uint8_t version, uint64_t hash)
{
    hg_watched of = hg_watched_mac(from->mac, from->time_ns);
    of.kind = HG_WATCHED_STATED;
    memset(of.key, 0, HG_WATCHED_SEGMENT_AT);
    of.key[KIND_AT] = kind;
    of.key[VERSION_AT] = version;
    memcpy(of.key + HASH_AT, &hash, sizeof hash);
    memcpy(of.mac, from->mac, sizeof of.mac);
    return of;
}

/* The address of a message's sender: a router's message has it as the announced one. */
static hg_watched watched_sender(const hg_columns *c, hg_row row, int is_dhcp)
{
    hg_watched of = {.kind = is_dhcp ? c->ip_version[row.index] : c->devices.device_ip_version[row.at]};
    memcpy(of.key, is_dhcp ? c->src_ip[row.index] : c->devices.device_ip[row.at], sizeof(hg_address));
    return of;
}

/* Whether a router states another gateway than itself. */
static int is_other_gateway(const hg_hosts *hosts, const hg_watched *made, const hg_announcer *from,
                            const hg_watched *sender)
{
    const uint8_t *stated = made->text + 1;
    const hg_binding *one = NULL;
    if (made->key[KIND_AT] != HG_NETWORK_GATEWAY || !hg_mac_is_named_gateway(hosts, from->mac) ||
        memcmp(stated, sender->key, sizeof one->address) == 0)
        return 0;
    while ((one = hg_binding_next(hosts, from->mac, one)) != NULL &&
           (one->version != sender->kind || memcmp(&one->address, stated, sizeof one->address) != 0))
        continue;
    return one == NULL;
}

/* Whether DHCPv6 of a station that is no router states the first resolver, after another one's in advertisements or of
 * IPv4, which becomes `before`: it can take over the names of a network without IPv6. */
static int is_other_resolver(const hg_hosts *hosts, const hg_watched *made, const hg_announcer *from,
                             hg_watched *before)
{
    hg_watched advertised = *made;
    advertised.key[VERSION_AT] = '6';
    if (made->key[KIND_AT] != HG_NETWORK_RESOLVER || made->key[VERSION_AT] != BY_DHCP6 ||
        hg_mac_is_named_gateway(hosts, from->mac) || hg_watch_find(hosts, made->kind, advertised.key) != NULL)
        return 0;
    for (uint8_t version = '4'; version <= '6'; version += 2) {
        const hg_watched key = watched_value(from, HG_NETWORK_RESOLVER, version, 0);
        const hg_known_item *known = hg_watch_find(hosts, key.kind, key.key);
        if (known == NULL || memcmp(known->of.mac, made->mac, sizeof made->mac) == 0)
            continue;
        *before = known->of;
        return 1;
    }
    return 0;
}

/* Whether the first value of its kind is news, for what the segment had before. */
static int is_other(const hg_hosts *hosts, const hg_watched *made, const hg_announcer *from, const hg_watched *sender,
                    hg_watched *before)
{
    if (!is_other_gateway(hosts, made, from, sender))
        return is_other_resolver(hosts, made, from, before);
    *before = *made;
    memcpy(before->text + 1, sender->key, sizeof(hg_address));
    return 1;
}

/* Notes a value. Returns the latest one before it in `before`, if the segment did not have it; 0: it is not news. */
static int is_news(hg_hosts *hosts, const hg_watched *made, const hg_announcer *from, const hg_watched *sender,
                   hg_watched *before)
{
    hg_known_item *one = hg_watch_find(hosts, made->kind, made->key);
    hg_watched key = watched_value(from, made->key[KIND_AT], made->key[VERSION_AT], 0);
    key.since_ns = from->time_ns; /* of its first message */
    hg_known_item *latest = hg_watch_find(hosts, key.kind, key.key);
    hg_watched other = latest == NULL ? key : latest->of;
    const int is_known = one != NULL, is_first = other.since_ns == from->time_ns,
              is_late = latest == NULL && is_other(hosts, made, from, sender, &other);
    *before = other;
    if (is_known)
        hg_watch_note_time(one, from->time_ns);
    else if (hg_watch_add(hosts, made) == NULL)
        return 0;
    latest = hg_watch_find(hosts, key.kind, key.key); /* again: the new item may have replaced it */
    if (latest == NULL && (latest = hg_watch_add(hosts, &key)) == NULL)
        return 0;
    hg_watch_note_time(latest, from->time_ns);
    latest->is_changed |= (uint16_t)(memcmp(latest->of.text, made->text, sizeof made->text) != 0);
    memcpy(latest->of.text, made->text, sizeof made->text);
    return !is_known && (!is_first || is_late);
}

/* Notes a DHCP server or a router. Whether the segment had another one; then `before` and `address` name it. */
static int succeeds_another(hg_hosts *hosts, const hg_announcer *from, hg_watched *address, hg_device_change role,
                            hg_joined_values *before, hg_joined_values *after)
{
    hg_watched made = watched_value(from, (uint8_t)role, address->kind, 0);
    char text[64];
    memcpy(made.text, address->key, sizeof(hg_address));
    hg_known_item *latest = hg_watch_find(hosts, made.kind, made.key);
    if (latest == NULL) {
        (void)hg_watch_add(hosts, &made);
        return 0;
    }
    hg_watch_note_time(latest, from->time_ns);
    if (memcmp(latest->of.mac, made.mac, sizeof made.mac) == 0)
        return 0;
    hg_news_join(before, "", text, (uint32_t)(hg_put_address(text, address->kind, latest->of.text) - text));
    hg_news_join(after, "", text, (uint32_t)(hg_put_address(text, address->kind, made.text) - text));
    memcpy(address->before, latest->of.mac, sizeof address->before);
    memcpy(latest->of.mac, made.mac, sizeof made.mac);
    memcpy(latest->of.text, made.text, sizeof made.text);
    latest->is_changed = 1;
    return 1;
}

void hg_watch_role(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version,
                   hg_device_change role)
{
    if (from->mac == NULL || from->scope != HG_SCOPE_SEGMENT || !hg_watches(hosts))
        return;
    hg_watched of = hg_watched_address(from, address, version), *named = address == NULL ? NULL : &of;
    hg_joined_values before = {.length = 0}, after = {.length = 0};
    if (hg_mac_is_station(from->mac))
        (void)hg_watch_take_mac(hosts, row, from->mac, from->time_ns, named, NULL);
    hg_known_item *one = hg_watch_keep_mac(hosts, from->mac, from->time_ns);
    const int succeeds = named != NULL && succeeds_another(hosts, from, named, role, &before, &after);
    const hg_news found = {
        role, row, from->mac, named, .before = &before, .after = succeeds ? &after : NULL, .time_ns = from->time_ns};
    if (one == NULL || (one->of.roles >> role & 1) != 0 ||
        (hg_wants_news(hosts) && !hg_news_report(hosts, &hosts->watch->limits, &found)))
        return;
    one->of.roles |= (uint8_t)(1U << role);
    one->is_changed = 1;
    if (succeeds)
        hg_watch_note_change(hosts, from, named, role);
}

static void report(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_watched *address,
                   const hg_joined_values *before, const hg_joined_values *after, int is_finding)
{
    hg_watched latest = {0};
    const hg_binding *bound = address == NULL ? hg_binding_latest(hosts, from->mac) : NULL;
    if (bound != NULL) {
        latest.kind = bound->version;
        memcpy(latest.key, &bound->address, sizeof bound->address);
        address = &latest;
    }
    if (is_finding && address != NULL)
        hg_watch_note_change(hosts, from, address, HG_SEGMENT_CHANGED);
    (void)hg_news_report(hosts, &hosts->watch->limits,
                         &(hg_news){.change = HG_SEGMENT_CHANGED,
                                    .row = row,
                                    .mac = from->mac,
                                    .address = address,
                                    .before = before,
                                    .after = after,
                                    .time_ns = from->time_ns});
}

/* Looks for a value that the segment did not have. */
static void take_text(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_watched *address,
                      const hg_announcement_text *text, int is_dhcp)
{
    uint8_t value[HG_WATCHED_TEXT] = {0};
    hg_watched before;
    hg_joined_values old = {.length = 0}, new = {.length = 0};
    const int is_text = text->kind == HG_NETWORK_PROXY;
    const uint32_t length = text->length < sizeof value ? text->length : (uint32_t)sizeof value;
    if (text->kind < HG_NETWORK_PREFIX || text->kind > HG_NETWORK_PROXY || (!is_text && length != HG_ADDRESS_BYTES))
        return;
    memcpy(value, text->text, length);
    if (text->kind == HG_NETWORK_PREFIX)
        mask(value);
    const hg_span all = is_text ? hg_span_of(text->text, text->length) : hg_span_of(value, length);
    const uint8_t digit = value[HG_ADDRESS_BYTES - 1], version = is_text                   ? 0
                                                                 : is_dhcp && digit == '6' ? BY_DHCP6
                                                                                           : digit;
    hg_watched made = watched_value(from, text->kind, version, hg_hash_span(HG_HASH_MULTIPLIER, all) | 1);
    memcpy(made.text, value, sizeof made.text);
    if (text->length > sizeof made.text)
        memcpy(made.text + sizeof made.text - strlen(CUT), CUT, strlen(CUT));
    if (!is_news(hosts, &made, from, address, &before))
        return;
    put(&old, WORDS[text->kind], text->kind, hg_span_of(before.text, sizeof before.text));
    put(&new, WORDS[text->kind], text->kind, all);
    /* providers give another network now and then, and with one in a router's name nobody gets its traffic */
    const int is_same_router = text->kind == HG_NETWORK_PREFIX && hg_mac_is_named_gateway(hosts, from->mac);
    if (is_same_router)
        hg_news_join(&new, " ", SAME_ROUTER, (uint32_t)strlen(SAME_ROUTER));
    report(hosts, row, from, address, &old, &new, !is_same_router);
}

void hg_watch_statements(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    const int is_dhcp = c->event[row.index] == HG_EVENT_DHCP;
    hg_announcement_row read;
    hg_announcement_text text;
    hg_tunnel_id tunnel;
    uint8_t station[HG_STATION];
    uint32_t at = 0;
    if ((c->devices.macs[row.at] & HG_KNOWS_SOURCE_MAC) == 0 ||
        (is_dhcp ? (c->devices.macs[row.at] & HG_SERVES_LINK) == 0
                 : c->scope[row.index] < HG_SCOPE_SEGMENT ||
                       c->devices.operation[row.at] != HG_LINK_ROUTER_ADVERTISEMENT) ||
        !hg_announced_of(batch, row.index, row.at, &read) || !hg_watches(hosts))
        return;
    const hg_announcer from = {
        .mac = station, .within = hg_tunnel_of_row(row, &tunnel), .time_ns = c->time_ns[row.index]};
    hg_put_station(station, c->devices.source_mac[row.at], hg_segment_number(from.within));
    const hg_watched address = watched_sender(c, row, is_dhcp);
    while (hg_announced_next(&read, &at, &text))
        take_text(hosts, row.index, &from, &address, &text, is_dhcp);
}

void hg_watch_redirect(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *target, uint8_t version)
{
    enum { LINK_LOCAL = 0xFE80, LINK_LOCAL_MASK = 0xFFC0, REDIRECT = 0 };
    hg_joined_values old = {.length = 0}, new = {.length = 0};
    uint8_t value[HG_WATCHED_TEXT] = {0};
    if (target == NULL || (version == 6 && (hg_be16(target) & LINK_LOCAL_MASK) != LINK_LOCAL))
        return; /* it states that the destination is on the link */
    memcpy(value + 1, target, sizeof(hg_address));
    value[HG_ADDRESS_BYTES - 1] = (uint8_t)('0' + version);
    const hg_watched made = watched_value(from, REDIRECT, version, hg_hash_span(1, hg_span_of(value, sizeof value)));
    const hg_known_item *known = hg_watch_address(hosts, from->mac, target, version);
    if (known != NULL && hg_watch_is_gateway(known))
        return; /* routers redirect to each other */
    if (hg_watch_find(hosts, made.kind, made.key) != NULL || hg_watch_add(hosts, &made) == NULL)
        return;
    hg_news_join(&old, "", WORDS[HG_NETWORK_GATEWAY], (uint32_t)strlen(WORDS[HG_NETWORK_GATEWAY]));
    put(&new, "redirected to", HG_NETWORK_GATEWAY, hg_span_of(value, sizeof value));
    report(hosts, row, from, NULL, &old, &new, 1);
}
