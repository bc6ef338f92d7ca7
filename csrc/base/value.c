/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "base/value.h"

#include "base/search.h"
#include "hg_records.h"

#include <math.h>
#include <time.h>

const char hg_digit_pairs[200] = {
#define TEN(t) t, '0', t, '1', t, '2', t, '3', t, '4', t, '5', t, '6', t, '7', t, '8', t, '9'
    TEN('0'), TEN('1'), TEN('2'), TEN('3'), TEN('4'), TEN('5'),
    TEN('6'), TEN('7'), TEN('8'), TEN('9')
#undef TEN
};

static const char hex_digits[16] = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

char *hg_put_u64(char *p, uint64_t value)
{
    char digits[20];
    char *first = digits + sizeof digits;
    if (value < 10000)
        return hg_put_below_10000(p, (uint32_t)value);
    if (value < 100000000) {
        const uint32_t low = (uint32_t)value % 10000;
        p = hg_put_below_10000(p, (uint32_t)value / 10000);
        return hg_put_2_digits(hg_put_2_digits(p, low / 100), low % 100);
    }
    for (; value >= 100; value /= 100) {
        first -= 2;
        hg_put_2_digits(first, (uint32_t)(value % 100));
    }
    if (value >= 10)
        hg_put_2_digits(first -= 2, (uint32_t)value);
    else
        *--first = (char)('0' + value);
    return hg_put_bytes(p, first, (size_t)(digits + sizeof digits - first));
}

char *hg_put_i32(char *p, int32_t value)
{
    if (value >= 0)
        return hg_put_u32(p, (uint32_t)value);
    *p++ = '-';
    return hg_put_u32(p, 0 - (uint32_t)value);
}

char *hg_put_hex_byte(char *p, uint8_t value)
{
    p[0] = hex_digits[value >> 4];
    p[1] = hex_digits[value & 15];
    return p + 2;
}

char *hg_put_hex(char *p, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        p = hg_put_hex_byte(p, bytes[i]);
    return p;
}

char *hg_put_base64(char *p, const uint8_t *bytes, uint32_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (uint32_t i = 0; i < length; i += 3) {
        const uint32_t left = length - i;
        const uint32_t group =
            (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0U) | (left > 2 ? bytes[i + 2] : 0U);
        *p++ = digits[group >> 18];
        *p++ = digits[group >> 12 & 63];
        *p++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *p++ = left > 2 ? digits[group & 63] : '=';
    }
    return p;
}

char *hg_put_9_digits(char *p, uint32_t value)
{
    p[0] = (char)('0' + value / 100000000);
    hg_put_2_digits(p + 1, value / 1000000 % 100);
    hg_put_2_digits(p + 3, value / 10000 % 100);
    hg_put_2_digits(p + 5, value / 100 % 100);
    hg_put_2_digits(p + 7, value % 100);
    return p + 9;
}

/* ---- numbers with a fraction -------------------------------------------------------- */

/* The exact parts of a double: value = whole + fraction / 2^bits. `bits` is at most 60, so ten times the
 * fraction still fits into 64 bits. */
typedef struct parts {
    uint64_t whole;
    uint64_t fraction;
    uint32_t bits;
} parts;

static parts take_apart(double value)
{
    if (!(value >= 0.0078125))
        return (parts){0, 0, 1};
    if (value >= 9007199254740992.0)
        return (parts){UINT64_C(1) << 53, 0, 1};
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    uint64_t mantissa = (word & ((UINT64_C(1) << 52) - 1)) | (UINT64_C(1) << 52);
    uint32_t exponent = (uint32_t)(word >> 52); /* the sign is 0 */
    uint32_t bits = 1075 - exponent;            /* 0 to 59 in this range */
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    /* One bit more than necessary, so that half a unit of the last place is a whole number. */
    return (parts){mantissa >> bits, (mantissa & mask) << 1, bits + 1};
}

char *hg_put_2_decimals(char *p, double value)
{
    parts n = take_apart(value);
    uint64_t mask = (UINT64_C(1) << n.bits) - 1;
    uint32_t hundredths = 0;
    for (int i = 0; i < 2; i++) {
        n.fraction *= 10;
        hundredths = hundredths * 10 + (uint32_t)(n.fraction >> n.bits);
        n.fraction &= mask;
    }
    /* Rounds as printf: to the nearest number, or to the even one if the value is exactly in the middle. */
    uint64_t half = UINT64_C(1) << (n.bits - 1);
    if (n.fraction > half || (n.fraction == half && (hundredths & 1)))
        hundredths++;
    p = hg_put_u64(p, n.whole + hundredths / 100);
    *p++ = '.';
    return hg_put_2_digits(p, hundredths % 100);
}

char *hg_put_shortest(char *p, double value)
{
    /* Writes digits until the rest is within half a unit of the value's last place, in the units of the
     * fraction (Steele and White's method). */
    parts n = take_apart(value);
    uint64_t one = UINT64_C(1) << n.bits;
    uint64_t tolerance = 1;
    p = hg_put_u64(p, n.whole);
    *p++ = '.';
    for (;;) {
        n.fraction *= 10;
        tolerance *= 10;
        uint32_t digit = (uint32_t)(n.fraction >> n.bits);
        n.fraction &= one - 1;
        int low = n.fraction < tolerance;
        int high = tolerance >= one || n.fraction > one - tolerance;
        if (low || high) {
            /* If two digits are equally near, the even one is written, as above. */
            int nearer = n.fraction > one / 2 || (n.fraction == one / 2 && (digit & 1) != 0);
            int up = high && (!low || nearer);
            *p++ = (char)('0' + digit + (uint32_t)up);
            return p;
        }
        *p++ = (char)('0' + digit);
    }
}

char *hg_put_percent(char *p, double share)
{
    uint32_t nearest = (uint32_t)(100.0 * share + 0.5);
    if (share > 0 && share < 1)
        nearest = nearest < 1 ? 1 : nearest > 99 ? 99 : nearest;
    return HG_AFTER(hg_put_u32(p, nearest), " %");
}

char *hg_put_confidence(char *p, double share, double version_share, uint32_t families)
{
    p = hg_put_percent(p, share);
    if (families > 1)
        return HG_AFTER(p, " that it is one of these two; the packets do not show which");
    return isnan(version_share) ? p : hg_put_percent(HG_AFTER(p, ", versions "), version_share);
}

/* ---- addresses ---------------------------------------------------------------------- */

/* Each byte in decimal, with a dot behind it. */
/* clang-format off */
static const char dotted[256][4] = {
#define ONES(...) \
    {__VA_ARGS__, '0', '.'}, {__VA_ARGS__, '1', '.'}, {__VA_ARGS__, '2', '.'}, {__VA_ARGS__, '3', '.'}, \
    {__VA_ARGS__, '4', '.'}, {__VA_ARGS__, '5', '.'}, {__VA_ARGS__, '6', '.'}, {__VA_ARGS__, '7', '.'}, \
    {__VA_ARGS__, '8', '.'}, {__VA_ARGS__, '9', '.'}
#define TENS(h) ONES(h, '0'), ONES(h, '1'), ONES(h, '2'), ONES(h, '3'), ONES(h, '4'), ONES(h, '5'), ONES(h, '6'), \
    ONES(h, '7'), ONES(h, '8'), ONES(h, '9')
    "0.", "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", ONES('1'), ONES('2'), ONES('3'), ONES('4'), ONES('5'),
    ONES('6'), ONES('7'), ONES('8'), ONES('9'), TENS('1'), ONES('2', '0'), ONES('2', '1'), ONES('2', '2'),
    ONES('2', '3'), ONES('2', '4'), {'2', '5', '0', '.'}, {'2', '5', '1', '.'}, {'2', '5', '2', '.'},
    {'2', '5', '3', '.'}, {'2', '5', '4', '.'}, {'2', '5', '5', '.'}
#undef TENS
#undef ONES
};
/* clang-format on */

char *hg_put_ipv4(char *p, const uint8_t *address)
{
    for (int i = 0; i < 4; i++) {
        memcpy(p, dotted[address[i]], sizeof dotted[0]);
        p += 2 + (address[i] > 9) + (address[i] > 99);
    }
    return p - 1;
}

static char *put_group(char *p, const uint8_t *bytes)
{
    uint32_t group = hg_be16(bytes);
    if (group >= 0x1000)
        *p++ = hex_digits[group >> 12];
    if (group >= 0x100)
        *p++ = hex_digits[group >> 8 & 15];
    if (group >= 0x10)
        *p++ = hex_digits[group >> 4 & 15];
    *p++ = hex_digits[group & 15];
    return p;
}

char *hg_put_ipv6_groups(char *p, const uint8_t *address)
{
    for (int i = 0; i < 8; i++) {
        if (i > 0)
            *p++ = ':';
        p = put_group(p, address + 2 * i);
    }
    return p;
}

/* Finds the longest run of zero groups, the first of equally long runs: returns its first group and sets its length. */
static int longest_zeros(const uint8_t *address, int *length)
{
    int best = 0, best_length = 0, run = 0;
    for (int i = 0; i < 8; i++) {
        run = hg_be16(address + 2 * i) == 0 ? run + 1 : 0;
        if (run > best_length) {
            best_length = run;
            best = i + 1 - run;
        }
    }
    *length = best_length;
    return best;
}

char *hg_put_ipv6(char *p, const uint8_t *address)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (memcmp(address, mapped, sizeof mapped) == 0) { /* RFC 5952, section 5 */
        HG_PUT(p, "::ffff:");
        return hg_put_ipv4(p, address + 12);
    }
    int length;
    int first = longest_zeros(address, &length);
    if (length < 2) /* RFC 5952, 4.2.2: a single zero group stays */
        return hg_put_ipv6_groups(p, address);
    for (int i = 0; i < first; i++) {
        if (i > 0)
            *p++ = ':';
        p = put_group(p, address + 2 * i);
    }
    HG_PUT(p, "::");
    for (int i = first + length; i < 8; i++) {
        p = put_group(p, address + 2 * i);
        if (i < 7)
            *p++ = ':';
    }
    return p;
}

char *hg_put_address(char *p, uint8_t version, const uint8_t *address)
{
    return version == 6 ? hg_put_ipv6(p, address) : hg_put_ipv4(p, address);
}

/* ---- times -------------------------------------------------------------------------- */

int64_t hg_days_of(int32_t year, uint32_t month, uint32_t day)
{
    /* Years begin on 1 March, so that the leap day is their last day. 400 is added so that no year is negative. */
    const int64_t y = (int64_t)year + 400 - (month <= 2), m = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 865565;
}

void hg_calendar_utc(int64_t seconds, hg_calendar *out)
{
    int64_t days = seconds / 86400;
    int64_t of_day = seconds % 86400;
    if (of_day < 0) {
        of_day += 86400;
        days--;
    }
    /* Years begin on 1 March, so that the leap day is the last day of its year. 400 years have 146097 days.
     * 719468 days are between 0000-03-01 and the epoch. */
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    uint32_t day = (uint32_t)(days - era * 146097);
    uint32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    uint32_t of_year = day - (365 * year + year / 4 - year / 100);
    uint32_t month = (5 * of_year + 2) / 153; /* from March */
    out->day = of_year - (153 * month + 2) / 5 + 1;
    out->month = month < 10 ? month + 3 : month - 9;
    out->year = (int32_t)(era * 400 + year + (out->month <= 2));
    out->hour = (uint32_t)of_day / 3600;
    out->minute = (uint32_t)of_day / 60 % 60;
    out->second = (uint32_t)of_day % 60;
}

void hg_calendar_local(int64_t seconds, hg_calendar *out)
{
    time_t time = (time_t)seconds;
    struct tm local;
#ifdef _WIN32
    const int known = localtime_s(&local, &time) == 0;
#else
    const int known = localtime_r(&time, &local) != NULL;
#endif
    if ((int64_t)time != seconds || !known) {
        hg_calendar_utc(seconds, out);
        return;
    }
    out->year = local.tm_year + 1900;
    out->month = (uint32_t)local.tm_mon + 1;
    out->day = (uint32_t)local.tm_mday;
    out->hour = (uint32_t)local.tm_hour;
    out->minute = (uint32_t)local.tm_min;
    out->second = (uint32_t)local.tm_sec;
}

char *hg_put_calendar(char *p, const hg_calendar *calendar, char date_separator, char middle)
{
    /* A signed 64-bit number of ns reaches from 1677 to 2262: four digits. */
    p = hg_put_2_digits(p, (uint32_t)calendar->year / 100 % 100);
    p = hg_put_2_digits(p, (uint32_t)calendar->year % 100);
    *p++ = date_separator;
    p = hg_put_2_digits(p, calendar->month % 100);
    *p++ = date_separator;
    p = hg_put_2_digits(p, calendar->day % 100);
    *p++ = middle;
    p = hg_put_2_digits(p, calendar->hour % 100);
    *p++ = ':';
    p = hg_put_2_digits(p, calendar->minute % 100);
    *p++ = ':';
    return hg_put_2_digits(p, calendar->second % 100);
}

/* ---- changes ------------------------------------------------------------------------- */

/* The names of the numbers in a set. */
static char *put_names(char *p, uint32_t set, const char *(*name_of)(uint32_t), char between, char quote)
{
    const char *start = p;
    for (; set != 0; set &= set - 1)
        p = hg_put_item(p, start, hg_span_of_word(name_of((uint32_t)__builtin_ctz(set))), between, quote);
    return p;
}

char *hg_put_reasons(char *p, uint16_t reasons, char between, char quote)
{
    return put_names(p, reasons & ((1u << HG_REASON_KINDS) - 1), hg_reason_name, between, quote);
}

char *hg_put_anomalies(char *p, uint32_t anomalies, char quote)
{
    return put_names(p, anomalies & ((1u << HG_ANOMALY_KINDS) - 1), hg_anomaly_name, ',', quote);
}

char *hg_put_hits(char *p, const uint8_t *hits)
{
    for (uint32_t i = 0; i < HG_CHANGE_HITS; i++) {
        if (i > 0)
            *p++ = ',';
        p = hg_put_u32(p, hits[i]);
    }
    return p;
}

char *hg_put_change(char *p, hg_row row, const char *reasons, const char *hits)
{
    const hg_change_columns *c = &row.columns->changes;
    p = hg_put_reasons(hg_put_word(p, reasons), c->reasons[row.at], ' ', 0);
    return hg_put_hits(hg_put_word(p, hits), c->raw_hits[row.at]);
}

/* ---- rows ------------------------------------------------------------------------------- */

const uint32_t *hg_reader_rows(const hg_columns *columns, hg_reader_id reader)
{
    switch (reader) {
#define HG_ROWS(READER, columns_of) \
    case HG_READER_##READER:        \
        return columns->columns_of.row;
        HG_EACH_READER(HG_ROWS)
#undef HG_ROWS
    case HG_READERS: /* no reader */
        break;
    }
    return NULL;
}

hg_row hg_row_of(const hg_batch *batch, uint32_t index)
{
    hg_row row = {&batch->columns, batch->texts, index, UINT32_MAX};
    hg_reader_id reader = hg_event_reader(batch->columns.event[index]);
    if (reader == HG_READERS)
        return row;
    uint32_t count = batch->counts[reader];
    if (count == batch->count) {
        row.at = index;
        return row;
    }
    const uint32_t *rows = hg_reader_rows(&batch->columns, reader);
    uint32_t at = 0;
    HG_SEARCH(at, count, rows[middle] < index)
    if (at < count && rows[at] == index)
        row.at = at;
    return row;
}

char *hg_put_character(char *p, uint32_t character)
{
    enum { MORE = 0x80, BITS = 0x3F };
    const uint32_t more = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    *p++ = (char)(more == 0 ? character : (0xFF00u >> (more + 1) & 0xFF) | character >> 6 * more);
    for (uint32_t i = more; i-- > 0;)
        *p++ = (char)(MORE | (character >> 6 * i & BITS));
    return p;
}

char *hg_put_segment(char *p, uint64_t segment)
{
    enum { BITS = 12, NUMBER = 0xFFF };
    const uint64_t outer = segment >> BITS & NUMBER, tag = segment & NUMBER, interface = segment >> 2 * BITS;
    if (interface != 0)
        p = hg_put_u64(hg_put_word(p, "interface "), interface);
    if (outer == 0 && tag == 0)
        return p;
    p = hg_put_word(p, interface != 0 ? ", VLAN " : "VLAN ");
    if (outer != 0)
        p = hg_put_word(hg_put_u64(p, outer), ".");
    return hg_put_u64(p, tag);
}
