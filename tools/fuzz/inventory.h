/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * inventory.h - what targets share that fill an inventory: rows between few addresses, and what p0f's
 * API has to answer, worked out from the record of the host.
 */
#pragma once

#include "fuzz.h"
#include "json.h"

#include "database/database.h"
#include "flow/identity.h"
#include "tcp/uptime.h"

enum { FUZZ_ADDRESSES = 12, FUZZ_WORD = 32, FUZZ_MOST_RECORD = 1 << 28 };
enum { FUZZ_QUERY_MAGIC = 0x50304601, FUZZ_ANSWER_MAGIC = 0x50304602 };
enum { FUZZ_BAD_QUERY = 0x00, FUZZ_FOUND = 0x10, FUZZ_NOT_FOUND = 0x20 };

/* ---- rows -------------------------------------------------------------------------------------- */

static inline void fuzz_fit_address(uint8_t address[16], uint8_t version)
{
    const uint8_t last = address[0] % (FUZZ_ADDRESSES / 2);
    memset(address, 0, 16);
    address[version == 4 ? 3 : 15] = last;
}

/* One of few tunnels, or none. */
static inline void fuzz_fit_tunnel(uint8_t *kind, uint8_t outer[HG_TUNNEL_BYTES])
{
    const uint8_t end = outer[0] % 2;
    *kind = *kind % 2 == 0 ? HG_TUNNEL_NONE : (uint8_t)(*kind % HG_TUNNEL_KINDS);
    hg_tunnel_id id = {0};
    if (*kind != HG_TUNNEL_NONE)
        id = (hg_tunnel_id){.kind = *kind, .version = 4, .inner = end, .network = end};
    memcpy(outer, &id, sizeof id);
}

static inline void fuzz_fit_index(uint32_t *index, uint32_t count)
{
    if (*index % 8 != 7) /* else as received: mostly one that is not there */
        *index %= count;
}

static inline void fuzz_take_row(fuzz_input *input, hg_batch *batch, uint32_t row, const hg_tables *tables)
{
    const hg_columns *c = &batch->columns;
#define TAKE(column) fuzz_take(input, c->column + row, sizeof *c->column);
#define TAKE_OFFSET(text) TAKE(text##_offset)
    FUZZ_FILLED_COLUMNS(TAKE)
    FUZZ_TEXTS(TAKE_OFFSET)
#undef TAKE
#undef TAKE_OFFSET
    fuzz_row_fit_texts(batch, row);
    c->event[row] %= HG_EVENT_HOST_CHANGE; /* what readers report */
    c->ip_version[row] = c->ip_version[row] % 2 ? 4 : 6;
    c->from_server[row] %= 2;
    c->scope[row] %= HG_SCOPES;
    fuzz_fit_tunnel(c->tunnel + row, c->outer[row]);
    fuzz_fit_address(c->src_ip[row], c->ip_version[row]);
    fuzz_fit_address(c->dst_ip[row], c->ip_version[row]);
    fuzz_fit_index(c->tcp.signature + row, tables->signatures_count);
    fuzz_fit_index(c->tcp.link + row, tables->mtus_count);
    fuzz_fit_index(c->tls.client + row, tables->hellos_count);
    fuzz_fit_index(c->http.software + row, tables->https_count);
    c->flow[row] = c->packet_number[row] %= 64;
}

static inline void fuzz_add(hg_hosts *hosts, const hg_batch *batch)
{
    hg_error error;
    uint32_t count;
    FUZZ_CHECK(hg_hosts_add(hosts, batch, &error) == HG_OK);
    const hg_completed *completed = hg_hosts_completed(hosts, &count);
    for (uint32_t i = 0; i < count; i++) {
        FUZZ_CHECK(completed[i].row < batch->count && hg_host_finding_name(completed[i].finding) != NULL);
        FUZZ_CHECK(completed[i].place < hg_hosts_count(hosts));
        FUZZ_CHECK(i == 0 || completed[i].row >= completed[i - 1].row);
    }
}

/* ---- records ------------------------------------------------------------------------------------- */

/* The record of a host, which the next call overwrites. It does not depend on how much room there is beyond it. */
static inline const char *fuzz_write(hg_hosts *hosts, hg_host_format format, uint32_t place, size_t *length)
{
    static char *out;
    static size_t capacity;
    uint32_t next;
    hg_error error;
    if (out == NULL)
        out = malloc(capacity = HG_MAX_HOST);
    while (out != NULL && hg_hosts_write(hosts, format, place, place + 1, out, capacity, length, &next, &error) != HG_OK) {
        FUZZ_CHECK(error.status == HG_E_ARGUMENT && next == place && capacity < FUZZ_MOST_RECORD);
        free(out);
        out = malloc(capacity *= 2);
    }
    FUZZ_CHECK(out != NULL && next == place + 1 && *length > 2 && *length <= capacity);
    if (format != HG_HOST_TEXT)
        fuzz_json_check_line(out, *length);
    return out;
}

/* The record of a host, which another inventory has as well. It stays until the next call. */
static inline const char *fuzz_write_same(hg_hosts *hosts, hg_hosts *other, uint32_t place, size_t *length)
{
    static char *copy;
    size_t again;
    const char *written = fuzz_write(hosts, HG_HOST_VALUES, place, length);
    copy = realloc(copy, *length);
    FUZZ_CHECK(copy != NULL);
    memcpy(copy, written, *length);
    written = fuzz_write(other, HG_HOST_VALUES, place, &again);
    FUZZ_CHECK(again == *length && memcmp(copy, written, again) == 0);
    return copy;
}

/* Both have as many hosts, and have left out and forgotten as many. */
static inline void fuzz_check_counts(const hg_hosts *one, const hg_hosts *other)
{
    FUZZ_CHECK(hg_hosts_count(one) == hg_hosts_count(other) && hg_hosts_left_out(one) == hg_hosts_left_out(other));
    FUZZ_CHECK(hg_hosts_forgotten(one) == hg_hosts_forgotten(other));
    FUZZ_CHECK(hg_hosts_untracked(one) == hg_hosts_untracked(other));
}

/* ---- p0f's API --------------------------------------------------------------------------------- */

static inline void fuzz_query(uint8_t query[HG_QUERY_BYTES], const uint8_t address[16], uint8_t version)
{
    const uint32_t magic = FUZZ_QUERY_MAGIC;
    memcpy(query, &magic, sizeof magic);
    query[4] = version;
    memcpy(query + 5, address, 16);
}

static inline uint32_t fuzz_seconds(int64_t time_ns)
{
    return time_ns < 0 ? 0 : time_ns / 1000000000 > UINT32_MAX ? UINT32_MAX : (uint32_t)(time_ns / 1000000000);
}

/* The sighting of these kinds (the second may be NULL) that came last; NULL: there is none. */
static inline const char *fuzz_latest(const char *host, const char *end, const char *kind, const char *other)
{
    const char *latest = NULL, *one = NULL;
    while ((one = fuzz_json_next(host, end, "sightings", one)) != NULL)
        if ((fuzz_json_is(one, end, "kind", kind) || (other != NULL && fuzz_json_is(one, end, "kind", other))) &&
            (latest == NULL || fuzz_json_int(one, end, "last_seen") >= fuzz_json_int(latest, end, "last_seen")))
            latest = one;
    return latest;
}

/* A long text ends where a word does, or else a character. */
static inline void fuzz_cut(char text[2 * FUZZ_WORD])
{
    size_t length = strlen(text);
    if (length < FUZZ_WORD)
        return;
    char *space = text[FUZZ_WORD - 1] == ' ' ? text + FUZZ_WORD - 1 : NULL;
    text[FUZZ_WORD - 1] = 0;
    if (space == NULL)
        space = strrchr(text, ' ');
    if (space != NULL && space != text) {
        *space = 0;
        for (length = strlen(text); length > 0 && strchr(" /,", text[length - 1]) != NULL; length--)
            text[length - 1] = 0;
    }
}

/* Checks a text of the answer that has this value, which may be null. Those with escaped characters are not read. */
static inline void fuzz_check_text(const char *value, const char answered[FUZZ_WORD])
{
    char expected[2 * FUZZ_WORD] = {0};
    const size_t length = *value == '"' ? strcspn(value + 1, "\"\\") : 0;
    FUZZ_CHECK(memchr(answered, 0, FUZZ_WORD) != NULL);
    if (*value == '"' && value[1 + length] != '"')
        return;
    for (size_t i = 0; i < length; i++)
        if ((uint8_t)value[1 + i] >= 0x80)
            return;
    memcpy(expected, value + 1, length < sizeof expected - 1 ? length : sizeof expected - 1);
    fuzz_cut(expected);
    FUZZ_CHECK(strncmp(expected, answered, FUZZ_WORD) == 0);
}

static inline void fuzz_check_texts(const char *host, const char *end, const uint8_t answer[HG_ANSWER_BYTES])
{
    const char *texts = (const char *)answer + 40;
    const char *system = fuzz_latest(host, end, "system", NULL);
    const char *program = fuzz_latest(host, end, "http_client", "http_server");
    fuzz_check_text(system == NULL ? "null" : fuzz_json_at(system, end, "name"), texts);
    fuzz_check_text(system == NULL ? "null" : fuzz_json_at(system, end, "flavor"), texts + FUZZ_WORD);
    fuzz_check_text(program == NULL ? "null" : fuzz_json_at(program, end, "name"), texts + 2 * FUZZ_WORD);
    fuzz_check_text(program == NULL ? "null" : fuzz_json_at(program, end, "flavor"), texts + 3 * FUZZ_WORD);
    if (*fuzz_json_at(host, end, "link") == '"') /* else the answer has that of an older MTU, or none */
        fuzz_check_text(fuzz_json_at(host, end, "link"), texts + 4 * FUZZ_WORD);
    fuzz_check_text(fuzz_json_at(host, end, "language"), texts + 5 * FUZZ_WORD);
}

/* The uptime of an answer is what p0f prints. Of a clock that was just started this is what the clock shows, and the
 * record has the time since then. */
static inline uint32_t fuzz_uptime(uint32_t minutes, const uint8_t answer[HG_ANSWER_BYTES])
{
    enum { HIGHEST_HZ = 1500 };
    uint32_t answered;
    memcpy(&answered, answer + 20, sizeof answered);
    for (uint16_t hz = 1; hz <= HIGHEST_HZ; hz++)
        if (answered == minutes + hg_uptime_begins_at(hz))
            return answered;
    return minutes;
}

static inline void fuzz_check_host(const char *host, const char *end, const uint8_t answer[HG_ANSWER_BYTES])
{
#define FUZZ_NUMBER(key) fuzz_json_int(host, end, (key))
    uint32_t p0f[2]; /* of its rows, of which the record has those that are reported */
    memcpy(p0f, answer + 28, sizeof p0f);
    const uint32_t numbers[7] = {
        fuzz_seconds(FUZZ_NUMBER("first_seen")), fuzz_seconds(FUZZ_NUMBER("last_seen")),
        (uint32_t)FUZZ_NUMBER("connections"), fuzz_uptime((uint32_t)FUZZ_NUMBER("uptime_minutes"), answer),
        (uint32_t)FUZZ_NUMBER("uptime_modulo_days"), p0f[0], p0f[1],
    };
    const int16_t distance = *fuzz_json_at(host, end, "distance") == 'n' ? -1 : (int16_t)FUZZ_NUMBER("distance");
    FUZZ_CHECK(memcmp(answer + 8, numbers, sizeof numbers) == 0);
    FUZZ_CHECK(memcmp(answer + 36, &distance, sizeof distance) == 0);
    FUZZ_CHECK(answer[38] == FUZZ_NUMBER("dishonest") && answer[39] == FUZZ_NUMBER("quality"));
#undef FUZZ_NUMBER
    fuzz_check_texts(host, end, answer);
}

/* Where the host stands that a query asks for; HG_NO_HOST: nobody knows it. 0: it is no query. */
static inline int fuzz_read_query(const hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES], uint32_t *place)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    uint32_t magic;
    uint8_t version = query[4], address[16] = {0};
    memcpy(&magic, query, sizeof magic);
    if (magic != FUZZ_QUERY_MAGIC || (version != 4 && version != 6))
        return 0;
    const int is_mapped = version == 6 && memcmp(query + 5, mapped, sizeof mapped) == 0;
    memcpy(address, query + 5 + (is_mapped ? sizeof mapped : 0), version == 4 || is_mapped ? 4 : 16);
    *place = hg_hosts_find(hosts, address, is_mapped ? 4 : version);
    return 1;
}

/* Whether this is the answer to this query, and nothing else. Returns its status. */
static inline uint32_t fuzz_check_answer(hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES],
                                         const uint8_t answer[HG_ANSWER_BYTES])
{
    static const uint8_t nothing[HG_ANSWER_BYTES];
    uint32_t head[2] = {FUZZ_ANSWER_MAGIC, FUZZ_BAD_QUERY}, place = HG_NO_HOST;
    size_t length;
    if (fuzz_read_query(hosts, query, &place))
        head[1] = place == HG_NO_HOST ? FUZZ_NOT_FOUND : FUZZ_FOUND;
    FUZZ_CHECK(memcmp(answer, head, sizeof head) == 0);
    if (head[1] == FUZZ_FOUND) {
        const char *host = fuzz_write(hosts, HG_HOST_VALUES, place, &length);
        fuzz_check_host(host, host + length, answer);
    } else {
        FUZZ_CHECK(memcmp(answer + sizeof head, nothing, HG_ANSWER_BYTES - sizeof head) == 0);
    }
    return head[1];
}

/* Asks for an address, and returns the status of the answer. */
static inline uint32_t fuzz_ask(hg_hosts *hosts, const uint8_t address[16], uint8_t version)
{
    uint8_t query[HG_QUERY_BYTES], answer[HG_ANSWER_BYTES];
    fuzz_query(query, address, version);
    hg_hosts_answer(hosts, query, answer);
    return fuzz_check_answer(hosts, query, answer);
}
