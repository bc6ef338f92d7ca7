/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - heads of HTTP messages in the bytes of TCP connections.
 *
 * The first request and the first response of a connection are events, or all of them (hg_config.http_all);
 * responses that announce another (1xx) are skipped, but for 101, after which something else is spoken. A response counts only where the
 * request's head was whole before, or where nothing of the client was seen. HTTP/2 is spoken from its preface
 * on, or after a request and a 101 that say so: its first request and response are events, too.
 */
#include "http/reader.h"

#include "base/error.h"
#include "http/akamai.h"
#include "http/languages.h"
#include "http/lists.h"
#include "http/match.h"
#include "http/message.h"
#include "http/signature.h"
#include "http/talk.h"

#include <stdlib.h>

typedef enum http_phase {
    PHASE_UNSEEN = 0,
    PHASE_READING = 1, /* a head has begun */
    PHASE_WHOLE = 2,   /* it was read */
    PHASE_OTHER = 3,   /* something else is spoken */
    PHASE_H2 = 4,      /* HTTP/2 has begun */
    PHASE_UPGRADING = 5 /* a request was read that may be the last of HTTP/1 */
} http_phase;

/* One direction of a connection. */
typedef struct http_direction {
    union {
        hg_http_scan scan;
        hg_h2_scan frames; /* of HTTP/2; `walked` is where `scanned` is */
    };
    uint8_t phase; /* http_phase */
} http_direction;

typedef struct http_state {
    http_direction *directions; /* two a flow, the client's first */
    hg_http_talk *talks;        /* by flow, where all messages are read, or NULL */
    hg_index flows;
    hg_http_wish wish;
    hg_h2_room room;
    hg_h2_message message;
    hg_http_memo memo;
} http_state;

/* What `write` gets. */
typedef struct http_finding {
    hg_text_place head;
    hg_text_place method;
    hg_text_place host;
    hg_text_place path;
    hg_text_place software;
    hg_text_place platform;
    hg_text_place platform_version;
    hg_text_place akamai;
    hg_http_match match;
    hg_said said;
    uint16_t status;
    uint8_t response;
    uint8_t version;
    uint8_t language;
} http_finding;

_Static_assert(sizeof(http_finding) <= sizeof(hg_finding), "hg_finding is too small");

/* ---- life --------------------------------------------------------------------------------------- */

static void needs(const hg_config *config, hg_interest *interest)
{
    if ((config->protocols >> HG_READER_HTTP & 1) == 0)
        return;
    interest->flow_ends = 1;
    interest->whole_streams |= config->http_all;
    if (interest->stream_bytes < HG_HTTP_MOST_HEAD)
        interest->stream_bytes = HG_HTTP_MOST_HEAD;
}

static size_t bytes_of(hg_index flows)
{
    return 2 * (size_t)flows * sizeof(http_direction);
}

static size_t talk_bytes(const http_state *http, hg_index flows)
{
    return http->talks != NULL ? (size_t)flows * sizeof(hg_http_talk) : 0;
}

static void close(void *state)
{
    http_state *http = state;
    free(http->directions);
    free(http->talks);
    free(http);
}

static hg_status open(const hg_config *config, hg_index flows, void **state, hg_error *error)
{
    http_state *http = calloc(1, sizeof *http);
    if (http != NULL) {
        http->directions = calloc(1, bytes_of(flows));
        if (config->http_all)
            http->talks = calloc(flows, sizeof *http->talks);
        http->flows = flows;
        http->memo.hash_key = config->hash_key;
        http->wish = (hg_http_wish){.paths = config->http_paths, .values = config->http_values};
    }
    if (http == NULL || http->directions == NULL || (config->http_all && http->talks == NULL)) {
        if (http != NULL)
            close(http);
        return hg_fail(error, HG_E_MEMORY, "no memory for the HTTP reader");
    }
    *state = http;
    return HG_OK;
}

static void reset(void *state)
{
    http_state *http = state;
    memset(http->directions, 0, bytes_of(http->flows));
    if (http->talks != NULL)
        memset(http->talks, 0, talk_bytes(http, http->flows));
}

static void forget(void *state, hg_index flow)
{
    http_state *http = state;
    memset(http->directions + 2 * (size_t)flow, 0, 2 * sizeof *http->directions);
    if (http->talks != NULL)
        http->talks[flow] = (hg_http_talk){0};
}

/* Where all messages are read, those of the other side were told apart by what this one said: it cannot begin
 * again. */
static void rewind(void *state, hg_index flow, int from_server, int all)
{
    http_state *http = state;
    http_direction *direction = http->directions + 2 * (size_t)flow + from_server;
    const uint8_t again = http->talks != NULL ? PHASE_OTHER : PHASE_UNSEEN;
    *direction = (http_direction){.phase = all ? again : direction->phase};
}

static void forget_names(void *state)
{
    hg_http_memo_clear(&((http_state *)state)->memo);
}

static size_t state_bytes(const void *state, hg_index flows)
{
    return bytes_of(flows) + talk_bytes(state, flows);
}

static void save(const void *state, hg_index flows, uint8_t *out)
{
    const http_state *http = state;
    memcpy(out, http->directions, bytes_of(flows));
    if (http->talks != NULL)
        memcpy(out + bytes_of(flows), http->talks, talk_bytes(http, flows));
}

/* 1 when what was loaded may be used. */
static int is_sound(const http_state *http, hg_index flows)
{
    for (size_t i = 0; i < 2 * (size_t)flows; i++)
        if (http->directions[i].phase > PHASE_UPGRADING || http->directions[i].scan.scanned > HG_HTTP_MOST_HEAD)
            return 0;
    for (size_t i = 0; http->talks != NULL && i < flows; i++)
        if (!hg_http_talk_is_sound(http->talks + i))
            return 0;
    return 1;
}

static hg_status load(void *state, hg_index flows, const uint8_t *bytes, size_t length, size_t *used, hg_error *error)
{
    http_state *http = state;
    *used = state_bytes(http, flows);
    if (length < *used)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    memcpy(http->directions, bytes, bytes_of(flows));
    if (http->talks != NULL)
        memcpy(http->talks, bytes + bytes_of(flows), talk_bytes(http, flows));
    if (is_sound(http, flows))
        return HG_OK;
    reset(http);
    return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
}

/* ---- what a head becomes ---------------------------------------------------------------------------- */

/* A value without its blanks and quotes: of client hints (RFC 8941, 3.3.3). */
static hg_text_place hint_of(const hg_http_head *head, const char *name, uint32_t offset)
{
    hg_http_text value = hg_http_value(head, name);
    const uint8_t *text = head->bytes + value.offset;
    uint32_t first = 0, end = value.length;
    while (first < end && (text[first] == ' ' || text[first] == '"'))
        first++;
    while (end > first && (text[end - 1] == ' ' || text[end - 1] == '"'))
        end--;
    return (hg_text_place){offset + value.offset + first, end - first};
}

static hg_text_place place_of(hg_http_text text, uint32_t offset)
{
    return (hg_text_place){offset + text.offset, text.length};
}

/* Puts what a client of HTTP/2 says of itself into the batch. Cut it would be another client's. */
static hg_text_place put_akamai(hg_batch *batch, const uint8_t *data, const hg_h2_message *request)
{
    char *out = (char *)batch->texts + batch->text_count;
    size_t length;
    hg_akamai_text(data, request, out, HG_MOST_HTTP_TEXT, &length);
    return hg_batch_reserve_text(batch, length <= HG_MOST_HTTP_TEXT ? (uint32_t)length : 0);
}

/* What the database says of a head. Requests are those that p0f reads, and heads are not longer than there. */
static hg_http_match match_of(const hg_database *database, const hg_http_head *head, hg_http_memo *memo)
{
    enum { MOST_FIELDS = 32 };
    const uint8_t *method = head->bytes + head->method.offset;
    const int is_known = head->response || hg_http_same(method, head->method.length, "GET") ||
                         hg_http_same(method, head->method.length, "HEAD");
    if (database == NULL || !is_known || head->field_count > MOST_FIELDS)
        return (hg_http_match){.signature = HG_NO_SIGNATURE};
    return hg_database_match_http(database, head, memo);
}

/* Puts a head into the batch, and what `write` needs into the finding. */
static void report(http_state *http, const hg_http_head *head, hg_text_place akamai, const hg_reader_output *to)
{
    hg_http_head stored;
    const uint32_t offset = to->batch->text_count;
    const uint32_t length = hg_http_store(head, http->wish, to->batch->texts + offset, &stored);
    to->batch->text_count += length;
    http_finding found = {
        .head = {offset, length},
        .software = place_of(hg_http_software(&stored), offset),
        .match = match_of(to->database, head, &http->memo),
        .said = {HG_NOT_SEEN, HG_NOT_SEEN},
        .status = stored.status,
        .response = stored.response,
        .version = stored.version,
        .akamai = akamai,
    };
    if (!stored.response) {
        found.said = *to->said;
        const hg_http_text host = hg_http_value(&stored, "Host"), language = hg_http_value(&stored, "Accept-Language");
        found.method = place_of(stored.method, offset);
        found.host = place_of(host.length > 0 ? host : stored.authority, offset);
        found.path = place_of(stored.target, offset);
        found.platform = hint_of(&stored, "Sec-CH-UA-Platform", offset);
        found.platform_version = hint_of(&stored, "Sec-CH-UA-Platform-Version", offset);
        found.language = hg_http_language(stored.bytes + language.offset, language.length);
    }
    memcpy(to->finding, &found, sizeof found);
}

/* ---- the bytes of a direction -------------------------------------------------------------------------- */

static int announces_another(const hg_http_head *head)
{
    return head->status >= 100 && head->status < 200 && head->status != 101;
}

static hg_reading nothing_more(http_direction *direction)
{
    direction->phase = PHASE_OTHER;
    return (hg_reading){.done = 1};
}

static hg_reading message_read(http_direction *direction, int response)
{
    direction->phase = PHASE_WHOLE;
    return (hg_reading){
        .done = 1, .has_event = 1, .event = response ? HG_EVENT_HTTP_RESPONSE : HG_EVENT_HTTP_REQUEST};
}

/* Of a request: the client may go on with HTTP/2; of a response with 101: the server does. */
static int upgrades(const hg_http_head *head)
{
    const hg_http_text protocol = hg_http_value(head, "Upgrade");
    return (!head->response || head->status == 101) &&
           hg_http_same(head->bytes + protocol.offset, protocol.length, "h2c");
}

/* A head of HTTP/1 was read, which ends at the offset `end`. */
static hg_reading head_read(http_state *http, hg_index flow, const hg_http_head *head, uint32_t end)
{
    http_direction *client = http->directions + 2 * (size_t)flow, *direction = client + head->response;
    const int switches = upgrades(head);
    hg_reading reading = message_read(direction, head->response);
    if (http->talks != NULL) {
        const hg_http_part part = hg_http_talk_took(http->talks + flow, head, end);
        reading.done = part >= HG_HTTP_BROKEN && !switches;
        reading.again = !reading.done;
        if (part == HG_HTTP_SWITCHED && !switches)
            client->phase = PHASE_OTHER;
    }
    if (switches) {
        direction->phase = head->response ? PHASE_H2 : PHASE_UPGRADING;
        reading.done = 0;
        reading.keep = end;
    }
    return reading;
}

static hg_reading read_heads(http_state *http, hg_index flow, int response, const hg_bytes *bytes,
                             const hg_reader_output *to)
{
    http_direction *direction = http->directions + 2 * (size_t)flow + response;
    uint32_t at = 0, end;
    hg_http_head head;
    while (at < bytes->length) {
        const uint8_t *data = bytes->data + at;
        hg_http_found found = hg_http_find(data, bytes->length - at, response, &direction->scan, &end);
        if (found == HG_HTTP_MORE)
            break;
        if (found != HG_HTTP_WHOLE || !hg_http_read(data, end, response, &head)) {
            to->stats->http_unreadable += found != HG_HTTP_OTHER;
            return nothing_more(direction);
        }
        direction->scan = (hg_http_scan){0};
        at += end;
        if (!announces_another(&head)) {
            report(http, &head, (hg_text_place){0, 0}, to);
            return head_read(http, flow, &head, bytes->offset + at);
        }
        to->stats->http_interim++;
    }
    if (direction->phase == PHASE_UNSEEN)
        direction->phase = PHASE_READING;
    return (hg_reading){.keep = bytes->offset + at};
}

/* The first message of HTTP/2, for which all bytes are kept. */
static hg_reading read_h2(http_state *http, http_direction *direction, int response, const hg_bytes *bytes,
                          const hg_reader_output *to)
{
    hg_h2_message *message = &http->message;
    hg_h2_found found =
        hg_h2_read(&http->room, bytes->data, bytes->length, response, &direction->frames, message);
    if (found == HG_H2_MORE) {
        if (response || bytes->length >= HG_H2_PREFACE)
            direction->phase = PHASE_H2;
        else if (direction->phase == PHASE_UNSEEN) /* a beginning of the preface may be one of "POST", too */
            direction->phase = PHASE_READING;
        return (hg_reading){.keep = bytes->offset, .examined = message->examined};
    }
    if (found == HG_H2_OTHER || message->pseudo_count == 0) {
        to->stats->http_unreadable++;
        return nothing_more(direction);
    }
    const hg_text_place nothing = {0, 0};
    report(http, &message->head, response ? nothing : put_akamai(to->batch, bytes->data, message), to);
    return message_read(direction, response);
}

/* A head of HTTP/1 does not begin with a zero, and SETTINGS of less than 64 KB do. */
static int is_h2(const http_direction *direction, int response, const hg_bytes *bytes)
{
    if (direction->phase == PHASE_H2)
        return 1;
    return response ? bytes->data[0] == 0 && direction->phase == PHASE_UNSEEN
                    : direction->phase != PHASE_WHOLE && hg_h2_is_preface(bytes->data, bytes->length);
}

/* The bytes of a message, from its first one on. */
static hg_reading read_message(http_state *http, hg_index flow, int response, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    http_direction *direction = http->directions + 2 * (size_t)flow + response;
    if (bytes->length > 0 && is_h2(direction, response, bytes))
        return read_h2(http, direction, response, bytes, to);
    if (direction->phase == PHASE_UPGRADING && http->talks == NULL) /* the server went on with HTTP/1 */
        return nothing_more(direction);
    return read_heads(http, flow, response, bytes, to);
}

/* Passes over ends of lines between two messages (RFC 9112, 2.2). */
static void pass_ends(hg_http_talk *talk, int response, hg_bytes *rest)
{
    while (rest->length > 0 && (rest->data[0] == '\r' || rest->data[0] == '\n')) {
        rest->data++;
        rest->length--;
        talk->positions[response] = ++rest->offset;
    }
}

/* Where all messages are read: the next one, behind the body of the one before. */
static hg_reading read_next(http_state *http, hg_index flow, int response, const hg_bytes *bytes,
                            const hg_reader_output *to)
{
    http_direction *direction = http->directions + 2 * (size_t)flow + response;
    hg_http_talk *talk = http->talks + flow;
    if (!response && direction->phase == PHASE_OTHER)
        return nothing_more(direction);
    hg_bytes rest = hg_http_talk_rest(talk, response, bytes);
    if (talk->bodies[response].part == HG_HTTP_BROKEN) {
        to->stats->http_unreadable++;
        return nothing_more(direction);
    }
    if (direction->phase == PHASE_WHOLE)
        pass_ends(talk, response, &rest);
    if (rest.length == 0)
        return (hg_reading){.keep = hg_http_talk_keep(talk, response)};
    const hg_reading reading = read_message(http, flow, response, &rest, to);
    if (!reading.done && !reading.has_event)
        talk->positions[response] = reading.keep;
    return reading;
}

/* 1 when the server speaks before its client's request was read, or after something that is none. */
static int speaks_early(const http_state *http, hg_index flow)
{
    const http_direction *client = http->directions + 2 * (size_t)flow;
    if (http->talks != NULL && hg_http_talk_waits(http->talks + flow))
        return 0;
    return client->phase == PHASE_READING || client->phase == PHASE_OTHER;
}

static hg_reading follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                         const hg_reader_output *to)
{
    http_state *http = state;
    if (from_server && speaks_early(http, flow))
        return nothing_more(http->directions + 2 * (size_t)flow + from_server);
    if (http->talks != NULL)
        return read_next(http, flow, from_server, bytes, to);
    return read_message(http, flow, from_server, bytes, to);
}

/* As hg_http_begins, and a client of HTTP/2. */
static int begins(const uint8_t *data, uint32_t length)
{
    return length >= HG_H2_PREFACE && hg_h2_is_preface(data, length) ? 1 : hg_http_begins(data, length);
}

static void write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)
{
    const hg_http_columns *c = &columns->http;
    static const hg_text_place nothing = {0, 0};
    http_finding found;
    memcpy(&found, finding, sizeof found);
    const hg_text_place agent = found.response ? nothing : found.software;
    const hg_text_place server = found.response ? found.software : nothing;
    c->row[at] = row;
    c->http_version[at] = found.version;
    c->status[at] = found.status;
    c->language[at] = found.language;
    c->software[at] = found.match.signature;
    c->dishonest[at] = found.match.dishonest;
    c->head_offset[at] = found.head.offset;
    c->head_length[at] = found.head.length;
    c->method_offset[at] = found.method.offset;
    c->method_length[at] = found.method.length;
    c->host_offset[at] = found.host.offset;
    c->host_length[at] = found.host.length;
    c->path_offset[at] = found.path.offset;
    c->path_length[at] = found.path.length;
    c->user_agent_offset[at] = agent.offset;
    c->user_agent_length[at] = agent.length;
    c->server_offset[at] = server.offset;
    c->server_length[at] = server.length;
    c->platform_offset[at] = found.platform.offset;
    c->platform_length[at] = found.platform.length;
    c->platform_version_offset[at] = found.platform_version.offset;
    c->platform_version_length[at] = found.platform_version.length;
    c->akamai_offset[at] = found.akamai.offset;
    c->akamai_length[at] = found.akamai.length;
    c->http_syn[at] = found.said.syn;
    c->http_hello[at] = found.said.hello;
}

const hg_reader hg_http_reader = {
    .id = HG_READER_HTTP,
    .most_text = HG_HTTP_MOST_STORED + HG_MOST_HTTP_TEXT,
    .needs = needs,
    .open = open,
    .close = close,
    .reset = reset,
    .begins = begins,
    .follow = follow,
    .write = write,
    .rewind = rewind,
    .forget = forget,
    .forget_names = forget_names,
    .state_bytes = state_bytes,
    .save = save,
    .load = load,
};
