/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer.c - the answer about a connection, as JSON.
 */
#include <string.h>

#include "base/error.h"
#include "base/words.h"
#include "hg_records.h"
#include "hosts/write.h"
#include "peers/claims.h"
#include "peers/names.h"

/* A question on its way to an answer. */
typedef struct peer_query {
    hg_peers *peers;
    const hg_database *database;
    const hg_question *question;
    hg_peer of; /* a copy; all zeros: it was not seen */
    hg_peer_status status;
    const hg_host_view *host; /* of the client, or NULL */
} peer_query;

/* ---- the system ---------------------------------------------------------------------------------------- */

/* Where no SYN is known, as of QUIC: what other connections of the address show, if they show one system. */
static void write_system_of_host(hg_json *to, const hg_host_view *host)
{
    static const char EVIDENCE[] = "\"os_candidates\":[],\"os_evidence\":[\"other connections of the address\"]";
    HG_JSON_KEY(to, "os", families, &host->verdict);
    HG_JSON_KEY(to, "os_version", versions, &host->verdict);
    HG_JSON_KEY(to, "os_confidence", share, host->verdict.confidence);
    HG_JSON_KEY(to, "os_version_confidence", share, host->verdict.version_confidence);
    hg_json_raw(to, EVIDENCE, sizeof EVIDENCE - 1);
}

static hg_status write_system(hg_json *to, const peer_query *a, hg_error *error)
{
    if ((a->of.seen & HG_SEEN_SYN) != 0 || a->status != HG_PEER_FOUND || a->host == NULL ||
        a->host->verdict.family_count == 0)
        return hg_peer_write_system(to, a->peers, &a->of, error);
    write_system_of_host(to, a->host);
    return HG_OK;
}

/* No connection is meant, but what all of the address show alike. */
static int is_by_address(const peer_query *a)
{
    return a->question->client_port == 0;
}

static const char *reason_of(const peer_query *a)
{
    if (a->status == HG_PEER_RELAYED && is_by_address(a))
        return "connections of this address differ, or are too many to compare";
    if (a->status == HG_PEER_RELAYED && (a->of.seen & HG_PASSED_ON) != 0)
        return "a proxy passed the request on";
    if (a->status == HG_PEER_RELAYED)
        return "several systems speak from this address";
    if (a->status == HG_PEER_AMBIGUOUS)
        return "several live connections match: name the server and the transport";
    return a->status == HG_PEER_NOT_SEEN ? "no packet of this connection was seen" : NULL;
}

/* ---- the rest ------------------------------------------------------------------------------------------ */

static void write_end(hg_json *to, const char *key, const char *port_key, uint8_t version, const hg_address *address,
                      uint16_t port)
{
    uint8_t bytes[16];
    memcpy(bytes, address, sizeof bytes);
    HG_JSON_KEY(to, key, address, version, bytes);
    HG_JSON_KEY(to, port_key, u64, port);
}

static void write_connection(hg_json *to, const peer_query *a)
{
    hg_json_key(to, "connection");
    if (a->of.seen == 0 || is_by_address(a)) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '{');
    const hg_ends *ends = &a->of.ends;
    write_end(to, "src_ip", "src_port", ends->version, &ends->client, ends->client_port);
    write_end(to, "dst_ip", "dst_port", ends->version, &ends->server, ends->server_port);
    HG_JSON_KEY(to, "first_seen", time, a->of.first_ns);
    HG_JSON_KEY(to, "ended", bool, a->of.list == HG_ENDED);
    hg_json_close(to, '}');
}

static hg_status write_answer(hg_json *to, const peer_query *a, hg_error *error)
{
    static const char *const TRANSPORTS[HG_TRANSPORTS] = {HG_WORDS_TRANSPORT(HG_WORD)};
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "status", word, hg_peer_status_name(a->status));
    const hg_status status = write_system(to, a, error);
    hg_peer_write_client(to, a->database, &a->of);
    HG_JSON_KEY(to, "transport", word, a->of.seen == 0 || is_by_address(a) ? NULL : TRANSPORTS[a->of.ends.transport % HG_TRANSPORTS]);
    hg_peer_write_claims(to, a->database, &a->of, a->question, reason_of(a));
    hg_peer_write_tool(to, a->database, &a->of);
    write_connection(to, a);
    hg_json_key(to, "host");
    if (a->host != NULL)
        hg_host_write_brief(to, a->host);
    else
        hg_json_null(to);
    hg_json_close(to, '}');
    return status;
}

/* Looks at the host of the client; `hosts` is locked. The host of a connection in a tunnel is another one than the host
 * with its address outside. */
static void look_at_host(peer_query *a, hg_hosts *hosts, hg_host_view *view)
{
    hg_host_id id = {.version = a->question->version, .tunnel = a->of.ends.tunnel != 0 ? &a->of.outer : NULL};
    memcpy(&id.address, a->question->client, sizeof id.address);
    const hg_index index = hg_host_find(hosts, id);
    if (index == 0)
        return;
    hg_host_look(hosts, hg_host_at(hosts, index), view);
    a->host = view;
    if (a->status == HG_PEER_FOUND && hg_host_is_shared(view))
        a->status = HG_PEER_RELAYED;
    if (a->status == HG_PEER_RELAYED && is_by_address(a))
        a->of = (hg_peer){.seen = 0}; /* it may be of another one of them */
}

static void look_up(peer_query *a, int64_t now_ns)
{
    pthread_mutex_lock(&a->peers->lock);
    const hg_peer *found = NULL;
    if (is_by_address(a))
        a->status = hg_peer_of_address(a->peers, a->question, now_ns, &a->of);
    else
        found = hg_peer_asked(a->peers, a->question, now_ns, &a->status);
    if (found != NULL)
        a->of = *found;
    pthread_mutex_unlock(&a->peers->lock);
    if ((a->of.seen & HG_PASSED_ON) != 0)
        a->status = HG_PEER_RELAYED;
}

static void count(hg_peers *peers, hg_peer_status status)
{
    pthread_mutex_lock(&peers->lock);
    peers->counts.answers[status]++;
    pthread_mutex_unlock(&peers->lock);
}

static hg_status answer(peer_query *a, hg_hosts *hosts, hg_json *to, hg_error *error)
{
    hg_host_view view;
    if (hosts == NULL)
        return write_answer(to, a, error);
    pthread_mutex_lock(&hosts->lock);
    look_at_host(a, hosts, &view);
    const hg_status status = write_answer(to, a, error);
    pthread_mutex_unlock(&hosts->lock);
    return status;
}

hg_status hg_peers_answer(hg_peers *peers, hg_hosts *hosts, const hg_question *question,
                                int64_t now_ns, char *out, size_t capacity, size_t *length, hg_error *error)
{
    peer_query a = {.peers = peers, .question = question};
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = 1}};
    if (question->version != 4 && question->version != 6)
        return hg_fail(error, HG_E_ARGUMENT, "IP has no version %u", question->version);
    pthread_mutex_lock(&peers->asking);
    a.database = peers->database;
    look_up(&a, now_ns);
    hg_status status = answer(&a, hosts, &to, error);
    if (status == HG_OK && to.out.is_full)
        status = hg_fail(error, HG_E_ARGUMENT, "no room for an answer in %zu bytes", capacity);
    if (status == HG_OK)
        count(peers, a.status);
    pthread_mutex_unlock(&peers->asking);
    *length = to.out.length;
    return status;
}

uint32_t hg_peers_find(hg_peers *peers, const hg_question *question, int64_t now_ns,
                             int64_t *first_ns)
{
    pthread_mutex_lock(&peers->lock);
    hg_peer_status status;
    const hg_peer *found = hg_peer_asked(peers, question, now_ns, &status);
    uint32_t seen = status == HG_PEER_AMBIGUOUS ? HG_SEEN_SYN | HG_SEEN_HELLO : 0; /* nothing to wait for */
    if (found != NULL)
        seen = found->seen & (HG_SEEN_SYN | HG_SEEN_HELLO | HG_SEEN_REQUEST);
    if (found != NULL && (found->seen & HG_ANSWERED) != 0)
        seen |= HG_SEEN_SYN;
    *first_ns = found == NULL ? 0 : found->first_ns;
    pthread_mutex_unlock(&peers->lock);
    return seen;
}
