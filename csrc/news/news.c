/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * news.c - limits news about devices, and writes them as rows (news.h).
 */
#include "hosts/change_rows.h"
#include "news/news.h"

#include <stdio.h>

enum { BURST = 1000 /* news of a kind at once; then one per second */ };

#define SECOND_NS INT64_C(1000000000)
#define SUMMED_NS (60 * SECOND_NS) /* how long news that are left out are counted before a row states their number */

/* Adds a value in the format of an announcement's record. */
static void note_value(hg_change_row *to, uint32_t field, const char *text, uint32_t length)
{
    uint8_t *p = to->values + to->value_bytes;
    length = length < HG_CHANGE_VALUE ? length : HG_CHANGE_VALUE;
    if (length == 0)
        return;
    p[0] = (uint8_t)(HG_SHOWS_VALUES + field);
    p[1] = (uint8_t)length;
    memcpy(p + 2, text, length);
    to->value_bytes = (uint16_t)(to->value_bytes + 2 + length);
}

void hg_news_join(hg_joined_values *to, const char *separator, const char *value, uint32_t length)
{
    const size_t room = sizeof to->text - to->length;
    if (length > 0)
        (void)snprintf(to->text + to->length, room, "%s%.*s", to->length > 0 ? separator : "", (int)length, value);
    to->length += (uint32_t)strlen(to->text + to->length);
}

static hg_span value_of(const hg_device_claim *claim, uint32_t field)
{
    return hg_span_of(hg_device_claim_text(claim, field), claim->lengths[field]);
}

/* Whether no value of a claim differs from the other's. */
static int agrees(const hg_device_claim *claim, const hg_device_claim *other)
{
    uint32_t i = 0;
    while (i < HG_DEVICE_VALUES &&
           (claim->lengths[i] == 0 || other->lengths[i] == 0 || hg_span_equal(value_of(claim, i), value_of(other, i))))
        i++;
    return i == HG_DEVICE_VALUES;
}

/* The value of a field in announcements that came with a claim and agree with it; none: they differ, or lack it. */
static hg_span value_with(const hg_device_conclusion *conclusion, uint32_t field, const hg_news *news)
{
    hg_span found = {0};
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_reading *one = conclusion->readings + i;
        if (one->first_ns < news->since_ns || one->is_other || one->is_free || one->claim->lengths[field] == 0 ||
            !agrees(news->claim, one->claim))
            continue;
        const hg_span text = value_of(one->claim, field);
        if (found.length > 0 && !hg_span_equal(found, text))
            return (hg_span){0};
        found = text;
    }
    return found;
}

/* Finds the values of the device. Of HG_DEVICE_CHANGED, those of the claim, and others that came with it. */
static void find_values(hg_hosts *hosts, const hg_news *news, hg_device_conclusion *conclusion,
                        hg_span values[HG_DEVICE_VALUES])
{
    const hg_device *device = hg_device_next_with(hosts, news->mac, NULL);
    if (device != NULL)
        hg_device_judge(hosts, hg_host_at(hosts, device->host), device->host, (hg_span){0}, conclusion);
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        values[i] = news->claim == NULL ? (hg_span){0} : value_of(news->claim, i);
        if (device != NULL && news->claim == NULL)
            values[i] = hg_span_of(conclusion->values[i].text, conclusion->values[i].length);
        else if (device != NULL && values[i].length == 0 && i != HG_DEVICE_VERSION)
            values[i] = value_with(conclusion, i, news);
    }
}

void hg_news_leave_out(hg_hosts *hosts, hg_news_limits *limits)
{
    if (!limits->are_wanted)
        return;
    limits->left_out += limits->left_out < UINT32_MAX;
    hosts->news_left_out++;
}

int hg_news_are_allowed(hg_hosts *hosts, hg_news_limits *limits, hg_device_change change, int64_t time_ns)
{
    int64_t *spent_ns = limits->spent_ns + change;
    const int64_t ahead_ns = *spent_ns - time_ns;
    if (ahead_ns < 0 || ahead_ns > 2 * BURST * SECOND_NS)
        *spent_ns = time_ns;
    if (*spent_ns - time_ns >= BURST * SECOND_NS) {
        hg_news_leave_out(hosts, limits);
        return 0;
    }
    *spent_ns += SECOND_NS;
    return 1;
}

static void note_replaced(hg_change_row *to, const hg_span *values, const hg_joined_values *before)
{
    static const uint8_t FIELDS[] = {HG_DEVICE_TYPE, HG_DEVICE_MODEL, HG_DEVICE_SYSTEM, HG_DEVICE_VERSION};
    hg_joined_values after = {0};
    for (uint32_t i = 0; i < sizeof FIELDS; i++)
        hg_news_join(&after, FIELDS[i] == HG_DEVICE_VERSION ? " " : ", ", values[FIELDS[i]].text,
                     values[FIELDS[i]].length);
    note_value(to, HG_BEFORE_CHANGE - HG_SHOWS_VALUES, before->text, before->length);
    note_value(to, HG_AFTER_CHANGE - HG_SHOWS_VALUES, after.text, after.length);
}

const hg_binding *hg_binding_latest(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_binding *latest = NULL;
    for (const hg_binding *one = NULL; (one = hg_binding_next(hosts, mac, one)) != NULL;)
        if (latest == NULL || one->version < latest->version ||
            (one->version == latest->version && one->last_ns > latest->last_ns))
            latest = one;
    return latest;
}

static void note_address(const hg_hosts *hosts, const uint8_t *mac, hg_devices_values *to)
{
    const hg_binding *latest = hg_binding_latest(hosts, mac);
    if (latest == NULL)
        return;
    memcpy(to->device_ip, &latest->address, sizeof to->device_ip);
    to->device_ip_version = latest->version;
}

static void note_claim(hg_change_row *to, const hg_news *news)
{
    memcpy(to->news.source_mac, news->sender, sizeof to->news.source_mac);
    to->news.macs = HG_KNOWS_SOURCE_MAC;
    if (news->role != NULL)
        note_value(to, HG_CLAIMED_ROLE - HG_SHOWS_VALUES, news->role, (uint32_t)strlen(news->role));
}

int hg_news_report(hg_hosts *hosts, hg_news_limits *limits, const hg_news *news)
{
    const hg_device_change limit = news->of_gateway ? HG_DEVICE_CHANGES : news->change;
    if (!limits->are_wanted ||
        (news->change != HG_DEVICE_NEW && !hg_news_are_allowed(hosts, limits, limit, news->time_ns)))
        return 0;
    hg_change_row *one = hg_host_note_device(hosts, news->row, news->change, news->shared);
    if (one == NULL)
        return 0;
    hg_device_conclusion conclusion;
    hg_span values[HG_DEVICE_VALUES];
    hg_devices_values *to = &one->news;
    memcpy(to->mac, news->mac, sizeof to->mac);
    if (news->address != NULL) {
        memcpy(to->device_ip, news->address->key, sizeof to->device_ip);
        to->device_ip_version = news->address->kind;
        memcpy(to->previous_mac, news->address->before, sizeof to->previous_mac);
    }
    to->change_count = news->count;
    to->unseen_seconds = (uint32_t)(news->unseen_ns / SECOND_NS);
    find_values(hosts, news, &conclusion, values);
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        note_value(one, i, values[i].text, values[i].length);
    if (news->change == HG_ADDRESS_CLAIMED)
        note_claim(one, news);
    if (news->after != NULL) {
        note_value(one, HG_BEFORE_CHANGE - HG_SHOWS_VALUES, news->before->text, news->before->length);
        note_value(one, HG_AFTER_CHANGE - HG_SHOWS_VALUES, news->after->text, news->after->length);
    }
    if (news->change == HG_DEVICE_CHANGED) {
        note_address(hosts, news->mac, to);
        note_replaced(one, values, news->before);
    }
    return 1;
}

void hg_news_sum_up(hg_hosts *hosts, hg_news_limits *limits, uint32_t row, const hg_announcer *from)
{
    if (limits->left_out == 0 || from->time_ns < limits->left_out_ns)
        limits->left_out_ns = from->time_ns; /* not that of the news: claims wait a minute before they are judged */
    if (from->time_ns - limits->left_out_ns < SUMMED_NS)
        return;
    hg_change_row *one = hg_host_note_device(hosts, row, HG_NEWS_LEFT_OUT, NULL);
    if (one == NULL)
        return;
    one->news.change_count = limits->left_out;
    memcpy(one->news.mac, from->mac, sizeof one->news.mac);
    limits->left_out = 0;
}
