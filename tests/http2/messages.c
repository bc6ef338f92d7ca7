/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * messages.c - the first message of bytes, or header blocks, from lines of standard input (hexadecimal).
 *
 *     read SIDE BYTES      SIDE: 0 client, 1 server. What was found; of a message its end, version, status, initials
 *                          of pseudo-headers, method, target, authority, then Akamai's text and its MD5 of a
 *                          client (else -), then names and values
 *     cut SIDE BYTES       the same, after each beginning of the bytes was read, too, and said the same
 *     work SIDE BYTES      for bytes that come one by one, up to an answer: what was found, how many bytes there were,
 *                          and how many were examined, the most of one call and those of all
 *     blocks BLOCK BLOCK…  names and values of each block, with one table; then its size, and its entries
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "http/h2.h"
#include "http/message.h"

enum { LONGEST = 40000, MOST_TEXT = 65536 };

#define CHECK(condition)                                                                                    \
    do {                                                                                                    \
        if (!(condition)) {                                                                                 \
            fprintf(stderr, "%d: not so: %s\n", __LINE__, #condition);                                      \
            exit(2);                                                                                        \
        }                                                                                                   \
    } while (0)

static const char *const FOUND[] = {"other", "more", "whole", "too_long"};
static hg_h2_room room;

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Memory of exactly this size, so that the sanitizer sees what is beyond. */
static uint8_t *copy(const uint8_t *bytes, uint32_t length)
{
    uint8_t *out = malloc(length);
    CHECK(out != NULL || length == 0);
    if (length > 0)
        memcpy(out, bytes, length);
    return out;
}

static uint8_t *from_hex(const char *text, uint32_t *length)
{
    *length = (uint32_t)strspn(text, "0123456789abcdef") / 2;
    uint8_t *data = malloc(*length + 1);
    for (uint32_t i = 0; i < *length; i++)
        data[i] = (uint8_t)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
    return data;
}

static void print_text(const uint8_t *bytes, hg_http_text text)
{
    printf(" ");
    if (text.length == 0)
        printf(".");
    for (uint32_t i = 0; i < text.length; i++)
        printf("%02x", bytes[text.offset + i]);
}

static void print_fields(const uint8_t *bytes, const hg_http_field *fields, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        print_text(bytes, fields[i].name);
        print_text(bytes, fields[i].value);
    }
}

static void print_akamai(const uint8_t *data, const hg_h2_message *request)
{
    static char text[MOST_TEXT];
    uint8_t digest[HG_MD5_BYTES];
    size_t length, again;
    char small[8] = "#######";
    hg_akamai_text(data, request, text, sizeof text, &length);
    CHECK(length < sizeof text);
    hg_akamai_text(data, request, small, 5, &again);
    CHECK(again == length && memcmp(small, text, 5) == 0 && memcmp(small + 5, "##", 3) == 0);
    hg_message_digest hash;
    hg_md5_start(&hash);
    hg_digest_add(&hash, text, length);
    hg_md5_end(&hash, digest);
    printf(" %.*s ", (int)length, text);
    for (int i = 0; i < HG_MD5_BYTES; i++)
        printf("%02x", digest[i]);
}

static void check_message(const hg_h2_message *m, uint32_t length, unsigned side)
{
    CHECK(m->end <= length && m->end <= HG_HTTP_MOST_HEAD && m->head.version == 2 && m->head.response == side);
    CHECK(m->head.bytes == room.text && m->head.length <= HG_HTTP_MOST_HEAD);
    CHECK(m->head.field_count <= HG_HTTP_MOST_FIELDS && m->pseudo_count <= HG_H2_MOST_PSEUDO);
    uint32_t texts = (uint32_t)m->head.method.length + m->head.target.length + m->head.authority.length;
    for (uint32_t i = 0; i < m->head.field_count; i++) {
        const hg_http_field *field = &m->head.fields[i];
        CHECK((uint32_t)field->value.offset + field->value.length <= m->head.length);
        CHECK((uint32_t)field->name.offset + field->name.length <= m->head.length);
        CHECK(field->name.length <= HG_HTTP_MOST_NAME);
        texts += (uint32_t)field->name.length + field->value.length;
    }
    CHECK(texts <= HG_HTTP_MOST_HEAD);
}

static int is_set(hg_http_head_state found, const hg_h2_message *m)
{
    CHECK(found != HG_HTTP_WHOLE || m->pseudo_count > 0);
    return found == HG_HTTP_WHOLE || (found == HG_HTTP_TOO_LONG && m->pseudo_count > 0);
}

static hg_http_head_state read_exactly(const uint8_t *data, uint32_t length, unsigned side, hg_h2_scan *scan,
                                hg_h2_message *out)
{
    uint8_t *exact = copy(data, length);
    memset(&room, 0xAA, sizeof room);
    hg_http_head_state found = hg_h2_read(&room, exact, length, (int)side, scan, out);
    if (is_set(found, out))
        check_message(out, length, side);
    free(exact);
    return found;
}

/* Once the answer is another than "more", it stays. One who goes on where it left off gets the same, with little work. */
static void check_cuts(const uint8_t *data, uint32_t length, unsigned side)
{
    static hg_h2_message whole, message;
    hg_h2_scan none = {0}, scan = {0};
    hg_http_head_state last = read_exactly(data, length, side, &none, &whole), found = HG_HTTP_MORE;
    for (uint32_t cut = 0; cut < length; cut++) {
        none = (hg_h2_scan){0};
        hg_http_head_state next = read_exactly(data, cut, side, &none, &message);
        if (found == HG_HTTP_MORE)
            CHECK(read_exactly(data, cut, side, &scan, &message) == next);
        CHECK(next == found || found == HG_HTTP_MORE);
        CHECK(next == HG_HTTP_MORE || next == last);
        CHECK(!is_set(next, &message) || message.end <= cut);
        CHECK(is_set(next, &message) == (next != HG_HTTP_MORE && is_set(last, &whole)));
        CHECK(!is_set(next, &message) || memcmp(&message, &whole, offsetof(hg_h2_message, pseudo)) == 0);
        found = next;
    }
    CHECK(last != HG_HTTP_WHOLE || found == HG_HTTP_WHOLE || whole.end == length);
}

static void read_message(const uint8_t *data, uint32_t length, unsigned side)
{
    static hg_h2_message message;
    hg_h2_scan scan = {0};
    hg_http_head_state found = read_exactly(data, length, side, &scan, &message);
    printf("%s", FOUND[found]);
    if (is_set(found, &message)) {
        printf(" %u %u %u %.*s", message.end, message.head.version, message.head.status, (int)message.pseudo_count,
               message.pseudo);
        print_text(room.text, message.head.method);
        print_text(room.text, message.head.target);
        print_text(room.text, message.head.authority);
        if (side == 0)
            print_akamai(data, &message);
        else
            printf(" - -");
        print_fields(room.text, message.head.fields, message.head.field_count);
    }
    printf("\n");
}

static void measure(const uint8_t *data, uint32_t length, unsigned side)
{
    static hg_h2_message message;
    hg_h2_scan scan = {0};
    hg_http_head_state found = HG_HTTP_MORE;
    uint32_t end = 0, most = 0;
    unsigned long long all = 0;
    while (end < length && found == HG_HTTP_MORE) {
        found = read_exactly(data, ++end, side, &scan, &message);
        most = message.examined > most ? message.examined : most;
        all += message.examined;
    }
    printf("%s %u %u %llu\n", FOUND[found], end, most, all);
}

static void print_entries(const hg_hpack *table)
{
    printf(" | %u", table->size);
    for (uint32_t age = 0; age < table->count; age++) {
        uint32_t place = (table->newest + HG_HPACK_MOST_ENTRIES - age) % HG_HPACK_MOST_ENTRIES;
        print_fields(table->text, &table->entries[place], 1);
    }
}

static void read_blocks(const char *text)
{
    static const char *const RESULT[] = {"bad", "good", "no_room"};
    hg_hpack_begin(&room.table, room.text, sizeof room.text);
    for (; *text != 0 && *text != '\n'; text += strcspn(text, " \n"), text += *text == ' ') {
        uint32_t length, count = 0;
        uint8_t *data = from_hex(text, &length), *block = copy(data, length);
        hg_hpack_result result = hg_hpack_read(&room.table, block, length, room.fields,
                                               sizeof room.fields / sizeof *room.fields, &count);
        printf("%s", RESULT[result]);
        print_fields(room.text, room.fields, count);
        print_entries(&room.table);
        printf("\n");
        free(block);
        free(data);
    }
}

static void do_line(const char *line)
{
    unsigned side = 0;
    int at = 0;
    uint32_t length;
    if (strncmp(line, "blocks ", 7) == 0) {
        read_blocks(line + 7);
    } else if (sscanf(line, "read %u %n", &side, &at) == 1 || sscanf(line, "cut %u %n", &side, &at) == 1) {
        uint8_t *data = from_hex(line + at, &length);
        if (*line == 'c')
            check_cuts(data, length, side);
        read_message(data, length, side);
        free(data);
    } else if (sscanf(line, "work %u %n", &side, &at) == 1) {
        uint8_t *data = from_hex(line + at, &length);
        measure(data, length, side);
        free(data);
    } else {
        CHECK(!"a known question");
    }
    fflush(stdout);
}

int main(void)
{
    static char line[2 * LONGEST + 64];
    while (fgets(line, sizeof line, stdin) != NULL)
        do_line(line);
    return 0;
}
