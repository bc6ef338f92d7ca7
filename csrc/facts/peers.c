/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * peers.c - to whom a host connects, and who connects to it: peers that answered, by port.
 *
 * A SYN alone makes no peer, so neither a flood nor a scan fills the lists. A full list keeps the earliest peers and
 * counts the connections with others.
 */
#include "facts/write.h"
#include "hosts/fact.h"

enum {
    HG_ROLE_PEERS = 12, /* per host and role */
    ROLE_STATED = HG_ROLES /* as hg_host_peer.role: the host stated the peer in a PROXY header */
};

/* Protocols seen in a peer's connections, as bits; the lowest one is shown. */
enum { PEER_QUIC = 1, PEER_TLS = 2, PEER_HTTP = 4, PEER_SSH = 8 };

typedef struct hg_host_peer {
    uint32_t next;
    uint32_t connections;
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint16_t port; /* the server's */
    uint8_t version;
    uint8_t role;  /* of the host: HG_ROLE_CLIENT connects to the peer; ROLE_STATED for the peer */
    uint8_t protocols;
} hg_host_peer;

typedef struct peer_list {
    uint32_t first; /* at the beginning: see HG_IN_DATA */
    uint32_t left_out; /* connections with peers for which there was no room */
} peer_list;

/* The peer of a connection, from the view of one end. */
static hg_host_peer *find_peer(const hg_hosts *hosts, const peer_list *list, const hg_host_peer *like,
                               uint32_t *of_role)
{
    hg_host_peer *one = NULL;
    while ((one = hg_pool_next(&hosts->peers, list->first, one)) != NULL) {
        if (one->role == like->role && one->port == like->port && one->version == like->version &&
            memcmp(&one->address, &like->address, sizeof like->address) == 0)
            return one;
        *of_role += one->role == like->role;
    }
    return NULL;
}

/* Adds a connection, or only its protocol if `connections` is 0. */
static void add_peer(hg_hosts *hosts, hg_host_entry *host, const hg_host_peer *like)
{
    uint32_t of_role = 0, number;
    peer_list *list =
        like->connections > 0 ? hg_fact_take(hosts, host, HG_FACT_peers) : hg_fact_read(hosts, host, HG_FACT_peers);
    if (list == NULL)
        return;
    hg_host_peer *peer = find_peer(hosts, list, like, &of_role);
    if (peer == NULL && like->connections > 0 && of_role < HG_ROLE_PEERS &&
        (peer = hg_pool_append(&hosts->peers, &list->first, (HG_ROLES + 1) * HG_ROLE_PEERS, &number)) != NULL)
        *peer = (hg_host_peer){.address = like->address,
                               .port = like->port,
                               .version = like->version,
                               .role = like->role,
                               .first_ns = like->first_ns,
                               .last_ns = like->last_ns};
    if (peer == NULL) {
        list->left_out += like->connections;
        return;
    }
    peer->connections += like->connections;
    peer->protocols |= like->protocols;
    hg_widen(&peer->first_ns, &peer->last_ns, like->first_ns, like->last_ns);
}

/* Adds the client that a PROXY header states to the header's sender. */
static void take_stated(hg_host_row *row)
{
    const hg_greeting_columns *c = &row->of.columns->greetings;
    const uint32_t at = row->of.at;
    add_peer(row->hosts, row->host,
             &(hg_host_peer){.version = c->proxied_version[at],
                             .first_ns = hg_row_time(row),
                             .last_ns = hg_row_time(row),
                             .connections = 1,
                             .address = hg_address_of(c->proxied_src_ip[at]),
                             .role = ROLE_STATED,
                             .port = c->proxied_dst_port[at]});
}

/* Adds a row's connection to both ends. A SYN+ACK and a hello in QUIC show a connection. */
static void take(hg_host_row *row)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index;
    hg_tunnel_id tunnel;
    hg_host_peer like = {.version = c->ip_version[at],
                         .first_ns = hg_row_time(row),
                         .last_ns = hg_row_time(row),
                         .connections = row->event == HG_EVENT_SYN_ACK,
                         .address = hg_address_of(c->dst_ip[at]),
                         .role = row->role};
    if (hg_row_is_weak(row))
        return;
    if (row->event == HG_EVENT_PROXIED) {
        take_stated(row);
        return;
    }
    if (row->event == HG_EVENT_TLS_CLIENT) {
        like.connections = c->tls.quic_version[row->of.at] != 0;
        like.protocols = like.connections > 0 ? PEER_QUIC : PEER_TLS;
    } else if (row->event != HG_EVENT_SYN_ACK) {
        like.protocols = row->event == HG_EVENT_HTTP_REQUEST ? PEER_HTTP : PEER_SSH;
    }
    like.port = row->role == HG_ROLE_SERVER ? c->src_port[at] : c->dst_port[at];
    add_peer(row->hosts, row->host, &like);
    const hg_index other =
        hg_host_find(row->hosts, (hg_host_id){like.address, hg_tunnel_of_row(row->of, &tunnel), like.version});
    if (other == 0)
        return;
    like.address = row->host->address;
    like.role = row->role == HG_ROLE_SERVER ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
    add_peer(row->hosts, hg_host_at(row->hosts, other), &like);
}

/* ---- records ---------------------------------------------------------------------------------------- */

static const char *const DIRECTIONS[] = {[HG_ROLE_CLIENT] = "to", [HG_ROLE_SERVER] = "from", [ROLE_STATED] = "for"};

static const char *protocol_of(const hg_host_peer *peer)
{
    return (peer->protocols & PEER_QUIC) != 0   ? "quic"
           : (peer->protocols & PEER_TLS) != 0  ? "tls"
           : (peer->protocols & PEER_HTTP) != 0 ? "http"
           : (peer->protocols & PEER_SSH) != 0  ? "ssh"
                                                : NULL;
}

static const hg_host_peer *next_peer(const hg_host_view *view, const hg_host_peer *after)
{
    const peer_list *list = hg_fact_read(view->hosts, view->host, HG_FACT_peers);
    return list == NULL ? NULL : hg_pool_next(&view->hosts->peers, list->first, after);
}

void hg_put_host_peers(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_peer *one = NULL; (one = next_peer(view, one)) != NULL;)
        HG_JSON_OBJECT(
            to, HG_JSON_KEY(to, "ip", host_address, one->version, &one->address),
            HG_JSON_KEY(to, "direction", word, DIRECTIONS[one->role]), HG_JSON_KEY(to, "port", u64, one->port),
            HG_JSON_KEY(to, "protocol", word, protocol_of(one)), HG_JSON_KEY(to, "connections", u64, one->connections),
            HG_JSON_KEY(to, "first_seen", time, one->first_ns), HG_JSON_KEY(to, "last_seen", time, one->last_ns));
}

void hg_put_host_peers_left_out(hg_json *to, const hg_host_view *view)
{
    const peer_list *list = hg_fact_read(view->hosts, view->host, HG_FACT_peers);
    hg_json_u64(to, list == NULL ? 0 : list->left_out);
}

/* "client 192.0.2.9 port 443 (1 connection)" for each of ROLE_STATED. */
static void put_stated(hg_writer *to, const hg_host_view *view)
{
    const char *word = "";
    for (const hg_host_peer *one = NULL; (one = next_peer(view, one)) != NULL;) {
        if (one->role != ROLE_STATED)
            continue;
        const char *protocol = protocol_of(one);
        HG_SAY(to, word, "client ");
        hg_write_address(to, one->version, &one->address);
        HG_SAY(to, " port ", one->port, " (", protocol == NULL ? "" : protocol, protocol == NULL ? "" : ", ",
               HG_COUNT(one->connections, "connection"), ")");
        word = ", ";
    }
}

static void text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  States: ", put_stated);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

const hg_fact hg_fact_peers = {
    .bytes = sizeof(peer_list),
    .events = UINT64_C(1) << HG_EVENT_SYN_ACK | UINT64_C(1) << HG_EVENT_TLS_CLIENT |
              UINT64_C(1) << HG_EVENT_HTTP_REQUEST | UINT64_C(1) << HG_EVENT_SSH_CLIENT |
              UINT64_C(1) << HG_EVENT_PROXIED,
    .pools = HG_FACT_POOLS(HG_HELD_POOL(peers, hg_host_peer, HG_AS_DETAILS, HG_RECORD_LIST, HG_IN_DATA)),
    .take = take,
    .text = text,
};
