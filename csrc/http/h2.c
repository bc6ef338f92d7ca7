/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * h2.c - reads HTTP/2 frames up to the first message.
 */
#include "http/h2.h"

#include "base/bytes.h"
#include "base/sink.h"
#include "http/lists.h"

/* Frame types and flags that are examined. */
enum {
    HG_H2_HEADERS = 1,
    HG_H2_PRIORITY = 2,
    HG_H2_SETTINGS = 4,
    HG_H2_PUSH_PROMISE = 5,
    HG_H2_WINDOW_UPDATE = 8,
    HG_H2_CONTINUATION = 9,

    HG_H2_ACK = 1,
    HG_H2_END_HEADERS = 4,
    HG_H2_PADDED = 8,
    HG_H2_HAS_PRIORITY = 32
};

typedef struct hg_h2_frame {
    const uint8_t *payload;
    uint32_t length; /* length of the payload */
    uint32_t stream;
    uint32_t end; /* offset of the end of the frame */
    uint8_t type;
    uint8_t flags;
    uint8_t is_cut; /* 1: it extends beyond HG_HTTP_MOST_HEAD; `length` ends there */
} hg_h2_frame;

typedef struct h2_walk {
    hg_h2_room *room;
    const uint8_t *data;
    uint32_t length;
    uint32_t at; /* the next frame */
    uint32_t known;  /* header blocks before this offset are valid and not the message */
    uint32_t blocks; /* bytes of all header blocks so far */
    uint32_t texts;  /* bytes of their decoded fields */
    uint32_t reread; /* bytes examined and decoded if each frame with a header block comes in a call of its own */
    uint32_t block_length; /* of the latest block */
    uint32_t field_count;  /* fields of the latest block */
    uint32_t pseudo_seen;  /* a bit per pseudo-header */
    uint8_t from_server;
    uint8_t in_block;    /* 1: a header block has begun and not ended */
    uint8_t has_message; /* 1: the message was found */
} h2_walk;

/* ---- frames -------------------------------------------------------------------------------------- */

/* Reads the frame at an offset. `out` is set on HG_HTTP_WHOLE, and on HG_HTTP_TOO_LONG unless its payload is NULL. */
static hg_http_head_state frame_at(const uint8_t *data, uint32_t length, uint32_t at, hg_h2_frame *out)
{
    *out = (hg_h2_frame){.end = at};
    if (length < at + HG_H2_FRAME_HEADER || at + HG_H2_FRAME_HEADER > HG_HTTP_MOST_HEAD)
        return length < HG_HTTP_MOST_HEAD ? HG_HTTP_MORE : HG_HTTP_TOO_LONG;
    const uint8_t *header = data + at;
    uint32_t claimed = hg_be32(header) >> 8, room = HG_HTTP_MOST_HEAD - HG_H2_FRAME_HEADER - at;
    out->payload = header + HG_H2_FRAME_HEADER;
    out->is_cut = claimed > room;
    out->length = out->is_cut ? room : claimed;
    out->end = at + HG_H2_FRAME_HEADER + out->length;
    out->type = header[3];
    out->flags = header[4];
    out->stream = hg_be32(header + 5) & 0x7FFFFFFF;
    if (claimed > HG_H2_MOST_FRAME)
        return HG_HTTP_OTHER;
    if (length < out->end)
        return HG_HTTP_MORE;
    return out->is_cut ? HG_HTTP_TOO_LONG : HG_HTTP_WHOLE;
}

/* Whether a frame has the form that its type requires (RFC 9113, 6). Unknown types are not checked. */
static int is_sound(const hg_h2_frame *frame, int from_server)
{
    const int is_client_stream = frame->stream & 1;
    switch (frame->type) {
    case HG_H2_SETTINGS:
        return frame->stream == 0 && frame->length % 6 == 0 && (!(frame->flags & HG_H2_ACK) || frame->length == 0);
    case HG_H2_WINDOW_UPDATE:
        return frame->length == 4;
    case HG_H2_PRIORITY:
        return frame->stream != 0 && frame->length == 5;
    case HG_H2_HEADERS:
        return is_client_stream;
    case HG_H2_PUSH_PROMISE:
        return is_client_stream && from_server;
    case HG_H2_CONTINUATION:
        return 0; /* valid only inside a header block */
    default:
        return 1;
    }
}

/* ---- header blocks ------------------------------------------------------------------------------- */

static void add_to_block(h2_walk *w, const uint8_t *data, uint32_t length)
{
    /* All frames lie within HG_HTTP_MOST_HEAD bytes, so there is room. */
    memcpy(w->room->block + w->block_length, data, length);
    w->block_length += length;
}

/* Starts a header block with the part in its first frame, without padding and priority. 0: the frame is malformed. */
static int begin_block(h2_walk *w, const hg_h2_frame *frame)
{
    uint32_t padded = frame->flags & HG_H2_PADDED ? 1 : 0;
    uint32_t before = padded;
    if (frame->type == HG_H2_PUSH_PROMISE)
        before += 4; /* id of the promised stream */
    else if (frame->flags & HG_H2_HAS_PRIORITY)
        before += 5;
    if (frame->length < before)
        return 0;
    uint32_t length = frame->length - before, padding = padded ? frame->payload[0] : 0;
    if (padding > length && !frame->is_cut)
        return 0;
    if (frame->is_cut)
        padding = 0; /* the padding lies in the part that is cut */
    add_to_block(w, frame->payload + before, length - padding);
    return 1;
}

/* Joins the parts of a header block in room->block; HG_HTTP_TOO_LONG: only the parts up to the limit. */
static hg_http_head_state join_block(h2_walk *w, const hg_h2_frame *first)
{
    w->block_length = 0;
    if (!begin_block(w, first))
        return HG_HTTP_OTHER;
    if (first->is_cut)
        return HG_HTTP_TOO_LONG;
    uint8_t flags = first->flags;
    w->in_block = 1;
    for (uint32_t count = 0; !(flags & HG_H2_END_HEADERS); count++) {
        hg_h2_frame frame;
        w->reread += w->at + w->texts;
        if (count == HG_H2_MOST_CONTINUATIONS || w->reread > HG_H2_MOST_REREAD)
            return HG_HTTP_TOO_LONG;
        hg_http_head_state found = frame_at(w->data, w->length, w->at, &frame);
        if (found == HG_HTTP_OTHER || found == HG_HTTP_MORE || frame.payload == NULL)
            return found;
        if (frame.type != HG_H2_CONTINUATION || frame.stream != first->stream)
            return HG_HTTP_OTHER;
        add_to_block(w, frame.payload, frame.length);
        if (found == HG_HTTP_TOO_LONG)
            return found;
        w->at = frame.end;
        flags = frame.flags;
    }
    w->in_block = 0;
    return HG_HTTP_WHOLE;
}

/* Decodes a header block. Every block is decoded in order, because later blocks refer to earlier ones. */
static hg_http_head_state read_block(h2_walk *w, const hg_h2_frame *first)
{
    hg_h2_room *room = w->room;
    hg_http_head_state found = join_block(w, first);
    if (found == HG_HTTP_OTHER || found == HG_HTTP_MORE)
        return found;
    w->blocks += w->block_length;
    w->field_count = 0;
    hg_hpack_result result = hg_hpack_read(&room->table, room->block, w->block_length, room->fields,
                                           sizeof room->fields / sizeof *room->fields, &w->field_count);
    for (uint32_t i = 0; i < w->field_count; i++)
        w->texts += (uint32_t)room->fields[i].name.length + room->fields[i].value.length;
    if (found == HG_HTTP_TOO_LONG || result == HG_HPACK_NO_ROOM)
        return HG_HTTP_TOO_LONG;
    return result == HG_HPACK_GOOD ? HG_HTTP_WHOLE : HG_HTTP_OTHER;
}

/* ---- fields -------------------------------------------------------------------------------------- */

static int is_text(const h2_walk *w, hg_http_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(w->room->text + text.offset, word, text.length) == 0;
}

/* A status of three digits; 0: invalid. */
static uint16_t status_of(const h2_walk *w, hg_http_text text)
{
    const uint16_t status = text.length == 3 ? hg_http_status(w->room->text + text.offset) : 0;
    return status >= 100 ? status : 0;
}

/* Stores the value of a pseudo-header. 0: the name is unknown, repeated, or not allowed in this direction. */
static int take_pseudo(h2_walk *w, const hg_http_field *field, hg_h2_message *out)
{
    static const char *const NAMES[] = {":method", ":path", ":authority", ":scheme", ":protocol", ":status"};
    enum { KINDS = sizeof NAMES / sizeof *NAMES, STATUS = KINDS - 1 };
    hg_http_text *const texts[] = {&out->head.method, &out->head.target, &out->head.authority};
    uint32_t kind = 0;
    while (kind < KINDS && !is_text(w, field->name, NAMES[kind]))
        kind++;
    if (kind == KINDS || (kind == STATUS) != w->from_server || (w->pseudo_seen >> kind & 1) != 0)
        return 0;
    w->pseudo_seen |= 1u << kind;
    out->pseudo[out->pseudo_count++] = NAMES[kind][1];
    if (kind < sizeof texts / sizeof *texts)
        *texts[kind] = field->value;
    if (kind == STATUS)
        out->head.status = status_of(w, field->value);
    return 1;
}

/* Whether the name has no capitals or other forbidden characters, and the value no NULs or line ends (RFC 9113, 8.2.1).
 * `colons`: 1 for a pseudo-header, whose name begins with a colon. `*letters` becomes the letters of the name
 * (hg_http_letter). */
static int is_valid(const h2_walk *w, const hg_http_field *field, uint32_t colons, uint32_t *letters)
{
    const uint8_t *name = w->room->text + field->name.offset, *value = w->room->text + field->value.offset;
    if (field->name.length <= colons || field->name.length > HG_HTTP_MOST_NAME)
        return 0;
    *letters = 0;
    for (uint32_t i = colons; i < field->name.length; i++) {
        if (name[i] <= ' ' || name[i] >= 0x7F || name[i] == ':' || (name[i] >= 'A' && name[i] <= 'Z'))
            return 0;
        *letters |= hg_http_letter(name[i]);
    }
    return memchr(value, 0, field->value.length) == NULL && memchr(value, '\r', field->value.length) == NULL &&
           memchr(value, '\n', field->value.length) == NULL;
}

static int is_complete(const h2_walk *w, const hg_http_head *head)
{
    if (w->from_server)
        return head->status != 0;
    return head->method.length > 0 && head->method.length <= HG_HTTP_MOST_NAME &&
           (head->target.length > 0 || is_text(w, head->method, "CONNECT"));
}

/* Adds a field to the message; 1: it is valid. */
static int take_field(h2_walk *w, hg_http_field field, hg_h2_message *out)
{
    hg_http_head *head = &out->head;
    uint32_t letters, colons = field.name.length > 0 && w->room->text[field.name.offset] == ':';
    if (!is_valid(w, &field, colons, &letters))
        return 0;
    field.value = hg_http_trimmed(w->room->text, field.value);
    if (colons)
        return head->field_count == 0 && take_pseudo(w, &field, out);
    hg_http_add(head, &field, letters);
    return 1;
}

/* Makes a message from the fields of the latest block. If fields share text, its length counts for each of them. */
static hg_http_head_state make_message(h2_walk *w, hg_h2_message *out)
{
    hg_http_head *head = &out->head;
    uint32_t texts = 0, i = 0;
    *head = (hg_http_head){.bytes = w->room->text, .response = w->from_server, .version = 2};
    out->pseudo_count = 0;
    w->pseudo_seen = 0;
    for (; i < w->field_count; i++) {
        const hg_http_field *field = &w->room->fields[i];
        texts += (uint32_t)field->name.length + field->value.length;
        if (texts > HG_HTTP_MOST_HEAD || head->field_count == HG_HTTP_MOST_FIELDS)
            break;
        if (!take_field(w, *field, out))
            return HG_HTTP_OTHER;
    }
    head->length = w->room->table.used;
    if (!is_complete(w, head))
        return HG_HTTP_OTHER;
    return i == w->field_count ? HG_HTTP_WHOLE : HG_HTTP_TOO_LONG;
}

/* ---- the message --------------------------------------------------------------------------------- */

static int is_block_frame(const hg_h2_frame *frame)
{
    return frame->type == HG_H2_HEADERS || frame->type == HG_H2_PUSH_PROMISE || frame->type == HG_H2_CONTINUATION;
}

/* Reads a frame, and the header block that it begins. */
static hg_http_head_state read_frame(h2_walk *w, const hg_h2_frame *frame, hg_h2_message *out)
{
    int is_first = w->at == (w->from_server ? 0 : HG_H2_PREFACE);
    if (!is_sound(frame, w->from_server))
        return HG_HTTP_OTHER;
    if (is_first && frame->type != HG_H2_SETTINGS) /* some clients and servers acknowledge first */
        return HG_HTTP_OTHER;
    w->at = frame->end;
    if (!is_block_frame(frame))
        return frame->is_cut ? HG_HTTP_TOO_LONG : HG_HTTP_WHOLE;
    hg_http_head_state found = read_block(w, frame);
    w->reread += w->at + w->texts;
    if (found != HG_HTTP_OTHER && found != HG_HTTP_MORE && frame->type == HG_H2_HEADERS && w->at > w->known) {
        hg_http_head_state made = make_message(w, out);
        int interim = w->from_server && out->head.status < 200;
        /* If the block was too long, its last pseudo-header may be missing. */
        if (made == HG_HTTP_OTHER || interim || (found == HG_HTTP_TOO_LONG && out->head.field_count == 0))
            out->pseudo_count = 0;
        found = found == HG_HTTP_WHOLE ? made : found;
        w->has_message = found == HG_HTTP_WHOLE && !interim;
    }
    const int is_too_much =
        w->blocks > HG_H2_MOST_EARLY || w->texts > HG_H2_MOST_EARLY_TEXT || w->reread > HG_H2_MOST_REREAD;
    return found == HG_HTTP_WHOLE && !w->has_message && is_too_much ? HG_HTTP_TOO_LONG : found;
}

/* Skips complete frames without header blocks. 1: no complete frame is left, so more bytes are needed; 0: the next
 * frame must be read. */
static int skim(h2_walk *w, int in_block)
{
    hg_h2_frame frame;
    hg_http_head_state found;
    while ((found = frame_at(w->data, w->length, w->at, &frame)) == HG_HTTP_WHOLE) {
        if (in_block || is_block_frame(&frame) || !is_sound(&frame, w->from_server))
            return 0;
        w->at = frame.end;
    }
    return found == HG_HTTP_MORE;
}

/* Reads all frames from the first one up to the message. */
static hg_http_head_state read_all(h2_walk *w, hg_h2_message *out)
{
    hg_http_head_state found;
    w->at = w->from_server ? 0 : HG_H2_PREFACE;
    hg_hpack_begin(&w->room->table, w->room->text, sizeof w->room->text);
    do {
        hg_h2_frame frame;
        found = frame_at(w->data, w->length, w->at, &frame);
        if (found == HG_HTTP_WHOLE || (found == HG_HTTP_TOO_LONG && frame.payload != NULL))
            found = read_frame(w, &frame, out);
    } while (found == HG_HTTP_WHOLE && !w->has_message);
    out->end = w->at;
    out->examined += w->at + w->blocks + w->texts;
    return found;
}

hg_http_head_state hg_h2_read(hg_h2_room *room, const uint8_t *data, uint32_t length, int from_server, hg_h2_scan *scan,
                              hg_h2_message *out)
{
    const uint32_t walked = scan->walked;
    h2_walk w = {
        .room = room, .data = data, .length = length, .at = walked, .known = walked, .from_server = from_server != 0};
    out->end = 0;
    out->pseudo_count = 0;
    out->examined = HG_H2_FRAME_HEADER;
    if (!from_server && walked == 0 && !hg_h2_is_preface(data, length))
        return HG_HTTP_OTHER;
    out->end = from_server || length < HG_H2_PREFACE ? 0 : HG_H2_PREFACE;
    const int must_read = walked == 0 || !skim(&w, scan->in_block);
    out->examined += w.at - walked;
    if (must_read) {
        const hg_http_head_state found = read_all(&w, out);
        if (found != HG_HTTP_MORE)
            return found;
        scan->in_block = w.in_block;
    }
    if (w.at > (from_server ? 0 : HG_H2_PREFACE)) /* otherwise the next call checks the first bytes again */
        scan->walked = (uint16_t)w.at;
    return HG_HTTP_MORE;
}

/* ---- Akamai's notation ----------------------------------------------------------------------------
 *
 * The text has the first SETTINGS, the first WINDOW_UPDATE of the connection, every PRIORITY frame, and the order of
 * the pseudo-headers. Frames after the request's headers are ignored. */
/* Finds the next frame of a type from `*at` on. All frames are known to be complete and valid. */
static int next_of(const uint8_t *data, const hg_h2_message *request, uint8_t type, uint32_t *at, hg_h2_frame *out)
{
    while (frame_at(data, request->end, *at, out) == HG_HTTP_WHOLE) {
        *at = out->end;
        if (out->type == type)
            return 1;
    }
    return 0;
}

static void put_settings(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE;
    do {
        if (!next_of(data, request, HG_H2_SETTINGS, &at, &frame))
            return;
    } while ((frame.flags & HG_H2_ACK) != 0);
    for (uint32_t i = 0; i + 6 <= frame.length; i += 6)
        HG_SINK(to, i > 0 ? ";" : "", hg_be16(frame.payload + i), ":", hg_be32(frame.payload + i + 2));
}

static void put_window_update(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE;
    while (next_of(data, request, HG_H2_WINDOW_UPDATE, &at, &frame)) {
        if (frame.stream != 0)
            continue;
        hg_sink_number(to, hg_be32(frame.payload) & 0x7FFFFFFF);
        return;
    }
    hg_sink_word(to, "00");
}

/* Writes each PRIORITY frame: its stream, its exclusive flag, the stream that it depends on, its weight (1 to 256). */
static void put_priorities(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE, count = 0;
    for (; next_of(data, request, HG_H2_PRIORITY, &at, &frame); count++) {
        uint32_t other = hg_be32(frame.payload);
        HG_SINK(to, count > 0 ? "," : "", frame.stream, ":", other >> 31, ":", other & 0x7FFFFFFF, ":",
                frame.payload[4] + 1u);
    }
    if (count == 0)
        hg_sink_word(to, "0");
}

void hg_akamai_text(const uint8_t *data, const hg_h2_message *request, char *out, size_t capacity, size_t *length)
{
    hg_sink sink = {.out = out, .capacity = capacity};
    hg_sink *const to = &sink;
    put_settings(to, data, request);
    hg_sink_word(to, "|");
    put_window_update(to, data, request);
    hg_sink_word(to, "|");
    put_priorities(to, data, request);
    hg_sink_word(to, "|");
    for (uint32_t i = 0; i < request->pseudo_count; i++) {
        hg_sink_word(to, i > 0 ? "," : "");
        hg_sink_text(to, request->pseudo + i, 1);
    }
    *length = sink.length;
}
