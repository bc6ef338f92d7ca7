/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * take.c - from rows and ends of flows to connections.
 */
#include <string.h>

#include "base/error.h"
#include "peers/peers.h"
#include "record/answer.h"
#include "record/hello.h"
#include "record/verdict.h"

/* Both ends of a row that the client sent. */
static hg_ends ends_of(hg_row row)
{
    const hg_columns *c = row.columns;
    hg_ends ends = {.client_port = c->src_port[row.index], .server_port = c->dst_port[row.index]};
    memcpy(&ends.client, c->src_ip[row.index], sizeof ends.client);
    memcpy(&ends.server, c->dst_ip[row.index], sizeof ends.server);
    ends.version = c->ip_version[row.index];
    ends.transport = (uint8_t)hg_transport_of(row);
    return ends;
}

static hg_peer *connection_of(hg_peers *connections, hg_row row)
{
    const hg_ends ends = ends_of(row);
    const hg_columns *c = row.columns;
    return hg_peer_take(connections, &ends, c->flow[row.index], c->time_ns[row.index]);
}

/* The place of a record, none for one that the database does not hold. */
static uint32_t held(uint32_t index, uint32_t count)
{
    return index < count ? index : HG_NO_SIGNATURE;
}

static void take_hello(hg_peers *connections, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    const hg_database *database = connections->database;
    hg_peer *of = connection_of(connections, row);
    of->hello = database == NULL ? HG_NO_SIGNATURE : held(c->client[row.at], database->tables.hellos_count);
    memcpy(of->ja4, c->ja4[row.at], HG_JA4_LENGTH);
    memcpy(of->ja4_stable, c->ja4_stable[row.at], HG_JA4_LENGTH);
    of->seen |= HG_SEEN_HELLO;
    hg_peer_move(connections, of, HG_NAMED);
}

static void take_request(hg_peers *connections, hg_row row)
{
    const hg_http_columns *c = &row.columns->http;
    const hg_database *database = connections->database;
    hg_peer *of = connection_of(connections, row);
    of->request = database == NULL ? HG_NO_SIGNATURE : held(c->software[row.at], database->tables.https_count);
    of->claimed = hg_claimed(database, &row);
    of->seen |= HG_SEEN_REQUEST;
    if (hg_is_claimed_by_hint(database, &row))
        of->seen |= HG_CLAIMED_BY_HINT;
    hg_peer_move(connections, of, HG_NAMED);
}

static hg_status take_row(hg_peers *connections, const hg_batch *batch, uint32_t index, hg_error *error)
{
    const hg_row row = hg_row_of(batch, index);
    const uint8_t event = batch->columns.event[index];
    if (event != HG_EVENT_SYN && event != HG_EVENT_TLS_CLIENT && event != HG_EVENT_HTTP_REQUEST)
        return HG_OK;
    if (row.at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", index);
    if (batch->columns.ip_version[index] != 4 && batch->columns.ip_version[index] != 6)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is of no version of IP", index);
    if (event == HG_EVENT_TLS_CLIENT) {
        take_hello(connections, row);
        return HG_OK;
    }
    if (event == HG_EVENT_HTTP_REQUEST) {
        take_request(connections, row);
        return HG_OK;
    }
    hg_named_handshake syn;
    const hg_status status = hg_handshake_of_row(batch, connections->database, index, &syn, error);
    if (status == HG_OK) {
        hg_peer *of = connection_of(connections, row);
        of->syn = syn;
        of->seen |= HG_SEEN_SYN;
    }
    return status;
}

static void take_ends(hg_peers *connections)
{
    for (uint32_t i = 0; i < connections->end_count; i++) {
        const hg_peer_end *end = connections->ends + i;
        hg_peer *of = hg_peer_of_flow(connections, end);
        if (of == NULL)
            continue;
        of->last_ns = end->time_ns > of->last_ns ? end->time_ns : of->last_ns;
        hg_peer_move(connections, of, HG_ENDED);
    }
    connections->end_count = 0;
}

hg_status hg_peers_add(hg_peers *connections, const hg_batch *batch, hg_error *error)
{
    hg_status status = HG_OK;
    pthread_mutex_lock(&connections->lock);
    for (uint32_t row = 0; row < batch->count && status == HG_OK; row++)
        status = take_row(connections, batch, row, error);
    take_ends(connections);
    pthread_mutex_unlock(&connections->lock);
    return status;
}
