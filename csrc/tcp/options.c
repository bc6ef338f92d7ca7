/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * options.c - TCP options, byte by byte (p0f's rules for damaged ones included).
 */
#include "base/bytes.h"
#include "tcp/observe.h"

/* Offsets after the kind byte of an option, and how many bytes follow it in options of a fixed size. */
enum { LENGTH_AT = 0, VALUE_AT = 1, PEER_TIMESTAMP_AT = 5 };
enum { MSS_REST = 3, WSCALE_REST = 2, SACK_PERMITTED_REST = 1, TIMESTAMPS_REST = 9 };

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

/* The readers below are called just after the kind byte and return 0 to stop. Options of a
 * fixed size are read at that size whatever length they claim, as p0f does. */
static int read_mss(option_reader *reader)
{
    if (left(reader) < MSS_REST)
        return 0;
    if (reader->at[LENGTH_AT] != MSS_REST + 1)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->observation->mss = hg_be16(reader->at + VALUE_AT);
    reader->at += MSS_REST;
    return 1;
}

static int read_wscale(option_reader *reader)
{
    if (left(reader) < WSCALE_REST)
        return 0;
    if (reader->at[LENGTH_AT] != WSCALE_REST + 1)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->observation->wscale = reader->at[VALUE_AT];
    if (reader->at[VALUE_AT] > HG_HIGHEST_USUAL_WSCALE)
        reader->observation->quirks |= HG_QUIRK_EXWS;
    reader->at += WSCALE_REST;
    return 1;
}

static int read_sack_permitted(option_reader *reader)
{
    if (left(reader) < SACK_PERMITTED_REST)
        return 0;
    if (reader->at[LENGTH_AT] != SACK_PERMITTED_REST + 1)
        reader->observation->quirks |= HG_QUIRK_BAD;
    reader->at += SACK_PERMITTED_REST;
    return 1;
}

static int read_timestamps(option_reader *reader)
{
    hg_observation *o = reader->observation;
    if (left(reader) < TIMESTAMPS_REST)
        return 0;
    if (reader->at[LENGTH_AT] != TIMESTAMPS_REST + 1)
        o->quirks |= HG_QUIRK_BAD;
    o->ts1 = hg_be32(reader->at + VALUE_AT);
    if (o->ts1 == 0)
        o->quirks |= HG_QUIRK_TS1_MINUS;
    if (reader->pure_syn != 0 && hg_be32(reader->at + PEER_TIMESTAMP_AT) != 0)
        o->quirks |= HG_QUIRK_TS2_PLUS;
    reader->at += TIMESTAMPS_REST;
    return 1;
}

/* An option that says its own length, kind and length byte included. */
static int skip_sized(option_reader *reader, uint32_t least, uint32_t most)
{
    if (left(reader) < 1)
        return 0;
    uint32_t length = reader->at[LENGTH_AT];
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
    if (hg_has_usual_timestamp(packet))
        return hg_be32(hg_tcp_options(packet) + 4);
    hg_observation o = {0};
    hg_observe_options(packet, &o);
    return o.ts1;
}
