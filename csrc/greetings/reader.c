/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - the first line of a server's first message, or the first packet of MySQL.
 * For the client, only whether it has sent data matters: if it spoke first, the server's line is an answer, such as
 * "+OK" of Redis, and no greeting. For the same reason connections count only with
 * their handshake. The row has what the pattern says; the text itself, which names hosts, only with `host_names`.
 */
#include "greetings/reader.h"

#include "devices/match.h"
#include "flow/reader.h"
#include "greetings/fields.h"
#include "greetings/form.h"

enum { STREAM_BYTES = 1024 };

/* The state of one connection. */
typedef struct greeting_flow {
    uint16_t examined; /* bytes of the server that do not end its greeting */
    uint8_t client_spoke;
    uint8_t zero;
} greeting_flow;

typedef struct greetings_state {
    hg_flow_memory memory; /* a greeting_flow each */
    int shows_text;
} greetings_state;

HG_IS_FINDING(hg_greetings_values);

/* ---- life --------------------------------------------------------------------------------------- */

static size_t open(const hg_config *config, void *state)
{
    ((greetings_state *)state)->shows_text = config->host_names;
    return sizeof(greeting_flow);
}

static void rewind(void *state, hg_index flow, int from_server, int all)
{
    (void)all; /* all bytes are kept */
    if (from_server)
        ((greeting_flow *)hg_flow_memory_of(state, flow))->examined = 0;
}

static int is_sound(const void *state, const void *of)
{
    const greeting_flow *flow = of;
    (void)state;
    return flow->examined <= STREAM_BYTES && flow->client_spoke <= 1;
}

/* ---- results ------------------------------------------------------------------------------------ */

static const hg_reader_result DONE = {.done = 1};

static hg_device_match match_of(const hg_database *database, uint8_t kind, hg_span text)
{
    if (database == NULL)
        return (hg_device_match){.signature = HG_NO_SIGNATURE};
    return hg_device_match_text(&database->tables, kind, text.text, text.length);
}

/* The protocol of a 220 reply, HG_GREETINGS where nothing says which it is. */
static hg_greeting reply_protocol(const hg_database *database, hg_span text)
{
    if (hg_greeting_names_smtp(text))
        return HG_GREETING_SMTP;
    if (hg_greeting_names_ftp(text))
        return HG_GREETING_FTP;
    const int is_smtp = match_of(database, HG_SAYS_SMTP, text).signature != HG_NO_SIGNATURE;
    const int is_ftp = match_of(database, HG_SAYS_FTP, text).signature != HG_NO_SIGNATURE;
    return is_smtp == is_ftp ? HG_GREETINGS : is_smtp ? HG_GREETING_SMTP : HG_GREETING_FTP;
}

static hg_greeting protocol_of(const hg_database *database, hg_greeting_form form, hg_span text)
{
    switch (form) {
    case HG_FORM_REPLY:
        return reply_protocol(database, text);
    case HG_FORM_POP3:
        return HG_GREETING_POP3;
    case HG_FORM_IMAP:
        return HG_GREETING_IMAP;
    case HG_FORM_MYSQL:
        return HG_GREETING_MYSQL;
    case HG_FORM_NONE:
    case HG_FORM_CUT:
        break;
    }
    return HG_GREETINGS;
}

static hg_text_place put(hg_batch *batch, const hg_device_values *values, uint32_t field)
{
    return hg_batch_put_text(batch, (const uint8_t *)values->values[field], values->lengths[field]);
}

/* "Linux 6.1 or newer" */
static hg_text_place put_system(hg_batch *batch, const hg_device_values *values)
{
    hg_text_place place = put(batch, values, HG_DEVICE_SYSTEM);
    if (place.length > 0 && values->lengths[HG_DEVICE_VERSION] > 0) {
        place.length += hg_batch_put_text(batch, (const uint8_t *)" ", 1).length;
        place.length += put(batch, values, HG_DEVICE_VERSION).length;
    }
    return place;
}

static hg_reader_result report(const greetings_state *own, const hg_reader_output *to, hg_greeting protocol, hg_span text)
{
    static const uint8_t KINDS[HG_GREETINGS] = {HG_SAYS_FTP, HG_SAYS_SMTP, HG_SAYS_POP3, HG_SAYS_IMAP, HG_SAYS_MYSQL};
    const hg_device_match match = match_of(to->database, KINDS[protocol], text);
    hg_greetings_values found = {.greeting_signature = match.signature, .greeting_protocol = (uint8_t)protocol};
    if (match.signature != HG_NO_SIGNATURE) {
        hg_device_values values;
        hg_device_write_values(to->database, &match, text.text, &values);
        found.program = put(to->batch, &values, HG_BANNER_PROGRAM);
        found.program_version = put(to->batch, &values, HG_BANNER_RELEASE);
        found.program_variant = put(to->batch, &values, HG_BANNER_VARIANT);
        found.stated_system = put_system(to->batch, &values);
    }
    if (own->shows_text)
        found.greeting_text = hg_batch_put_text(to->batch, text.data, text.length < HG_MOST_GREETING ? text.length : HG_MOST_GREETING);
    memcpy(to->finding, &found, sizeof found);
    return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_GREETING};
}

/* ---- bytes -------------------------------------------------------------------------------------- */

/* A server may speak first anywhere in a connection: without its beginning nothing is a greeting. */
static int begins(const uint8_t *data, uint32_t length)
{
    (void)data, (void)length;
    return 0;
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    const greetings_state *own = state;
    greeting_flow *of = hg_flow_memory_of(state, flow);
    if (!from_server)
        of->client_spoke = 1;
    if (of->client_spoke || bytes->offset != 0 || bytes->length == 0)
        return DONE;
    const uint32_t length = bytes->length < STREAM_BYTES ? bytes->length : STREAM_BYTES;
    const uint32_t from = of->examined < length ? of->examined : length;
    hg_span text = {0};
    const hg_greeting_form form = hg_greeting_form_of(bytes->data, length, from, &text);
    if (form == HG_FORM_CUT && length < STREAM_BYTES) {
        of->examined = (uint16_t)length;
        return (hg_reader_result){.keep = 0, .examined = length - from};
    }
    const hg_greeting protocol = protocol_of(to->database, form, text);
    return protocol == HG_GREETINGS ? DONE : report(own, to, protocol, text);
}

static HG_ROW_WRITER(write, greetings)

const hg_reader hg_greetings_reader = {
    .protocol = HG_PROTOCOL_GREETINGS,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_DEVICE_VALUES * HG_DEVICE_VALUE_BYTES + 1 + HG_MOST_GREETING,
    .state_bytes = sizeof(greetings_state),
    .open = open,
    .begins = begins,
    .follow = follow,
    .write = write,
    .rewind = rewind,
    .is_sound = is_sound,
};
