/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/http1_framing.h"

#include "base/bytes.h"
#include "http/message.h"

/* ---- length of a body ---------------------------------------------------------------------------------- */

/* The next item of a comma-separated list, without blanks; it may be empty. Moves `*at` past it. */
static hg_http_text next_part(const uint8_t *bytes, hg_http_text list, uint32_t *at)
{
    const uint32_t last = (uint32_t)list.offset + list.length;
    const uint32_t first = *at;
    uint32_t end = first;
    while (end < last && bytes[end] != ',')
        end++;
    *at = end + 1;
    return hg_http_trimmed(bytes, (hg_http_text){(uint16_t)first, (uint16_t)(end - first)});
}

/* Reads a decimal number. 0: it is empty, or has other characters or too many digits. */
static int read_number(const uint8_t *text, uint32_t length, uint64_t *out)
{
    enum { MOST_DIGITS = 18 };
    *out = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || i == MOST_DIGITS)
            return 0;
        *out = *out * 10 + text[i] - '0';
    }
    return length > 0;
}

/* The values of all Content-Length and Transfer-Encoding headers of a message. */
typedef struct declared_length {
    uint64_t bytes;
    uint8_t has_length;   /* 1: Content-Length is present */
    uint8_t has_encoding; /* 1: Transfer-Encoding is present */
    uint8_t is_chunked;   /* 1: the last encoding is "chunked" */
    uint8_t is_broken;    /* 1: the headers break a rule */
} declared_length;

/* Reads one item of a header's value. All numbers in Content-Length must be equal. */
static void take_part(const uint8_t *text, uint32_t length, int is_length, declared_length *declared)
{
    uint64_t number;
    if (!is_length) {
        declared->is_broken |= declared->is_chunked; /* "chunked" must be the last encoding */
        declared->is_chunked = (uint8_t)hg_is_like(text, length, "chunked");
        return;
    }
    if (!read_number(text, length, &number) || (declared->has_length && number != declared->bytes))
        declared->is_broken = 1;
    declared->has_length = 1;
    declared->bytes = number;
}

static declared_length length_of(const hg_http_head *head)
{
    declared_length declared = {0};
    for (const hg_http_field *field = head->fields; field < head->fields + head->field_count; field++) {
        const uint8_t *name = head->bytes + field->name.offset;
        const int is_length = hg_is_like(name, field->name.length, "Content-Length");
        if (!is_length && !hg_is_like(name, field->name.length, "Transfer-Encoding"))
            continue;
        declared.has_encoding |= (uint8_t)!is_length;
        uint32_t at = field->value.offset;
        do {
            const hg_http_text part = next_part(head->bytes, field->value, &at);
            take_part(head->bytes + part.offset, part.length, is_length, &declared);
        } while (at <= (uint32_t)field->value.offset + field->value.length);
    }
    return declared;
}

hg_http_request_kind hg_http_kind_of_request(const hg_http_head *request)
{
    const uint8_t *method = request->bytes + request->method.offset;
    if (hg_is_like(method, request->method.length, "HEAD"))
        return HG_HTTP_REQUEST_HEAD;
    return hg_is_like(method, request->method.length, "CONNECT") ? HG_HTTP_REQUEST_CONNECT : HG_HTTP_REQUEST_OTHER;
}

/* Whether the response has no body. */
static int is_bare(const hg_http_head *head, hg_http_request_kind request)
{
    return head->response &&
           (request == HG_HTTP_REQUEST_HEAD || head->status / 100 == 1 || head->status == 204 || head->status == 304);
}

hg_http_body hg_http_body_begin(const hg_http_head *head, hg_http_request_kind request)
{
    static const hg_http_body broken = {.part = HG_HTTP_BROKEN};
    if (head->status == 101 || (request == HG_HTTP_REQUEST_CONNECT && head->status / 100 == 2))
        return (hg_http_body){.part = HG_HTTP_SWITCHED};
    if (is_bare(head, request))
        return (hg_http_body){0};
    const declared_length declared = length_of(head);
    if (declared.is_broken || head->is_cut || (declared.has_encoding && head->version == 0))
        return broken;
    if (declared.is_chunked)
        return (hg_http_body){.part = HG_HTTP_SIZE};
    if (declared.has_encoding || (!declared.has_length && head->response))
        return head->response ? (hg_http_body){.part = HG_HTTP_TO_END} : broken;
    return declared.bytes > 0 ? (hg_http_body){.left = declared.bytes, .part = HG_HTTP_DATA} : (hg_http_body){0};
}

/* ---- skipping a body -------------------------------------------------------------------------------- */

static int hex_digit(uint8_t c)
{
    const uint8_t lower = c | 0x20;
    if (c >= '0' && c <= '9')
        return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Reads the chunk size from a line without its end: digits, then extensions, which are ignored. Returns the next
 * part. */
static hg_http_part take_size(hg_http_body *body, const uint8_t *line, uint32_t length)
{
    enum { MOST_DIGITS = 15 };
    uint32_t digits = 0;
    uint64_t size = 0;
    while (digits < length && digits <= MOST_DIGITS && hex_digit(line[digits]) >= 0)
        size = size << 4 | (uint64_t)hex_digit(line[digits++]);
    if (digits == 0 || digits > MOST_DIGITS ||
        (digits < length && line[digits] != ';' && line[digits] != ' ' && line[digits] != '\t'))
        return HG_HTTP_BROKEN;
    body->left = size;
    return size > 0 ? HG_HTTP_CHUNK : HG_HTTP_TRAILER;
}

/* Reads a line, given without its end, and returns the part that follows it. */
static hg_http_part take_line(hg_http_body *body, const uint8_t *line, uint32_t length)
{
    if (body->part == HG_HTTP_SIZE)
        return take_size(body, line, length);
    if (body->part == HG_HTTP_CHUNK_END)
        return length == 0 ? HG_HTTP_SIZE : HG_HTTP_BROKEN;
    if (length == 0)
        return HG_HTTP_NO_BODY;
    return ++body->lines < HG_HTTP_MOST_FIELDS ? HG_HTTP_TRAILER : HG_HTTP_BROKEN;
}

/* Skips a line if it is complete. Returns its length, or 0. */
static uint32_t skip_line(hg_http_body *body, const uint8_t *data, uint32_t length)
{
    const uint32_t scanned = body->scanned < length ? body->scanned : length;
    const uint8_t *newline = length > scanned ? memchr(data + scanned, '\n', length - scanned) : NULL;
    const uint32_t end = newline != NULL ? (uint32_t)(newline - data) : length;
    if (end > HG_HTTP_MOST_LINE) {
        body->part = HG_HTTP_BROKEN;
        return 0;
    }
    body->scanned = newline != NULL ? 0 : (uint16_t)end;
    if (newline == NULL)
        return 0;
    const uint8_t part = (uint8_t)take_line(body, data, end > 0 && data[end - 1] == '\r' ? end - 1 : end);
    *body = (hg_http_body){.left = body->left, .lines = body->lines, .part = part};
    if (part == HG_HTTP_NO_BODY)
        body->lines = 0;
    return end + 1;
}

static uint32_t skip_data(hg_http_body *body, uint32_t length)
{
    const uint32_t skipped = body->left < length ? (uint32_t)body->left : length;
    body->left -= skipped;
    if (body->left == 0)
        body->part = body->part == HG_HTTP_CHUNK ? HG_HTTP_CHUNK_END : HG_HTTP_NO_BODY;
    return skipped;
}

static int is_data(const hg_http_body *body)
{
    return body->part == HG_HTTP_DATA || body->part == HG_HTTP_CHUNK;
}

uint32_t hg_http_body_skip(hg_http_body *body, const uint8_t *data, uint32_t length)
{
    uint32_t at = 0;
    while (at < length && body->part != HG_HTTP_NO_BODY && body->part < HG_HTTP_BROKEN) {
        const uint32_t skipped = is_data(body) ? skip_data(body, length - at) : skip_line(body, data + at, length - at);
        if (skipped == 0)
            break;
        at += skipped;
    }
    return at;
}

int hg_http_body_ends(hg_http_body body, const uint8_t *data, uint32_t length)
{
    (void)hg_http_body_skip(&body, data, length);
    return body.part == HG_HTTP_NO_BODY || body.part >= HG_HTTP_BROKEN;
}

/* ---- connections ------------------------------------------------------------------------------------- */

hg_bytes hg_http1_framing_rest(hg_http1_framing *framing, int from_server, const hg_bytes *bytes)
{
    hg_http_body *body = framing->bodies + from_server;
    uint32_t *position = framing->positions + from_server;
    const uint32_t missing = bytes->offset - *position;
    if (missing <= HG_MOST_PASSED) {
        if (missing > 0 && is_data(body))
            (void)skip_data(body, missing); /* these bytes are missing from the capture */
        *position = bytes->offset;
    }
    uint32_t at = *position - bytes->offset;
    if (at > bytes->length)
        at = bytes->length;
    at += hg_http_body_skip(body, bytes->data + at, bytes->length - at);
    *position = bytes->offset + at;
    const uint32_t length = body->part == HG_HTTP_NO_BODY ? bytes->length - at : 0;
    return (hg_bytes){.data = bytes->data + at, .length = length, .offset = *position};
}

uint32_t hg_http1_framing_keep(const hg_http1_framing *framing, int from_server)
{
    const hg_http_body *body = framing->bodies + from_server;
    const uint64_t skipped = !is_data(body) ? 0 : body->left < HG_MOST_PASSED ? body->left : HG_MOST_PASSED;
    return framing->positions[from_server] + (uint32_t)skipped;
}

/* Counts a response and returns the kind of its request. A response without a request counts as
 * HG_HTTP_REQUEST_OTHER. */
static hg_http_request_kind note_response(hg_http1_framing *framing)
{
    hg_http_request_kind request = HG_HTTP_REQUEST_OTHER;
    if (!hg_http1_framing_waits(framing))
        return request;
    if (framing->unusual_count > 0 && framing->unusual[0] == framing->responses) {
        request = (hg_http_request_kind)framing->kinds[0];
        framing->unusual_count--;
        memmove(framing->unusual, framing->unusual + 1, framing->unusual_count * sizeof *framing->unusual);
        memmove(framing->kinds, framing->kinds + 1, framing->unusual_count);
    }
    framing->responses++;
    return request;
}

static void note_request(hg_http1_framing *framing, hg_http_request_kind request)
{
    if (request != HG_HTTP_REQUEST_OTHER && framing->unusual_count < HG_HTTP_MOST_UNUSUAL) {
        framing->unusual[framing->unusual_count] = framing->requests;
        framing->kinds[framing->unusual_count++] = (uint8_t)request;
    }
    framing->requests++;
}

hg_http_part hg_http1_framing_head_read(hg_http1_framing *framing, const hg_http_head *head, uint32_t end)
{
    const int side = head->response;
    hg_http_request_kind request = HG_HTTP_REQUEST_OTHER;
    if (head->response)
        request = note_response(framing);
    else
        note_request(framing, hg_http_kind_of_request(head));
    const hg_http_body body = hg_http_body_begin(head, request);
    framing->positions[side] = end;
    if (body.part < HG_HTTP_BROKEN)
        framing->bodies[side] = body;
    return (hg_http_part)body.part;
}
