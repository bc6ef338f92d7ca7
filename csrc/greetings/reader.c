/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads the first line of a server's first message in FTP (RFC 959), SMTP (RFC 5321), POP3 (RFC 1939) and
 * IMAP (RFC 9051), or MySQL's first packet; and the version among the first messages of PostgreSQL (its manual,
 * "Message Formats"). Then it reads logins (logins.c).
 *
 * A client of PostgreSQL speaks first. If another client did, the server's line is an answer, such as "+OK" from Redis,
 * and not a greeting. If the handshake was not captured, only a line that no server sends later is one (`begins`). A
 * row has the values from the matching pattern. It has the text itself, which names hosts, only with `host_names`. */
#include "greetings/reader.h"

#include "announcements/announcing.h"
#include "announcements/match.h"
#include "greetings/fields.h"
#include "greetings/logins.h"

enum { STREAM_BYTES = 1024 /* of a server that are searched for its greeting */, ASKED = 2 };

/* The state of one connection. */
typedef struct greeting_flow {
    hg_login_flow logins;
    uint16_t examined; /* bytes of the server that were searched for the end of the greeting */
    uint8_t client_spoke; /* 1: the client has sent data; ASKED: it speaks PostgreSQL */
    uint8_t zero;         /* padding; the struct is saved as bytes */
} greeting_flow;

/* ---- state of flows -------------------------------------------------------------------------------- */

static int is_sound(const void *state, const void *memory)
{
    const greeting_flow *flow = memory;
    (void)state;
    return hg_login_is_sound(&flow->logins) && flow->examined <= STREAM_BYTES && flow->client_spoke <= ASKED;
}

/* ---- lines ---------------------------------------------------------------------------------------- */

/* Values in place of an hg_greeting, for a server's first bytes. */
enum {
    NO_GREETING = HG_GREETINGS,
    CUT,  /* more bytes are needed */
    REPLY /* a reply 220: FTP or SMTP */
};

typedef struct status_word {
    const char *word;
    uint8_t length;
    uint8_t protocol; /* hg_greeting, or REPLY */
} status_word;

static const status_word WORDS[] = {
    {"220 ", 4, REPLY},
    {"220-", 4, REPLY},
    {"+OK ", 4, HG_GREETING_POP3},
    {"* OK ", 5, HG_GREETING_IMAP},
    {"* PREAUTH ", 10, HG_GREETING_IMAP},
};

/* The word with which a line begins; NULL: none. `*is_cut` becomes 1 if the bytes may be the beginning of one. */
static const status_word *word_of(const uint8_t *data, uint32_t length, int *is_cut)
{
    *is_cut = 0;
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        const uint32_t there = length < WORDS[i].length ? length : WORDS[i].length;
        if (memcmp(data, WORDS[i].word, there) != 0)
            continue;
        if (there == WORDS[i].length)
            return WORDS + i;
        *is_cut = 1;
    }
    return NULL;
}

static int is_printable(hg_span text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if ((text.data[i] < ' ' && text.data[i] != '\t') || text.data[i] == 0x7F)
            return 0;
    return 1;
}

static hg_span trimmed(hg_span text)
{
    while (text.length > 0 && (text.text[0] == ' ' || text.text[0] == '\t')) {
        text.text++;
        text.length--;
    }
    while (text.length > 0 && strchr(" \t\r", text.text[text.length - 1]) != NULL)
        text.length--;
    return text;
}

/* Skips the bracketed code at the beginning of an IMAP text (RFC 9051, 7.1). */
static hg_span after_code(hg_span text)
{
    const char *end = text.length > 0 && text.text[0] == '[' ? memchr(text.text, ']', text.length) : NULL;
    if (end == NULL)
        return text;
    return trimmed(hg_span_of(end + 1, text.length - (size_t)(end + 1 - text.text)));
}

/* The protocol of a line that begins with `word`, as for greeting_of. The first `from` bytes hold no line end. */
static uint32_t line_of(const status_word *word, const uint8_t *data, uint32_t length, uint32_t from, hg_span *text)
{
    const uint8_t *end = memchr(data + from, '\n', length - from);
    if (end == NULL)
        return CUT;
    *text = trimmed(hg_span_of(data + word->length, (size_t)(end - data) - word->length));
    if (text->length == 0 || !is_printable(*text))
        return NO_GREETING;
    if (word->protocol == HG_GREETING_IMAP)
        *text = after_code(*text);
    return word->protocol;
}

/* ---- MySQL ---------------------------------------------------------------------------------------- */

/* MySQL's first packet: length and number, protocol version, server version with a NUL, connection id (4), first bytes
 * of the challenge (8), and a zero byte. */
enum {
    PACKET_HEADER = 4,
    PROTOCOL_AT = PACKET_HEADER,
    VERSION_AT = 5,
    PROTOCOL_10 = 10,
    BEFORE_ZERO = 12,
    LEAST_PACKET = 45,
    MOST_VERSION = 128
};

/* Whether the bytes so far may begin a MySQL greeting. */
static int fits_mysql(const uint8_t *data, uint32_t length)
{
    return data[0] >= LEAST_PACKET && (length <= 1 || data[1] == 0) && (length <= 2 || data[2] == 0) &&
           (length <= 3 || data[3] == 0) && (length <= PROTOCOL_AT || data[PROTOCOL_AT] == PROTOCOL_10) &&
           (length <= VERSION_AT || (data[VERSION_AT] >= '0' && data[VERSION_AT] <= '9'));
}

/* Reads MySQL's first packet; `*text` becomes the server version. */
static uint32_t mysql_of(const uint8_t *data, uint32_t length, hg_span *text)
{
    if (!fits_mysql(data, length))
        return NO_GREETING;
    const uint32_t whole = PACKET_HEADER + (uint32_t)data[0];
    if (length < whole)
        return CUT;
    const uint8_t *end = memchr(data + VERSION_AT, 0, whole - VERSION_AT);
    if (end == NULL || end - data - VERSION_AT > MOST_VERSION)
        return NO_GREETING;
    *text = hg_span_of(data + VERSION_AT, (size_t)(end - data) - VERSION_AT);
    const uint32_t zero = VERSION_AT + text->length + 1 + BEFORE_ZERO;
    return zero < whole && data[zero] == 0 && is_printable(*text) ? HG_GREETING_MYSQL : NO_GREETING;
}

/* ---- PostgreSQL ----------------------------------------------------------------------------------- */

enum { LEAST_STARTUP = 8 };

/* Whether a client begins with a startup message (version 3), or asks for encryption. */
static int asks_postgres(const uint8_t *data, uint32_t length)
{
    enum { MOST_STARTUP = 10000, VERSION_3 = 3, SSL = 80877103, GSS = 80877104 };
    if (length < LEAST_STARTUP)
        return 0;
    const uint32_t whole = hg_be32(data), code = hg_be32(data + 4);
    return whole >= LEAST_STARTUP && whole <= MOST_STARTUP &&
           (code >> 16 == VERSION_3 || (whole == LEAST_STARTUP && (code == SSL || code == GSS)));
}

/* Reads a server's messages, each with a type and its length without the type, up to the parameter with its version. A
 * single "N" before them refuses encryption; an "S" grants it, and TLS follows. */
static uint32_t postgres_of(const uint8_t *data, uint32_t length, hg_span *text)
{
    enum { HEADER = 5 };
    static const char NAME[] = "server_version";
    const uint8_t *at = data, *end = data + length;
    if (length > 0 && data[0] == 'S')
        return NO_GREETING;
    at += length > 1 && data[0] == 'N' && data[1] != 0;
    while (end - at >= HEADER) {
        const uint32_t bytes = hg_be32(at + 1);
        if (strchr("RSKvNZ", at[0]) == NULL || bytes < HEADER - 1 || bytes >= STREAM_BYTES)
            return NO_GREETING;
        if (bytes >= (size_t)(end - at))
            return CUT;
        const uint8_t *value = at + HEADER + sizeof NAME, *next = at + 1 + bytes;
        if (at[0] == 'S' && value < next && memcmp(at + HEADER, NAME, sizeof NAME) == 0) {
            const uint8_t *stop = memchr(value, 0, (size_t)(next - value));
            *text = hg_span_of(value, stop != NULL ? (size_t)(stop - value) : 0);
            return text->length > 0 && is_printable(*text) ? HG_GREETING_POSTGRESQL : NO_GREETING;
        }
        at = next;
    }
    return CUT;
}

/* The protocol of a server's first bytes. The first `from` bytes were examined before and do not end the greeting. On a
 * complete greeting, `*text` becomes its text without status and line end; for MySQL, the version. */
static uint32_t greeting_of(const uint8_t *data, uint32_t length, uint32_t from, hg_span *text)
{
    int is_cut;
    if (length == 0)
        return CUT;
    const status_word *word = word_of(data, length, &is_cut);
    if (word != NULL)
        return line_of(word, data, length, from, text);
    return is_cut ? CUT : mysql_of(data, length, text);
}

/* ---- words of a 220 reply ------------------------------------------------------------------------- */

/* Whether the character at `at` may be part of a host name. */
static int is_of_name(const hg_span text, uint32_t at)
{
    return at < text.length && (hg_is_letter(text.text[at]) || hg_is_digit(text.text[at]) || text.text[at] == '-' ||
                                text.text[at] == '.' || text.text[at] == '_');
}

/* Whether the text of a 220 reply contains "SMTP" or "ESMTP" as a separate word. */
static int names_smtp(hg_span text)
{
    for (uint32_t at = 0; at < text.length; at++) {
        const uint32_t begin = at + (hg_lower(text.text[at]) == 'e');
        if (begin + 1 < text.length && hg_lower(text.text[begin + 1]) == 'm' &&
            hg_begins_like(text.data + begin, text.length - begin, "smtp") && !is_of_name(text, begin + 4) &&
            (at == 0 || !is_of_name(text, at - 1)))
            return 1;
    }
    return 0;
}

/* Whether the word contains "ftp", but no dot inside it, as a host name would. */
static int is_ftp_word(hg_span word)
{
    int found = 0;
    for (uint32_t at = 0; at < word.length; at++) {
        if (word.text[at] == '.' && at + 1 < word.length)
            return 0;
        found |= at + 3 <= word.length && hg_lower(word.text[at]) == 'f' && hg_begins_like(word.data + at, 3, "ftp");
    }
    return found;
}

/* Whether the text of a 220 reply contains a word of FTP (is_ftp_word). */
static int names_ftp(hg_span text)
{
    for (hg_span word = hg_span_item(&text, ' '); word.length > 0; word = hg_span_item(&text, ' '))
        if (is_ftp_word(word))
            return 1;
    return 0;
}

/* ---- results ------------------------------------------------------------------------------------ */

static const hg_reader_result DONE = {.done = 1};

/* Replies of SMTP and POP3 have at most 512 bytes (RFC 5321, 4.5.3.1.5; RFC 1939, 3), so patterns fit no longer
 * line. */
enum { MOST_LINE = 512 };

static int has_match(const hg_database *database, uint8_t kind, hg_span text)
{
    return database != NULL && text.length <= MOST_LINE &&
           hg_device_match_text(&database->tables, kind, text.text, text.length).signature != HG_NO_SIGNATURE;
}

/* The protocol of a 220 reply; HG_GREETINGS: unknown. */
static uint32_t reply_protocol(const hg_database *database, hg_span text)
{
    if (names_smtp(text))
        return HG_GREETING_SMTP;
    if (names_ftp(text))
        return HG_GREETING_FTP;
    const int is_smtp = has_match(database, HG_SAYS_SMTP, text);
    const int is_ftp = has_match(database, HG_SAYS_FTP, text);
    return is_smtp == is_ftp ? HG_GREETINGS : is_smtp ? HG_GREETING_SMTP : HG_GREETING_FTP;
}

static hg_text_place put(hg_batch *batch, const hg_device_values *values, uint32_t field)
{
    return hg_batch_put_text(batch, (const uint8_t *)values->values[field], values->lengths[field]);
}

/* Adds the system and its version to the batch, for example "Linux 6.1 or newer". */
static hg_text_place put_system(hg_batch *batch, const hg_device_values *values)
{
    hg_text_place place = put(batch, values, HG_DEVICE_SYSTEM);
    if (place.length > 0 && values->lengths[HG_DEVICE_VERSION] > 0) {
        place.length += hg_batch_put_text(batch, (const uint8_t *)" ", 1).length;
        place.length += put(batch, values, HG_DEVICE_VERSION).length;
    }
    return place;
}

static hg_reader_result report(int shows_text, const hg_reader_output *to, uint32_t protocol, hg_span text)
{
    static const uint8_t KINDS[HG_GREETINGS] = {HG_SAYS_FTP,   HG_SAYS_SMTP,       HG_SAYS_POP3, HG_SAYS_IMAP,
                                                HG_SAYS_MYSQL, HG_SAYS_POSTGRESQL, HG_SAYS_TDS};
    hg_device_values values;
    const hg_database *database = text.length <= MOST_LINE ? to->database : NULL;
    const uint32_t signature = hg_database_match_device(database, KINDS[protocol], text.text, text.length, &values);
    hg_greetings_values found = {.greeting_signature = signature, .greeting_protocol = (uint8_t)protocol};
    if (signature != HG_NO_SIGNATURE) {
        found.program = put(to->batch, &values, HG_BANNER_PROGRAM);
        found.program_version = put(to->batch, &values, HG_BANNER_RELEASE);
        found.program_variant = put(to->batch, &values, HG_BANNER_VARIANT);
        found.stated_system = put_system(to->batch, &values);
    }
    if (shows_text)
        found.greeting_text =
            hg_batch_put_text(to->batch, text.data, text.length < HG_MOST_GREETING ? text.length : HG_MOST_GREETING);
    memcpy(to->values, &found, sizeof found);
    return (hg_reader_result){.done = protocol == HG_GREETING_MYSQL, .has_event = 1, .event = HG_EVENT_GREETING};
}

/* ---- the bytes of a connection ------------------------------------------------------------------ */

/* hg_login_flow.protocol by hg_greeting. A reply 220 that names neither FTP nor SMTP counts as FTP's until the client
 * greets. */
static const uint8_t LOGINS[] = {HG_LOGIN_FTP + 1, HG_LOGIN_SMTP + 1, HG_LOGIN_POP3 + 1, HG_LOGIN_IMAP + 1};

/* 1 when a connection's first bytes are too few to show what they begin. */
static int is_open(const hg_bytes *bytes, int from_server)
{
    return hg_login_may_begin(bytes, from_server) ||
           (!from_server && bytes->length < LEAST_STARTUP && bytes->data[0] == 0);
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    const hg_flow_memory *memory = state;
    greeting_flow *greeting_flow = hg_flow_memory_of(state, flow);
    const int is_first = bytes->offset == 0 && bytes->length > 0 && !to->is_answer;
    if (greeting_flow->logins.protocol != 0 ||
        (is_first && hg_login_begins(&greeting_flow->logins, bytes, from_server)))
        return hg_login_follow(memory, &greeting_flow->logins, from_server, bytes, to);
    if (!from_server && to->greets) /* the greeting comes, although it is acknowledged later */
        return (hg_reader_result){.keep = bytes->offset, .done = bytes->length >= STREAM_BYTES};
    if (is_first && is_open(bytes, from_server)) {
        greeting_flow->client_spoke |= (uint8_t)!from_server;
        return (hg_reader_result){.keep = bytes->offset};
    }
    if (!from_server)
        greeting_flow->client_spoke = bytes->offset == 0 && asks_postgres(bytes->data, bytes->length) ? ASKED : 1;
    if (!from_server || greeting_flow->client_spoke == 1 || to->is_answer || bytes->offset != 0 || bytes->length == 0)
        return DONE;
    const uint32_t length = bytes->length < STREAM_BYTES ? bytes->length : STREAM_BYTES;
    const uint32_t from = greeting_flow->examined < length ? greeting_flow->examined : length;
    hg_span text = {0};
    uint32_t protocol = greeting_flow->client_spoke == ASKED ? postgres_of(bytes->data, length, &text)
                                                             : greeting_of(bytes->data, length, from, &text);
    if (protocol == CUT && length < STREAM_BYTES) {
        greeting_flow->examined = (uint16_t)length;
        return (hg_reader_result){.keep = 0, .examined = length - from};
    }
    hg_reader_result result = {.done = protocol != REPLY, .keep = bytes->offset + bytes->length};
    if (protocol == REPLY)
        protocol = reply_protocol(to->database, text);
    if (!result.done || protocol < sizeof LOGINS)
        greeting_flow->logins.protocol = LOGINS[protocol < sizeof LOGINS ? protocol : HG_GREETING_FTP];
    if (protocol < HG_GREETINGS)
        result = report(memory->shows_names, to, protocol, text);
    result.keep = bytes->offset + bytes->length;
    return result;
}

/* After a client that spoke a server has no greeting, unless it speaks PostgreSQL, whose clients begin with 0. Clients
 * of other protocols begin with a command, IMAP's with a tag, LDAP's with '0'; letters with which other protocols begin
 * are left out. */
static int wants(hg_place place, uint8_t first)
{
    if (place == HG_AT_CLIENT)
        return first == 0 || first == UINT8_MAX || hg_is_digit((char)first) ||
               (hg_is_letter((char)first) && strchr("GPS", first) == NULL);
    return place == HG_AT_SERVER && (first >= LEAST_PACKET || first == '2' || first == '+' || first == '*');
}

/* Whether a line with the status has a word that servers use only in greetings; `data` is not empty. */
static int welcomes(hg_span data)
{
    static const char *const WORDS_OF_GREETINGS[] = {"ready", "hello", "[capability imap4"};
    for (const uint8_t *at = data.data, *end = memchr(at, '\n', data.length); at < end; at++)
        for (uint32_t i = 0; i < sizeof WORDS_OF_GREETINGS / sizeof *WORDS_OF_GREETINGS; i++)
            if (hg_begins_like(at, (uint32_t)(end - at), WORDS_OF_GREETINGS[i]))
                return 1;
    return 0;
}

/* A server may begin later answers with the same status: "220 2.0.0 Ready" after STARTTLS, where the digits are a code
 * that greetings lack (RFC 2034, 4), or "+OK" and "* OK" after any command. Of the others a part suffices. */
static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    enum { LEAST_CUT = 6, STATUS = 4 };
    hg_span text = {0};
    const uint32_t protocol = length == 0 ? CUT : greeting_of(data, length, 0, &text);
    const int is_answer = length >= LEAST_CUT && memcmp(data + STATUS, "2.", 2) == 0;
    const int is_cut = protocol == CUT && length >= LEAST_CUT && length < MOST_LINE && (data[0] == '2' || data[3] == 0);
    if (protocol == HG_GREETING_MYSQL || ((protocol == REPLY || is_cut) && !is_answer))
        return HG_BEGINS_GREETING;
    return protocol < HG_GREETINGS && welcomes(hg_span_of(data, length)) ? HG_BEGINS_GREETING : HG_BEGINS_NOTHING;
}

static void write_row(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values)
{
    (columns->event[row] == HG_EVENT_SMB ? hg_device_write : hg_login_write)(columns, at, row, values);
}

const hg_reader hg_greetings_reader = {
    .protocol = HG_PROTOCOL_GREETINGS,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = HG_LOGIN_BYTES,
    .most_text = HG_DEVICE_VALUES * HG_DEVICE_VALUE_BYTES + 1 + HG_MOST_GREETING,
    .flow_bytes = sizeof(greeting_flow),
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .write = write_row,
    .is_sound = is_sound,
};

/* ---- SQL Server ----------------------------------------------------------------------------------- */

static hg_reader_result follow_tds(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                                   const hg_reader_output *to)
{
    const hg_tds_answer *answer = state;
    enum { MOST = 16 };
    char text[MOST + HG_RENDER_SLACK], *end = hg_put_u32(text, answer->version[0]);
    (void)flow, (void)from_server, (void)bytes;
    *end++ = '.';
    end = hg_put_u32(end, answer->version[1]);
    *end++ = '.';
    end = hg_put_u32(end, hg_be16(answer->version + 2));
    hg_reader_result result = report(answer->shows_text, to, HG_GREETING_TDS, hg_span_of(text, (size_t)(end - text)));
    result.done = 1;
    return result;
}

const hg_reader hg_tds_reader = {.proof = HG_PROOF_HANDSHAKE, .follow = follow_tds, .write = hg_login_write};
