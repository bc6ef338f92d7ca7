/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * smb.c - announcements of client and server when they log in with SMB, or by NTLM with DCE/RPC, LDAP or SQL Server.
 *
 * Ports are ignored. A direction is a series of messages. Their length stands before those of SMB (RFC 1002, 4.3), and
 * in the headers of DCE/RPC ([C706], 12.6), LDAP (RFC 4511) and TDS ([MS-TDS], 2.2.3). Negotiations are skipped.
 * Session setups and binds are read, and each one with an announcement is an event. Later messages of SMB and DCE/RPC
 * are not read. */
#include "announcements/readers.h"

#include "announcements/ntlm.h"

/* A session setup has at most four texts. */
enum { STREAM_BYTES = 32768, MOST_MESSAGE = 16384, MOST_TEXT = 4 * (HG_MOST_ANNOUNCED_TEXT + 2) };

/* ---- headers ----------------------------------------------------------------------------- */

/* Before each message: 0, or the type of a NetBIOS session packet (1 byte), and the length (3). */
enum { FRAME = 4, FIRST_CONTROL = 0x81, LAST_CONTROL = 0x85, MOST_CONTROL = 512 };
enum { HEADER_1 = 32, HEADER_2 = 64, LEAST_HEADER = 20 };

typedef enum kind {
    KIND_OTHER,
    KIND_NEGOTIATION,
    KIND_SETUP,
    KIND_LATER /* any other SMB message */
} kind;

static uint32_t length_of(const uint8_t *frame)
{
    return hg_be32(frame) & 0xFFFFFF;
}

static int is_smb1(const uint8_t *message)
{
    return memcmp(message, "\xFFSMB", 4) == 0;
}

/* The kind of a message, from the beginning of its header. */
static kind kind_of(const uint8_t *message)
{
    enum { NEGOTIATE_1 = 0x72, SETUP_1 = 0x73, NEGOTIATE_2 = 0, SETUP_2 = 1, COMMAND_2_AT = 12 };
    if (is_smb1(message))
        return message[4] == SETUP_1 ? KIND_SETUP : message[4] == NEGOTIATE_1 ? KIND_NEGOTIATION : KIND_LATER;
    if (memcmp(message, "\xFESMB", 4) == 0) {
        const uint16_t command = hg_le16(message + COMMAND_2_AT);
        return command == SETUP_2 ? KIND_SETUP : command == NEGOTIATE_2 ? KIND_NEGOTIATION : KIND_LATER;
    }
    return memcmp(message, "\xFDSMB", 4) == 0 ? KIND_LATER : KIND_OTHER; /* encrypted */
}

static int is_reply(const uint8_t *message)
{
    enum { FLAGS_1_AT = 9, REPLY_1 = 0x80, FLAGS_2_AT = 16, REPLY_2 = 1 };
    return is_smb1(message) ? (message[FLAGS_1_AT] & REPLY_1) != 0 : (message[FLAGS_2_AT] & REPLY_2) != 0;
}

/* ---- DCE/RPC and LDAP ----------------------------------------------------------------------------- */

enum { RPC = 5, RPC_HEADER = 16, BIND = 11, BIND_ANSWER = 12, LDAP = 0x30, LDAP_BIND = 0x60, LDAP_BIND_ANSWER = 0x61 };
enum { LEAST_LDAP = 13 /* with the longest length and number of a message */ };

/* The length of a message of DCE/RPC; 0: it is none. */
static uint32_t rpc_length(const uint8_t *data)
{
    enum { MINOR_AT = 1, ORDER_AT = 4, LITTLE = 0x10, LENGTH_AT = 8, LAST_TYPE = 19 };
    const uint32_t length = data[ORDER_AT] == LITTLE ? hg_le16(data + LENGTH_AT) : hg_be16(data + LENGTH_AT);
    return data[0] == RPC && data[MINOR_AT] <= 1 && data[2] <= LAST_TYPE && length >= RPC_HEADER ? length : 0;
}

/* The length of a message of LDAP; 0: it is none. `*operation` becomes its type. */
static uint32_t ldap_length(const uint8_t *data, uint8_t *operation)
{
    enum { LONG = 0x80, MOST_BYTES = 4, INTEGER = 2 };
    const uint32_t bytes = (data[1] & LONG) != 0 ? data[1] & ~(uint32_t)LONG : 0;
    uint32_t length = bytes == 0 ? data[1] : 0, at = 2 + bytes;
    if (data[0] != LDAP || bytes > MOST_BYTES)
        return 0;
    for (uint32_t i = 0; i < bytes; i++)
        length = length << 8 | data[2 + i];
    if (data[at] != INTEGER || data[at + 1] > MOST_BYTES || length > INT32_MAX)
        return 0;
    *operation = data[at + 2 + data[at + 1]];
    return 2 + bytes + length;
}

/* Whether an answer accepts the first offer of the bind, which was to use a directory ([MS-DRSR], 2.1). */
static int accepts_directory(const uint8_t *data, uint32_t length)
{
    enum { ADDRESS_AT = 24, RESULT_AFTER = 4 };
    if (length < ADDRESS_AT + 2)
        return 0;
    const uint32_t at = (ADDRESS_AT + 2u + hg_le16(data + ADDRESS_AT) + 3) / 4 * 4 + RESULT_AFTER;
    return data[0] == RPC && data[2] == BIND_ANSWER && at + 2 <= length && hg_le16(data + at) == 0;
}

/* Whether a bind asks for the service of a directory. */
static int asks_directory(const uint8_t *data, uint32_t length)
{
    static const uint8_t DRSUAPI[] = "\x35\x42\x51\xE3\x06\x4B\xD1\x11\xAB\x04\x00\xC0\x4F\xC2\xDC\xD2";
    enum { INTERFACE_AT = 32, BYTES = sizeof DRSUAPI - 1 };
    return data[0] == RPC && data[2] == BIND && length >= INTERFACE_AT + BYTES &&
           memcmp(data + INTERFACE_AT, DRSUAPI, BYTES) == 0;
}

/* ---- SQL Server ----------------------------------------------------------------------------------- */

enum { TDS_ANSWER = 4, TDS_LOGIN = 0x10, TDS_TOKEN = 0x11, TDS_HEADER = 8, TDS_SSPI = 0xED };

static int is_tds(uint8_t first)
{
    return first == TDS_ANSWER || first == TDS_LOGIN || first == TDS_TOKEN;
}

/* Whether a packet has a token, which in an answer comes first. Its window is 0. */
static int is_tds_login(const uint8_t *data)
{
    enum { LAST_STATUS = 1, WINDOW_AT = 7 };
    return data[1] <= LAST_STATUS && data[WINDOW_AT] == 0 && hg_be16(data + 2) > TDS_HEADER &&
           (data[0] != TDS_ANSWER || data[TDS_HEADER] == TDS_SSPI);
}

/* ---- which end begins ------------------------------------------------------------------------------- */

/* Which end begins with a bind. */
static hg_beginner begins_bind(const uint8_t *data)
{
    uint8_t type = data[2];
    if (rpc_length(data) == 0 && ldap_length(data, &type) == 0)
        return HG_BEGINS_NOTHING;
    return type == (data[0] == RPC ? BIND : LDAP_BIND)                 ? HG_BEGINS_CLIENT
           : type == (data[0] == RPC ? BIND_ANSWER : LDAP_BIND_ANSWER) ? HG_BEGINS_SERVER
                                                                       : HG_BEGINS_NOTHING;
}

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    if (length > TDS_HEADER && is_tds(data[0]))
        return !is_tds_login(data) ? HG_BEGINS_NOTHING : data[0] == TDS_ANSWER ? HG_BEGINS_SERVER : HG_BEGINS_CLIENT;
    if (length >= RPC_HEADER && data[0] != 0)
        return begins_bind(data);
    if (length < FRAME + LEAST_HEADER || data[0] != 0)
        return HG_BEGINS_NOTHING;
    const kind found = kind_of(data + FRAME);
    if (found != KIND_SETUP && found != KIND_NEGOTIATION)
        return HG_BEGINS_NOTHING;
    return is_reply(data + FRAME) ? HG_BEGINS_SERVER : HG_BEGINS_CLIENT;
}

/* ---- version 1 --------------------------------------------------------------------------- */

/* Zero-terminated texts in a message, from `at` on. */
typedef struct texts {
    const uint8_t *data;
    uint32_t at;
    uint32_t end;
    uint32_t unit; /* bytes of a character: 2 or 1 */
} texts;

/* Moves past the next text and returns its length. UTF-16 texts begin at an even offset in the message. */
static uint32_t next_text(texts *rest, const uint8_t **text)
{
    rest->at += rest->unit == 2 ? rest->at & 1 : 0;
    *text = rest->data + rest->at;
    const uint32_t begin = rest->at;
    while (rest->at + rest->unit <= rest->end &&
           (rest->data[rest->at] | (rest->unit == 2 ? rest->data[rest->at + 1] : 0)) != 0)
        rest->at += rest->unit;
    const uint32_t length = rest->at - begin;
    rest->at += rest->unit;
    return length;
}

static void announce_next(hg_announcing *to, uint8_t as, texts *rest)
{
    const uint8_t *text;
    const uint32_t length = rest->at < rest->end ? next_text(rest, &text) : 0;
    if (length == 0)
        return;
    hg_announce_wide(to, as, text, length, rest->unit == 2);
}

/* The form of a session setup, by its number of words: the data before the system's names. */
typedef struct setup_form {
    uint8_t words;
    uint8_t is_reply;
    uint8_t token_at;    /* the word with the length of the security token or of the password; 0: none */
    uint8_t password_at; /* the word with the length of another password; 0: none */
    uint8_t skipped;     /* number of texts that are skipped: user and domain */
    uint8_t has_token;   /* 1: `token_at` is for a token, 0: for a password */
} setup_form;

static const setup_form *form_of(uint32_t words, int reply)
{
    static const setup_form FORMS[] = {
        {12, 0, 7, 0, 0, 1}, {13, 0, 7, 8, 2, 0}, {10, 0, 7, 0, 2, 0}, {4, 1, 3, 0, 0, 1}, {3, 1, 0, 0, 0, 0},
    };
    for (uint32_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (FORMS[i].words == words && FORMS[i].is_reply == reply)
            return FORMS + i;
    return NULL;
}

/* Reads a session setup. `*ntlm` becomes the type of its NTLM message. 0: it is malformed. */
static int read_setup1(hg_announcing *to, const uint8_t *message, uint32_t length, hg_ntlm_message *ntlm)
{
    enum { FLAGS2_AT = 10, IS_UNICODE = 0x8000, WORDS_AT = HEADER_1 + 1 };
    if (length < WORDS_AT)
        return 0;
    const uint32_t words = message[HEADER_1], bytes_at = WORDS_AT + 2 * words + 2;
    const setup_form *form = form_of(words, is_reply(message));
    if (form == NULL)
        return 1; /* an error response, or an older form */
    if (bytes_at > length)
        return 0;
    uint32_t before = 0;
    if (form->token_at != 0)
        before = hg_le16(message + WORDS_AT + 2 * (uint32_t)form->token_at);
    if (form->password_at != 0)
        before += hg_le16(message + WORDS_AT + 2 * (uint32_t)form->password_at);
    const uint32_t count = hg_le16(message + bytes_at - 2), left = length - bytes_at;
    if (before > count || count > left)
        return 0;
    if (form->has_token)
        *ntlm = hg_announce_ntlm(to, message + bytes_at, before, 0);
    texts rest = {message, bytes_at + before, bytes_at + count,
                  (hg_le16(message + FLAGS2_AT) & IS_UNICODE) != 0 ? 2 : 1};
    const uint8_t *skipped;
    for (uint32_t i = 0; i < form->skipped && rest.at < rest.end; i++)
        (void)next_text(&rest, &skipped);
    announce_next(to, HG_SAYS_SMB_SYSTEM, &rest);
    if (form->is_reply) /* a client's shows nothing: any device may use Samba's client */
        announce_next(to, HG_SAYS_SMB_MANAGER, &rest);
    return 1;
}

/* ---- versions 2 and 3 --------------------------------------------------------------------- */

/* As read_setup1. */
static int read_setup2(hg_announcing *to, const uint8_t *message, uint32_t length, hg_ntlm_message *ntlm)
{
    enum { REQUEST_TOKEN = HEADER_2 + 12, REPLY_TOKEN = HEADER_2 + 4 };
    const uint32_t at = is_reply(message) ? REPLY_TOKEN : REQUEST_TOKEN;
    if (length < at + 4)
        return 0;
    const uint32_t place = hg_le16(message + at), size = hg_le16(message + at + 2);
    if (size == 0)
        return 1;
    if (place > length || size > length - place)
        return 0;
    *ntlm = hg_announce_ntlm(to, message + place, size, 0);
    return 1;
}

/* ---- a direction -------------------------------------------------------------------------- */

/* Reads a complete session setup or bind, from its length on. A side that has sent its last NTLM message announces
 * nothing more. */
static hg_reader_result read_setup(const hg_flow_memory *memory, uint32_t *asked, const uint8_t *message,
                                   uint32_t length, const hg_reader_output *to)
{
    hg_ntlm_message ntlm = HG_NTLM_NONE;
    hg_announcing list;
    int is_sound = 1;
    hg_announce_begin(&list, memory->shows_names, to);
    *asked |= (uint32_t)asks_directory(message, length);
    if (message[0] != 0)
        ntlm = hg_announce_ntlm(&list, message, length, *asked && accepts_directory(message, length));
    else if (is_smb1(message + FRAME))
        is_sound = read_setup1(&list, message + FRAME, length - FRAME, &ntlm);
    else
        is_sound = read_setup2(&list, message + FRAME, length - FRAME, &ntlm);
    to->stats->smb_malformed += !is_sound;
    if (hg_announce_any(&list, to, HG_DATAGRAM_CLIENT) == HG_DATAGRAM_NOTHING)
        return (hg_reader_result){.done = (uint8_t)!is_sound};
    return (hg_reader_result){.has_event = 1, .event = HG_EVENT_SMB, .done = (uint8_t)(ntlm != HG_NTLM_NEGOTIATE)};
}

/* What to do with a message. */
typedef enum smb_step {
    STEP_WAIT,
    STEP_SKIP,
    STEP_READ,
    STEP_STOP,  /* later messages announce nothing */
    STEP_BROKEN /* it is not a message */
} smb_step;

/* What to do with a message of SMB, or of the services beside it; `*length` becomes that of all of it. */
static smb_step next_smb(const uint8_t *data, uint32_t left, uint32_t *length)
{
    const uint32_t inside = length_of(data);
    *length = FRAME + inside;
    if (data[0] != 0)
        return data[0] >= FIRST_CONTROL && data[0] <= LAST_CONTROL && inside <= MOST_CONTROL ? STEP_SKIP : STEP_BROKEN;
    if (inside < LEAST_HEADER)
        return STEP_BROKEN;
    if (left < FRAME + LEAST_HEADER)
        return STEP_WAIT;
    const kind found = kind_of(data + FRAME);
    return found == KIND_SETUP         ? STEP_READ
           : found == KIND_NEGOTIATION ? STEP_SKIP
           : found == KIND_LATER       ? STEP_STOP
                                       : STEP_BROKEN;
}

/* As next_smb, of DCE/RPC or LDAP. */
static smb_step next_bind(const uint8_t *data, uint32_t left, uint32_t *length)
{
    enum { ALTER = 14, LAST_BIND = 16, NO_BIND = 13 };
    uint8_t type = 0;
    if (left < (data[0] == RPC ? (uint32_t)RPC_HEADER : (uint32_t)LEAST_LDAP))
        return STEP_WAIT;
    *length = data[0] == RPC ? rpc_length(data) : ldap_length(data, &type);
    if (*length == 0)
        return STEP_STOP; /* sealed */
    if (data[0] == RPC)
        return data[2] >= BIND && data[2] <= LAST_BIND ? STEP_READ : STEP_STOP;
    return type == LDAP_BIND || type == LDAP_BIND_ANSWER ? STEP_READ : STEP_SKIP;
}

/* As next_smb, of SQL Server. */
static smb_step next_tds(const uint8_t *data, uint32_t left, uint32_t *length)
{
    if (left <= TDS_HEADER)
        return STEP_WAIT;
    *length = hg_be16(data + 2);
    return is_tds_login(data) ? STEP_READ : STEP_STOP;
}

/* As next_smb, of any protocol. */
static smb_step next_step(const uint8_t *data, uint32_t left, uint32_t *length)
{
    if (left < FRAME)
        return STEP_WAIT;
    const int is_bind = data[0] == RPC || data[0] == LDAP;
    const smb_step found = is_bind           ? next_bind(data, left, length)
                           : is_tds(data[0]) ? next_tds(data, left, length)
                                             : next_smb(data, left, length);
    return found != STEP_READ ? found : *length > MOST_MESSAGE ? STEP_SKIP : left < *length ? STEP_WAIT : STEP_READ;
}

static hg_reader_result read_messages(const hg_flow_memory *memory, uint32_t *next, uint32_t *asked,
                                      const hg_bytes *bytes, const hg_reader_output *to)
{
    const uint32_t end = bytes->offset + bytes->length;
    hg_reader_result reading = {0};
    while (*next < end && !reading.has_event && !reading.done) {
        const uint8_t *data = bytes->data + (*next - bytes->offset);
        uint32_t length = 0;
        const smb_step found = next_step(data, end - *next, &length);
        if (found == STEP_WAIT)
            break;
        if (found == STEP_BROKEN || found == STEP_STOP) {
            to->stats->smb_malformed += found == STEP_BROKEN && *next > 0;
            return (hg_reader_result){.done = 1};
        }
        if (found == STEP_READ)
            reading = read_setup(memory, asked, data, length, to);
        *next += length;
    }
    reading.done |= *next >= STREAM_BYTES;
    reading.again = (uint8_t)(reading.has_event && !reading.done && *next < end);
    reading.keep = *next < end ? *next : end;
    return reading;
}

static int begins_message(uint8_t first)
{
    return first == 0 || (first >= FIRST_CONTROL && first <= LAST_CONTROL) || first == RPC || first == LDAP ||
           is_tds(first);
}

static int wants(hg_place place, uint8_t first)
{
    (void)place;
    return begins_message(first);
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    const hg_flow_memory *memory = state;
    if (bytes->offset == 0 && !begins_message(bytes->data[0]))
        return (hg_reader_result){.done = 1};
    uint32_t *both = hg_flow_memory_of(state, flow), *next = both + from_server;
    if (*next < bytes->offset)
        return (hg_reader_result){.done = 1};
    return read_messages(memory, next, both + 2, bytes, to);
}

const hg_reader hg_smb_reader = {
    .protocol = HG_PROTOCOL_SMB,
    .proof = HG_PROOF_NEAR,
    .stream_bytes = STREAM_BYTES,
    .most_text = MOST_TEXT,
    /* where the next messages of client and server begin, and whether the client asks for a directory's service */
    .flow_bytes = 3 * sizeof(uint32_t),
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .write = hg_device_write,
};
