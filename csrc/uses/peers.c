/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * peers.c - to whom a host connects, and who connects to it: peers that answered, by port.
 *
 * A SYN alone makes no peer, so neither a flood nor a scan fills the lists. A SYN+ACK can be forged, so a full list
 * keeps the earliest peers with a completed handshake, then the earliest others, and counts the connections with the
 * rest.
 */
#include "handshakes/handshakes.h"
#include "hosts/fact.h"
#include "hosts/holders.h"
#include "hosts/keys.h"
#include "systems/words.h"

enum {
    HG_ROLE_PEERS = 12, /* per host and role */
    ROLE_STATED = HG_ROLES /* as hg_host_peer.role: the host stated the peer in a PROXY header */
};

/* Protocols seen in a peer's connections, as bits; the lowest one is shown. PEER_GREETING is the bit of the first
 * hg_greeting. */
enum { PEER_QUIC = 1, PEER_TLS = 2, PEER_HTTP = 4, PEER_SSH = 8, PEER_TELNET = 16, PEER_LDAP = 32, PEER_GREETING = 64 };

static const char *const PROTOCOLS[] = {"quic", "tls",  "http", "ssh",   "telnet",     "ldap", "ftp",
                                        "smtp", "pop3", "imap", "mysql", "postgresql", "tds"};

static const uint16_t OF_LOGINS[HG_LOGINS] = {
    [HG_LOGIN_FTP] = PEER_GREETING << HG_GREETING_FTP,
    [HG_LOGIN_SMTP] = PEER_GREETING << HG_GREETING_SMTP,
    [HG_LOGIN_POP3] = PEER_GREETING << HG_GREETING_POP3,
    [HG_LOGIN_IMAP] = PEER_GREETING << HG_GREETING_IMAP,
    [HG_LOGIN_LDAP] = PEER_LDAP,
    [HG_LOGIN_TELNET] = PEER_TELNET,
};

typedef struct hg_host_peer {
    uint32_t next;
    uint32_t connections;
    uint32_t completed; /* connections with a completed handshake */
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint16_t port; /* the server's */
    uint16_t protocols;
    uint8_t version;
    uint8_t role; /* of the host: HG_ROLE_CLIENT connects to the peer; ROLE_STATED for the peer */
} hg_host_peer;

typedef struct peer_list {
    uint32_t first; /* at the beginning: see HG_IN_DATA */
    uint32_t left_out; /* connections with peers for which there was no room */
} peer_list;

/* The peer of a connection, from the view of one end. `*count` becomes the number of peers with its role, and `*newest`
 * the latest of these without a completed handshake, if there is no such peer. */
static hg_host_peer *find_peer(const hg_hosts *hosts, const peer_list *list, const hg_host_peer *like, uint32_t *count,
                               hg_host_peer **newest)
{
    hg_host_peer *one = NULL;
    while ((one = hg_pool_next(&hosts->peers, list->first, one)) != NULL) {
        if (one->role != like->role)
            continue;
        if (one->port == like->port && one->version == like->version &&
            ((one->protocols ^ like->protocols) & PEER_QUIC) == 0 &&
            memcmp(&one->address, &like->address, sizeof like->address) == 0)
            return one;
        ++*count;
        if (one->completed == 0 && (*newest == NULL || one->first_ns >= (*newest)->first_ns))
            *newest = one;
    }
    return NULL;
}

/* A place for a peer; NULL: none. A completed connection was counted before, as left out. */
static hg_host_peer *make_peer(hg_hosts *hosts, peer_list *list, const hg_host_peer *like, uint32_t count,
                               hg_host_peer *newest)
{
    uint32_t number;
    hg_host_peer *peer = NULL;
    if (count < HG_ROLE_PEERS)
        peer = hg_pool_append(&hosts->peers, &list->first, (HG_ROLES + 1) * HG_ROLE_PEERS, &number);
    else if (like->completed > 0)
        peer = newest;
    if (peer == NULL)
        return NULL;
    if (peer == newest)
        list->left_out += newest->connections;
    const uint32_t was_left_out = like->connections == 0;
    list->left_out -= was_left_out && list->left_out > 0;
    const uint32_t next = peer->next;
    *peer = *like;
    peer->next = next;
    peer->connections = was_left_out;
    peer->completed = peer->protocols = 0;
    return peer;
}

/* Adds a connection, its completion or its protocol. */
static void add_peer(hg_hosts *hosts, hg_host_entry *host, const hg_host_peer *like)
{
    const int may_be_new = like->connections > 0 || like->completed > 0;
    uint32_t count = 0;
    hg_host_peer *newest = NULL;
    peer_list *list = may_be_new ? hg_fact_take(hosts, host, HG_FACT_peers) : hg_fact_read(hosts, host, HG_FACT_peers);
    if (list == NULL)
        return;
    hg_host_peer *peer = find_peer(hosts, list, like, &count, &newest);
    if (peer == NULL && may_be_new)
        peer = make_peer(hosts, list, like, count, newest);
    if (peer == NULL) {
        list->left_out += like->connections;
        return;
    }
    peer->connections += like->connections;
    peer->completed += like->completed;
    peer->protocols |= like->protocols;
    hg_widen(&peer->first_ns, &peer->last_ns, like->first_ns, like->last_ns);
}

/* Adds what `like` says to a host, and to the peer from its point of view: of several hosts with its address, the one
 * that received the packet. A client that completed a handshake is a host, even if its SYN was not captured. */
static void add_both(hg_hosts *hosts, hg_index index, hg_host_peer *like, const hg_tunnel_id *tunnel, uint64_t receiver)
{
    const hg_host_id id = {like->address, tunnel, like->version};
    add_peer(hosts, hg_host_at(hosts, index), like);
    like->address = hg_host_at(hosts, index)->address;
    like->role = like->role == HG_ROLE_SERVER ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
    hg_index other = like->completed > 0 ? hg_host_take(hosts, id, like->first_ns, 1) : hg_host_find(hosts, id);
    if (other == 0)
        return;
    if (receiver != 0)
        other = hg_host_that_sent(hosts, other, (const uint8_t *)&receiver, like->first_ns);
    add_peer(hosts, hg_host_at(hosts, other), like);
}

static void take_connection(hg_hosts *hosts, const hg_open_handshake *answer)
{
    const hg_host_entry *server = hg_host_at(hosts, answer->host);
    add_both(hosts, answer->host,
             &(hg_host_peer){.version = server->version,
                             .first_ns = answer->time_ns,
                             .last_ns = answer->time_ns,
                             .completed = 1,
                             .address = answer->other,
                             .role = HG_ROLE_SERVER,
                             .port = answer->facts.port},
             hg_host_tunnel(hosts, server), answer->receiver);
}

/* Adds the client that a PROXY header states to the header's sender. */
static void take_stated(hg_host_event *row)
{
    const hg_greeting_columns *c = &row->of.columns->greetings;
    const uint32_t at = row->of.at;
    add_peer(row->hosts, row->host,
             &(hg_host_peer){.version = c->proxied_version[at],
                             .first_ns = hg_row_time(row),
                             .last_ns = hg_row_time(row),
                             .connections = 1,
                             .completed = row->of.columns->scope[row->of.index] == HG_SCOPE_HANDSHAKE,
                             .address = hg_address_of(c->proxied_src_ip[at]),
                             .role = ROLE_STATED,
                             .port = c->proxied_dst_port[at]});
}

/* Adds a row's connection to both ends. A SYN+ACK and a hello in QUIC show a connection. */
static void on(hg_host_event *row)
{
    if (row->event == HG_ON_CONNECTED) {
        take_connection(row->hosts, row->handshake);
        return;
    }
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index;
    hg_tunnel_id tunnel;
    hg_host_peer like = {.version = c->ip_version[at],
                         .first_ns = hg_row_time(row),
                         .last_ns = hg_row_time(row),
                         .connections = row->event == HG_EVENT_SYN_ACK,
                         .address = hg_address_of(c->dst_ip[at]),
                         .role = row->role};
    if (row->event == HG_EVENT_PROXIED) {
        take_stated(row);
        return;
    }
    if (row->event == HG_EVENT_TLS_CLIENT) {
        like.connections = c->tls.quic_version[row->of.at] != 0;
        like.protocols = like.connections > 0 ? PEER_QUIC : PEER_TLS;
    } else if (row->event == HG_EVENT_GREETING) {
        like.protocols = (uint16_t)(PEER_GREETING << c->greetings.greeting_protocol[row->of.at]);
    } else if (row->event == HG_EVENT_LOGIN) {
        like.protocols = OF_LOGINS[c->greetings.login_protocol[row->of.at]];
    } else if (row->event != HG_EVENT_SYN_ACK) {
        like.protocols = row->event == HG_EVENT_HTTP_REQUEST ? PEER_HTTP : PEER_SSH;
    }
    if (like.connections == 0 && hg_row_is_weak(row))
        return;
    like.port = row->role == HG_ROLE_SERVER ? c->src_port[at] : c->dst_port[at];
    add_both(row->hosts, row->index, &like, hg_tunnel_of_row(row->of, &tunnel), c->receiver[at]);
}

/* ---- records ---------------------------------------------------------------------------------------- */

static const char *const DIRECTIONS[] = {[HG_ROLE_CLIENT] = "to", [HG_ROLE_SERVER] = "from", [ROLE_STATED] = "for"};

static const char *protocol_of(const hg_host_peer *peer)
{
    for (size_t bit = 0; bit < sizeof PROTOCOLS / sizeof *PROTOCOLS; bit++) {
        if ((peer->protocols >> bit & 1) != 0)
            return PROTOCOLS[bit];
    }
    return NULL;
}

static const peer_list *list_of(const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    return hg_fact_read(of.hosts, of.host, HG_FACT_peers);
}

static const hg_host_peer *next_peer(const hg_host_view *view, const hg_host_peer *after)
{
    const peer_list *list = list_of(view);
    return list == NULL ? NULL : hg_pool_next(&hg_host_shown(view).hosts->peers, list->first, after);
}

void hg_put_host_peers(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_peer *one = NULL; (one = next_peer(view, one)) != NULL;)
        HG_JSON_OBJECT(
            to, HG_JSON_KEY(to, "ip", host_address, one->version, &one->address),
            HG_JSON_KEY(to, "direction", word, DIRECTIONS[one->role]), HG_JSON_KEY(to, "port", u64, one->port),
            HG_JSON_KEY(to, "protocol", word, protocol_of(one)), HG_JSON_KEY(to, "connections", u64, one->connections),
            HG_JSON_KEY(to, "completed", u64, one->completed), HG_JSON_KEY(to, "first_seen", time, one->first_ns),
            HG_JSON_KEY(to, "last_seen", time, one->last_ns));
}

void hg_put_host_peers_left_out(hg_json *to, const hg_host_view *view)
{
    const peer_list *list = list_of(view);
    hg_json_u64(to, list == NULL ? 0 : list->left_out);
}

/* "to 192.0.2.1 port 443 (tls, 3 connections), from 192.0.2.7 port 22 (ssh, 1 connection)", or of ROLE_STATED
 * "client 192.0.2.9 port 443 (1 connection)" */
static void put_of(hg_writer *to, const hg_host_view *view, int is_stated)
{
    const char *word = "";
    for (const hg_host_peer *one = NULL; (one = next_peer(view, one)) != NULL;) {
        if ((one->role == ROLE_STATED) != is_stated)
            continue;
        const char *protocol = protocol_of(one);
        HG_SAY(to, word, is_stated ? "client" : DIRECTIONS[one->role], " ");
        hg_write_address(to, one->version, &one->address);
        HG_SAY(to, " port ", one->port, " (", protocol == NULL ? "" : protocol, protocol == NULL ? "" : ", ",
               HG_COUNT(one->connections, "connection"));
        if (one->completed < one->connections && (one->protocols & PEER_QUIC) == 0)
            HG_SAY(to, ", ", one->completed, " completed");
        hg_write_word(to, ")");
        word = ", ";
    }
}

static void put_stated(hg_writer *to, const hg_host_view *view)
{
    put_of(to, view, 1);
}

static void put_peers(hg_writer *to, const hg_host_view *view)
{
    const peer_list *list = list_of(view);
    put_of(to, view, 0);
    if (list != NULL && list->left_out > 0)
        HG_SAY(to, ", and ", HG_COUNT(list->left_out, "connection"), " with others");
}

static void text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  States: ", put_stated);
    if (hg_host_shown(view).hosts->options.shows_peers)
        hg_host_write_line(to, view, "  Peers:  ", put_peers);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

const hg_fact hg_fact_peers = {
    .bytes = sizeof(peer_list),
    .events = UINT64_C(1) << HG_EVENT_SYN_ACK | UINT64_C(1) << HG_EVENT_TLS_CLIENT |
              UINT64_C(1) << HG_EVENT_HTTP_REQUEST | UINT64_C(1) << HG_EVENT_SSH_CLIENT |
              UINT64_C(1) << HG_EVENT_PROXIED | UINT64_C(1) << HG_EVENT_GREETING | UINT64_C(1) << HG_EVENT_LOGIN |
              UINT64_C(1) << HG_ON_CONNECTED,
    .pools = HG_FACT_POOLS(HG_HELD_POOL(peers, hg_host_peer, HG_AS_DETAILS, HG_RECORD_LIST, HG_IN_DATA)),
    .on = on,
    .write = text,
};
