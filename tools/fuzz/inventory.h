/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * inventory.h - what targets share that fill an inventory: rows between few addresses, and
 * records of two inventories that must be equal.
 */
#pragma once

#include "fuzz.h"
#include "json.h"

#include "database/database.h"
#include "flow/identity.h"

enum { FUZZ_ADDRESSES = 12, FUZZ_MOST_RECORD = 1 << 28 };

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

/* Whether p0f's API knows the address. Its texts end within their room; tests/api/test_protocol.py compares them, and
 * the numbers, with records. */
static inline int fuzz_ask(hg_hosts *hosts, const uint8_t address[16], uint8_t version)
{
    enum { QUERY_MAGIC = 0x50304601, ANSWER_MAGIC = 0x50304602, FOUND = 0x10, NOT_FOUND = 0x20, TEXTS = 40, TEXT = 32 };
    uint8_t query[HG_QUERY_BYTES], answer[HG_ANSWER_BYTES];
    uint32_t head[2] = {QUERY_MAGIC};
    memcpy(query, head, 4);
    query[4] = version;
    memcpy(query + 5, address, 16);
    hg_hosts_answer(hosts, query, answer);
    memcpy(head, answer, sizeof head);
    FUZZ_CHECK(head[0] == ANSWER_MAGIC && (head[1] == FOUND || head[1] == NOT_FOUND));
    for (int at = TEXTS; at < HG_ANSWER_BYTES; at += TEXT)
        FUZZ_CHECK(memchr(answer + at, 0, TEXT) != NULL);
    return head[1] == FOUND;
}
