/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * take.c - adds rows and ends of flows to connections.
 */

#include "blocks/block.h"
#include "connections/peers.h"
#include "flow/anomaly.h"
#include "http/fields.h"
#include "names/browsers.h"
#include "names/verdict.h"
#include "tls/fields.h"

/* The connection of a client's row, or of a server's SYN+ACK. */
static hg_peer *peer_of(hg_peers *peers, hg_row row)
{
    const hg_columns *c = row.columns;
    hg_ends ends = {.version = c->ip_version[row.index], .transport = (uint8_t)hg_transport_of(row)};
    const int is_answer = c->event[row.index] == HG_EVENT_SYN_ACK;
    memcpy(is_answer ? &ends.server : &ends.client, c->src_ip[row.index], sizeof ends.client);
    memcpy(is_answer ? &ends.client : &ends.server, c->dst_ip[row.index], sizeof ends.server);
    ends.client_port = (is_answer ? c->dst_port : c->src_port)[row.index];
    ends.server_port = (is_answer ? c->src_port : c->dst_port)[row.index];
    hg_tunnel_id id = {0};
    if (hg_tunnel_of_row(row, &id) != NULL && id.kind != HG_TUNNEL_NONE)
        ends.tunnel = hg_hash_tunnel(peers->hash_key, &id) | 1;
    hg_peer *peer = hg_peer_take(peers, &ends, c->flow[row.index], c->time_ns[row.index]);
    peer->outer = id;
    return peer;
}

/* Moves a connection to NAMED, unless it has ended: its last rows may come after its end. */
static void note_name(hg_peers *peers, hg_peer *peer, uint8_t seen, hg_row row)
{
    peer->seen |= seen;
    peer->anomalies |= row.columns->anomalies[row.index];
    if (row.columns->scope[row.index] >= HG_SCOPE_HANDSHAKE && (peer->seen & HG_PROVEN) == 0)
        hg_peer_prove(peers, peer);
    if (peer->list != HG_ENDED)
        hg_peer_move(peers, peer, HG_NAMED);
}

/* The index of a record; HG_NO_SIGNATURE if the database lacks it. */
static uint32_t held(uint32_t index, uint32_t count)
{
    return index < count ? index : HG_NO_SIGNATURE;
}

/* The sender is free to make up a second ClientHello, so of two different ones, none counts. */
static void take_hello(hg_peers *peers, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    const hg_database *database = peers->database;
    hg_peer *peer = peer_of(peers, row);
    const uint32_t rivals = row.columns->anomalies[row.index] & HG_ANOMALY(DIFFERENT_COPIES);
    if ((peer->seen & HG_SEEN_HELLO) == 0) {
        peer->hello = database == NULL ? HG_NO_SIGNATURE : held(c->client[row.at], database->tables.hellos_count);
        memcpy(peer->ja4, c->ja4[row.at], HG_JA4_LENGTH);
        memcpy(peer->ja4_stable, c->ja4_stable[row.at], HG_JA4_LENGTH);
        note_name(peers, peer, HG_SEEN_HELLO, row);
    }
    if (rivals != 0 || memcmp(peer->ja4, c->ja4[row.at], HG_JA4_LENGTH) != 0) {
        peer->seen |= HG_TWO_HELLOS;
        peer->hello = HG_NO_SIGNATURE;
        memset(peer->ja4, 0, sizeof peer->ja4);
        memset(peer->ja4_stable, 0, sizeof peer->ja4_stable);
    }
}

static int was_passed_on(hg_row row)
{
    hg_http_head head;
    return hg_http_head_of(row, &head) && hg_was_passed_on(&head);
}

static void take_request(hg_peers *peers, hg_row row)
{
    const hg_http_columns *c = &row.columns->http;
    const hg_database *database = peers->database;
    hg_peer *peer = peer_of(peers, row);
    peer->request = database == NULL ? HG_NO_SIGNATURE : held(c->software[row.at], database->tables.https_count);
    int is_hint;
    peer->claimed = hg_claimed(database, &row, &is_hint);
    note_name(peers, peer, HG_SEEN_REQUEST, row);
    if (is_hint)
        peer->seen |= HG_CLAIMED_BY_HINT;
    if (was_passed_on(row))
        peer->seen |= HG_PASSED_ON;
}

static hg_status take_syn(hg_peers *peers, const hg_batch *batch, hg_row row, hg_error *error)
{
    hg_named_handshake syn;
    const hg_status status = hg_handshake_of_row(batch, peers->database, row, &syn, error);
    if (status == HG_OK) {
        hg_peer *peer = peer_of(peers, row);
        peer->syn = syn;
        peer->seen |= HG_SEEN_SYN;
    }
    return status;
}

/* Adds a row, if it is a SYN, SYN+ACK, ClientHello or request. */
static hg_status take_row(hg_peers *peers, const hg_batch *batch, uint32_t index, hg_error *error)
{
    const hg_row row = hg_row_of(batch, index);
    const uint8_t event = batch->columns.event[index];
    if (event != HG_EVENT_SYN && event != HG_EVENT_SYN_ACK && event != HG_EVENT_TLS_CLIENT &&
        event != HG_EVENT_HTTP_REQUEST)
        return HG_OK;
    if (row.at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", index);
    if (batch->columns.ip_version[index] != 4 && batch->columns.ip_version[index] != 6)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no IP version", index);
    hg_status status = HG_OK;
    if (event == HG_EVENT_SYN_ACK)
        peer_of(peers, row)->seen |= HG_ANSWERED;
    else if (event == HG_EVENT_TLS_CLIENT)
        take_hello(peers, row);
    else if (event == HG_EVENT_SYN)
        status = take_syn(peers, batch, row, error);
    else if ((status = hg_check_http(batch, &row, error)) == HG_OK)
        take_request(peers, row);
    return status;
}

/* Notes that a flow has segments in IP fragments; `all`: any flow may. The number of steps is limited, because anybody
 * can send them. */
static void note_torn(hg_peers *peers, uint64_t flow, int all)
{
    enum { LATEST = 4096 };
    for (hg_index list = 0; list < HG_PEER_LISTS; list++) {
        hg_index at = peers->records[list].older;
        for (uint32_t left = LATEST; at != list && left > 0; at = peers->records[at].older, left--)
            if (all || peers->records[at].flow == flow)
                peers->records[at].anomalies |= HG_ANOMALY(FRAGMENT);
    }
}

static void take_ends(hg_peers *peers)
{
    for (uint32_t i = 0; i < peers->end_count; i++)
        hg_peer_end_flow(peers, peers->ends + i);
    peers->end_count = 0;
}

void hg_peers_note_end(void *state, const hg_flow *flow, int64_t time_ns)
{
    hg_peers *peers = state;
    if (peers->end_count == HG_MOST_ENDS) { /* no rows came for so long that none are expected for these ends */
        pthread_mutex_lock(&peers->lock);
        take_ends(peers);
        pthread_mutex_unlock(&peers->lock);
    }
    hg_peer_end *end = peers->ends + peers->end_count++;
    *end = (hg_peer_end){.flow = flow->first_packet, .time_ns = time_ns};
    end->ends = (hg_ends){.client = flow->client,
                          .server = flow->server,
                          .client_port = flow->client_port,
                          .server_port = flow->server_port,
                          .version = flow->version,
                          .transport = HG_TRANSPORT_TCP};
}

void hg_sensor_follow_ends(hg_sensor *sensor, hg_peers *peers)
{
    *hg_sensor_end_listener(sensor) = (hg_end_listener){peers == NULL ? NULL : hg_peers_note_end, peers};
}

hg_status hg_peers_add(hg_peers *peers, const hg_batch *batch, hg_error *error)
{
    hg_status status = HG_OK;
    pthread_mutex_lock(&peers->lock);
    for (uint32_t row = 0; row < batch->count && status == HG_OK; row++)
        status = take_row(peers, batch, row, error);
    for (uint32_t i = 0; i < batch->torn_count && i < HG_MOST_TORN; i++)
        note_torn(peers, batch->torn[i], batch->torn_count > HG_MOST_TORN);
    take_ends(peers);
    pthread_mutex_unlock(&peers->lock);
    return status;
}
