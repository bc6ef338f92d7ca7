/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/message.h"

#include "base/bytes.h"
#include "http/lists.h"

enum { VERSION_BYTES = 8 /* "HTTP/1.1" */ };

#define LETTER(a) [(a)] = UINT32_C(1) << ((a) & 31)
#define FIVE_FROM(a) LETTER(a), LETTER((a) + 1), LETTER((a) + 2), LETTER((a) + 3), LETTER((a) + 4)

/* For each byte: its hg_http_letter for letters, digits and the signs allowed in a token (RFC 9110, 5.6.2), else 0. */
static const uint32_t NAME_BYTES[UINT8_MAX + 1] = {
    LETTER('!'),    LETTER('#'),    LETTER('$'),    LETTER('%'),    LETTER('&'),    LETTER('\''),
    LETTER('*'),    LETTER('+'),    LETTER('-'),    LETTER('.'),    LETTER('^'),    LETTER('_'),
    LETTER('`'),    LETTER('|'),    LETTER('~'),    FIVE_FROM('0'), FIVE_FROM('5'), FIVE_FROM('A'),
    FIVE_FROM('F'), FIVE_FROM('K'), FIVE_FROM('P'), FIVE_FROM('U'), LETTER('Z'),    FIVE_FROM('a'),
    FIVE_FROM('f'), FIVE_FROM('k'), FIVE_FROM('p'), FIVE_FROM('u'), LETTER('z'),
};

int hg_http_is_name_byte(uint8_t byte)
{
    return NAME_BYTES[byte] != 0;
}

/* "HTTP/1." and one more character. */
static int is_version(const uint8_t *text)
{
    return memcmp(text, "HTTP/1.", VERSION_BYTES - 1) == 0;
}

static uint8_t is_http_1_1_or_later(const uint8_t *text)
{
    const uint8_t minor = text[VERSION_BYTES - 1];
    return hg_is_digit(minor) && minor != '0';
}

/* The length of the method with which the line begins. 0: none; `length`: more of the line is needed. Many servers
 * accept any token as a method (RFC 9110, 9.1), but lines in many other protocols begin with a token, too. So a method
 * that is not in capitals must be followed by a path. */
static uint32_t method_of(const uint8_t *line, uint32_t length)
{
    uint32_t i = 0;
    int is_usual = 1;
    for (; i < length && NAME_BYTES[line[i]]; i++) {
        is_usual &= (line[i] >= 'A' && line[i] <= 'Z') || line[i] == '-' || line[i] == '_';
        if (i == HG_HTTP_MOST_NAME)
            return 0;
    }
    if (i == length)
        return i;
    return line[i] == ' ' && (is_usual || i + 1 == length || line[i + 1] == '/' || line[i + 1] == '*') ? i : 0;
}

/* 1 if one of the eight bytes is below 0x20. */
static int has_low(uint64_t bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    return ((bytes - 0x20 * each) & ~bytes & 0x80 * each) != 0;
}

static int has_controls(const uint8_t *text, uint32_t length)
{
    uint32_t i = 0;
    while (i + sizeof(uint64_t) <= length && !has_low(hg_le64(text + i)))
        i += sizeof(uint64_t);
    for (; i < length; i++)
        if (text[i] < 0x20 && text[i] != '\r')
            return 1;
    return 0;
}

/* ---- the first line -------------------------------------------------------------------------- */

/* Reads a request line, given without its end. */
static int read_request_line(const uint8_t *line, uint32_t length, hg_http_head *head)
{
    const uint32_t method = method_of(line, length), target = method + 1;
    if (method == 0 || length < target + 1 + VERSION_BYTES || has_controls(line, length))
        return 0;
    const uint32_t version = length - VERSION_BYTES, end = line[version - 1] == ' ' ? version - 1 : version;
    if (!is_version(line + version))
        return 0;
    head->version = is_http_1_1_or_later(line + version);
    head->method = (hg_http_text){0, (uint16_t)method};
    head->target = (hg_http_text){(uint16_t)target, (uint16_t)(end > target ? end - target : 0)};
    return 1;
}

/* The three-digit number after the first blank; 0: none. */
static uint16_t status_of(const uint8_t *line, uint32_t length)
{
    enum { DIGITS = 3 };
    uint32_t at = VERSION_BYTES;
    while (at < length && line[at] != ' ')
        at++;
    return length - at < 1 + DIGITS ? 0 : hg_http_status(line + at + 1);
}

static int read_status_line(const uint8_t *line, uint32_t length, hg_http_head *head)
{
    enum { SHORTEST = VERSION_BYTES + 4 };
    if (length < SHORTEST || !is_version(line) || has_controls(line, length))
        return 0;
    head->version = is_http_1_1_or_later(line);
    head->status = status_of(line, length);
    return 1;
}

static int read_first_line(const uint8_t *line, uint32_t length, int response, hg_http_head *head)
{
    head->response = (uint8_t)response;
    return response ? read_status_line(line, length, head) : read_request_line(line, length, head);
}

/* The length of a line without CR; its LF is at `newline`. */
static uint32_t without_end(const uint8_t *line, uint32_t newline)
{
    return newline > 0 && line[newline - 1] == '\r' ? newline - 1 : newline;
}

/* ---- finding a head --------------------------------------------------------------------------- */

/* Whether an incomplete first line may still become a valid one. */
static hg_http_head_state look_at_begin(const uint8_t *data, uint32_t length, int response)
{
    if (response) {
        static const uint8_t begin[] = "HTTP/1.";
        return memcmp(data, begin, length < sizeof begin - 1 ? length : sizeof begin - 1) == 0 ? HG_HTTP_MORE
                                                                                               : HG_HTTP_OTHER;
    }
    return method_of(data, length) > 0 ? HG_HTTP_MORE : HG_HTTP_OTHER;
}

/* The end of the head, if the line at `at` (below `most`) is the empty one that ends it; 0: it is not, or is
 * incomplete. */
static uint32_t end_at(const uint8_t *data, uint32_t at, uint32_t most)
{
    if (data[at] == '\n')
        return at + 1;
    if (data[at] != '\r' || at + 1 == most)
        return 0;
    return data[at + 1] == '\n' ? at + 2 : at + 1;
}

static int is_first_line(const uint8_t *data, uint32_t newline, int response)
{
    hg_http_head head; /* its values are ignored */
    return read_first_line(data, without_end(data, newline), response, &head);
}

/* Adds the line that ends at `newline` to the scan. HG_HTTP_MORE: further lines may follow. */
static hg_http_head_state take_line(const uint8_t *data, uint32_t newline, int response, hg_http_scan *scan)
{
    if (!scan->has_line && newline > HG_HTTP_MOST_LINE)
        return HG_HTTP_TOO_LONG;
    if (!scan->has_line && !is_first_line(data, newline, response))
        return HG_HTTP_INVALID;
    *scan = (hg_http_scan){.scanned = (uint16_t)(newline + 1), .has_line = 1};
    return HG_HTTP_MORE;
}

hg_http_head_state hg_http_find(const uint8_t *data, uint32_t length, int response, hg_http_scan *scan, uint32_t *end)
{
    const uint32_t most = length < HG_HTTP_MOST_HEAD ? length : HG_HTTP_MOST_HEAD;
    hg_http_head_state found = HG_HTTP_MORE;
    if (!scan->has_line && look_at_begin(data, most, response) == HG_HTTP_OTHER)
        return HG_HTTP_OTHER;
    while (found == HG_HTTP_MORE && scan->scanned < most) {
        const uint32_t at = scan->scanned;
        if (at > 0 && scan->has_line && data[at - 1] == '\n') {
            *end = end_at(data, at, most);
            if (*end > 0)
                return HG_HTTP_WHOLE;
            if (data[at] == '\r')
                break;
        }
        const uint8_t *newline = memchr(data + at, '\n', most - at);
        if (newline == NULL)
            scan->scanned = (uint16_t)most;
        else
            found = take_line(data, (uint32_t)(newline - data), response, scan);
    }
    const uint32_t limit = scan->has_line ? HG_HTTP_MOST_HEAD : HG_HTTP_MOST_LINE;
    return found == HG_HTTP_MORE && most >= limit ? HG_HTTP_TOO_LONG : found;
}

/* ---- parsing it --------------------------------------------------------------------------------- */

/* Reads a header from [begin, end); 0: it is invalid. With `nuls`, a NUL ends the value. `*letters` becomes the letters
 * of its name (hg_http_letter). */
static int read_field(const uint8_t *data, uint32_t begin, uint32_t end, int nuls, hg_http_field *field,
                      uint32_t *letters)
{
    uint32_t found = 0;
    const uint8_t *name = data + begin;
    for (uint32_t letter; (letter = NAME_BYTES[*name]) != 0; name++) /* the byte at the line end is not a name byte */
        found |= letter;
    uint32_t at = (uint32_t)(name - data);
    *letters = found;
    if (at == begin || at - begin > HG_HTTP_MOST_NAME || at == end || data[at] != ':')
        return 0;
    field->name = (hg_http_text){(uint16_t)begin, (uint16_t)(at - begin)};
    at++;
    if (at < end && (data[at] == ' ' || data[at] == '\t'))
        at++;
    const uint8_t *nul = nuls && at < end ? memchr(data + at, 0, end - at) : NULL;
    if (nul != NULL)
        end = (uint32_t)(nul - data);
    field->value = (hg_http_text){(uint16_t)at, (uint16_t)(end - at)};
    return 1;
}

/* Parses lines up to the empty one that ends the head, and returns the offset of that line. 0: a line is invalid, or
 * there is no empty one. */
static uint32_t read_lines(const uint8_t *data, uint32_t length, int response, hg_http_head *head)
{
    hg_http_field field;
    uint64_t lengths = 0;
    uint32_t letters;
    const uint32_t most = length < HG_HTTP_MOST_LINE ? length : HG_HTTP_MOST_LINE + 1;
    const uint8_t *newline = memchr(data, '\n', most);
    hg_http_head_begin(head, data);
    if (newline == NULL)
        return 0;
    uint32_t at = (uint32_t)(newline - data);
    if (!read_first_line(data, without_end(data, at), response, head))
        return 0;
    const int nuls = memchr(data + at, 0, length - at) != NULL;
    while (++at < length) {
        if (hg_ends_line(data[at])) {
            head->absent = ~lengths;
            return at;
        }
        newline = memchr(data + at, '\n', length - at);
        if (newline == NULL)
            return 0;
        const uint32_t next = (uint32_t)(newline - data), end = at + without_end(data + at, next - at);
        if (!read_field(data, at, end, nuls, &field, &letters))
            return 0;
        at = next;
        head->is_cut = head->field_count == HG_HTTP_MOST_FIELDS;
        if (head->is_cut)
            continue;
        hg_http_add(head, &field, letters);
        lengths |= UINT64_C(1) << field.name.length % 64;
    }
    return 0;
}

uint32_t hg_http_read_begun(const uint8_t *data, uint32_t length, int response, hg_http_head *head)
{
    const uint32_t most = length < HG_HTTP_MOST_HEAD ? length : HG_HTTP_MOST_HEAD;
    const uint32_t at = read_lines(data, most, response, head);
    return head->length = at > 0 ? end_at(data, at, most) : 0;
}

int hg_http_read(const uint8_t *data, uint32_t length, int response, hg_http_head *head)
{
    const int is_read = length <= HG_HTTP_MOST_HEAD && read_lines(data, length, response, head) > 0;
    head->length = length;
    return is_read;
}

/* ---- the first bytes of a connection ------------------------------------------------------------------ */

int hg_h2_is_preface(const uint8_t *data, uint32_t length)
{
    static const uint8_t PREFACE[HG_H2_PREFACE + 1] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    return memcmp(data, PREFACE, length < HG_H2_PREFACE ? length : HG_H2_PREFACE) == 0;
}

int hg_http_begins(const uint8_t *data, uint32_t length)
{
    static const char *const METHODS[] = {"GET ",     "POST ",    "HEAD ",  "PUT ",  "DELETE ",
                                          "OPTIONS ", "CONNECT ", "PATCH ", "TRACE "};
    hg_http_head head = {0};
    if (length > VERSION_BYTES && is_version(data) && data[VERSION_BYTES] == ' ')
        return 2;
    if (length >= HG_H2_PREFACE && hg_h2_is_preface(data, length))
        return 1;
    for (uint32_t i = 0; i < HG_HTTP_MOST_EMPTY && length > 0 && hg_ends_line(*data); i++, data++)
        length--;
    const uint32_t most = length < HG_HTTP_MOST_LINE ? length : HG_HTTP_MOST_LINE;
    if (method_of(data, most) == 0)
        return 0;
    const uint8_t *newline = memchr(data, '\n', most);
    if (newline != NULL)
        return read_request_line(data, without_end(data, (uint32_t)(newline - data)), &head);
    for (uint32_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (length > strlen(METHODS[i]) && memcmp(data, METHODS[i], strlen(METHODS[i])) == 0)
            return 1;
    return 0;
}
