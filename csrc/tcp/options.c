/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * options.c - TCP options, byte by byte (p0f's rules for damaged ones included).
 */
#include "base/bytes.h"
#include "tcp/observe.h"

/* The options still to be read. Every step checks what is left before it reads. */
typedef struct {
    const uint8_t *at;
    const uint8_t *end;
    hg_observation *observation;
    uint8_t pure_syn;
} option_reader;

static inline uint32_t left(const option_reader *reader)
{
    return (uint32_t)(reader->end - reader->at);
}

static void read_eol(option_reader *reader)
{
    hg_observation *o = reader->observation;
    o->eol_pad = (uint8_t)left(reader);
    for (; reader->at < reader->end; reader->at++)
        if (*reader->at != 0)
            o->quirks |= HG_QUIRK_OPT_PLUS;
}

/* The readers below are called just behind the kind byte and return 0 to stop. Options of a
 * fixed size are read at that size whatever length they claim, as p0f does. */
static int read_mss(option_reader *reader)
{
    if (left(reader) < 3)
        return 0;
    if (reader->at[0] != 4)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->observation->mss = hg_be16(reader->at + 1);
    reader->at += 3;
    return 1;
}

static int read_wscale(option_reader *reader)
{
    if (left(reader) < 2)
        return 0;
    if (reader->at[0] != 3)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->observation->wscale = reader->at[1];
    if (reader->at[1] > HG_HIGHEST_USUAL_WSCALE)
        reader->observation->quirks |= HG_QUIRK_EXWS;
    reader->at += 2;
    return 1;
}

static int read_sack_permitted(option_reader *reader)
{
    if (left(reader) < 1)
        return 0;
    if (reader->at[0] != 2)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->at += 1;
    return 1;
}

static int read_timestamps(option_reader *reader)
{
    hg_observation *o = reader->observation;
    if (left(reader) < 9)
        return 0;
    if (reader->at[0] != 10)
        o->quirks |= HG_QUIRK_BAD;
    o->ts1 = hg_be32(reader->at + 1);
    if (o->ts1 == 0)
        o->quirks |= HG_QUIRK_TS1_MINUS;
    if (reader->pure_syn != 0 && hg_be32(reader->at + 5) != 0)
        o->quirks |= HG_QUIRK_TS2_PLUS;
    reader->at += 9;
    return 1;
}

/* An option that says its own length, kind and length byte included. */
static int skip_sized(option_reader *reader, uint32_t least, uint32_t most)
{
    if (left(reader) < 1)
        return 0;
    uint32_t length = reader->at[0];
    if (length < least || length > most || length - 1 > left(reader))
        return 0;
    reader->at += length - 1;
    return 1;
}

static int read_option(option_reader *reader, uint8_t kind)
{
    switch (kind) {
    case HG_OPTION_NOP:
        return 1;
    case HG_OPTION_MSS:
        return read_mss(reader);
    case HG_OPTION_WS:
        return read_wscale(reader);
    case HG_OPTION_SOK:
        return read_sack_permitted(reader);
    case HG_OPTION_SACK:
        return skip_sized(reader, 10, 34);
    case HG_OPTION_TS:
        return read_timestamps(reader);
    default:
        return skip_sized(reader, 2, 40);
    }
}

void hg_observe_options(const hg_packet *packet, hg_observation *o)
{
    o->mss = 0;
    o->wscale = 0;
    o->ts1 = 0;
    memset(o->options, 0, sizeof o->options);
    o->option_count = 0;
    o->eol_pad = 0;
    memset(o->zero, 0, sizeof o->zero);
    option_reader reader = {
        .at = hg_tcp_options(packet),
        .end = hg_tcp_options(packet) + packet->options_length,
        .observation = o,
        .pure_syn = packet->type == HG_SYN,
    };
    while (reader.at < reader.end) {
        if (o->option_count == HG_MAX_OPTIONS) {
            o->quirks |= HG_QUIRK_BAD;
            return;
        }
        uint8_t kind = *reader.at++;
        o->options[o->option_count++] = kind;
        if (kind == HG_OPTION_EOL) {
            read_eol(&reader);
            return;
        }
        if (!read_option(&reader, kind)) {
            o->quirks |= HG_QUIRK_BAD;
            return;
        }
    }
}

uint32_t hg_own_timestamp(const hg_packet *packet)
{
    const uint8_t *at = hg_tcp_options(packet);
    /* What nearly every segment of a flow with timestamps carries (RFC 7323, appendix A). */
    if (packet->options_length >= 12 && hg_be32(at) == 0x0101080A)
        return hg_be32(at + 4);
    hg_observation o = {0};
    hg_observe_options(packet, &o);
    return o.ts1;
}
