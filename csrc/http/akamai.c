/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * akamai.c - the client's first frames as text: the first SETTINGS, the first WINDOW_UPDATE of the connection,
 * every PRIORITY frame, and the order of the pseudo-headers. Frames after the request's headers are left out.
 */
#include "http/akamai.h"

#include "base/bytes.h"
#include "base/sink.h"

/* The next frame of a type at or behind `*at`. All are known to be whole and sound. */
static int next_of(const uint8_t *data, const hg_h2_message *request, uint8_t type, uint32_t *at, hg_h2_frame *out)
{
    while (hg_h2_frame_at(data, request->end, *at, out) == HG_H2_WHOLE) {
        *at = out->end;
        if (out->type == type)
            return 1;
    }
    return 0;
}

static void put_settings(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE;
    if (!next_of(data, request, HG_H2_SETTINGS, &at, &frame))
        return;
    for (uint32_t i = 0; i + 6 <= frame.length; i += 6) {
        if (i > 0)
            hg_sink_char(to, ';');
        hg_sink_number(to, hg_be16(frame.payload + i));
        hg_sink_char(to, ':');
        hg_sink_number(to, hg_be32(frame.payload + i + 2));
    }
}

static void put_window_update(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE;
    while (next_of(data, request, HG_H2_WINDOW_UPDATE, &at, &frame)) {
        if (frame.stream != 0)
            continue;
        hg_sink_number(to, hg_be32(frame.payload) & 0x7FFFFFFF);
        return;
    }
    hg_sink_text(to, "00", 2);
}

/* Stream, whether it is the only one below the other, that one, and its weight, from 1 to 256. */
static void put_priorities(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    hg_h2_frame frame;
    uint32_t at = HG_H2_PREFACE, count = 0;
    for (; next_of(data, request, HG_H2_PRIORITY, &at, &frame); count++) {
        uint32_t other = hg_be32(frame.payload);
        if (count > 0)
            hg_sink_char(to, ',');
        hg_sink_number(to, frame.stream);
        hg_sink_char(to, ':');
        hg_sink_number(to, other >> 31);
        hg_sink_char(to, ':');
        hg_sink_number(to, other & 0x7FFFFFFF);
        hg_sink_char(to, ':');
        hg_sink_number(to, frame.payload[4] + 1u);
    }
    if (count == 0)
        hg_sink_char(to, '0');
}

static void put_all(hg_sink *to, const uint8_t *data, const hg_h2_message *request)
{
    put_settings(to, data, request);
    hg_sink_char(to, '|');
    put_window_update(to, data, request);
    hg_sink_char(to, '|');
    put_priorities(to, data, request);
    hg_sink_char(to, '|');
    for (uint32_t i = 0; i < request->pseudo_count; i++) {
        if (i > 0)
            hg_sink_char(to, ',');
        hg_sink_char(to, request->pseudo[i]);
    }
}

void hg_akamai_text(const uint8_t *data, const hg_h2_message *request, char *out, size_t capacity, size_t *length)
{
    hg_sink to = {.out = out, .capacity = capacity};
    put_all(&to, data, request);
    *length = to.length;
}
