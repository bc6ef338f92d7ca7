/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/writer.h"

#include <stdlib.h>

#include "base/escape.h"
#include "base/value.h"
#include <math.h>

enum { NUMBER_BYTES = 48 };

int hg_writer_reserve(hg_writer *to, size_t more)
{
    if (to->is_full)
        return 0;
    if (to->capacity - to->length >= more + HG_RENDER_SLACK)
        return 1;
    const size_t capacity = 2 * to->capacity + more + HG_RENDER_SLACK;
    char *grown = to->may_grow ? realloc(to->at, capacity) : NULL;
    if (grown == NULL) {
        to->is_full = 1;
        return 0;
    }
    to->at = grown;
    to->capacity = capacity;
    return 1;
}

void hg_write(hg_writer *to, const void *bytes, size_t length)
{
    if (length > 0 && hg_writer_reserve(to, length)) {
        memcpy(hg_writer_end(to), bytes, length);
        to->length += length;
    }
}

void hg_write_u64(hg_writer *to, uint64_t value)
{
    HG_WRITE_VALUE(to, NUMBER_BYTES, hg_put_u64, value);
}

void hg_write_text(hg_writer *to, const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (length == 0 || !hg_writer_reserve(to, length * HG_ESCAPE_GROWTH))
        return;
    char *end = hg_writer_end(to);
    hg_writer_set_end(to, to->is_json ? hg_escape_json(end, bytes, length) : hg_escape_plain(end, bytes, length, 0));
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void begin_value(hg_json *to)
{
    if (to->needs_comma)
        hg_write(&to->out, ",", 1);
    to->needs_comma = 1;
}

void hg_json_raw(hg_json *to, const char *json, size_t length)
{
    begin_value(to);
    hg_write(&to->out, json, length);
}

/* ---- structure -------------------------------------------------------------------------------------- */

void hg_json_open(hg_json *to, char open)
{
    begin_value(to);
    hg_write(&to->out, &open, 1);
    to->needs_comma = 0;
}

void hg_json_close(hg_json *to, char close)
{
    hg_write(&to->out, &close, 1);
    to->needs_comma = 1;
}

void hg_json_key(hg_json *to, const char *key)
{
    begin_value(to);
    hg_write(&to->out, "\"", 1);
    hg_write_word(&to->out, key);
    hg_write(&to->out, "\":", 2);
    to->needs_comma = 0;
}

/* ---- texts ------------------------------------------------------------------------------------------ */

void hg_json_begin_text(hg_json *to)
{
    begin_value(to);
    hg_write(&to->out, "\"", 1);
}

void hg_json_end_text(hg_json *to)
{
    hg_write(&to->out, "\"", 1);
}

void hg_json_text(hg_json *to, const char *text, size_t length)
{
    hg_json_begin_text(to);
    hg_write_text(&to->out, text, length);
    hg_json_end_text(to);
}

void hg_json_span(hg_json *to, hg_span text)
{
    if (text.length == 0)
        hg_json_null(to);
    else
        hg_json_text(to, text.text, text.length);
}

void hg_json_word(hg_json *to, const char *word)
{
    if (word == NULL)
        hg_json_null(to);
    else
        hg_json_text(to, word, strlen(word));
}

/* ---- numbers ---------------------------------------------------------------------------------------- */

void hg_json_u64(hg_json *to, uint64_t value)
{
    begin_value(to);
    hg_write_u64(&to->out, value);
}

void hg_json_i64(hg_json *to, int64_t value)
{
    begin_value(to);
    if (value < 0)
        hg_write(&to->out, "-", 1);
    hg_write_u64(&to->out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void hg_json_null(hg_json *to)
{
    hg_json_raw(to, "null", 4);
}

void hg_json_bool(hg_json *to, int value)
{
    hg_json_raw(to, value ? "true" : "false", value ? 4 : 5);
}

/* hg_put_shortest writes smaller numbers as 0. */
static const double LEAST_SHORTEST = 0.0078125;

void hg_json_double(hg_json *to, double value)
{
    if (isnan(value)) {
        hg_json_null(to);
        return;
    }
    begin_value(to);
    if (value > 0.0 && value < LEAST_SHORTEST) {
        hg_write_word(&to->out, "0.");
        HG_WRITE_VALUE(&to->out, NUMBER_BYTES, hg_put_9_digits, (uint32_t)(value * 1e9 + 0.5));
    } else {
        HG_WRITE_VALUE(&to->out, NUMBER_BYTES, hg_put_shortest, value);
    }
}

void hg_json_share(hg_json *to, double value)
{
    if (to->is_exact || !(value > 0.0 && value < 1e12)) {
        hg_json_double(to, value);
        return;
    }
    if (value >= LEAST_SHORTEST) {
        hg_json_double(to, (double)(int64_t)(value * 1000.0 + 0.5) / 1000.0);
        return;
    }
    char text[] = "0.000";
    text[4] = (char)('0' + (int)(value * 1000.0 + 0.5));
    hg_json_raw(to, text, text[4] == '0' ? 3 : 5);
}

/* ---- times and addresses ---------------------------------------------------------------------------- */

void hg_json_time(hg_json *to, int64_t time_ns)
{
    hg_calendar calendar;
    uint32_t ns;
    if (to->is_exact) {
        hg_json_i64(to, time_ns);
        return;
    }
    hg_calendar_utc(hg_floor_seconds(time_ns, &ns), &calendar);
    begin_value(to);
    if (!hg_writer_reserve(&to->out, NUMBER_BYTES))
        return;
    char *p = hg_writer_end(&to->out);
    *p++ = '"';
    p = hg_put_calendar(p, &calendar, '-', 'T');
    *p++ = '.';
    p = hg_put_9_digits(p, ns);
    *p++ = 'Z';
    *p++ = '"';
    hg_writer_set_end(&to->out, p);
}

void hg_json_time_or_null(hg_json *to, int64_t time_ns)
{
    if (time_ns == 0)
        hg_json_null(to);
    else
        hg_json_time(to, time_ns);
}

void hg_json_address(hg_json *to, uint8_t version, const uint8_t *address)
{
    hg_json_begin_text(to);
    HG_WRITE_VALUE(&to->out, HG_MAX_ADDRESS, hg_put_address, version, address);
    hg_json_end_text(to);
}
