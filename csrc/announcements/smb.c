/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * smb.c - announcements of client and server during the session setup of SMB.
 *
 * Ports are ignored. A direction is a series of messages, each after its length (RFC 1002, 4.3). Negotiations are
 * skipped. Session setups are read, and each one with an announcement is an event. Later messages are not read. */
#include "announcements/readers.h"

#include "announcements/announcing.h"

/* A session setup has at most four texts. */
enum { STREAM_BYTES = 32768, MOST_MESSAGE = 16384, MOST_TEXT = 4 * (HG_MOST_ANNOUNCED_TEXT + 2) };

/* ---- NTLM, with the sender's name and version ([MS-NLMP]) ------------------------------------ */

typedef enum ntlm_message {
    NTLM_NONE = 0,
    NTLM_NEGOTIATE = 1,
    NTLM_CHALLENGE = 2, /* sent by the server */
    NTLM_AUTHENTICATE = 3
} ntlm_message;

/* A field: its length (2 bytes), its allocated length (2), and its offset (4). */
enum { FIELD_BYTES = 8, MOST_FIELDS = 6, VERSION_BYTES = 8, TYPE_AT = 8 };
enum { IS_UNICODE = 0x00000001, HAS_VERSION = 0x02000000 };

/* The layout of an NTLM message. */
typedef struct layout {
    const char *role;
    uint8_t flags_at;
    uint8_t version_at;
    uint8_t fields[MOST_FIELDS]; /* offsets of the fields; then zeros */
    uint8_t name;                /* offset of the field with the sender's name, or with a list that contains it */
} layout;

static const layout LAYOUTS[] = {
    [NTLM_NEGOTIATE] = {"client", 12, 32, {16, 24}, 24},
    [NTLM_CHALLENGE] = {"server", 20, 48, {12, 40}, 40},
    [NTLM_AUTHENTICATE] = {"client", 60, 64, {12, 20, 28, 36, 44, 52}, 44},
};

typedef struct ntlm_view {
    const uint8_t *data;
    uint32_t length;
    const layout *layout;
    uint32_t flags;
    ntlm_message type;
} ntlm_view;

/* Gets the field at `at` and returns its length; 0: it is empty, or outside the message. */
static uint32_t field(const ntlm_view *view, uint32_t at, const uint8_t **data)
{
    if (view->length < at + FIELD_BYTES)
        return 0;
    const uint32_t length = hg_le16(view->data + at), place = hg_le32(view->data + at + 4);
    if (place > view->length || length > view->length - place)
        return 0;
    *data = view->data + place;
    return length;
}

/* 1 if no field begins before `end`, so that the part before it exists. Old senders omit parts that they do not
 * know. */
static int is_free(const ntlm_view *view, uint32_t end)
{
    for (uint32_t i = 0; i < MOST_FIELDS && view->layout->fields[i] != 0; i++) {
        const uint32_t at = view->layout->fields[i];
        if (hg_le16(view->data + at) > 0 && hg_le32(view->data + at + 4) < end)
            return 0;
    }
    return view->length >= end;
}

static void announce_version(hg_announcing *to, const ntlm_view *view)
{
    const uint32_t at = view->layout->version_at;
    if ((view->flags & HAS_VERSION) == 0 || !is_free(view, at + VERSION_BYTES) || hg_be32(view->data + at) == 0)
        return;
    HG_ANNOUNCE_PIECES(to, HG_SAYS_NTLM, view->data[at], ".", view->data[at + 1], ".", hg_le16(view->data + at + 2),
                       " ", view->layout->role);
}

/* Announces the computer's name from a server's list of types, lengths and values. Its names are always UTF-16. */
static void announce_target(hg_announcing *to, const uint8_t *list, uint32_t length)
{
    enum { HEADER = 4, END = 0, COMPUTER = 1 };
    hg_cursor in = {list, list + length};
    hg_span head, name;
    while (hg_take_bytes(&in, HEADER, &head) && hg_le16(head.data) != END &&
           hg_take_bytes(&in, hg_le16(head.data + 2), &name))
        if (hg_le16(head.data) == COMPUTER) {
            hg_announce_wide(to, HG_SAYS_NAME, name.data, name.length, 1);
            return;
        }
}

static void announce_name(hg_announcing *to, const ntlm_view *view)
{
    const uint8_t *data;
    const uint32_t length = field(view, view->layout->name, &data);
    if (length == 0)
        return;
    if (view->type == NTLM_CHALLENGE)
        announce_target(to, data, length);
    else
        hg_announce_wide(to, HG_SAYS_NAME, data, length,
                         view->type == NTLM_AUTHENTICATE && (view->flags & IS_UNICODE) != 0);
}

/* The offset of an NTLM message in the token; the token's length: there is none. */
static uint32_t find_ntlm(const uint8_t *token, uint32_t length)
{
    static const uint8_t SIGNATURE[TYPE_AT] = "NTLMSSP";
    for (uint32_t at = 0; at < length;) {
        const uint8_t *first = memchr(token + at, SIGNATURE[0], length - at);
        if (first == NULL)
            break;
        at = (uint32_t)(first - token);
        if (length - at >= sizeof SIGNATURE && memcmp(first, SIGNATURE, sizeof SIGNATURE) == 0)
            return at;
        at++;
    }
    return length;
}

/* Announces the version and name of the sender's system from the first NTLM message in a security token. Names of users
 * and domains are not read. */
static ntlm_message announce_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length)
{
    enum { LEAST = 32 };
    const uint32_t at = find_ntlm(token, length);
    ntlm_view view = {.data = token + at, .length = length - at};
    if (view.length < LEAST)
        return NTLM_NONE;
    const uint32_t type = hg_le32(view.data + TYPE_AT);
    if (type < NTLM_NEGOTIATE || type > NTLM_AUTHENTICATE)
        return NTLM_NONE;
    view.type = (ntlm_message)type;
    view.layout = LAYOUTS + type;
    view.flags = view.length < view.layout->flags_at + 4u ? 0 : hg_le32(view.data + view.layout->flags_at);
    if (view.length >= view.layout->version_at)
        announce_version(to, &view);
    announce_name(to, &view);
    return view.type;
}

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

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
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
static int read_setup1(hg_announcing *to, const uint8_t *message, uint32_t length, ntlm_message *ntlm)
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
        *ntlm = announce_ntlm(to, message + bytes_at, before);
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
static int read_setup2(hg_announcing *to, const uint8_t *message, uint32_t length, ntlm_message *ntlm)
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
    *ntlm = announce_ntlm(to, message + place, size);
    return 1;
}

/* ---- a direction -------------------------------------------------------------------------- */

/* Reads a complete session setup. A side that has sent its last NTLM message announces nothing more. */
static hg_reader_result read_setup(const hg_flow_memory *memory, const uint8_t *message, uint32_t length,
                                   const hg_reader_output *to)
{
    ntlm_message ntlm = NTLM_NONE;
    hg_announcing list;
    hg_announce_begin(&list, memory->shows_names, to);
    const int is_sound =
        is_smb1(message) ? read_setup1(&list, message, length, &ntlm) : read_setup2(&list, message, length, &ntlm);
    to->stats->smb_malformed += !is_sound;
    if (hg_announce_any(&list, to, HG_DATAGRAM_CLIENT) == HG_DATAGRAM_NOTHING)
        return (hg_reader_result){.done = (uint8_t)!is_sound};
    return (hg_reader_result){.has_event = 1, .event = HG_EVENT_SMB, .done = (uint8_t)(ntlm != NTLM_NEGOTIATE)};
}

/* What to do with a message. */
typedef enum smb_step {
    STEP_WAIT,
    STEP_SKIP,
    STEP_READ,
    STEP_STOP,  /* later messages announce nothing */
    STEP_BROKEN /* it is not a message */
} smb_step;

static smb_step next_step(const uint8_t *data, uint32_t left)
{
    if (left < FRAME)
        return STEP_WAIT;
    const uint32_t length = length_of(data);
    if (data[0] != 0)
        return data[0] >= FIRST_CONTROL && data[0] <= LAST_CONTROL && length <= MOST_CONTROL ? STEP_SKIP : STEP_BROKEN;
    if (length < LEAST_HEADER)
        return STEP_BROKEN;
    if (left < FRAME + LEAST_HEADER)
        return STEP_WAIT;
    switch (kind_of(data + FRAME)) {
    case KIND_NEGOTIATION:
        return STEP_SKIP;
    case KIND_SETUP:
        return length > MOST_MESSAGE ? STEP_SKIP : left < FRAME + length ? STEP_WAIT : STEP_READ;
    case KIND_LATER:
        return STEP_STOP;
    case KIND_OTHER:
        break;
    }
    return STEP_BROKEN;
}

static hg_reader_result read_messages(const hg_flow_memory *memory, uint32_t *next, const hg_bytes *bytes,
                                      const hg_reader_output *to)
{
    const uint32_t end = bytes->offset + bytes->length;
    hg_reader_result reading = {0};
    while (*next < end && !reading.has_event && !reading.done) {
        const uint8_t *data = bytes->data + (*next - bytes->offset);
        const smb_step found = next_step(data, end - *next);
        if (found == STEP_WAIT)
            break;
        if (found == STEP_BROKEN || found == STEP_STOP) {
            to->stats->smb_malformed += found == STEP_BROKEN && *next > 0;
            return (hg_reader_result){.done = 1};
        }
        if (found == STEP_READ)
            reading = read_setup(memory, data + FRAME, length_of(data), to);
        *next += FRAME + length_of(data);
    }
    reading.done |= *next >= STREAM_BYTES;
    reading.again = (uint8_t)(reading.has_event && !reading.done && *next < end);
    reading.keep = *next < end ? *next : end;
    return reading;
}

static int begins_message(uint8_t first)
{
    return first == 0 || (first >= FIRST_CONTROL && first <= LAST_CONTROL);
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
    uint32_t *next = (uint32_t *)hg_flow_memory_of(state, flow) + from_server;
    if (*next < bytes->offset)
        return (hg_reader_result){.done = 1};
    return read_messages(memory, next, bytes, to);
}

const hg_reader hg_smb_reader = {
    .protocol = HG_PROTOCOL_SMB,
    .proof = HG_PROOF_NEAR,
    .stream_bytes = STREAM_BYTES,
    .most_text = MOST_TEXT,
    .flow_bytes = 2 * sizeof(uint32_t), /* where the next messages of client and server begin */
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .write = hg_device_write,
};
