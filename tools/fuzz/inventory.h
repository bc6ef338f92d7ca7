/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * inventory.h - shared by the targets that fill a host inventory: rows between a few addresses, and checks that two
 * inventories write equal records.
 */
#pragma once

#include "fuzz.h"
#include "hosts/change_rows.h"
#include "json.h"

#include "database/database.h"
#include "flow/identity.h"
#include "hosts/hosts.h"
#include "handshakes/systems.h"

enum { FUZZ_ADDRESSES = 12, FUZZ_MOST_RECORD = 1 << 28 };

/* ---- rows -------------------------------------------------------------------------------------- */

static inline void fuzz_fit_address(uint8_t address[16], uint8_t version)
{
    const uint8_t last = address[0] % (FUZZ_ADDRESSES / 2);
    memset(address, 0, 16);
    address[version == 4 ? 3 : 15] = last;
}

/* Sets one of a few tunnels, or none. */
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
    if (*index % 8 != 7) /* else the index stays unchanged: mostly one that does not exist */
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
    c->event[row] %= HG_EVENT_HOST_CHANGE; /* events that readers report */
    c->ip_version[row] = c->ip_version[row] % 2 ? 4 : 6;
    c->from_server[row] %= 2;
    c->scope[row] %= HG_SCOPES;
    c->anomalies[row] %= 1u << HG_ANOMALY_KINDS;
    fuzz_fit_tunnel(c->tunnel + row, c->outer[row]);
    fuzz_fit_address(c->src_ip[row], c->ip_version[row]);
    fuzz_fit_address(c->dst_ip[row], c->ip_version[row]);
    fuzz_fit_index(c->tcp.signature + row, tables->signatures_count);
    fuzz_fit_index(c->tcp.link + row, tables->mtus_count);
    fuzz_fit_index(c->tls.client + row, tables->hellos_count);
    fuzz_fit_index(c->http.software + row, tables->https_count);
    c->flow[row] = c->packet_number[row] %= 64;
}

/* ---- records ------------------------------------------------------------------------------------- */

/* Writes the record of a host; the next call overwrites it. Checks that it does not depend on the size of the buffer. */
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

/* Writes the record of a host, and checks that the other inventory writes the same. Valid until the next call. */
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

/* Whether p0f's API knows the address. Checks that its texts fit their fields; tests/api/test_protocol.py compares
 * texts and numbers with the records. */
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

static inline uint32_t fuzz_length_of(const char *host, const char *end, const char *list)
{
    uint32_t count = 0;
    for (const char *one = NULL; (one = fuzz_json_next(host, end, list, one)) != NULL;)
        count++;
    return count;
}

static inline void fuzz_check_values(const char *host, const char *end)
{
    FUZZ_CHECK(fuzz_json_int(host, end, "first_seen") <= fuzz_json_int(host, end, "last_seen"));
    FUZZ_CHECK(fuzz_json_int(host, end, "systems") <= HG_FAMILIES * HG_PORT_RUNS);
    FUZZ_CHECK(*fuzz_json_at(host, end, "last_sharing") == 'n' || *fuzz_json_at(host, end, "last_change") == 'n');
    FUZZ_CHECK(fuzz_length_of(host, end, "sightings") <= HG_HOST_SIGHTINGS);
    FUZZ_CHECK(fuzz_length_of(host, end, "evidence") <= HG_HOST_SIGHTINGS + 4);
    FUZZ_CHECK(fuzz_length_of(host, end, "ports") <= HG_HOST_PORTS);
    FUZZ_CHECK(fuzz_length_of(host, end, "changes") <= HG_HOST_CHANGES);
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "sightings", one)) != NULL;) {
        FUZZ_CHECK(fuzz_json_int(one, end, "packets") > 0);
        FUZZ_CHECK(fuzz_json_int(one, end, "first_seen") <= fuzz_json_int(one, end, "last_seen"));
    }
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "ports", one)) != NULL;)
        FUZZ_CHECK(fuzz_json_int(one, end, "count") > 0);
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "changes", one)) != NULL;)
        FUZZ_CHECK(fuzz_json_next(one, end, "reasons", NULL) != NULL);
}

/* Checks that all reported kinds of SYNs have systems. */
static inline void fuzz_check_witnesses(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_extra *extra = host->extra == 0 ? NULL : hg_host_extra_of(hosts, host);
    uint32_t systems = 0;
    if (extra == NULL || extra->systems == 0)
        return;
    const hg_systems_count found = hg_systems_counted(hg_pool_at(&hosts->systems, extra->systems));
    for (uint32_t i = 0; i < found.witness_count; i++)
        systems += found.witnesses[i].systems;
    FUZZ_CHECK(found.systems > 1 ? systems == found.systems : found.witness_count == 0);
}

/* Checks that both inventories know the same about a host. */
static inline void fuzz_check_host(hg_hosts *one, hg_hosts *other, uint32_t place)
{
    uint8_t address[16];
    size_t length;
    const uint8_t version = hg_hosts_address(one, place, address);
    const hg_host_entry *host = hg_host_at(one, place + 1);
    const int is_outside = hg_host_tunnel(one, host) == NULL; /* else the address belongs to another host */
    FUZZ_CHECK(version == 4 || version == 6);
    FUZZ_CHECK((hg_hosts_find(one, address, version) == place) == is_outside);
    const char *written = fuzz_write_same(one, other, place, &length);
    fuzz_check_values(written, written + length);
    fuzz_check_witnesses(one, host);
    FUZZ_CHECK(fuzz_ask(one, address, version) || !is_outside);
}

/* ---- two inventories ------------------------------------------------------------------------------ */

typedef struct fuzz_inventory {
    hg_hosts *hosts;
    hg_batch rows;
    hg_batch *copy; /* including changes */
    uint32_t completed;
} fuzz_inventory;

/* `all` gets whole batches; `single` gets row by row and has another hash key. Both must know the same. */
typedef struct fuzz_pair {
    fuzz_inventory all, single;
} fuzz_pair;

enum { FUZZ_MOST_ROWS = 8 };

static inline void fuzz_inventory_begin(fuzz_inventory *inventory, uint32_t capacity, uint32_t room, int forgets,
                                        uint64_t key)
{
    hg_error error;
    if (inventory->rows.capacity == 0) {
        fuzz_batch_make(&inventory->rows, capacity);
        inventory->rows.completions = calloc(capacity, sizeof *inventory->rows.completions);
        FUZZ_CHECK(inventory->rows.completions != NULL);
        inventory->rows.completion_capacity = capacity;
    }
    fuzz_batch_clear(&inventory->rows);
    inventory->rows.completion_count = inventory->completed = 0;
    FUZZ_CHECK(hg_hosts_new(room, forgets, key, &inventory->hosts, &error) == HG_OK);
}

static inline void fuzz_pair_begin(fuzz_pair *pair, uint32_t room, int forgets)
{
    fuzz_inventory_begin(&pair->all, FUZZ_MOST_ROWS, room, forgets, 7);
    fuzz_inventory_begin(&pair->single, 1, room, forgets, UINT64_C(0x9E3779B97F4A7C15));
}

static inline void fuzz_add(fuzz_inventory *to, const hg_batch *batch)
{
    hg_error error;
    uint32_t count;
    FUZZ_CHECK(hg_hosts_add(to->hosts, batch, &error) == HG_OK);
    const hg_completed *completed = hg_hosts_completed(to->hosts, &count);
    for (uint32_t i = 0; i < count; i++) {
        FUZZ_CHECK(completed[i].row < batch->count && hg_host_finding_name(completed[i].finding) != NULL);
        FUZZ_CHECK(completed[i].place < hg_hosts_count(to->hosts));
        FUZZ_CHECK(i == 0 || completed[i].row >= completed[i - 1].row);
    }
    to->completed += count;
    if (batch->count == 0 || batch != &to->rows)
        return;
    const uint32_t changes = to->hosts->change_row_count;
    FUZZ_CHECK(hg_hosts_insert_changes(to->hosts, batch, &to->copy, &error) == HG_OK);
    FUZZ_CHECK(to->copy->count == batch->count + changes && to->copy->counts[HG_READER_CHANGES] == changes);
}

/* Copies one row to a batch of its own; its reader's values are at `at`. */
static inline void fuzz_copy_row(const hg_batch *from, uint32_t row, uint32_t at, hg_batch *to)
{
#define COPY_SHARED(column) memcpy(to->columns.column, from->columns.column + row, sizeof *to->columns.column);
#define COPY_OWN(column) memcpy(to->columns.column, from->columns.column + at, sizeof *to->columns.column);
#define COPY_OFFSET(text) COPY_OWN(text##_offset)
    HG_SHARED_COLUMNS(COPY_SHARED)
    HG_TCP_COLUMNS(COPY_OWN) HG_TLS_COLUMNS(COPY_OWN) HG_HTTP_COLUMNS(COPY_OWN) FUZZ_TEXTS(COPY_OFFSET)
#undef COPY_SHARED
#undef COPY_OFFSET
#undef COPY_OWN
    fuzz_place_rows(to, 1);
    memcpy(to->texts, from->texts, from->text_count);
    to->text_count = from->text_count;
    to->completion_count = from->completion_count > 0;
    to->completions[0] = from->completions[row];
}

/* Checks that both batches have the same changes; `single` had `before` of them already. */
static inline void fuzz_check_changes(const hg_batch *single, uint32_t before, const hg_batch *all)
{
    for (uint32_t i = 0; i < single->counts[HG_READER_CHANGES]; i++) {
        FUZZ_CHECK(before + i < all->counts[HG_READER_CHANGES]);
        const hg_change_columns *one = &single->columns.changes, *other = &all->columns.changes;
        FUZZ_CHECK(one->reasons[i] == other->reasons[before + i] && one->reported[i] == other->reported[before + i]);
        FUZZ_CHECK(memcmp(one->raw_hits[i], other->raw_hits[before + i], sizeof one->raw_hits[i]) == 0);
        FUZZ_CHECK(one->finding[i] == other->finding[before + i] && one->handshake[i] == other->handshake[before + i]);
        FUZZ_CHECK(memcmp(one->finding_mac[i], other->finding_mac[before + i], sizeof one->finding_mac[i]) == 0);
        FUZZ_CHECK(single->columns.event[one->row[i]] == all->columns.event[other->row[before + i]]);
    }
}

/* Feeds the rows of `of->all` to both inventories. */
static inline void fuzz_pair_feed(fuzz_pair *pair)
{
    const hg_batch *rows = &pair->all.rows;
    uint32_t at[HG_READERS] = {0}, before = 0;
    fuzz_add(&pair->all, rows);
    for (uint32_t row = 0; row < rows->count; row++) {
        fuzz_copy_row(rows, row, at[hg_event_reader(rows->columns.event[row])]++, &pair->single.rows);
        fuzz_add(&pair->single, &pair->single.rows);
        fuzz_check_changes(pair->single.copy, before, pair->all.copy);
        before += pair->single.copy->counts[HG_READER_CHANGES];
    }
    FUZZ_CHECK(rows->count == 0 || before == pair->all.copy->counts[HG_READER_CHANGES]);
    FUZZ_CHECK(pair->all.completed == pair->single.completed);
}

static inline void fuzz_pair_conclude(fuzz_pair *pair)
{
    hg_error error;
    FUZZ_CHECK(hg_hosts_conclude(pair->all.hosts, &error) == HG_OK &&
               hg_hosts_conclude(pair->single.hosts, &error) == HG_OK);
}

/* Checks that both report the same changed hosts in the same order, and compares `most` of them. */
static inline void fuzz_pair_check(fuzz_pair *pair, uint32_t most)
{
    hg_hosts *one = pair->all.hosts, *other = pair->single.hosts;
    const uint32_t count = hg_hosts_count(one);
    uint8_t address[16];
    uint32_t changed = 0, place;
    FUZZ_CHECK(count == hg_hosts_count(other) && hg_hosts_left_out(one) == hg_hosts_left_out(other));
    FUZZ_CHECK(hg_hosts_forgotten(one) == hg_hosts_forgotten(other));
    FUZZ_CHECK(hg_hosts_untracked(one) == hg_hosts_untracked(other));
    while ((place = hg_hosts_changed(one)) != HG_NO_HOST) {
        FUZZ_CHECK(++changed <= count && hg_hosts_changed(other) == place);
        if (changed <= most)
            fuzz_check_host(one, other, place);
    }
    FUZZ_CHECK(hg_hosts_changed(other) == HG_NO_HOST && hg_hosts_address(one, count, address) == 0);
}

static inline void fuzz_pair_end(fuzz_pair *pair)
{
    hg_hosts_free(pair->all.hosts);
    hg_hosts_free(pair->single.hosts);
}
