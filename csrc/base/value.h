/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * value.h - values as text: numbers, addresses, times, words.
 *
 * Every function writes at `p` and returns the end of the written text. The functions do not check for
 * room: the caller has reserved it, a renderer HG_RENDER_FIXED bytes for all values of a record. A function may
 * overwrite up to HG_RENDER_SLACK bytes after the end that it returns.
 */
#pragma once

#include "base/bytes.h"
#include "huginn.h"

/* Room for the values of one record, except parts that a renderer prepares and long texts of some readers. A
 * ClientHello needs the most: a format may show its server name (255 bytes), protocols (160) and user agent (128) more
 * than once, and escaping may turn each byte into six. */
#define HG_RENDER_FIXED 10240
#define HG_RENDER_SLACK 8

/* Most bytes in a p0f signature, and in a list of a handshake's quirks, options or `params`. */
#define HG_MAX_TEXT 512

/* Offsets in a value of the column olayout. The option kinds come first, then their number and the padding after
 * EOL. */
#define HG_OLAYOUT_COUNT HG_MAX_OPTIONS
#define HG_OLAYOUT_EOL_PAD (HG_MAX_OPTIONS + 1)

/* One row of a batch. */
typedef struct hg_row {
    const hg_columns *columns;
    const uint8_t *texts; /* of the batch */
    uint32_t index;       /* its place in the shared columns */
    uint32_t at;          /* its place in the columns of its reader */
} hg_row;

/* How a row matched its signature; zeros without a signature. */
typedef struct hg_match_marks {
    const uint8_t *olayout; /* the signature's option layout, if options may have been erased on the path; or NULL */
    uint8_t flags;          /* HG_SIGNATURE_... bits */
    uint8_t fuzzy;
} hg_match_marks;

enum { HG_MOST_NAME_SHOWN = 64 }; /* the most bytes of a label's name that verdicts and segments show */

/* The first HG_MOST_NAME_SHOWN bytes of a name, cut between two UTF-8 characters. */
static inline hg_span hg_name_shown(hg_span name)
{
    if (name.length > HG_MOST_NAME_SHOWN)
        for (name.length = HG_MOST_NAME_SHOWN; name.length > 0 && (name.data[name.length] & 0xC0) == 0x80;)
            name.length--;
    return name;
}

/* Row `index` of the batch. Its `at` is UINT32_MAX if its reader has no values for it. */
hg_row hg_row_of(const hg_batch *batch, uint32_t index);
/* For each row of a reader, its place in the shared columns, ascending; NULL: there is no such reader. */
const uint32_t *hg_reader_rows(const hg_columns *columns, hg_reader_id reader);
/* Whether a text lies inside the batch's texts and has at most `most` bytes. */
static inline int hg_has_text(const hg_batch *batch, uint32_t offset, uint32_t length, uint32_t most)
{
    return offset <= batch->text_count && length <= batch->text_count - offset && length <= most;
}
#define HG_HAS_TEXT(batch, at, text, most) \
    hg_has_text(batch, (batch)->columns.text##_offset[at], (batch)->columns.text##_length[at], most)
/* "&& HG_HAS_TEXT", for a reader's list of texts such as HG_HTTP_TEXTS; uses the caller's `batch`, `at` and `most`. */
#define HG_AND_HAS_TEXT(text) &&HG_HAS_TEXT(batch, at, text, most)

/* A text of a reader's columns; length 0: none. */
#define HG_TEXT_OF(row, reader, column)                                       \
    hg_span_of((row).texts + (row).columns->reader.column##_offset[(row).at], \
               (row).columns->reader.column##_length[(row).at])

/* 0: the row comes from a frame without IP, so it has neither addresses nor ports. */
static inline int hg_has_addresses(const hg_columns *columns, uint32_t row)
{
    return columns->ip_version[row] != 0;
}

/* 1: the row is a change of a host that only p0f's formats show. `at` must be valid. */
static inline int hg_is_unreported(const hg_columns *columns, uint32_t row, uint32_t at)
{
    const uint8_t event = columns->event[row];
    return (event == HG_EVENT_HOST_CHANGE || event == HG_EVENT_IP_SHARING) && columns->changes.reported[at] == 0;
}

static inline char *hg_put_bytes(char *p, const char *bytes, size_t length)
{
    memcpy(p, bytes, length);
    return p + length;
}

/* Writes a string literal and returns its end. The length is a constant, so this becomes a few stores.
 * HG_PUT also moves `p`. */
#define HG_AFTER(p, literal) hg_put_bytes((p), (literal), sizeof(literal) - 1)
#define HG_PUT(p, literal) ((p) = HG_AFTER((p), literal))
/* Writes a literal, then a value with the function `put`. */
#define HG_PUT_WITH(p, literal, put, ...) ((p) = put(HG_AFTER((p), literal), __VA_ARGS__))
/* As HG_PUT_WITH, with the value in double quotes. */
#define HG_PUT_QUOTED(p, literal, put, ...) ((p) = HG_AFTER(put(HG_AFTER((p), literal "\""), __VA_ARGS__), "\""))

/* Writes a string that ends with NUL. */
static inline char *hg_put_word(char *p, const char *word)
{
    return hg_put_bytes(p, word, strlen(word));
}

/* Writes a word, "true" or "false", as JSON. */
static inline char *hg_put_quoted(char *p, const char *word)
{
    *p++ = '"';
    p = hg_put_word(p, word);
    *p++ = '"';
    return p;
}

static inline char *hg_put_bool(char *p, int value)
{
    return value ? HG_AFTER(p, "true") : HG_AFTER(p, "false");
}

#define HG_QUOTED(word) {.text = "\"" word "\"", .length = sizeof(word) + 1},

/* Writes the word at an index; at a negative one, null. */
static inline char *hg_put_one_word(char *p, const hg_span *words, int place)
{
    return place < 0 ? HG_AFTER(p, "null") : hg_put_bytes(p, words[place].text, words[place].length);
}

/* Writes an item of a list that begins at `first`: with `separator` before it, unless it is the first item, and between
 * `quote` characters (0: none). */
static inline char *hg_put_item(char *p, const char *first, hg_span item, char separator, char quote)
{
    if (p != first)
        *p++ = separator;
    if (quote)
        *p++ = quote;
    p = hg_put_bytes(p, item.text, item.length);
    if (quote)
        *p++ = quote;
    return p;
}

/* "00", "01" and so on to "99", without separators. */
extern const char hg_digit_pairs[200];

static inline char *hg_put_2_digits(char *p, uint32_t value)
{
    memcpy(p, hg_digit_pairs + 2 * value, 2);
    return p + 2;
}

/* Decimal. Nearly all numbers are short and take one or two stores. */
static inline char *hg_put_below_10000(char *p, uint32_t value)
{
    if (value < 10) {
        *p = (char)('0' + value);
        return p + 1;
    }
    if (value < 100)
        return hg_put_2_digits(p, value);
    const uint32_t high = value / 100;
    p = high < 10 ? (*p = (char)('0' + high), p + 1) : hg_put_2_digits(p, high);
    return hg_put_2_digits(p, value % 100);
}

char *hg_put_u64(char *p, uint64_t value);

static inline char *hg_put_u32(char *p, uint32_t value)
{
    return value < 10000 ? hg_put_below_10000(p, value) : hg_put_u64(p, value);
}

char *hg_put_i32(char *p, int32_t value);
enum { HG_SEGMENT_TEXT = 48 };
/* The interface and VLAN tags of hg_segment_of, in at most HG_SEGMENT_TEXT characters. */
char *hg_put_segment(char *p, uint64_t segment);
/* Writes a character of the Basic Multilingual Plane in UTF-8: at most three bytes. */
char *hg_put_character(char *p, uint32_t character);
/* Two hexadecimal digits, lower case. */
char *hg_put_hex_byte(char *p, uint8_t value);
char *hg_put_hex(char *p, const uint8_t *bytes, size_t length);
/* As base64 (RFC 4648), with padding. */
char *hg_put_base64(char *p, const uint8_t *bytes, uint32_t length);

/* ---- numbers with a fraction -------------------------------------------------------- */

/* Exact for values from 2^-7 to 2^53. Smaller values, negative values and NaN become 0, larger values 2^53. The locale
 * has no effect. */
char *hg_put_2_decimals(char *p, double value); /* as printf's %.2f rounds: 250.00 */
char *hg_put_shortest(char *p, double value);   /* fewest digits that read back the same: 250.0 */

/* "98 %": the nearest percentage, but 0 % only for a share of 0 and 100 % only for 1. */
char *hg_put_percent(char *p, double share);
#define HG_PERCENT_BYTES 5
/* The confidence in a system: "98 %, versions 97 %"; without versions if their share is NaN. With 2 `families`, a
 * note replaces the versions: the packets do not show which of them it is. */
char *hg_put_confidence(char *p, double share, double version_share, uint32_t families);
#define HG_CONFIDENCE_BYTES 80

/* ---- addresses ---------------------------------------------------------------------- */

char *hg_put_ipv4(char *p, const uint8_t *address);
/* RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as "::", and
 * ::ffff:1.2.3.4 for a mapped IPv4 address. */
char *hg_put_ipv6(char *p, const uint8_t *address);
/* An address of IP version `version`. */
char *hg_put_address(char *p, uint8_t version, const uint8_t *address);
/* Eight groups without "::", as p0f prints them. */
char *hg_put_ipv6_groups(char *p, const uint8_t *address);

/* ---- times -------------------------------------------------------------------------- */

/* A point in time in the proleptic Gregorian calendar. */
typedef struct hg_calendar {
    int32_t year;
    uint32_t month; /* from 1 */
    uint32_t day;   /* from 1 */
    uint32_t hour;
    uint32_t minute;
    uint32_t second;
} hg_calendar;

/* Extends a span of time so that it includes another one. */
static inline void hg_widen(int64_t *first_ns, int64_t *last_ns, int64_t from_ns, int64_t until_ns)
{
    *first_ns = from_ns < *first_ns ? from_ns : *first_ns;
    *last_ns = until_ns > *last_ns ? until_ns : *last_ns;
}

/* The time from one point to another; 0 if that is not later. */
static inline uint64_t hg_elapsed_ns(int64_t from_ns, int64_t until_ns)
{
    return until_ns > from_ns ? (uint64_t)until_ns - (uint64_t)from_ns : 0;
}

/* A time that much later; the last or first time that there is if the sum is none. */
static inline int64_t hg_later_ns(int64_t time_ns, int64_t by_ns)
{
    int64_t sum;
    return !__builtin_add_overflow(time_ns, by_ns, &sum) ? sum : by_ns < 0 ? INT64_MIN : INT64_MAX;
}

/* The day of a time, as days since the epoch. */
static inline int64_t hg_floor_days(int64_t time_ns)
{
    const int64_t day_ns = INT64_C(86400000000000);
    return time_ns / day_ns - (time_ns % day_ns < 0);
}

/* Splits ns since the epoch, which may be negative, into whole seconds and 0..999999999 ns. */
static inline int64_t hg_floor_seconds(int64_t time_ns, uint32_t *ns)
{
    int64_t seconds = time_ns / 1000000000;
    int64_t rest = time_ns % 1000000000;
    if (rest < 0) {
        rest += 1000000000;
        seconds--;
    }
    *ns = (uint32_t)rest;
    return seconds;
}

#define HG_CALENDAR_BYTES 19

/* Whether a station may have the MAC: it is neither a group's nor zeros. */
static inline int hg_mac_is_station(const uint8_t *mac)
{
    return (mac[0] & 1) == 0 && memcmp(mac, (const uint8_t[6]){0}, 6) != 0;
}

/* The number of days from the epoch to a date of the year -399 or later; month and day count from 1. */
int64_t hg_days_of(int32_t year, uint32_t month, uint32_t day);
void hg_calendar_utc(int64_t seconds, hg_calendar *out);
/* Local time according to TZ; UTC if the system cannot convert the time. */
void hg_calendar_local(int64_t seconds, hg_calendar *out);
/* As "2026-11-26T09:30:00" (HG_CALENDAR_BYTES), with `date_separator` for "-" and `middle` for "T". */
char *hg_put_calendar(char *p, const hg_calendar *calendar, char date_separator, char middle);
/* Nine digits. */
char *hg_put_9_digits(char *p, uint32_t value);

/* ---- words of a signature ----------------------------------------------------------- */

/* "mss,nop,eol+1", "?34"; empty without options. */
char *hg_put_olayout(char *p, hg_row row);
/* The quirks in p0f's order, separated by commas, each between `quote` characters (0: none). */
char *hg_put_quirks(char *p, uint32_t quirks, char quote);
/* p0f's raw signature: ver:ttl+dist:olen:mss:window,scale:olayout:quirks:pclass. */
char *hg_put_raw_signature(char *p, hg_row row);

/* ---- changes -------------------------------------------------------------------------- */

/* p0f's words for reasons, separated by `between`, each between `quote` characters (0: none). */
char *hg_put_reasons(char *p, uint16_t reasons, char between, char quote);
/* The names of a set of hg_anomaly, separated by commas; `quote` as above. */
char *hg_put_anomalies(char *p, uint32_t anomalies, char quote);
/* The HG_CHANGE_HITS hits of a change, such as "0,1,1,1". */
char *hg_put_hits(char *p, const uint8_t *hits);
/* A change: the text `reasons`, the change's reasons, the text `hits`, the change's hits. */
char *hg_put_change(char *p, hg_row row, const char *reasons, const char *hits);
