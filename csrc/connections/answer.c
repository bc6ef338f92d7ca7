/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer.c - the answer about a connection, as JSON. A zeroed connection was not seen: its members are null.
 */
#include <math.h>

#include "names/client.h"
#include "names/verdict.h"
#include "base/words.h"
#include "flow/anomaly.h"
#include "views/machines.h"
#include "records/write.h"
#include "hg_records.h"
#include "connections/peers.h"
#include "rows/match_texts.h"

/* A question, and the data for its answer. */
typedef struct peer_query {
    hg_peers *peers;
    const hg_question *question;
    hg_peer of; /* copy of the connection; zeros: not seen */
    hg_peer_status status;
    int two_hellos; /* the client may have sent either of two ClientHellos */
    const hg_host_view *host; /* the client's host, or NULL */
} peer_query;

/* ---- the system ---------------------------------------------------------------------------------------- */

/* Writes the answer of all signatures that fit a SYN. */
static void put_system(hg_json *to, const hg_database *database, const hg_found_answer *answer)
{
    const hg_naming by = {.index = answer->handshake->signature, .what = HG_MATCH_SIGNATURE, .fuzzy = 0};
    const int is_named = hg_answer_items(answer, HG_ANSWER_FAMILY) > 0;
    HG_JSON_KEY(to, "os", answer_family, database, answer);
    HG_JSON_KEY(to, "os_version", span, is_named ? hg_match_texts_of(database, &by).flavor : (hg_span){0});
    HG_JSON_KEY(to, "os_confidence", share, is_named ? answer->confidence : (double)NAN);
    HG_JSON_KEY(to, "os_version_confidence", share,
                is_named ? hg_answer_version_confidence(database, answer) : (double)NAN);
    HG_JSON_KEY(to, "os_candidates", answer_list, database, answer, HG_ANSWER_CANDIDATES);
    HG_JSON_KEY(to, "os_evidence", answer_list, database, answer, HG_ANSWER_EVIDENCE);
}

static int is_tool(const peer_query *a)
{
    const hg_peer *peer = &a->of;
    return (peer->seen & HG_SEEN_SYN) != 0 && peer->syn.signature != HG_NO_SIGNATURE &&
           (a->peers->database->tables.signatures[peer->syn.signature].flags & HG_SIGNATURE_USERLAND) != 0;
}

/* Writes "os" and the members about it, from all signatures that fit the SYN. */
static hg_status write_system_of_syn(hg_json *to, const peer_query *a, hg_error *error)
{
    static const char NONE[] = "\"os\":null,\"os_version\":null,\"os_confidence\":null,\"os_version_confidence\":null,"
                               "\"os_candidates\":[],\"os_evidence\":[]";
    hg_known_answer *found;
    if ((a->of.seen & HG_SEEN_SYN) == 0 || a->of.syn.signature == HG_NO_SIGNATURE || is_tool(a)) {
        hg_json_raw(to, NONE, sizeof NONE - 1);
        return HG_OK;
    }
    hg_status status = hg_answer_of(&a->peers->answers, &a->of.syn, &found, error);
    if (status == HG_OK && found->length == 0) {
        hg_json text = {.out = hg_answer_write(found)};
        put_system(&text, a->peers->database, &found->found);
        status = hg_answer_keep(&a->peers->answers, found, &text.out, error);
    }
    if (status == HG_OK)
        hg_json_raw(to, found->text, found->length);
    return status;
}

/* ---- programs ------------------------------------------------------------------------------------------ */

static hg_match_texts texts_of(const hg_database *database, hg_match_kind what, uint32_t index)
{
    const hg_naming by = {.index = index, .what = what, .fuzzy = 0};
    return index == HG_NO_SIGNATURE ? (hg_match_texts){.name.length = 0} : hg_match_texts_of(database, &by);
}

static void write_ja4(hg_json *to, const char *key, const uint8_t ja4[HG_JA4_LENGTH])
{
    HG_JSON_KEY(to, key, span, hg_span_of(ja4, ja4[0] == 0 ? 0 : HG_JA4_LENGTH));
}

/* Writes the program, named by its ClientHello, else by its request; and the JA4. */
static void write_client(hg_json *to, const peer_query *a)
{
    const int by_hello = a->of.hello != HG_NO_SIGNATURE;
    hg_match_texts texts = {.name.length = 0};
    if (a->of.seen != 0)
        texts = texts_of(a->peers->database, by_hello ? HG_MATCH_CLIENT : HG_MATCH_REQUEST,
                         by_hello ? a->of.hello : a->of.request);
    HG_JSON_KEY(to, "client", span, texts.name);
    HG_JSON_KEY(to, "client_version", span, texts.flavor);
    write_ja4(to, "ja4", a->of.ja4);
    write_ja4(to, "ja4_stable", a->of.ja4_stable);
}

/* Writes the tool that made the SYN. */
static void write_tool(hg_json *to, const peer_query *a)
{
    const uint32_t signature = is_tool(a) ? a->of.syn.signature : HG_NO_SIGNATURE;
    HG_JSON_KEY(to, "tool", span, texts_of(a->peers->database, HG_MATCH_SIGNATURE, signature).name);
}

/* ---- claims of the client in the question ------------------------------------------------------------ */

/* The number of compared headers, and the most bytes of a value; further bytes are ignored. */
enum { HEADERS = 3, MOST_VALUE = 4096, MOST_NAME = 20 };

/* Finds the system that the program claims to run on: in the question, else in the captured request. */
static void find_claim(const peer_query *a, hg_client_names *out)
{
    const hg_database *database = a->peers->database;
    const hg_question *q = a->question;
    out->claimed = hg_database_claims(database, q->platform, q->platform_length);
    out->is_hint = out->claimed != HG_NO_SIGNATURE;
    if (!out->is_hint)
        out->claimed = hg_database_claims(database, q->user_agent, q->user_agent_length);
    if (out->claimed != HG_NO_SIGNATURE)
        return;
    out->claimed = a->of.claimed;
    out->is_hint = (a->of.seen & HG_CLAIMED_BY_HINT) != 0;
}

/* The headers in a question, in the form of a request. */
typedef struct asked_request {
    uint8_t bytes[HEADERS * (MOST_VALUE + MOST_NAME)];
    hg_http_head head;
} asked_request;

static hg_http_text put(asked_request *to, const void *bytes, size_t length)
{
    const hg_http_text text = {(uint16_t)to->head.length, (uint16_t)(length < MOST_VALUE ? length : MOST_VALUE)};
    memcpy(to->bytes + text.offset, bytes, text.length);
    to->head.length += text.length;
    return text;
}

static void put_header(asked_request *to, const char *name, const uint8_t *value, uint32_t length)
{
    if (length == 0)
        return;
    hg_http_field *field = to->head.fields + to->head.field_count++;
    field->name = put(to, name, strlen(name));
    field->value = put(to, value, length);
}

/* Checks the headers in the question. A proxy forwards only some headers, in its own order: hence `is_part`. */
static void check_client(const peer_query *a, hg_client_judgement *out)
{
    const hg_question *q = a->question;
    asked_request found;
    hg_http_head_begin(&found.head, found.bytes);
    found.head.version = 1;
    put_header(&found, "User-Agent", q->user_agent, q->user_agent_length);
    put_header(&found, "Sec-CH-UA", q->brands, q->brands_length);
    put_header(&found, "Sec-CH-UA-Platform", q->platform, q->platform_length);
    const hg_client_request asked = {
        .head = &found.head, .hello = (a->of.seen & HG_SEEN_HELLO) != 0 ? a->of.hello : HG_NOT_SEEN, .is_part = 1};
    hg_client_judge(a->peers->database, &asked, out);
}

static int is_damaged(const uint8_t *text, uint32_t length)
{
    uint32_t i = 0;
    while (i < length && (text[i] >= ' ' || text[i] == '\t') && text[i] != 0x7F && text[i] != 0xFF)
        i++;
    return i < length;
}

static int is_repeated(const uint8_t *text, uint32_t length)
{
    return length > 0 && text[0] == '\n';
}

/* The reason why the question's headers and the connection cannot be compared, or NULL. */
static const char *damage_of(const peer_query *a)
{
    const hg_question *q = a->question;
    if (a->two_hellos)
        return "two ClientHellos";
    if ((a->of.anomalies & HG_ANOMALY(DIFFERENT_COPIES)) != 0)
        return "two requests";
    if ((a->of.anomalies & HG_ANOMALY(UNACKNOWLEDGED)) != 0)
        return "the server did not acknowledge what was seen";
    if ((a->of.anomalies & HG_ANOMALY(FRAGMENT)) != 0)
        return "segments in IP fragments";
    if (is_repeated(q->user_agent, q->user_agent_length))
        return "two User-Agents";
    if (is_repeated(q->brands, q->brands_length) || is_repeated(q->platform, q->platform_length))
        return "a client hint occurs twice";
    if (is_damaged(q->user_agent, q->user_agent_length))
        return "User-Agent has control characters";
    if (is_damaged(q->brands, q->brands_length))
        return "Sec-CH-UA has control characters";
    return is_damaged(q->platform, q->platform_length) ? "Sec-CH-UA-Platform has control characters" : NULL;
}

static void write_reason(hg_json *to, const hg_judgement *verdict, const hg_client_judgement *check)
{
    const int is_mismatch = check->check == HG_CLIENT_MISMATCH;
    const int has_verdict = !is_mismatch || verdict->verdict == HG_VERDICT_CONTRADICTS;
    hg_json_key(to, "reason");
    hg_json_begin_text(to);
    if (has_verdict)
        hg_write_text(&to->out, verdict->why, verdict->length);
    if (is_mismatch && has_verdict)
        hg_write_word(&to->out, "; ");
    if (is_mismatch)
        hg_write_text(&to->out, check->why, check->facts);
    hg_json_end_text(to);
}

/* Writes "verdict", "client_check" and "reason". If `reason` is not NULL, it is the last one. */
static void write_claims(hg_json *to, const peer_query *a, const char *reason)
{
    const hg_peer *peer = &a->of;
    hg_client_names names = {.syn = HG_NOT_SEEN, .hello = HG_NO_SIGNATURE};
    hg_judgement verdict = {.verdict = HG_VERDICT_NOT_CHECKED};
    hg_client_judgement check = {.check = HG_CLIENT_NOT_CHECKED};
    const char *damage = damage_of(a);
    if (peer->seen != 0 && damage == NULL) {
        if ((peer->seen & HG_SEEN_SYN) != 0)
            names.syn = peer->syn.signature;
        names.hello = peer->hello;
        find_claim(a, &names);
        hg_judge_names(a->peers->database, &names, &verdict);
        check_client(a, &check);
    }
    HG_JSON_KEY(to, "verdict", word, hg_verdict_name(verdict.verdict));
    HG_JSON_KEY(to, "client_check", word, hg_client_check_name(check.check));
    if (reason != NULL || damage != NULL)
        HG_JSON_KEY(to, "reason", word, reason != NULL ? reason : damage);
    else
        write_reason(to, &verdict, &check);
}

/* ---- the system of the connection or its host
 * ---------------------------------------------------------------------------------------- */

/* Writes the system of the client's host, for a connection without a SYN, such as QUIC. */
static void write_system_of_host(hg_json *to, const hg_host_view *host)
{
    static const char EVIDENCE[] = "\"os_candidates\":[],\"os_evidence\":[\"other connections of the address\"]";
    HG_JSON_KEY(to, "os", families, &host->conclusion);
    HG_JSON_KEY(to, "os_version", versions, &host->conclusion);
    HG_JSON_KEY(to, "os_confidence", share, host->conclusion.confidence);
    HG_JSON_KEY(to, "os_version_confidence", share, host->conclusion.version_confidence);
    hg_json_raw(to, EVIDENCE, sizeof EVIDENCE - 1);
}

static hg_status write_system(hg_json *to, const peer_query *a, hg_error *error)
{
    if ((a->of.seen & HG_SEEN_SYN) != 0 || a->status != HG_PEER_FOUND || a->host == NULL ||
        a->host->conclusion.family_count == 0)
        return write_system_of_syn(to, a, error);
    write_system_of_host(to, a->host);
    return HG_OK;
}

/* Whether the question is about an address, not about one connection. */
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
        return "several systems share this address";
    if (a->status == HG_PEER_AMBIGUOUS && !a->two_hellos)
        return "several live connections match: name the server and the transport";
    return a->status == HG_PEER_NOT_SEEN ? "no packet of this connection was seen" : NULL;
}

/* ---- the rest ------------------------------------------------------------------------------------------ */

static void write_end(hg_json *to, const char *key, const char *port_key, uint8_t version, const hg_address *address,
                      uint16_t port)
{
    HG_JSON_KEY(to, key, host_address, version, address);
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
    write_client(to, a);
    HG_JSON_KEY(to, "transport", word,
                a->of.seen == 0 || is_by_address(a) ? NULL : TRANSPORTS[a->of.ends.transport % HG_TRANSPORTS]);
    write_claims(to, a, reason_of(a));
    write_tool(to, a);
    write_connection(to, a);
    hg_json_key(to, "host");
    if (a->host != NULL)
        hg_host_write_brief(to, a->host);
    else
        hg_json_null(to);
    hg_json_close(to, '}');
    return status;
}

/* Finds the client's host; the caller has locked `hosts`. In a tunnel, an address is another host than outside. */
static void look_at_host(peer_query *a, hg_hosts *hosts, hg_host_view *view)
{
    hg_host_id id = {.version = a->question->version, .tunnel = a->of.ends.tunnel != 0 ? &a->of.outer : NULL};
    memcpy(&id.address, a->question->client, sizeof id.address);
    const hg_index index = hg_host_find_original(hosts, id);
    if (index == 0)
        return;
    hg_host_view_of(hosts, hg_host_at(hosts, index), index, view);
    a->host = view;
    if (a->status == HG_PEER_FOUND && hg_host_is_shared(view))
        a->status = HG_PEER_RELAYED;
    if (a->status == HG_PEER_RELAYED && is_by_address(a))
        a->of = (hg_peer){.seen = 0}; /* it may belong to another system of the address */
}

static void look_up(peer_query *a, int64_t now_ns)
{
    pthread_mutex_lock(&a->peers->lock);
    const hg_peer *found = NULL;
    if (is_by_address(a))
        a->status = hg_peer_of_address(a->peers, a->question, now_ns, &a->of);
    else
        found = hg_peer_find(a->peers, a->question, now_ns, &a->status, &a->two_hellos);
    if (found != NULL)
        a->of = *found;
    pthread_mutex_unlock(&a->peers->lock);
    a->two_hellos |= (a->of.seen & HG_TWO_HELLOS) != 0;
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

hg_status hg_peers_answer(hg_peers *peers, hg_hosts *hosts, const hg_question *question, int64_t now_ns, char *out,
                          size_t capacity, size_t *length, hg_error *error)
{
    peer_query a = {.peers = peers, .question = question};
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = 1}};
    if (question->version != 4 && question->version != 6)
        return hg_fail(error, HG_E_ARGUMENT, "IP has no version %u", question->version);
    pthread_mutex_lock(&peers->asking);
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

uint32_t hg_peers_find(hg_peers *peers, const hg_question *question, int64_t now_ns, int64_t *first_ns)
{
    pthread_mutex_lock(&peers->lock);
    hg_peer_status status;
    int two_hellos;
    const hg_peer *found = hg_peer_find(peers, question, now_ns, &status, &two_hellos);
    uint32_t seen = status == HG_PEER_AMBIGUOUS ? HG_SEEN_SYN | HG_SEEN_HELLO : 0; /* nothing to wait for */
    if (found != NULL)
        seen = found->seen & (HG_SEEN_SYN | HG_SEEN_HELLO | HG_SEEN_REQUEST);
    if (found != NULL && (found->seen & HG_ANSWERED) != 0)
        seen |= HG_SEEN_SYN;
    if (found != NULL && found->list == HG_ENDED)
        seen |= HG_SEEN_END;
    *first_ns = found == NULL ? 0 : found->first_ns;
    pthread_mutex_unlock(&peers->lock);
    return seen;
}
