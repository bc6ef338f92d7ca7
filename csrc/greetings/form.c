/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "greetings/form.h"

#include "base/ascii.h"

/* ---- lines ---------------------------------------------------------------------------------------- */

typedef struct status_word {
    const char *word;
    uint8_t length;
    uint8_t form; /* hg_greeting_form */
} status_word;

static const status_word WORDS[] = {
    {"220 ", 4, HG_FORM_REPLY}, {"220-", 4, HG_FORM_REPLY},   {"+OK ", 4, HG_FORM_POP3},
    {"* OK ", 5, HG_FORM_IMAP}, {"* PREAUTH ", 10, HG_FORM_IMAP},
};

/* The word that a line begins with; NULL: none. `*is_cut`: it may be one. */
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

/* Without the code that IMAP puts first in brackets (RFC 9051, 7.1). */
static hg_span behind_code(hg_span text)
{
    const char *end = text.length > 0 && text.text[0] == '[' ? memchr(text.text, ']', text.length) : NULL;
    if (end == NULL)
        return text;
    return trimmed(hg_span_of(end + 1, text.length - (size_t)(end + 1 - text.text)));
}

static hg_greeting_form line_of(const status_word *word, const uint8_t *data, uint32_t length, uint32_t from, hg_span *text)
{
    const uint8_t *end = memchr(data + from, '\n', length - from);
    if (end == NULL)
        return HG_FORM_CUT;
    *text = trimmed(hg_span_of(data + word->length, (size_t)(end - data) - word->length));
    if (text->length == 0 || !is_printable(*text))
        return HG_FORM_NONE;
    if (word->form == HG_FORM_IMAP)
        *text = behind_code(*text);
    return (hg_greeting_form)word->form;
}

/* ---- MySQL ---------------------------------------------------------------------------------------- */

/* A packet's length and number, the version of the protocol and the server's with a NUL, the connection (4), the
 * first bytes of the challenge (8), and a byte that is 0. */
enum { PACKET_HEADER = 4, PROTOCOL_AT = PACKET_HEADER, VERSION_AT = 5, PROTOCOL_10 = 10,
       BEFORE_ZERO = 12, LEAST_PACKET = 45, MOST_PACKET = 255, MOST_VERSION = 128 };

/* Whether the bytes so far begin a greeting. */
static int fits_mysql(const uint8_t *data, uint32_t length)
{
    return data[0] >= LEAST_PACKET && (length <= 1 || data[1] == 0) && (length <= 2 || data[2] == 0) &&
           (length <= 3 || data[3] == 0) && (length <= PROTOCOL_AT || data[PROTOCOL_AT] == PROTOCOL_10) &&
           (length <= VERSION_AT || (data[VERSION_AT] >= '0' && data[VERSION_AT] <= '9'));
}

static hg_greeting_form mysql_of(const uint8_t *data, uint32_t length, hg_span *text)
{
    if (!fits_mysql(data, length))
        return HG_FORM_NONE;
    const uint32_t whole = PACKET_HEADER + (uint32_t)data[0];
    if (length < whole)
        return HG_FORM_CUT;
    const uint8_t *end = memchr(data + VERSION_AT, 0, whole - VERSION_AT);
    if (end == NULL || end - data - VERSION_AT > MOST_VERSION)
        return HG_FORM_NONE;
    *text = hg_span_of(data + VERSION_AT, (size_t)(end - data) - VERSION_AT);
    const uint32_t zero = VERSION_AT + text->length + 1 + BEFORE_ZERO;
    return zero < whole && data[zero] == 0 && is_printable(*text) ? HG_FORM_MYSQL : HG_FORM_NONE;
}

hg_greeting_form hg_greeting_form_of(const uint8_t *data, uint32_t length, uint32_t from, hg_span *text)
{
    int is_cut;
    if (length == 0)
        return HG_FORM_CUT;
    const status_word *word = word_of(data, length, &is_cut);
    if (word != NULL)
        return line_of(word, data, length, from, text);
    return is_cut ? HG_FORM_CUT : mysql_of(data, length, text);
}

/* ---- words of a 220 reply ------------------------------------------------------------------------- */

static int stands_at(hg_span text, uint32_t at, const char *word)
{
    return hg_begins_like(text.data + at, text.length - at, word);
}

/* Characters that names of hosts have. */
static int is_of_name(const hg_span text, uint32_t at)
{
    return at < text.length && (hg_is_letter(text.text[at]) || hg_is_digit(text.text[at]) ||
                                text.text[at] == '-' || text.text[at] == '.' || text.text[at] == '_');
}

int hg_greeting_names_smtp(hg_span text)
{
    for (uint32_t at = 0; at < text.length; at++) {
        if (at > 0 && is_of_name(text, at - 1))
            continue;
        const uint32_t begin = at + (hg_lower(text.text[at]) == 'e');
        if (stands_at(text, begin, "smtp") && !is_of_name(text, begin + 4))
            return 1;
    }
    return 0;
}

/* 1: the word at `begin`, which ends before `end`, has no dot inside, as a host's name would, and "ftp" in it. */
static int is_ftp_word(hg_span text, uint32_t begin, uint32_t end)
{
    int found = 0;
    for (uint32_t at = begin; at < end; at++) {
        if (text.text[at] == '.' && at + 1 < end)
            return 0;
        found |= stands_at(text, at, "ftp") && at + 3 <= end;
    }
    return found;
}

int hg_greeting_names_ftp(hg_span text)
{
    for (uint32_t at = 0; at < text.length;) {
        const uint32_t begin = at;
        while (at < text.length && text.text[at] != ' ')
            at++;
        if (is_ftp_word(text, begin, at))
            return 1;
        at++;
    }
    return 0;
}
