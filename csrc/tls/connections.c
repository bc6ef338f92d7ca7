/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/connections.h"

#include "base/memory.h"

enum { LEAST_CAPACITY = 2048 };

/* ---- pieces in any order ------------------------------------------------------------------ */

int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length)
{
    if (length == 0)
        return 1;
    /* If the run cannot be added, the copied bytes lie outside all runs and are ignored. */
    hg_runs_copy(pieces->runs, pieces->count, pieces->bytes, offset, data, length);
    return hg_runs_add(pieces->runs, &pieces->count, HG_RUNS_LIMIT, (hg_byte_run){offset, offset + length});
}

uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset)
{
    for (uint32_t i = 0; i < pieces->count; i++)
        if (pieces->runs[i].first <= offset && pieces->runs[i].end > offset)
            return pieces->runs[i].end - offset;
    return 0;
}

/* ---- packet numbers --------------------------------------------------------------------------- */

enum { MOST_NUMBERS = 64 };

int hg_numbers_add(hg_numbers *numbers, uint64_t number)
{
    return hg_numbers_merge(numbers, (hg_numbers){number + 1, 1});
}

static uint64_t shifted(uint64_t bits, uint64_t by)
{
    return by < MOST_NUMBERS ? bits << by : 0;
}

int hg_numbers_merge(hg_numbers *numbers, hg_numbers added)
{
    const uint64_t next = added.next > numbers->next ? added.next : numbers->next;
    const uint64_t had = shifted(numbers->came, next - numbers->next), came = shifted(added.came, next - added.next);
    if ((had & came) != 0 || (came == 0 && numbers->came != 0))
        return 0;
    *numbers = numbers->came == 0 ? added : (hg_numbers){next, had | came};
    return 1;
}

/* ---- creating and clearing --------------------------------------------------------------- */

hg_status hg_connections_init(hg_connections *c, uint32_t flows, uint64_t most_bytes, hg_stats *counts, hg_error *error)
{
    const uint64_t most = most_bytes / sizeof(hg_connection);
    *c = (hg_connections){.counts = counts, .most_bytes = most_bytes};
    if (most_bytes < HG_LEAST_CONNECTION_BYTES)
        return hg_fail(error, HG_E_ARGUMENT, "too little memory for the hellos of connections");
    /* Zeroed memory of large tables is not touched, so memory is used only as connections are added. */
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

void hg_connections_reset(hg_connections *c)
{
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

/* Removes a connection from its flow's list. */
static void unchain(hg_connections *c, const hg_connection *one)
{
    hg_index index = index_of(c, one), *link = c->heads + one->flow;
    while (*link != index)
        link = &c->records[*link].next;
    *link = one->next;
}

/* Makes a connection the first in its flow's list. */
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

int hg_connections_have_better(const hg_connections *c, hg_index flow, uint8_t end, uint8_t is_dtls, uint8_t rank)
{
    for (const hg_connection *one = hg_connections_latest(c, flow); one != NULL; one = hg_connections_before(c, one))
        if (one->is_dtls == is_dtls && hg_is_better(one->sides[one->client != end].rank, rank))
            return 1;
    return 0;
}

/* Removes the least recently used connection other than `kept` (or NULL); 0: there is none. */
static int evict(hg_connections *c, const hg_connection *kept)
{
    hg_index oldest = c->records[0].newer;
    if (oldest != 0 && c->records + oldest == kept)
        oldest = c->records[oldest].newer;
    if (oldest == 0)
        return 0;
    hg_connection *one = c->records + oldest;
    c->counts->streams_evicted += one->sides[0].state == HG_GATHERING;
    hg_connections_remove(c, one);
    return 1;
}

/* Removes connections until `bytes` more fit; 0: they do not fit even then. */
static int make_room(hg_connections *c, const hg_connection *kept, uint64_t bytes)
{
    while (c->bytes + bytes > c->most_bytes)
        if (!evict(c, kept))
            return 0;
    return 1;
}

/* If the flow is full, removes the least recently used connection whose ClientHello is complete or given up; if there
 * is none, the least recently used one. */
static void make_room_in_flow(hg_connections *c, hg_index flow)
{
    uint32_t count = 0;
    hg_connection *oldest = NULL, *ended = NULL;
    for (hg_connection *one = hg_connections_latest(c, flow); one != NULL;
         one = hg_connections_before(c, one), count++) {
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

/* Detaches the pieces from a direction; the caller frees them. */
static hg_pieces *take_pieces(hg_connections *c, hg_connection_side *side)
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
    hg_connection_side *side = one->sides + server;
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

/* ---- saving and loading ----------------------------------------------------------------- */

static int is_sound(const hg_connection *one, uint32_t flows)
{
    int sound = one->flow != 0 && one->flow < flows && one->client <= 1 && one->to.length <= HG_MOST_ID &&
                one->from.length <= HG_MOST_ID && one->retry.length <= HG_MOST_ID;
    for (int server = 0; server < 2; server++) {
        const hg_connection_side *side = one->sides + server;
        sound = sound && side->state <= HG_GATHER_STOPPED &&
                (side->state != HG_GATHERING || side->base <= HG_MOST_MESSAGE_BYTES);
    }
    return sound;
}

/* Saves or loads the pieces of a direction: the number of runs, then each run with its bytes. If memory is missing
 * while loading, the direction is given up, as while reading packets. */
static void transfer_pieces(hg_connections *c, hg_connection *one, int server, hg_saved *saved)
{
    hg_connection_side *side = one->sides + server;
    hg_pieces *pieces = side->pieces; /* loading: NULL */
    uint32_t count = pieces != NULL ? pieces->count : 0, end = 0;
    int is_kept = 1; /* loading: 0 after the direction was given up */
    hg_transfer(saved, &count, sizeof count);
    if (!hg_saved_check(saved, count == 0 || (count <= HG_RUNS_LIMIT && side->state == HG_GATHERING), HG_SAVED_DAMAGED))
        return;
    for (uint32_t i = 0; i < count; i++) {
        hg_byte_run run = pieces != NULL ? pieces->runs[i] : (hg_byte_run){0};
        hg_transfer(saved, &run, sizeof run);
        if (!hg_saved_check(saved,
                            (i == 0 || run.first > end) && run.end > run.first && run.end <= HG_MOST_MESSAGE_BYTES,
                            HG_SAVED_DAMAGED))
            return;
        end = run.end;
        if (!saved->is_loading) {
            hg_transfer(saved, pieces->bytes + run.first, run.end - run.first);
            continue;
        }
        const uint8_t *bytes = hg_saved_take(saved, run.end - run.first);
        is_kept =
            is_kept && bytes != NULL && hg_connections_gather(c, one, server, run.first, bytes, run.end - run.first);
    }
}

/* Adds a loaded connection; NULL: it is damaged, or there is no memory. */
static hg_connection *add_loaded(hg_connections *c, hg_connection *loaded, uint32_t flows, hg_saved *saved)
{
    if (!hg_saved_check(saved, is_sound(loaded, flows), HG_SAVED_DAMAGED))
        return NULL;
    hg_connection *one = hg_connections_add(c, loaded->flow);
    if (!hg_saved_check(saved, one != NULL, HG_SAVED_DAMAGED))
        return NULL;
    loaded->next = one->next;
    loaded->older = one->older;
    loaded->newer = one->newer;
    loaded->sides[0].pieces = loaded->sides[1].pieces = NULL;
    *one = *loaded;
    return one;
}

/* Saves `one` without its pointers and links; NULL: loads the next connection. */
static void transfer_one(hg_connections *c, hg_connection *one, uint32_t flows, hg_saved *saved)
{
    hg_connection copy = {0};
    if (one != NULL) {
        memcpy(&copy, one, sizeof copy);
        copy.next = copy.older = copy.newer = 0;
        copy.sides[0].pieces = copy.sides[1].pieces = NULL;
    }
    hg_transfer(saved, &copy, sizeof copy);
    if (one == NULL)
        one = add_loaded(c, &copy, flows, saved);
    for (int server = 0; one != NULL && server < 2; server++)
        transfer_pieces(c, one, server, saved);
}

void hg_connections_transfer(hg_connections *c, uint32_t flows, hg_saved *saved)
{
    uint64_t records = 0;
    if (saved->is_loading)
        hg_connections_reset(c);
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        records++;
    hg_transfer(saved, &records, sizeof records);
    hg_connection *one = c->records;
    for (uint64_t i = 0; saved->status == HG_OK && i < records; i++) {
        one = saved->is_loading ? NULL : c->records + one->newer;
        transfer_one(c, one, flows, saved);
    }
}
