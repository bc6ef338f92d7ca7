/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads the heads of HTTP messages from TCP connections.
 *
 * Events are the first request and the first response of a connection, or all messages with hg_config.http_all. Interim
 * responses (1xx) are skipped, except 101, after which the connection uses another protocol. A response counts only if
 * the request's head was complete before it, or if no bytes of the client were captured. HTTP/2 begins with its
 * preface, or after an HTTP/1 request and a 101 that switch to it; its first request and response are events, too.
 *
 * After a first response 401 or 407, further messages are read for logins: browsers send a password only then. A body
 * that describes a device (announcements/upnp.h) is an event of its own. */
#include "http/reader.h"

#include "base/kinds.h"
#include "http/connection.h"
#include "http/values.h"
#include "http/h2.h"
#include "http/http1_framing.h"

#include <stdalign.h>

typedef enum http_phase {
    PHASE_UNSEEN = 0,
    PHASE_READING = 1, /* a head has begun */
    PHASE_WHOLE = 2,   /* a head was read */
    PHASE_OTHER = 3,   /* another protocol, or nothing more is read */
    PHASE_H2 = 4,      /* HTTP/2 has begun */
    PHASE_UPGRADING = 5, /* a request was read after which the connection may switch to HTTP/2 */
    PHASE_DESCRIBING = 6, /* a response was read whose body may describe a device */
    PHASE_DESCRIBING_LAST = 7 /* as above, and nothing more is read then */
} http_phase;

/* One direction of a connection. */
typedef struct http_direction {
    union {
        hg_http_scan scan;
        hg_h2_scan frames; /* HTTP/2; `walked` shares its memory with `scanned` */
    };
    uint8_t phase; /* http_phase */
    uint8_t logs_in; /* client: the hg_http_login of its request, which the server has not answered; server: it asked
                      * for one, and later messages count only as logins */
    uint16_t begin; /* client: the end of an unanswered CONNECT, 0: none; server: where a description may begin */
} http_direction;

/* The state of a connection. `framing` exists only if all messages are read. */
typedef struct http_flow {
    http_direction directions[2]; /* the client's, the server's */
    uint32_t asked; /* hg_upnp_place of the request that is not answered; 0: none */
    hg_http1_framing framing;
} http_flow;

typedef struct http_state {
    hg_flow_memory memory;
    uint8_t reads_all;
    uint8_t describes; /* 1: descriptions of devices are read */
    hg_http_settings settings;
    hg_h2_room room;
    hg_h2_message message;
    hg_http_memo memo;
} http_state;

HG_FITS_EVENT(hg_http_values);
_Static_assert((int)HG_HTTP_MOST_LOOK <= (int)HG_MOST_LOOK, "HG_MOST_LOOK is too small");
enum { MOST_WITHOUT_LOGIN = HG_HTTP_MOST_HEAD / 2 /* bytes of a direction in which a login is awaited */ };

/* ---- state of flows -------------------------------------------------------------------------------- */

static void open(const hg_config *config, void *state)
{
    http_state *http = state;
    http->reads_all = config->http_all;
    http->describes = config->protocols >> HG_PROTOCOL_DISCOVERY & 1;
    http->memo.hash_key = config->hash_key;
    http->settings = (hg_http_settings){.paths = config->http_paths, .values = config->http_values};
    if (!config->http_all)
        http->memory.each = offsetof(http_flow, framing);
}

_Static_assert(offsetof(http_flow, framing) % alignof(http_flow) == 0, "flows without framing can follow one another");

static void forget_names(void *state)
{
    http_state *http = state;
    for (uint32_t i = 0; i < HG_HTTP_MEMO_ENTRIES; i++)
        http->memo.keys[i].length = 0;
}

static int is_sound(const void *state, const void *memory)
{
    const http_flow *flow = memory;
    const int has_framing = ((const http_state *)state)->reads_all;
    for (int i = 0; i < 2; i++)
        if (flow->directions[i].phase > PHASE_DESCRIBING_LAST || flow->directions[i].scan.scanned > HG_HTTP_MOST_HEAD ||
            (has_framing && flow->framing.bodies[i].part >= HG_HTTP_BROKEN))
            return 0;
    return !has_framing || flow->framing.unusual_count <= HG_HTTP_MOST_UNUSUAL;
}

/* ---- the row of a head ------------------------------------------------------------------------------ */

/* Adds the client's HTTP/2 fingerprint to the batch. A fingerprint that does not fit is left out, because a cut one
 * would be another client's. */
static hg_text_place put_akamai(hg_batch *batch, const uint8_t *data, const hg_h2_message *request)
{
    char *out = (char *)batch->texts + batch->text_count;
    size_t length;
    hg_akamai_text(data, request, out, HG_MOST_HTTP_TEXT, &length);
    return hg_batch_reserve_text(batch, length <= HG_MOST_HTTP_TEXT ? (uint32_t)length : 0);
}

/* ---- the bytes of a direction -------------------------------------------------------------------------- */

static hg_reader_result stop(http_direction *direction)
{
    direction->phase = PHASE_OTHER;
    return (hg_reader_result){.done = 1};
}

static hg_reader_result message_read(http_direction *direction, int response)
{
    direction->phase = PHASE_WHOLE;
    return (hg_reader_result){
        .done = 1, .has_event = 1, .event = response ? HG_EVENT_HTTP_RESPONSE : HG_EVENT_HTTP_REQUEST};
}

/* Notes a request CONNECT (`status` 0), or has the connection begin anew after the answer to one. The head ends at
 * `end`; bytes from `keep` on are kept, so that other readers get what comes after the bytes read now. Without the
 * head, so that the caller can keep it in registers. */
static __attribute__((cold, noinline)) hg_reader_result after_connect(http_direction *client, uint32_t status,
                                                                      uint32_t end, uint32_t keep,
                                                                      hg_reader_result reading)
{
    if (status != 0) {
        reading.renews = status / 100 == 2 ? client->begin : 0;
        client->begin = 0;
    } else if (end <= UINT16_MAX) {
        client->begin = (uint16_t)end;
        reading.done = 0;
    } else {
        return reading;
    }
    reading.keep = keep;
    return reading;
}

/* Whether a response answers CONNECT. Where all messages are read, requests may come before and after it. */
static int answers_connect(const http_state *http, const http_direction *client)
{
    return client->begin != 0 && (!http->reads_all || client->phase == PHASE_OTHER);
}

/* Continues after an HTTP/1 head, which ends at the offset `end`. */
static hg_reader_result after_head(const http_state *http, http_flow *flow, const hg_http_head *head, uint32_t end,
                                   hg_stats *stats)
{
    http_direction *client = flow->directions, *direction = client + head->response;
    const int switches = hg_http_upgrades(head);
    hg_reader_result reading = message_read(direction, head->response);
    stats->http_cut += head->is_cut;
    if (!http->reads_all && hg_http_asks_to_log_in(head->status))
        reading = (hg_reader_result){
            .again = 1, .has_event = 1, .event = reading.event, .resumes = flow->directions[1].logs_in = 1};
    if (http->reads_all) {
        const hg_http_part part = hg_http1_framing_head_read(&flow->framing, head, end);
        reading.done = part >= HG_HTTP_BROKEN && !switches;
        reading.again = !reading.done;
        stats->http_broken_bodies += part == HG_HTTP_BROKEN;
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

/* Has the body of a response read, which begins at `at`, if it may describe a device. */
static hg_reader_result look_at_body(const http_state *http, http_flow *flow, const hg_http_head *head,
                                     const hg_bytes *bytes, uint32_t at, hg_reader_result reading)
{
    http_direction *server = flow->directions + 1;
    const hg_span body = hg_span_of(bytes->data + at, bytes->length - at);
    if (!hg_http_may_describe(head, body) || !http->describes || bytes->offset + at > UINT16_MAX) {
        flow->asked = 0;
        return reading;
    }
    server->phase = reading.done ? PHASE_DESCRIBING_LAST : PHASE_DESCRIBING;
    server->begin = (uint16_t)(bytes->offset + at);
    reading.done = 0, reading.again = 1;
    return reading;
}

/* Reads the body of a response that may describe a device. */
static __attribute__((cold, noinline)) hg_reader_result read_description(http_flow *flow, const hg_bytes *bytes,
                                                                         const hg_reader_output *to)
{
    http_direction *server = flow->directions + 1;
    const uint8_t goes_on = server->phase == PHASE_DESCRIBING; /* then all messages are read */
    const uint32_t at = server->begin - bytes->offset; /* beyond the bytes if some of the body are missing */
    const hg_span body = at > bytes->length ? hg_span_of("-", 1) : hg_span_of(bytes->data + at, bytes->length - at);
    const hg_upnp_state found = hg_upnp_read(body, flow->asked, to);
    if (found == HG_UPNP_MORE && !(goes_on && hg_http_body_ends(flow->framing.bodies[1], body.data, body.length)))
        return (hg_reader_result){.keep = server->begin, .examined = bytes->length};
    server->phase = PHASE_WHOLE;
    flow->asked = 0;
    return (hg_reader_result){.done = !goes_on,
                              .again = goes_on,
                              .examined = bytes->length,
                              .has_event = found == HG_UPNP_FOUND,
                              .event = HG_EVENT_DISCOVERY};
}

/* Gives up a head that begins at offset `begin`, and counts why. A direction that never was HTTP is not counted. */
static hg_reader_result give_up_head(http_direction *direction, hg_http_head_state found, uint32_t begin,
                                     hg_stats *stats)
{
    stats->http_other += found == HG_HTTP_INVALID || (found == HG_HTTP_OTHER && begin > 0);
    stats->http_too_long += found == HG_HTTP_TOO_LONG;
    stats->http_unreadable += found == HG_HTTP_WHOLE;
    return stop(direction);
}

/* Takes a message after the first 401 or 407, which counts only as a login: the client's request with a password, and
 * then its response, where either begins a segment. `head` NULL: the bytes up to `end` are no message. */
static __attribute__((cold, noinline)) hg_reader_result take_login(const http_state *http, http_flow *flow,
                                                                   int response, const hg_http_head *head,
                                                                   const hg_bytes *bytes, uint32_t end,
                                                                   const hg_reader_output *to)
{
    http_direction *client = flow->directions;
    hg_reader_result out = {.keep = bytes->offset + bytes->length};
    client[response].scan = (hg_http_scan){0};
    if (!response) {
        client->logs_in = head == NULL ? HG_HTTP_NO_LOGIN : (uint8_t)hg_http_login_of(head);
        if ((out.done = client->logs_in || out.keep >= MOST_WITHOUT_LOGIN) && client->logs_in)
            (void)hg_http_report_login(&http->memory, (hg_http_login)client->logs_in, head, &out, to);
        return out;
    }
    if (head == NULL || head->status < 200)
        return (hg_reader_result){.keep = bytes->offset + end, .done = head == NULL};
    out.resumes = (uint8_t)hg_http_asks_to_log_in(head->status);
    out.done = !out.resumes;
    (void)hg_http_report_login(&http->memory, (hg_http_login)client->logs_in, head, &out, to);
    client->logs_in = 0;
    return out;
}

/* Reads the head with which the bytes begin; it ends at the offset `*end`. NULL: it is incomplete or invalid, `*found`
 * tells which. */
static const hg_http_head *take_head(const uint8_t *data, uint32_t length, int response, hg_http_scan *scan,
                                     const hg_http_look **look, hg_http_head *room, uint32_t *end,
                                     hg_http_head_state *found)
{
    *found = HG_HTTP_WHOLE;
    if (*look != NULL && (*look)->head.bytes == data && (*look)->head.response == response && scan->scanned == 0) {
        *end = (*look)->head.length;
        return &(*look)->head;
    }
    *look = NULL;
    if (scan->scanned == 0 && (*end = hg_http_read_begun(data, length, response, room)) > 0)
        return room;
    *found = hg_http_find(data, length, response, scan, end);
    return *found == HG_HTTP_WHOLE && hg_http_read(data, *end, response, room) ? room : NULL;
}

/* Reports a head that is not an interim response; it ends at the offset `at` of the bytes, of which the first `known`
 * were examined before. */
static hg_reader_result report_head(http_state *http, http_flow *flow, const hg_http_head *head,
                                    const hg_http_look *look, const hg_bytes *bytes, uint32_t at, uint32_t known,
                                    const hg_reader_output *to)
{
    http_direction *client = flow->directions;
    const hg_http_login login = head->response ? (hg_http_login)client->logs_in : HG_HTTP_NO_LOGIN;
    hg_reader_result reading = {.again = 1, .examined = at};
    client->logs_in = HG_HTTP_NO_LOGIN;
    if (login != HG_HTTP_NO_LOGIN && hg_http_report_login(&http->memory, login, head, &reading, to))
        return reading; /* the head is read again for its own event */
    if (hg_http_report(head, look, (hg_text_place){0, 0}, http->settings, &http->memo, to) && !head->response)
        client->logs_in = (uint8_t)hg_http_login_of(head);
    reading = after_head(http, flow, head, bytes->offset + at, to->stats);
    reading.examined = 2 * at - known;
    if (head->response ? answers_connect(http, client)
                       : hg_is_like(head->bytes + head->method.offset, head->method.length, "CONNECT"))
        return after_connect(client, head->status, bytes->offset + at,
                             head->response || http->reads_all ? bytes->offset + at : bytes->offset + bytes->length,
                             reading);
    if (head->response)
        return look_at_body(http, flow, head, bytes, at, reading);
    if (http->describes)
        flow->asked = flow->asked != 0
                          ? HG_UPNP_SEVERAL
                          : hg_upnp_place(hg_span_of(head->bytes + head->target.offset, head->target.length));
    return reading;
}

/* Reads HTTP/1 heads up to the first one that is not an interim response. */
static hg_reader_result read_heads(http_state *http, http_flow *flow, int response, const hg_bytes *bytes,
                                   const hg_reader_output *to)
{
    http_direction *direction = flow->directions + response;
    const uint32_t known = direction->scan.scanned < bytes->length ? direction->scan.scanned : bytes->length;
    const hg_http_look *look = hg_look_of(to->look, &hg_http_reader, bytes);
    uint32_t at = 0, end;
    hg_http_head room;
    while (at < bytes->length) {
        hg_http_head_state found;
        const hg_http_head *head =
            take_head(bytes->data + at, bytes->length - at, response, &direction->scan, &look, &room, &end, &found);
        if (found == HG_HTTP_MORE)
            break;
        if (flow->directions[1].logs_in || head == NULL)
            return flow->directions[1].logs_in ? take_login(http, flow, response, head, bytes, end, to)
                                               : give_up_head(direction, found, bytes->offset + at, to->stats);
        direction->scan = (hg_http_scan){0};
        at += end;
        if (head->status / 100 != 1 || head->status == 101)
            return report_head(http, flow, head, look, bytes, at, known, to);
        to->stats->http_interim++;
    }
    if (direction->phase == PHASE_UNSEEN)
        direction->phase = PHASE_READING;
    return (hg_reader_result){.keep = bytes->offset + at, .examined = bytes->length - known + at};
}

/* Gives up HTTP/2, and counts why. A server whose other protocol begins with a zero does not count as broken HTTP/2. */
static hg_reader_result give_up_h2(http_direction *direction, hg_http_head_state found, const hg_h2_message *message,
                                   hg_stats *stats)
{
    stats->http_too_long += found == HG_HTTP_TOO_LONG;
    stats->http_other += found == HG_HTTP_OTHER && message->end == 0;
    stats->http_unreadable += found == HG_HTTP_OTHER && message->end > 0;
    return stop(direction);
}

/* Reads the first HTTP/2 message; all bytes before it are kept. */
static hg_reader_result read_h2(http_state *http, http_direction *direction, int response, const hg_bytes *bytes,
                                const hg_reader_output *to)
{
    hg_h2_message *message = &http->message;
    hg_http_head_state found =
        hg_h2_read(&http->room, bytes->data, bytes->length, response, &direction->frames, message);
    if (found == HG_HTTP_MORE) {
        if (response || bytes->length >= HG_H2_PREFACE)
            direction->phase = PHASE_H2;
        else if (direction->phase == PHASE_UNSEEN) /* the bytes may also be the beginning of "POST" */
            direction->phase = PHASE_READING;
        return (hg_reader_result){.keep = bytes->offset, .examined = message->examined};
    }
    if (found == HG_HTTP_OTHER || message->pseudo_count == 0)
        return give_up_h2(direction, found, message, to->stats);
    to->stats->http_cut += found == HG_HTTP_TOO_LONG;
    const hg_text_place akamai = response ? (hg_text_place){0, 0} : put_akamai(to->batch, bytes->data, message);
    (void)hg_http_report(&message->head, NULL, akamai, http->settings, &http->memo, to);
    hg_reader_result reading = message_read(direction, response);
    reading.examined = message->examined;
    return reading;
}

/* A response in HTTP/1 does not begin with a zero byte. A server's HTTP/2 does: with SETTINGS of less than 64 KB. */
static int is_h2(const http_direction *direction, int response, const hg_bytes *bytes)
{
    if (direction->phase == PHASE_H2)
        return 1;
    return response ? bytes->data[0] == 0 && direction->phase == PHASE_UNSEEN
                    : direction->phase != PHASE_WHOLE && hg_h2_is_preface(bytes->data, bytes->length);
}

/* Skips at most `most` bytes of line ends before a message (RFC 9112, 2.2). Returns how many. */
static uint32_t skip_line_ends(hg_bytes *rest, uint32_t most)
{
    uint32_t skipped = 0;
    for (; skipped < most && rest->length > 0 && hg_ends_line(rest->data[0]); skipped++) {
        rest->data++;
        rest->length--;
        rest->offset++;
    }
    return skipped;
}

/* Reads a message from its first byte. */
static hg_reader_result read_message(http_state *http, http_flow *flow, int response, hg_bytes *bytes,
                                     const hg_reader_output *to)
{
    http_direction *direction = flow->directions + response;
    if (!response && direction->phase < PHASE_WHOLE && bytes->offset < HG_HTTP_MOST_EMPTY)
        skip_line_ends(bytes, HG_HTTP_MOST_EMPTY - bytes->offset);
    if (bytes->length == 0)
        return (hg_reader_result){.keep = bytes->offset};
    if (is_h2(direction, response, bytes))
        return read_h2(http, direction, response, bytes, to);
    if (direction->phase == PHASE_UPGRADING && !http->reads_all) /* the server stayed with HTTP/1 */
        return stop(direction);
    if (direction->phase == PHASE_WHOLE && !http->reads_all) /* the server has not answered CONNECT */
        return (hg_reader_result){.done = 1};
    return read_heads(http, flow, response, bytes, to);
}

/* With hg_config.http_all: reads the next message, after the body of the previous one. */
static hg_reader_result read_next(http_state *http, http_flow *flow, int response, const hg_bytes *bytes,
                                  const hg_reader_output *to)
{
    http_direction *direction = flow->directions + response;
    hg_http1_framing *framing = &flow->framing;
    if (!response && direction->phase == PHASE_OTHER)
        return stop(direction);
    hg_bytes rest = hg_http1_framing_rest(framing, response, bytes);
    if (framing->bodies[response].part == HG_HTTP_BROKEN) {
        to->stats->http_broken_bodies++;
        return stop(direction);
    }
    if (direction->phase == PHASE_WHOLE)
        framing->positions[response] += skip_line_ends(&rest, rest.length);
    if (rest.length == 0)
        return (hg_reader_result){.keep = hg_http1_framing_keep(framing, response)};
    const hg_reader_result reading = read_message(http, flow, response, &rest, to);
    if (!reading.done && !reading.has_event)
        framing->positions[response] = reading.keep;
    return reading;
}

/* 1 if the server speaks before the client's request was read, or after client data that is not a request. */
static int speaks_early(const http_state *http, const http_flow *flow, const hg_reader_output *to)
{
    const uint8_t phase = flow->directions[0].phase;
    if (http->reads_all && hg_http1_framing_waits(&flow->framing))
        return 0;
    return phase == PHASE_READING || phase == PHASE_OTHER || to->is_answer;
}

/* A client's first bytes that begin neither a method nor an empty line are no request, and a server's after them no
 * response. Other bytes of servers are always examined, because `follow` counts them. */
static int wants(hg_place place, uint8_t first)
{
    return place == HG_AT_SERVER || (place == HG_AT_CLIENT && (hg_http_is_name_byte(first) || hg_ends_line(first)));
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    http_state *http = state;
    http_flow *http_flow = hg_flow_memory_of(state, flow);
    if (http_flow->directions[1].logs_in) {
        const uint32_t last = bytes->offset + bytes->length;
        const int waits = from_server && !http_flow->directions[0].logs_in;
        return waits ? (hg_reader_result){.keep = last, .done = last >= MOST_WITHOUT_LOGIN}
                     : read_heads(http, http_flow, from_server, bytes, to);
    }
    if (from_server && http_flow->directions[1].phase >= PHASE_DESCRIBING)
        return read_description(http_flow, bytes, to);
    if (from_server && speaks_early(http, http_flow, to)) {
        to->stats->http_early += http_flow->directions[0].phase == PHASE_READING;
        return stop(http_flow->directions + from_server);
    }
    if (http->reads_all)
        return read_next(http, http_flow, from_server, bytes, to);
    hg_bytes all = *bytes;
    return read_message(http, http_flow, from_server, &all, to);
}

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    static const hg_beginner ENDS[] = {HG_BEGINS_NOTHING, HG_BEGINS_CLIENT, HG_BEGINS_SERVER};
    return ENDS[hg_http_begins(data, length)];
}

static uint32_t look(const void *state, void **memory, const hg_database *database, hg_span data, void *out)
{
    const http_state *http = state;
    return hg_http_look_at(data, database, http->settings, http->memo.hash_key, memory, out);
}

static HG_ROW_WRITER(write_head, http)

static void write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values)
{
    (columns->event[row] == HG_EVENT_LOGIN   ? hg_login_write
     : hg_event_is_http(columns->event[row]) ? write_head
                                             : hg_device_write)(columns, at, row, values);
}

const hg_reader hg_http_reader = {
    .protocol = HG_PROTOCOL_HTTP,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = HG_HTTP_MOST_HEAD,
    .whole_streams = 1,
    .most_text = HG_HTTP_MOST_STORED + HG_MOST_HTTP_TEXT,
    .flow_bytes = sizeof(http_flow),
    .state_bytes = sizeof(http_state),
    .open = open,
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .looks_at = "GHPODC", /* the methods of RFC 9110 and RFC 5789 except TRACE, and responses */
    .look = look,
    .write = write,
    .forget_names = forget_names,
    .is_sound = is_sound,
};
