/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_values.c - finds devices whose announcements state other values than before.
 */
#include "news/watch.h"

/* Whether a value replaced the previous one. */
static int replaces(hg_known_item *one, const uint8_t *value, int64_t time_ns)
{
    hg_watched *watched = &one->of;
    const int is_known = memcmp(watched->mac, value, sizeof watched->mac) == 0;
    const int is_other = memcmp(watched->before, value, sizeof watched->before) == 0;
    hg_watch_note_time(one, time_ns);
    if (is_known ||
        (is_other && watched->moves > 0)) { /* with `moves`, both were reported: one device with two systems */
        watched->since_ns = 0;
        return 0;
    }
    one->is_changed = 1;
    if (!is_other || watched->since_ns == 0) {
        memcpy(watched->before, value, sizeof watched->before);
        watched->since_ns = time_ns;
        watched->moves = 0;
        return 0;
    }
    if (time_ns - watched->since_ns < HG_DEVICE_REPLACED_NS)
        return 0;
    memcpy(watched->before, watched->mac, sizeof watched->before);
    memcpy(watched->mac, value, sizeof watched->mac);
    watched->moves = 1;
    return 1;
}

/* The item for a field in announcements of a kind; `generic`: a family of systems does not contradict a member. */
static hg_watched watched_value(const uint8_t *mac, int64_t time_ns, uint8_t kind, uint8_t field, uint8_t generic)
{
    hg_watched made = hg_watched_mac(mac, time_ns);
    made.kind = HG_WATCHED_VALUE;
    made.key[HG_MAC_LENGTH] = kind;
    made.key[HG_MAC_LENGTH + 1] = field;
    made.key[HG_MAC_LENGTH + 2] = generic;
    return made;
}

/* Notes the value of a field. If it replaces another value now, copies the old one to `before` and returns when the new
 * one was first seen; otherwise returns 0. */
static int64_t note_field(hg_hosts *hosts, const uint8_t *mac, const hg_device_claim *claim, uint8_t field,
                          char before[HG_WATCHED_TEXT])
{
    hg_watched made = watched_value(mac, claim->last_ns, claim->kind, field, claim->generic);
    const hg_span value = hg_span_of(hg_device_claim_text(claim, field), claim->lengths[field]);
    const uint64_t hash = hg_hash_span(HG_HASH_MULTIPLIER, value);
    memcpy(made.mac, &hash, sizeof made.mac);
    memcpy(made.text, value.text, value.length < sizeof made.text ? value.length : sizeof made.text);
    hg_known_item *one = hg_watch_find(hosts, HG_WATCHED_VALUE, made.key);
    if (one == NULL) {
        if ((one = hg_watch_add(hosts, &made)) != NULL)
            one->taken_ns = claim->last_ns;
        return 0;
    }
    if (!replaces(one, made.mac, claim->last_ns))
        return 0;
    memcpy(before, one->of.text, HG_WATCHED_TEXT);
    memcpy(one->of.text, made.text, sizeof one->of.text);
    one->taken_ns = claim->last_ns;
    return one->of.since_ns;
}

/* Copies the value that announcements of any kind gave a field before a change began, those of `kind` first. */
static void find_before(const hg_hosts *hosts, const uint8_t *mac, uint8_t kind, uint8_t field, int64_t since_ns,
                        char to[HG_WATCHED_TEXT])
{
    for (uint32_t i = 0; to[0] == '\0' && i <= 2 * HG_ANNOUNCEMENTS + 1; i++) {
        const uint8_t of_kind = i < 2 ? kind : (uint8_t)(i / 2 - 1);
        const hg_watched of = watched_value(mac, 0, of_kind, field, i % 2);
        const hg_known_item *one = hg_watch_find(hosts, HG_WATCHED_VALUE, of.key);
        if (one != NULL && one->taken_ns < since_ns)
            memcpy(to, one->of.text, HG_WATCHED_TEXT);
    }
}

void hg_watch_claim(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_device_claim *claim)
{
    static const uint8_t FIELDS[] = {HG_DEVICE_TYPE, HG_DEVICE_MODEL, HG_DEVICE_SYSTEM};
    if (!hg_wants_news(hosts) || !claim->has_mac || claim->scope != HG_SCOPE_SEGMENT ||
        (HG_DEVICE_SINGLE_KINDS >> claim->kind & 1) == 0)
        return;
    const hg_watched of = hg_watched_mac(from->mac, claim->last_ns);
    char values[sizeof FIELDS][HG_WATCHED_TEXT] = {{0}};
    hg_joined_values before = {0};
    int64_t since_ns = 0;
    for (uint32_t i = 0; i < sizeof FIELDS && hg_watch_find(hosts, HG_WATCHED_MAC, of.key) != NULL; i++) {
        const int64_t replaced_ns =
            claim->lengths[FIELDS[i]] > 0 ? note_field(hosts, from->mac, claim, FIELDS[i], values[i]) : 0;
        since_ns = replaced_ns != 0 ? replaced_ns : since_ns;
    }
    if (since_ns == 0 || hg_is_made_up(hosts, claim->mac))
        return;
    for (uint32_t i = 0; i < sizeof FIELDS; i++) {
        find_before(hosts, from->mac, claim->kind, FIELDS[i], since_ns, values[i]);
        hg_news_join(&before, ", ", values[i], values[i][0] == '\0' ? 0 : HG_WATCHED_TEXT);
    }
    (void)hg_news_report(hosts, &hosts->watch->limits,
                         &(hg_news){.change = HG_DEVICE_CHANGED,
                                    .row = row,
                                    .mac = from->mac,
                                    .claim = claim,
                                    .before = &before,
                                    .since_ns = since_ns,
                                    .time_ns = claim->last_ns});
}
