/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads both directions of an SSH connection (RFC 4253): identification, key exchange, server's host key.
 *
 * Events are an identification, the lists of a key exchange, and a server's reply with its host key. An event repeats
 * the values of its sender's earlier events. Of later messages only the server's bytes count: so many follow only a
 * login. A server may send lines of text before its identification. Without a handshake, the key exchange corrects
 * which end is the server (`reverse`). */
#include "ssh/reader.h"

#include "flow/login.h"
#include "ssh/fields.h"

enum {
    STREAM_BYTES = 32768,
    MOST_BEFORE = 16384 /* bytes of text before a server's identification */
};

static const char START[] = "SSH-"; /* begins an identification */
enum { START_LENGTH = sizeof START - 1 };

typedef enum stage {
    STAGE_LINE = 0,   /* a line begins at `next` */
    STAGE_TEXT = 1,   /* a line of text continues at `next` */
    STAGE_PACKETS = 2, /* the identification was read; packets follow */
    STAGE_REPLY = 3,   /* the key exchange was read, too */
    STAGE_SESSION = 4, /* server: encrypted packets come after `next` */
    STAGES = 5
} stage;

/* Offsets count from the beginning of the direction. If only the first bytes of START have arrived, they are counted
 * and not kept: they may be an answer in another protocol, such as "S" from PostgreSQL, and another reader then needs
 * the bytes after them. */
typedef struct ssh_side {
    uint16_t begin; /* start of the identification, without the counted bytes */
    uint16_t lists; /* start of the key exchange lists */
    uint16_t next;  /* start of the next line or packet */
    uint8_t stage;
    uint8_t matched;  /* bytes of START that came before `begin` or `next` */
    uint8_t is_other; /* client: 1 if it does not speak SSH */
    uint8_t is_nameless; /* 1: no identification was read before the packets */
} ssh_side;

typedef struct connection {
    ssh_side sides[2];  /* the client's, the server's */
    hg_ssh_offer offer; /* the client's */
    uint32_t is_reversed; /* 1: the flow's client is the server */
} connection;

HG_FITS_EVENT(hg_ssh_values);

/* The arguments and context of one call of `follow`. */
typedef struct ssh_input {
    connection *connection;
    ssh_side *side; /* of the sender */
    const hg_bytes *bytes;
    const hg_reader_output *to;
    uint32_t end; /* offset of the end of the bytes */
    int from_server;
} ssh_input;

/* ---- state of flows -------------------------------------------------------------------------------- */

static int is_untouched(const ssh_side *side)
{
    return side->next == 0 && side->is_other == 0 && side->stage == STAGE_LINE;
}

static void forget(void *state, hg_index flow)
{
    connection *one = hg_flow_memory_of(state, flow);
    if (!is_untouched(one->sides) || !is_untouched(one->sides + 1))
        memset(one, 0, sizeof *one);
}

static int is_sound_side(const ssh_side *side)
{
    return side->stage < STAGES && side->matched < START_LENGTH && side->is_other <= 1 && side->is_nameless <= 1 &&
           side->begin <= side->next && side->lists <= side->next && side->next <= STREAM_BYTES;
}

static int is_sound(const void *state, const void *memory)
{
    const connection *one = memory;
    (void)state;
    return is_sound_side(one->sides) && is_sound_side(one->sides + 1) && one->is_reversed <= 1;
}

/* ---- results ------------------------------------------------------------------------------------ */

static const hg_reader_result DONE = {.done = 1};

/* Gives the direction up as unreadable. */
static hg_reader_result refuse(const ssh_input *in)
{
    in->to->stats->ssh_unreadable++;
    return DONE;
}

static const uint8_t *bytes_at(const ssh_input *in, uint32_t offset)
{
    return in->bytes->data + (offset - in->bytes->offset);
}

/* Adds the values of the key exchange, and copies its lists to the batch. */
static void add_lists(const ssh_input *in, hg_ssh_values *out)
{
    const uint8_t *data = bytes_at(in, in->side->lists);
    const uint32_t length = hg_ssh_lists_length(data, in->end - in->side->lists);
    out->kexinit = hg_batch_put_text(in->to->batch, data, length);
    const hg_span lists = hg_span_of(in->to->batch->texts + out->kexinit.offset, out->kexinit.length);
    const hg_span exchanges = hg_ssh_list_of(lists, HG_SSH_KEX, in->from_server);
    hg_ssh_hassh(lists, in->from_server, out->hassh);
    out->post_quantum_kex = hg_ssh_offers_quantum(exchanges) ? HG_SSH_QUANTUM_OFFERED : HG_SSH_QUANTUM_NONE;
    const hg_span chosen = in->from_server ? hg_ssh_choose(&in->connection->offer, exchanges) : (hg_span){0};
    if (chosen.length == 0)
        return;
    out->key_exchange.offset = out->kexinit.offset + (uint32_t)(chosen.data - lists.data);
    out->key_exchange.length = chosen.length;
    if (hg_ssh_resists_quantum(chosen))
        out->post_quantum_kex = HG_SSH_QUANTUM_CHOSEN;
}

/* The number of bytes up to the end of the identification, including its line end; `left` bytes are available. 0: the
 * line end is missing, or the identification with its `matched` earlier bytes is too long. */
static uint32_t length_of_line(const ssh_side *side, const uint8_t *data, uint32_t left)
{
    const uint32_t most = HG_MOST_BANNER - (uint32_t)side->matched;
    const uint8_t *end = memchr(data, '\n', left < most ? left : most);
    return end == NULL ? 0 : (uint32_t)(end - data) + 1;
}

/* Writes an identification: its earlier bytes and the `length` bytes of `line`. Returns its length without the line
 * end. */
static uint32_t copy_line(const ssh_side *side, const uint8_t *line, uint32_t length, uint8_t out[HG_MOST_BANNER])
{
    memcpy(out, START, side->matched);
    memcpy(out + side->matched, line, length);
    length += side->matched;
    while (length > 0 && (out[length - 1] == '\n' || out[length - 1] == '\r' || out[length - 1] == 0))
        length--;
    return length;
}

/* Whether the other end has sent an identification. */
static int is_ssh(const ssh_input *in)
{
    return in->connection->sides[!in->from_server].stage >= STAGE_PACKETS;
}

/* Whether the client's next bytes are needed, whatever it has sent and whatever they begin with, because the server
 * speaks SSH. */
static int resumes_client(const ssh_input *in)
{
    ssh_side *client = in->connection->sides;
    if (!in->from_server || is_ssh(in) || (client->is_other == 0 && (client->next > 0 || client->matched > 0)))
        return 0;
    *client = (ssh_side){0};
    return 1;
}

/* Returns an event with all values of the sender so far. */
static hg_reader_result report(const ssh_input *in, hg_ssh_values *found, int is_done)
{
    const ssh_side *side = in->side;
    uint8_t banner[HG_MOST_BANNER];
    if (!side->is_nameless) {
        const uint8_t *line = bytes_at(in, side->begin);
        const uint32_t length = copy_line(side, line, length_of_line(side, line, in->end - side->begin), banner);
        found->banner = hg_batch_put_text(in->to->batch, banner, length);
    }
    if (side->stage == STAGE_REPLY)
        add_lists(in, found);
    memcpy(in->to->values, found, sizeof *found);
    return (hg_reader_result){
        .keep = side->begin,
        .done = (uint8_t)is_done,
        .again = (uint8_t)(!is_done && side->next < in->end),
        .has_event = 1,
        .resumes = (uint8_t)resumes_client(in),
        .reversed = (uint8_t)in->connection->is_reversed,
        .event = in->from_server ? HG_EVENT_SSH_SERVER : HG_EVENT_SSH_CLIENT,
    };
}

/* ---- identification ------------------------------------------------------------------------------ */

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    const uint32_t there = length < START_LENGTH ? length : START_LENGTH;
    return length >= 2 && memcmp(data, START, there) == 0 ? HG_BEGINS_EITHER : HG_BEGINS_NOTHING;
}

/* Whether SSH 2 packets follow; version 1 has another packet format. */
static int is_version_2(const uint8_t *line, uint32_t length)
{
    return length >= 6 && (memcmp(line, "SSH-2.", 6) == 0 || (length >= 8 && memcmp(line, "SSH-1.99", 8) == 0));
}

/* Whether the ports alone show who is the server, and do not name SSH's. */
static int has_guessed_ends(const ssh_input *in)
{
    enum { PORT = 22 };
    const hg_packet *packet = in->to->packet;
    return in->to->matches->syn == HG_NOT_SEEN && packet->source_port != PORT && packet->destination_port != PORT;
}

/* Goes on with packets after a line of `length` bytes that is no identification. */
static hg_reader_result read_on(const ssh_input *in, uint32_t length)
{
    ssh_side *side = in->side;
    in->to->stats->ssh_unreadable++;
    side->begin = side->next = (uint16_t)(side->next + length);
    side->stage = STAGE_PACKETS;
    side->is_nameless = 1;
    return (hg_reader_result){.keep = side->begin, .again = side->next < in->end};
}

static hg_reader_result read_identification(const ssh_input *in, const uint8_t *data, uint32_t length)
{
    uint8_t line[HG_MOST_BANNER];
    hg_ssh_values found = {0};
    const uint32_t shown = copy_line(in->side, data, length, line);
    if (hg_ssh_software(hg_span_of(line, shown)).length == 0)
        return read_on(in, length);
    in->side->begin = in->side->next;
    in->side->next = (uint16_t)(in->side->next + length);
    in->side->stage = STAGE_PACKETS;
    if (has_guessed_ends(in) &&
        is_version_2(line, shown)) /* the key exchange shows the ends, and its event repeats it */
        return (hg_reader_result){.keep = in->side->begin, .again = in->side->next < in->end};
    return report(in, &found, !is_version_2(line, shown));
}

/* Whether a line of text may begin with this byte. */
static int is_text(uint8_t first)
{
    return first >= ' ' || first == '\t' || first == '\r' || first == '\n';
}

/* Whether a line that is not an identification shows another protocol. A client's does, which is remembered, unless the
 * server speaks SSH; a server may send lines of text. */
static int shows_other_protocol(const ssh_input *in, uint8_t first)
{
    if (is_ssh(in))
        return !is_text(first);
    if (!in->from_server)
        in->side->is_other = 1;
    return !in->from_server || in->connection->sides[0].is_other || in->to->is_answer || !is_text(first);
}

/* Whether a server begins with a reply of FTP or SMTP, whose later lines may quote an identification. */
static int is_reply(const ssh_side *side, const uint8_t *data, uint32_t left)
{
    return side->next == 0 && left > 3 && memcmp(data, "220", 3) == 0 && (data[3] == ' ' || data[3] == '-');
}

/* Skips text up to the end of its line. 0: there is too much text. */
static int skip_text(const ssh_input *in, const uint8_t *data, uint32_t left)
{
    const uint8_t *end = memchr(data, '\n', left);
    const uint32_t skipped = end == NULL ? left : (uint32_t)(end - data) + 1;
    if (skipped > MOST_BEFORE - (uint32_t)in->side->next)
        return 0;
    in->side->next = (uint16_t)(in->side->next + skipped);
    in->side->stage = end == NULL ? STAGE_TEXT : STAGE_LINE;
    in->side->matched = 0;
    return 1;
}

/* The kind of a line by its first bytes. */
typedef enum line_kind {
    LINE_TEXT,
    LINE_STARTS, /* it may be an identification; more bytes are needed */
    LINE_WHOLE,  /* a complete identification */
    LINE_ENDLESS /* an identification that is too long */
} line_kind;

/* On LINE_WHOLE, `*length` becomes the length of the identification from `data` on, including its line end. */
static line_kind kind_of_line(const ssh_side *side, const uint8_t *data, uint32_t left, uint32_t *length)
{
    const uint32_t missing = START_LENGTH - (uint32_t)side->matched, known = left < missing ? left : missing;
    if (*data != (uint8_t)START[side->matched] || memcmp(data, START + side->matched, known) != 0)
        return LINE_TEXT;
    *length = length_of_line(side, data, left);
    if (*length > 0)
        return LINE_WHOLE;
    return side->matched + left >= HG_MOST_BANNER ? LINE_ENDLESS : LINE_STARTS;
}

/* Waits for more bytes of an identification, of which `left` are available. */
static hg_reader_result wait_for_line(const ssh_input *in, uint32_t left, uint32_t examined)
{
    ssh_side *side = in->side;
    if (side->matched + left < START_LENGTH) {
        side->matched = (uint8_t)(side->matched + left);
        side->next = (uint16_t)in->end;
    }
    return (hg_reader_result){.keep = side->next, .examined = examined};
}

/* Whether packets may follow a server's line of text, if the client turns out to speak SSH. */
static int may_be_packets(const ssh_input *in, uint8_t first)
{
    return in->side->stage == STAGE_LINE && in->side->next > 0 && first == 0 && in->from_server &&
           is_untouched(in->connection->sides) && !in->to->is_answer;
}

/* Looks for the identification line by line. */
static hg_reader_result find_identification(const ssh_input *in)
{
    ssh_side *side = in->side;
    const uint32_t from = side->next;
    while (side->next < in->end) {
        const uint8_t *data = bytes_at(in, side->next);
        const uint32_t left = in->end - side->next;
        uint32_t length;
        const line_kind kind = side->stage == STAGE_TEXT ? LINE_TEXT : kind_of_line(side, data, left, &length);
        if (kind == LINE_WHOLE)
            return read_identification(in, data, length);
        if (kind == LINE_ENDLESS)
            return refuse(in);
        if (kind == LINE_STARTS)
            return wait_for_line(in, left, in->end - from);
        if (side->stage == STAGE_LINE && side->matched == 0 && *data == 0 && is_ssh(in))
            return read_on(in, 0);
        if (may_be_packets(in, *data))
            break;
        if (side->stage == STAGE_LINE &&
            (is_reply(side, data, left) || shows_other_protocol(in, side->matched > 0 ? (uint8_t)START[0] : *data)))
            return DONE;
        if (!skip_text(in, data, left))
            return in->connection->sides[0].stage >= STAGE_PACKETS ? refuse(in) : DONE;
    }
    return (hg_reader_result){.keep = side->next, .examined = in->end - from};
}

/* ---- packets ------------------------------------------------------------------------------------- */

/* A packet begins with its length and its padding length, followed by the message number. */
enum { LENGTH_BYTES = 4, PADDING_AT = 4, MESSAGE_AT = 5, COOKIE_BYTES = 16, LEAST_LENGTH = 2 };

enum {
    MESSAGE_IGNORE = 2,
    MESSAGE_DEBUG = 4,
    MESSAGE_KEXINIT = 20,
    MESSAGE_RSA_KEY = 30,  /* RFC 4432 */
    MESSAGE_REPLY = 31,    /* RFC 4253 and 5656; in RFC 4419: a group */
    MESSAGE_GEX_REPLY = 33 /* RFC 4419 */
};

static void reverse(ssh_input *in)
{
    connection *one = in->connection;
    const ssh_side client = one->sides[0];
    one->sides[0] = one->sides[1];
    one->sides[1] = client;
    one->offer = (hg_ssh_offer){0};
    one->is_reversed ^= 1;
    in->from_server = !in->from_server;
    in->side = one->sides + in->from_server;
}

static hg_reader_result read_kexinit(const ssh_input *from, const uint8_t *message, uint32_t length)
{
    enum { LISTS_AT = 1 + COOKIE_BYTES };
    hg_ssh_values found = {0};
    ssh_input turned = *from, *in = &turned;
    const uint32_t at = in->side->next + MESSAGE_AT + LISTS_AT;
    if (length < LISTS_AT || hg_ssh_lists_length(message + LISTS_AT, length - LISTS_AT) == 0)
        return refuse(in);
    const hg_span lists = hg_span_of(message + LISTS_AT, length - LISTS_AT);
    if (has_guessed_ends(in) && hg_ssh_is_of_other_end(hg_ssh_list_of(lists, HG_SSH_KEX, 0), in->from_server))
        reverse(in);
    in->side->lists = (uint16_t)at;
    in->side->stage = STAGE_REPLY;
    in->side->next = (uint16_t)(in->side->next + LENGTH_BYTES + hg_be32(message - MESSAGE_AT));
    if (!in->from_server)
        hg_ssh_remember(&in->connection->offer, hg_ssh_list_of(lists, HG_SSH_KEX, 0));
    return report(in, &found, !in->from_server);
}

/* The host key at the beginning of a reply; length 0: none. */
static hg_span host_key_of(const uint8_t *message, uint32_t length, hg_span *type)
{
    const uint32_t size = length < 5 ? 0 : hg_be32(message + 1);
    if (size < 4 || size > length - 5)
        return (hg_span){0};
    const hg_span key = hg_span_of(message + 5, size);
    const uint32_t named = hg_be32(key.data);
    if (named == 0 || named > HG_MOST_SSH_NAME || named > size - 4 || !hg_ssh_are_names(key.data + 4, named))
        return (hg_span){0};
    *type = hg_span_of(key.data + 4, named);
    return key;
}

static hg_reader_result read_reply(const ssh_input *in, hg_span key, hg_span type)
{
    hg_ssh_values found = {0};
    found.host_key_type = hg_batch_put_text(in->to->batch, type.data, type.length);
    hg_sha256_of(hg_sha256_fastest(), key.data, key.length, found.host_key);
    hg_reader_result result = report(in, &found, 0);
    in->side->next = (uint16_t)(in->side->next + LENGTH_BYTES + hg_be32(bytes_at(in, in->side->next)));
    in->side->stage = STAGE_SESSION;
    result.keep = in->end;
    result.again = 0;
    return result;
}

/* Refused logins of OpenSSH take less; an accepted one is followed by the server's host keys and a command's output. */
static hg_reader_result read_session(const ssh_input *in)
{
    enum { AFTER_LOGIN = 1500 };
    if (in->end < (uint32_t)in->side->next + AFTER_LOGIN)
        return (hg_reader_result){.keep = in->end};
    hg_login_report(in->to, HG_LOGIN_SSH, 0);
    return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_LOGIN};
}

/* Reads a complete message. `*skipped` becomes 1 if it was skipped and others may follow. */
static hg_reader_result read_message(const ssh_input *in, const uint8_t *message, uint32_t length, int *skipped)
{
    *skipped = 0;
    if (message[0] >= MESSAGE_IGNORE && message[0] <= MESSAGE_DEBUG) {
        *skipped = 1;
        return DONE;
    }
    if (in->side->stage == STAGE_PACKETS)
        return message[0] == MESSAGE_KEXINIT ? read_kexinit(in, message, length) : DONE;
    if (message[0] < MESSAGE_RSA_KEY || message[0] > MESSAGE_GEX_REPLY)
        return DONE;
    hg_span type;
    const hg_span key = host_key_of(message, length, &type);
    if (key.length > 0)
        return read_reply(in, key, type);
    *skipped = message[0] != MESSAGE_GEX_REPLY;
    return *skipped ? DONE : refuse(in);
}

static hg_reader_result read_packets(const ssh_input *in)
{
    ssh_side *side = in->side;
    while (in->end - side->next > MESSAGE_AT) {
        const uint8_t *packet = bytes_at(in, side->next);
        const uint32_t length = hg_be32(packet), padding = packet[PADDING_AT];
        int skipped;
        if (length < LEAST_LENGTH + padding || length > (uint32_t)STREAM_BYTES - LENGTH_BYTES - side->next)
            return refuse(in);
        if (in->end - side->next < LENGTH_BYTES + length)
            break;
        const hg_reader_result found = read_message(in, packet + MESSAGE_AT, length - padding - 1, &skipped);
        if (!skipped)
            return found;
        side->next = (uint16_t)(side->next + LENGTH_BYTES + length);
    }
    return (hg_reader_result){.keep = side->begin};
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    connection *one = hg_flow_memory_of(state, flow);
    const int of_server = from_server ^ (int)one->is_reversed;
    const ssh_input in = {one, one->sides + of_server, bytes, to, bytes->offset + bytes->length, of_server};
    if (in.side->stage == STAGE_SESSION)
        return one->is_reversed ? DONE : read_session(&in);
    if (is_untouched(in.side) && is_ssh(&in)) /* its first bytes were not wanted */
        in.side->next = (uint16_t)(bytes->offset < STREAM_BYTES ? bytes->offset : STREAM_BYTES);
    const uint32_t needed = in.side->stage >= STAGE_PACKETS ? in.side->begin : in.side->next;
    if (needed < bytes->offset || in.side->next > in.end)
        return DONE;
    return in.side->stage >= STAGE_PACKETS ? read_packets(&in) : find_identification(&in);
}

static int wants(hg_place place, uint8_t first)
{
    return first == (uint8_t)START[0] || (place == HG_AT_SERVER && is_text(first));
}

static HG_ROW_WRITER(write_messages, ssh)

static void write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values)
{
    (columns->event[row] == HG_EVENT_LOGIN ? hg_login_write : write_messages)(columns, at, row, values);
}

const hg_reader hg_ssh_reader = {
    .protocol = HG_PROTOCOL_SSH,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_MOST_BANNER + HG_SSH_MOST_LIST_BYTES + HG_MOST_SSH_NAME,
    .flow_bytes = sizeof(connection),
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .write = write,
    .forget = forget,
    .is_sound = is_sound,
};
