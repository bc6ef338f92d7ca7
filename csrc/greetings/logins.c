/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * logins.c - finds logins in clear text: the client's commands in FTP (RFC 959, 4217), SMTP (RFC 4954), POP3 (RFC 1939,
 * 5034) and IMAP (RFC 9051), simple binds in LDAP (RFC 4511), and what is typed after a prompt in Telnet (RFC 854).
 *
 * A login is an event when the server answers it. Anonymous logins, and those after STARTTLS or without a password,
 * such as CRAM-MD5, are none. */
#include "greetings/logins.h"

#include "announcements/ntlm.h"
#include "base/asn1.h"
#include "base/hash.h"

typedef enum login_stage {
    STAGE_NONE = 0,
    STAGE_ANONYMOUS,  /* FTP: the name needs no password */
    STAGE_ASKED,      /* the client asked for a login, and waits until it may send the password */
    STAGE_CHALLENGED, /* it may send the password, or the next part */
    STAGE_SENT,       /* it sent the password */
    STAGE_ENCRYPTING, /* it asked for TLS */
    STAGES
} login_stage;

typedef enum login_answer { ANSWER_NONE, ANSWER_ACCEPTED, ANSWER_REFUSED, ANSWER_ENCRYPTS, ANSWER_NTLM } login_answer;

static const hg_reader_result DONE = {.done = 1};
static const char PROMPT[] = "word:"; /* ends Telnet's prompt for a password */
enum { PROMPT_LENGTH = sizeof PROMPT - 1 };

int hg_login_is_sound(const hg_login_flow *flow)
{
    return (flow->protocol <= HG_LOGINS || flow->protocol == HG_NO_LOGINS) && flow->stage < STAGES &&
           flow->matched < PROMPT_LENGTH;
}

/* ---- lines ----------------------------------------------------------------------------------------- */

static int is_word(hg_span word, const char *like)
{
    return hg_is_like(word.data, word.length, like);
}

static uint16_t key_of(hg_span tag)
{
    return (uint16_t)hg_hash_fold(hg_hash_span(HG_HASH_MULTIPLIER, tag));
}

/* The stage after AUTH or AUTHENTICATE. PLAIN may bring the password at once. */
static uint8_t after_auth(hg_login_flow *flow, hg_span rest)
{
    const hg_span way = hg_span_item(&rest, ' ');
    flow->is_ntlm = (uint8_t)is_word(way, "NTLM");
    if (is_word(way, "PLAIN"))
        return hg_span_item(&rest, ' ').length > 1 ? STAGE_SENT : STAGE_ASKED;
    return is_word(way, "LOGIN") || flow->is_ntlm ? STAGE_ASKED : STAGE_NONE;
}

/* The stage after IMAP's LOGIN. A name or password may follow its length (RFC 9051, 4.3). */
static uint8_t after_login(hg_span rest)
{
    if (rest.length > 0 && rest.data[rest.length - 1] == '}')
        return rest.length > 1 && rest.data[rest.length - 2] == '+' ? STAGE_CHALLENGED : STAGE_ASKED;
    return hg_span_item(&rest, ' ').length > 0 && hg_span_item(&rest, ' ').length > 0 ? STAGE_SENT : STAGE_NONE;
}

static uint8_t after_ftp(hg_span word, hg_span rest, uint8_t stage)
{
    if (is_word(word, "USER")) {
        const hg_span name = hg_span_item(&rest, ' ');
        return is_word(name, "anonymous") || is_word(name, "ftp") ? STAGE_ANONYMOUS : STAGE_NONE;
    }
    if (is_word(word, "PASS"))
        return stage == STAGE_ANONYMOUS ? STAGE_ANONYMOUS : STAGE_SENT;
    return is_word(word, "AUTH") ? STAGE_ENCRYPTING : stage;
}

/* Takes a line of the client. */
static void take_command(hg_login_flow *flow, hg_span line)
{
    hg_span rest = line;
    const hg_span tag = flow->protocol == HG_LOGIN_IMAP + 1 ? hg_span_item(&rest, ' ') : (hg_span){0};
    const hg_span word = hg_span_item(&rest, ' ');
    if (flow->stage == STAGE_CHALLENGED) { /* "*" gives up (RFC 4954, 4) */
        const int goes_on = line.length > 0 && line.data[line.length - 1] == '}';
        flow->stage = is_word(line, "*") ? STAGE_NONE : goes_on ? STAGE_ASKED : STAGE_SENT;
        flow->is_ntlm &= flow->stage != STAGE_NONE;
        return;
    }
    if (flow->protocol == HG_LOGIN_FTP + 1 && (is_word(word, "EHLO") || is_word(word, "HELO")))
        flow->protocol = HG_LOGIN_SMTP + 1;
    if (flow->protocol == HG_LOGIN_FTP + 1)
        flow->stage = after_ftp(word, rest, flow->stage);
    else if (is_word(word, "STARTTLS") || is_word(word, "STLS"))
        flow->stage = STAGE_ENCRYPTING;
    else if (is_word(word, "AUTH") || is_word(word, "AUTHENTICATE"))
        flow->stage = after_auth(flow, rest);
    else if (is_word(word, "PASS") && flow->protocol == HG_LOGIN_POP3 + 1)
        flow->stage = STAGE_SENT;
    else if (is_word(word, "LOGIN") && flow->protocol == HG_LOGIN_IMAP + 1)
        flow->stage = after_login(rest);
    else
        return;
    flow->key = key_of(tag);
}

/* The answer in a line of POP3 or IMAP, and ANSWER_NONE if it is none to the command. */
static login_answer answer_of_word(const hg_login_flow *flow, hg_span line)
{
    const hg_span first = hg_span_item(&line, ' ');
    if (flow->protocol == HG_LOGIN_POP3 + 1)
        return is_word(first, "+OK") ? ANSWER_ACCEPTED : is_word(first, "-ERR") ? ANSWER_REFUSED : ANSWER_NONE;
    const hg_span status = key_of(first) == flow->key ? hg_span_item(&line, ' ') : (hg_span){0};
    return is_word(status, "OK")                             ? ANSWER_ACCEPTED
           : is_word(status, "NO") || is_word(status, "BAD") ? ANSWER_REFUSED
                                                             : ANSWER_NONE;
}

/* The same for a reply of FTP or SMTP, where a number is the answer. */
static login_answer answer_of_number(const hg_login_flow *flow, hg_span line)
{
    const int32_t code = line.length < 3 ? -1 : hg_digits(line.data, 3);
    if (code >= 400 && code < 600)
        return ANSWER_REFUSED;
    if (flow->stage == STAGE_ENCRYPTING)
        return code == 220 || code == 234 || code == 334 ? ANSWER_ACCEPTED : ANSWER_NONE;
    return code == (flow->protocol == HG_LOGIN_FTP + 1 ? 230 : 235) ? ANSWER_ACCEPTED : ANSWER_NONE;
}

/* Takes a line of the server; returns the answer to a login that was sent. */
static login_answer take_reply(hg_login_flow *flow, hg_span line)
{
    const int is_numbered = flow->protocol == HG_LOGIN_FTP + 1 || flow->protocol == HG_LOGIN_SMTP + 1;
    const int goes_on = hg_begins_like(line.data, line.length, is_numbered ? "334" : "+") &&
                        !hg_begins_like(line.data, line.length, "+OK");
    if (flow->stage <= STAGE_ANONYMOUS)
        return ANSWER_NONE;
    if (goes_on && flow->stage != STAGE_ENCRYPTING) {
        flow->stage = STAGE_CHALLENGED;
        return ANSWER_NONE;
    }
    const uint8_t stage = flow->stage;
    const login_answer found = is_numbered ? answer_of_number(flow, line) : answer_of_word(flow, line);
    if (found == ANSWER_NONE)
        return ANSWER_NONE;
    flow->stage = STAGE_NONE;
    if (flow->is_ntlm) {
        flow->is_ntlm = 0;
        return ANSWER_NONE;
    }
    if (stage == STAGE_ENCRYPTING)
        return found == ANSWER_ACCEPTED ? ANSWER_ENCRYPTS : ANSWER_NONE;
    return stage == STAGE_SENT ? found : ANSWER_NONE;
}

/* The last word of a line. */
static hg_span last_word(hg_span line)
{
    uint32_t at = line.length;
    while (at > 0 && line.data[at - 1] != ' ')
        at--;
    return hg_span_of(line.data + at, line.length - at);
}

/* Takes whole lines up to the first answer; moves `rest` past them. */
static login_answer read_lines(const hg_flow_memory *memory, hg_login_flow *flow, int from_server, hg_span *rest,
                               const hg_reader_output *to)
{
    login_answer found = ANSWER_NONE;
    const uint8_t *end;
    uint32_t from = flow->searched[from_server] < rest->length ? flow->searched[from_server] : rest->length;
    for (; found == ANSWER_NONE && (end = memchr(rest->data + from, '\n', rest->length - from)) != NULL; from = 0) {
        uint32_t length = (uint32_t)(end - rest->data);
        const uint32_t next = length + 1;
        while (length > 0 && (rest->data[length - 1] == '\r' || rest->data[length - 1] == ' '))
            length--;
        const hg_span line = hg_span_of(rest->data, length);
        if (from_server)
            found = take_reply(flow, line);
        else
            take_command(flow, line);
        if (flow->is_ntlm && hg_report_ntlm(memory, from_server, last_word(line), to))
            found = ANSWER_NTLM;
        *rest = hg_span_of(rest->data + next, rest->length - next);
    }
    flow->searched[from_server] = (uint16_t)(found == ANSWER_NONE ? rest->length : 0);
    return found;
}

/* ---- LDAP ------------------------------------------------------------------------------------------- */

/* Tags of BER (X.690). */
enum { SEQUENCE = 0x30, INTEGER = 0x02, BYTES = 0x04, ENUMERATED = 0x0A, BIND = 0x60, BOUND = 0x61, SIMPLE = 0x80 };

/* Takes a message: a bind of the client, or the server's answer. 0: it is no message of LDAP. */
static int take_message(hg_login_flow *flow, int from_server, hg_span message, login_answer *found)
{
    hg_cursor in = hg_cursor_of(message);
    hg_span number, content, version, name, secret;
    uint8_t operation;
    if (!hg_asn1_take(&in, 0, INTEGER, &number) || !hg_asn1_next(&in, 0, &operation, &content))
        return 0;
    hg_cursor inside = hg_cursor_of(content);
    if (!from_server && operation == BIND) {
        flow->stage = STAGE_NONE;
        if (!hg_asn1_take(&inside, 0, INTEGER, &version) || !hg_asn1_take(&inside, 0, BYTES, &name))
            return 0;
        if (hg_asn1_take(&inside, 0, SIMPLE, &secret) && name.length > 0 && secret.length > 0) {
            flow->stage = STAGE_SENT;
            flow->key = key_of(number);
        }
    } else if (from_server && operation == BOUND && flow->stage == STAGE_SENT && key_of(number) == flow->key) {
        if (!hg_asn1_take(&inside, 0, ENUMERATED, &content) || content.length != 1)
            return 0;
        flow->stage = STAGE_NONE;
        *found = content.data[0] == 0 ? ANSWER_ACCEPTED : ANSWER_REFUSED;
    }
    return 1;
}

/* Takes whole messages up to the first answer; moves `rest` past them. ANSWER_ENCRYPTS: the rest is not LDAP. */
static login_answer read_messages(hg_login_flow *flow, int from_server, hg_span *rest)
{
    login_answer found = ANSWER_NONE;
    while (found == ANSWER_NONE && rest->length > 0) {
        hg_cursor in = hg_cursor_of(*rest);
        hg_span message;
        if (rest->data[0] != SEQUENCE)
            return ANSWER_ENCRYPTS;
        if (!hg_asn1_take(&in, 0, SEQUENCE, &message))
            break;
        if (!take_message(flow, from_server, message, &found))
            return ANSWER_ENCRYPTS;
        *rest = hg_span_of(in.at, (size_t)(in.end - in.at));
    }
    return found;
}

/* ---- Telnet ----------------------------------------------------------------------------------------- */

enum { COMMAND = 0xFF, OPTION_BEGINS = 0xFA, OPTION_ENDS = 0xF0, WILL = 0xFB };
enum { IN_TEXT = 0, IN_COMMAND, IN_NEGOTIATION, IN_OPTION, IN_OPTION_END };

/* Whether the byte is text, and not part of a command. */
static int is_typed(uint8_t *command, uint8_t byte)
{
    switch (*command) {
    case IN_COMMAND:
        *command = byte == OPTION_BEGINS ? IN_OPTION : byte >= WILL && byte != COMMAND ? IN_NEGOTIATION : IN_TEXT;
        return 0;
    case IN_NEGOTIATION:
        *command = IN_TEXT;
        return 0;
    case IN_OPTION:
        *command = byte == COMMAND ? IN_OPTION_END : IN_OPTION;
        return 0;
    case IN_OPTION_END:
        *command = byte == OPTION_ENDS ? IN_TEXT : IN_OPTION;
        return 0;
    default:
        *command = byte == COMMAND ? IN_COMMAND : IN_TEXT;
        return byte != COMMAND;
    }
}

/* The answer in the text that follows a password; ANSWER_NONE: it is blank. */
static login_answer answer_of_text(hg_span text)
{
    static const char *const REFUSALS[] = {"ncorrect", "ogin failed", "cation failed", "nvalid",
                                           "enied",    "assword:",    "sername:"};
    static const char PROMPT_FOR_NAME[] = "ogin:"; /* at the end; "Last login: Friday" follows an accepted one */
    uint32_t blank = 0, end = text.length;
    while (blank < text.length && (text.data[blank] <= ' ' || text.data[blank] == COMMAND))
        blank++;
    if (blank == text.length)
        return ANSWER_NONE;
    for (uint32_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++)
        if (hg_text_find(text, REFUSALS[i]) != NULL)
            return ANSWER_REFUSED;
    while (end > blank && text.data[end - 1] <= ' ')
        end--;
    const uint32_t at = end - blank < sizeof PROMPT_FOR_NAME - 1 ? blank : end - (uint32_t)(sizeof PROMPT_FOR_NAME - 1);
    return hg_begins_like(text.data + at, end - at, PROMPT_FOR_NAME) ? ANSWER_REFUSED : ANSWER_ACCEPTED;
}

/* Takes what both ends type. */
static login_answer read_typed(hg_login_flow *login, int from_server, hg_span *rest)
{
    login_answer found = ANSWER_NONE;
    uint8_t command = IN_TEXT;
    if (from_server && login->stage == STAGE_SENT && (found = answer_of_text(*rest)) != ANSWER_NONE)
        login->stage = STAGE_NONE;
    for (uint32_t i = 0; i < rest->length; i++) {
        const uint8_t byte = rest->data[i];
        if (!is_typed(&command, byte))
            continue;
        if (from_server) {
            login->matched =
                byte == (uint8_t)PROMPT[login->matched] ? (uint8_t)(login->matched + 1) : byte == (uint8_t)PROMPT[0];
            if (PROMPT[login->matched] == '\0') {
                login->matched = 0;
                login->stage = STAGE_ASKED;
            }
        } else if (login->stage == STAGE_ASKED ||
                   login->stage == STAGE_CHALLENGED) { /* CHALLENGED: something was typed */
            login->stage = byte > ' '                         ? STAGE_CHALLENGED
                           : !hg_ends_line(byte)              ? login->stage
                           : login->stage == STAGE_CHALLENGED ? STAGE_SENT
                                                              : STAGE_NONE;
        }
    }
    *rest = hg_span_of(rest->data + rest->length, 0);
    return found;
}

/* ---- the bytes of a connection ------------------------------------------------------------------ */

static int is_telnet(const hg_bytes *bytes)
{
    return bytes->length >= 3 && bytes->data[0] == COMMAND && bytes->data[1] >= WILL && bytes->data[1] < COMMAND;
}

static int is_ldap(const hg_bytes *bytes)
{
    hg_cursor in = {bytes->data, bytes->data + bytes->length};
    hg_span message, number;
    uint8_t operation;
    if (!hg_asn1_take(&in, 0, SEQUENCE, &message))
        return 0;
    in = hg_cursor_of(message);
    return hg_asn1_take(&in, 0, INTEGER, &number) && number.length <= 4 && in.at < in.end &&
           hg_asn1_next(&in, 0, &operation, &message) && (operation == BIND || (operation & 0xE0) == BIND);
}

int hg_login_begins(hg_login_flow *flow, const hg_bytes *bytes, int from_server)
{
    if (is_telnet(bytes))
        flow->protocol = HG_LOGIN_TELNET + 1;
    else if (!from_server && is_ldap(bytes))
        flow->protocol = HG_LOGIN_LDAP + 1;
    return flow->protocol != 0;
}

int hg_login_may_begin(const hg_bytes *bytes, int from_server)
{
    enum { LONG = 0x80, MOST_LENGTH_BYTES = 4, HEADER = 2 };
    const uint8_t *p = bytes->data;
    if (p[0] == COMMAND)
        return bytes->length < 2 || (bytes->length == 2 && p[1] >= WILL && p[1] < COMMAND);
    if (from_server || p[0] != SEQUENCE || bytes->length >= HG_LOGIN_BYTES)
        return 0;
    const uint32_t begin = bytes->length < HEADER || p[1] <= LONG ? HEADER : HEADER + (uint32_t)p[1] - LONG;
    hg_cursor in = {p, p + bytes->length};
    hg_span message;
    return begin <= HEADER + MOST_LENGTH_BYTES && (bytes->length <= begin || p[begin] == INTEGER) &&
           !hg_asn1_take(&in, 0, SEQUENCE, &message);
}

hg_reader_result hg_login_follow(const hg_flow_memory *memory, hg_login_flow *login, int from_server,
                                 const hg_bytes *bytes, const hg_reader_output *to)
{
    hg_span rest = hg_span_of(bytes->data, bytes->length);
    if (login->protocol == HG_NO_LOGINS)
        return DONE;
    const hg_login protocol = (hg_login)(login->protocol - 1);
    const uint32_t known = login->searched[from_server];
    const login_answer found = protocol == HG_LOGIN_LDAP     ? read_messages(login, from_server, &rest)
                               : protocol == HG_LOGIN_TELNET ? read_typed(login, from_server, &rest)
                                                             : read_lines(memory, login, from_server, &rest, to);
    if (found == ANSWER_ENCRYPTS)
        login->protocol = HG_NO_LOGINS;
    const uint32_t end = bytes->offset + bytes->length;
    hg_reader_result result = {.keep = end - rest.length,
                               .examined = bytes->length - (known < bytes->length ? known : 0)};
    if (protocol == HG_LOGIN_LDAP)
        result.examined -= rest.length; /* a message that is not complete was not read */
    result.done = found == ANSWER_ENCRYPTS || end >= HG_LOGIN_BYTES;
    if (found == ANSWER_ACCEPTED || found == ANSWER_REFUSED) {
        hg_login_report(to, protocol, found == ANSWER_REFUSED);
        result.has_event = 1;
        result.event = HG_EVENT_LOGIN;
    }
    if (found == ANSWER_NTLM) {
        result.has_event = 1;
        result.event = HG_EVENT_SMB;
    }
    return result;
}
