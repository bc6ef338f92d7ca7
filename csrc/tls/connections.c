/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/connections.h"

#include <stdlib.h>

#include "base/memory.h"

enum { LEAST_CAPACITY = 2048 };

/* ---- pieces in any order ------------------------------------------------------------------ */

int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length)
{
    if (length == 0)
        return 1;
    /* If the run cannot be added, the copied bytes lie outside all runs, so they do not count. */
    hg_runs_copy(pieces->runs, pieces->count, pieces->bytes, offset, data, length);
    return hg_runs_add(pieces->runs, &pieces->count, HG_RUNS_LIMIT, (hg_run){offset, offset + length});
}

uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset)
{
    for (uint32_t i = 0; i < pieces->count; i++)
        if (pieces->runs[i].first <= offset && pieces->runs[i].end > offset)
            return pieces->runs[i].end - offset;
    return 0;
}

/* ---- life ------------------------------------------------------------------------------ */

hg_status hg_connections_init(hg_connections *c, uint32_t flows, uint64_t most_bytes, hg_stats *counts,
                              hg_error *error)
{
    const uint64_t most = most_bytes / sizeof(hg_connection);
    *c = (hg_connections){.counts = counts, .most_bytes = most_bytes};
    if (most_bytes < HG_LEAST_CONNECTION_BYTES)
        return hg_fail(error, HG_E_ARGUMENT, "too little memory for the hellos of connections");
    /* calloc leaves large tables untouched, so memory is used only as connections are added. */
    c->heads = hg_zeroed(flows, sizeof *c->heads);
    c->records = hg_zeroed((size_t)(most < UINT32_MAX ? most : UINT32_MAX - 1) + 1, sizeof *c->records);
    if (c->heads == NULL || c->records == NULL) {
        hg_connections_clear(c);
        return hg_fail(error, HG_E_MEMORY, "no memory for the hellos of %u connections", flows);
    }
    return HG_OK;
}

void hg_connections_clear(hg_connections *c)
{
    if (c->records != NULL && c->heads != NULL)
        hg_connections_reset(c);
    hg_zeroed_free(c->heads);
    hg_zeroed_free(c->records);
    *c = (hg_connections){0};
}

void hg_connections_reset(void *connections)
{
    hg_connections *c = connections;
    while (c->records[0].newer != 0)
        hg_connections_remove(c, c->records + c->records[0].newer);
    free(c->delivered);
    c->delivered = NULL;
    c->record_count = 0;
    c->free = 0;
}

void hg_connections_forget(void *connections, hg_index flow)
{
    hg_connections *c = connections;
    while (c->heads[flow] != 0)
        hg_connections_remove(c, c->records + c->heads[flow]);
}

/* ---- records ------------------------------------------------------------------------------ */

static hg_index index_of(const hg_connections *c, const hg_connection *one)
{
    return (hg_index)(one - c->records);
}

static void unchain(hg_connections *c, const hg_connection *one)
{
    hg_index index = index_of(c, one), *link = c->heads + one->flow;
    while (*link != index)
        link = &c->records[*link].next;
    *link = one->next;
}

static void chain(hg_connections *c, hg_connection *one)
{
    one->next = c->heads[one->flow];
    c->heads[one->flow] = index_of(c, one);
}

void hg_connections_touch(hg_connections *c, hg_connection *one)
{
    const hg_index index = index_of(c, one);
    HG_LIST_REMOVE(c->records, index);
    HG_LIST_APPEND(c->records, index, 0);
    unchain(c, one);
    chain(c, one);
}

void hg_connections_remove(hg_connections *c, hg_connection *one)
{
    hg_index index = index_of(c, one);
    unchain(c, one);
    HG_LIST_REMOVE(c->records, index);
    hg_connections_drop(c, one, 0);
    hg_connections_drop(c, one, 1);
    *one = (hg_connection){.older = c->free};
    c->free = index;
    c->bytes -= sizeof *one;
}

/* Forgets the least recently used connection other than `mine`; 0: there is none. */
static int evict(hg_connections *c, const hg_connection *mine)
{
    hg_index oldest = c->records[0].newer;
    if (oldest != 0 && c->records + oldest == mine)
        oldest = c->records[oldest].newer;
    if (oldest == 0)
        return 0;
    hg_connection *one = c->records + oldest;
    c->counts->streams_evicted += one->sides[0].state == HG_GATHERING;
    hg_connections_remove(c, one);
    return 1;
}

static int make_room(hg_connections *c, const hg_connection *mine, uint64_t bytes)
{
    while (c->bytes + bytes > c->most_bytes)
        if (!evict(c, mine))
            return 0;
    return 1;
}

/* Evicts a connection of a full flow: the least recently used one whose hello is complete or given up; if there is
 * none, the least recently used one. */
static void make_room_in_flow(hg_connections *c, hg_index flow)
{
    uint32_t count = 0;
    hg_connection *oldest = NULL, *ended = NULL;
    for (hg_connection *one = hg_connections_latest(c, flow); one != NULL; one = hg_connections_before(c, one), count++) {
        oldest = one;
        if (one->sides[0].state != HG_GATHERING)
            ended = one;
    }
    if (count < HG_MOST_CONNECTIONS)
        return;
    c->counts->streams_evicted += ended == NULL;
    hg_connections_remove(c, ended != NULL ? ended : oldest);
}

hg_connection *hg_connections_add(hg_connections *c, hg_index flow)
{
    make_room_in_flow(c, flow);
    if (!make_room(c, NULL, sizeof(hg_connection)))
        return NULL;
    hg_index index = c->free;
    if (index != 0)
        c->free = c->records[index].older;
    else
        index = ++c->record_count;
    hg_connection *one = c->records + index;
    *one = (hg_connection){.flow = flow};
    c->bytes += sizeof *one;
    chain(c, one);
    HG_LIST_APPEND(c->records, index, 0);
    return one;
}

/* ---- pieces of a direction ------------------------------------------------------------------ */

static hg_pieces *take_pieces(hg_connections *c, hg_gather *side)
{
    hg_pieces *pieces = side->pieces;
    if (pieces != NULL)
        c->bytes -= hg_pieces_bytes(pieces->capacity);
    side->pieces = NULL;
    return pieces;
}

void hg_connections_drop(hg_connections *c, hg_connection *one, int server)
{
    free(take_pieces(c, one->sides + server));
}

const uint8_t *hg_connections_deliver(hg_connections *c, hg_connection *one, int server)
{
    free(c->delivered);
    c->delivered = take_pieces(c, one->sides + server);
    return c->delivered != NULL ? c->delivered->bytes : NULL;
}

void hg_connections_stop(hg_connections *c, hg_connection *one, int server)
{
    hg_connections_drop(c, one, server);
    one->sides[server].state = HG_GATHER_STOPPED;
}

/* Grows the pieces of a direction to hold bytes up to `end`; NULL: no memory. */
static hg_pieces *reserve(hg_connections *c, hg_connection *one, int server, uint32_t end)
{
    hg_gather *side = one->sides + server;
    uint32_t capacity = LEAST_CAPACITY, had = 0;
    while (capacity < end)
        capacity *= 2;
    if (side->pieces != NULL) {
        had = side->pieces->capacity;
        if (end <= had)
            return side->pieces;
    }
    uint64_t more = had > 0 ? capacity - had : hg_pieces_bytes(capacity);
    hg_pieces *grown = make_room(c, one, more) ? realloc(side->pieces, hg_pieces_bytes(capacity)) : NULL;
    if (grown == NULL)
        return NULL;
    if (had == 0)
        grown->count = 0;
    grown->capacity = capacity;
    side->pieces = grown;
    c->bytes += more;
    return grown;
}

int hg_connections_gather(hg_connections *c, hg_connection *one, int server, uint32_t offset, const uint8_t *data,
                          uint32_t length)
{
    uint64_t *reason;
    hg_pieces *pieces = NULL;
    if (length > HG_MOST_MESSAGE_BYTES || offset > HG_MOST_MESSAGE_BYTES - length)
        reason = &c->counts->tls_unreadable;
    else if ((pieces = reserve(c, one, server, offset + length)) == NULL)
        reason = &c->counts->streams_evicted;
    else if (!hg_pieces_add(pieces, offset, data, length))
        reason = &c->counts->streams_with_gap;
    else
        return 1;
    ++*reason;
    hg_connections_stop(c, one, server);
    return 0;
}


/* Saved before the pieces of a direction: the number of runs, and of bytes, that follow. Zeros: there are no pieces. */
typedef struct held_direction_header {
    uint32_t count;
    uint32_t end;
} held_direction_header;

/* ---- saving ----------------------------------------------------------------------------- */

static void save_held(const hg_pieces *pieces, hg_saving *to)
{
    held_direction_header header = {0};
    if (pieces != NULL && pieces->count > 0)
        header = (held_direction_header){.count = pieces->count, .end = pieces->runs[pieces->count - 1].end};
    hg_save(to, &header, sizeof header);
    if (header.count == 0)
        return;
    hg_save(to, pieces->runs, header.count * sizeof(hg_run));
    hg_runs_save(pieces->runs, pieces->count, pieces->bytes, to);
}

/* Saves a connection without its pointers and links. */
static void save_one(const hg_connection *one, hg_saving *to)
{
    hg_connection saved;
    memcpy(&saved, one, sizeof saved);
    saved.next = saved.older = saved.newer = 0;
    saved.sides[0].pieces = saved.sides[1].pieces = NULL;
    hg_save(to, &saved, sizeof saved);
    save_held(one->sides[0].pieces, to);
    save_held(one->sides[1].pieces, to);
}

void hg_connections_save(const void *connections, hg_saving *to)
{
    const hg_connections *c = connections;
    uint64_t records = 0;
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        records++;
    hg_save(to, &records, sizeof records);
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        save_one(c->records + i, to);
}

/* ---- loading ---------------------------------------------------------------------------- */

static int is_sound(const hg_connection *one, uint32_t flows)
{
    int sound = one->flow != 0 && one->flow < flows && one->client <= 1 && one->to.length <= HG_MOST_ID &&
                one->from.length <= HG_MOST_ID && one->retry.length <= HG_MOST_ID;
    for (int server = 0; server < 2; server++) {
        const hg_gather *side = one->sides + server;
        sound = sound && side->state <= HG_GATHER_STOPPED &&
                (side->state != HG_GATHERING || side->base <= HG_MOST_MESSAGE_BYTES);
    }
    return sound;
}

/* Loads the pieces of a direction; 0: they are damaged. Without memory the direction is given up, as while reading
 * packets. The bytes are untrusted, so every number is checked before use. */
static int load_held(hg_connections *c, hg_connection *one, int server, hg_loading *from)
{
    held_direction_header header;
    hg_run runs[HG_RUNS_LIMIT];
    if (hg_load(from, &header, sizeof header) != HG_OK || header.count > HG_RUNS_LIMIT || header.end > HG_MOST_MESSAGE_BYTES)
        return 0;
    if (header.count == 0)
        return header.end == 0;
    if (one->sides[server].state != HG_GATHERING || hg_load(from, runs, header.count * sizeof *runs) != HG_OK)
        return 0;
    const uint8_t *bytes = hg_load_bytes(from, header.end);
    uint32_t end = 0;
    int is_kept = 1;
    for (uint32_t i = 0; bytes != NULL && i < header.count; i++) {
        if ((i > 0 && runs[i].first <= end) || runs[i].end <= runs[i].first || runs[i].end > header.end)
            return 0;
        end = runs[i].end;
        is_kept = is_kept && hg_connections_gather(c, one, server, runs[i].first, bytes + runs[i].first,
                                                   runs[i].end - runs[i].first);
    }
    return bytes != NULL && end == header.end;
}

static int load_one(hg_connections *c, uint32_t flows, hg_loading *from)
{
    hg_connection saved;
    if (hg_load(from, &saved, sizeof saved) != HG_OK || !is_sound(&saved, flows))
        return 0;
    hg_connection *one = hg_connections_add(c, saved.flow);
    if (one == NULL)
        return 0;
    saved.next = one->next;
    saved.older = one->older;
    saved.newer = one->newer;
    saved.sides[0].pieces = saved.sides[1].pieces = NULL;
    *one = saved;
    return load_held(c, one, 0, from) && load_held(c, one, 1, from);
}

hg_status hg_connections_load(void *connections, uint32_t flows, hg_loading *from)
{
    hg_connections *c = connections;
    uint64_t records = 0;
    hg_connections_reset(c);
    int sound = hg_load(from, &records, sizeof records) == HG_OK;
    for (uint64_t i = 0; sound && i < records; i++)
        sound = load_one(c, flows, from);
    if (sound)
        return HG_OK;
    hg_connections_reset(c);
    return hg_load_damaged(from);
}
