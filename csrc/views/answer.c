/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer.c - the 232-byte answer of p0f's API about a host.
 */

#include "handshakes/clocks.h"
#include "hosts/details.h"
#include "sightings/changes.h"
#include "tcp/uptime.h"
#include "views/machines.h"

#define QUERY_MAGIC 0x50304601u
#define ANSWER_MAGIC 0x50304602u

enum { BAD_QUERY = 0x00, FOUND = 0x10, NOT_FOUND = 0x20 };

enum { WORD_BYTES = 32 /* bytes of a text, including the NUL */ };

typedef struct p0f_answer {
    uint32_t magic;
    uint32_t status;
    uint32_t first_seen; /* seconds since 1970, as in last_seen, ip_sharing and host_change; 0 in the last two: never */
    uint32_t last_seen;
    uint32_t connections;
    uint32_t uptime_minutes;
    uint32_t modulo_days;
    uint32_t ip_sharing;
    uint32_t host_change;
    int16_t distance; /* -1: unknown */
    uint8_t dishonest;
    uint8_t quality;
    char os_name[WORD_BYTES];
    char os_flavor[WORD_BYTES];
    char http_name[WORD_BYTES];
    char http_flavor[WORD_BYTES];
    char link[WORD_BYTES];
    char language[WORD_BYTES];
} p0f_answer;

_Static_assert(sizeof(p0f_answer) == HG_ANSWER_BYTES, "the protocol has no padding");

/* ---- words ------------------------------------------------------------------------------------- */

/* The length of the part that fits: whole words; if the first word is too long, whole characters of it. */
static size_t fitting(const char *text, size_t all)
{
    size_t length;
    if (all < WORD_BYTES)
        return all;
    for (length = WORD_BYTES - 1; length > 0 && text[length] != ' '; length--)
        ;
    if (length > 0) {
        while (length > 0 && memchr(" /,", text[length - 1], 3) != NULL)
            length--;
        return length;
    }
    for (length = WORD_BYTES - 1; length > 0 && ((uint8_t)text[length] & 0xC0) == 0x80; length--)
        ;
    return length;
}

/* `to` must be zeroed. The text ends at its first NUL; only a damaged text has one. */
static void put_text(char to[WORD_BYTES], const char *text, size_t length)
{
    const char *end = length == 0 ? NULL : memchr(text, 0, length);
    if (length > 0)
        memcpy(to, text, fitting(text, end == NULL ? length : (size_t)(end - text)));
}

/* ---- answers ----------------------------------------------------------------------------------- */

static int is_of_kind(const hg_sighting *seen, hg_name_kind kind, const hg_host_name *name)
{
    if (name->kind != kind || name->name.length == 0)
        return 0;
    return kind == HG_NAME_SYSTEM || seen->source == HG_SOURCE_HTTP_CLIENT || seen->source == HG_SOURCE_SERVER_HEADER;
}

/* Writes the latest system, or HTTP program. Of several with the same time, the last in the list counts. */
static void put_latest(const hg_hosts *hosts, const hg_host_entry *host, hg_name_kind kind, char *name, char *flavor)
{
    const hg_sighting *latest = NULL;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;)
        if (is_of_kind(seen, kind, hg_host_name_at(&hosts->names, seen->name)) &&
            (latest == NULL || seen->last_ns >= latest->last_ns))
            latest = seen;
    if (latest == NULL)
        return;
    const hg_host_name *found = hg_host_name_at(&hosts->names, latest->name);
    put_text(name, found->name.text, found->name.length);
    put_text(flavor, found->flavor.text, found->flavor.length);
}

static void put_extra(const hg_hosts *hosts, const hg_host_entry *host, p0f_answer *out)
{
    const hg_host_clock *clock = hg_host_clock_of(hosts, host);
    const hg_scores *scores = hg_pool_get(&hosts->scores, hg_host_read_extra(hosts, host)->scores);
    if (clock != NULL) {
        out->uptime_minutes = hg_uptime_shown(clock->now.minutes, hg_uptime_rounded(clock->now.hz), clock->now.doubt);
        out->modulo_days = clock->now.modulo_days;
    }
    if (scores != NULL) {
        out->host_change = hg_seconds_of(scores->p0f_ns[HG_HOST_CHANGE]);
        out->ip_sharing = hg_seconds_of(scores->p0f_ns[HG_IP_SHARING]);
    }
}

static void put_host(const hg_hosts *hosts, const hg_host_entry *host, p0f_answer *out)
{
    const char *language = hg_language_name(host->language);
    out->first_seen = hg_seconds_of(host->first_ns);
    out->last_seen = hg_seconds_of(host->last_ns);
    out->connections = host->connections;
    out->distance = host->flags & HG_HOST_DISTANCE ? host->distance : -1;
    out->dishonest = host->dishonest;
    out->quality = host->quality;
    put_extra(hosts, host, out);
    put_latest(hosts, host, HG_NAME_SYSTEM, out->os_name, out->os_flavor);
    put_latest(hosts, host, HG_NAME_PROGRAM, out->http_name, out->http_flavor);
    if (host->link != 0) {
        const hg_host_name *link = hg_host_name_at(&hosts->names, host->link);
        put_text(out->link, link->name.text, link->name.length);
    }
    if (language != NULL)
        put_text(out->language, language, strlen(language));
}

/* Reads the address of a query, and returns its IP version; 0: not a query. An IPv4-mapped IPv6 address, which servers
 * that listen to both versions see, becomes the IPv4 address. */
static uint8_t read_query(const uint8_t query[HG_QUERY_BYTES], hg_address *address)
{
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    const uint8_t *from = query + 5;
    uint32_t magic;
    memcpy(&magic, query, sizeof magic);
    *address = (hg_address){{0}};
    if (magic != QUERY_MAGIC || (query[4] != 4 && query[4] != 6))
        return 0;
    if (query[4] == 6 && memcmp(from, mapped, sizeof mapped) != 0) {
        memcpy(address->word, from, 16);
        return 6;
    }
    memcpy(address->word, query[4] == 6 ? from + sizeof mapped : from, 4);
    return 4;
}

void hg_hosts_answer(hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES], uint8_t out[HG_ANSWER_BYTES])
{
    p0f_answer answer = {.magic = ANSWER_MAGIC, .status = BAD_QUERY};
    hg_address address;
    const uint8_t version = read_query(query, &address);
    if (version != 0) {
        pthread_mutex_lock(&hosts->lock);
        const hg_index index = hg_host_find_original(hosts, (hg_host_id){.address = address, .version = version});
        answer.status = index == 0 ? NOT_FOUND : FOUND;
        if (index != 0)
            put_host(hosts, hg_host_at(hosts, index), &answer);
        pthread_mutex_unlock(&hosts->lock);
    }
    memcpy(out, &answer, sizeof answer);
}
