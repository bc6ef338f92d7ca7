/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * observe.c - reads the observation from the headers and options of a handshake packet.
 */
#include "tcp/observe.h"

enum { IP_ECN = 0x03, TCP_ECN = 0xC0, TCP_NS = 0x01 }; /* TCP_ECN: ECE and CWR; NS is in the byte of the data offset */

/* `quirk` if `condition` is 1, 0 if it is 0. Without a branch, because random traffic would cause mispredictions. */
static inline uint32_t quirk_if(uint32_t condition, uint32_t quirk)
{
    return (0u - condition) & quirk;
}

static void observe_ipv4(const uint8_t *ip, hg_observation *o)
{
    uint32_t id_set = hg_be16(ip + IPV4_ID_AT) != 0;
    uint32_t flags = ip[IPV4_FRAGMENT_AT];
    uint32_t df = flags >> 6 & 1u;
    o->quirks = quirk_if(df, HG_QUIRK_DF) | quirk_if(df & id_set, HG_QUIRK_ID_PLUS) |
                quirk_if((df | id_set) ^ 1u, HG_QUIRK_ID_MINUS) | quirk_if(flags >> 7, HG_QUIRK_ZERO_PLUS) |
                quirk_if((ip[IPV4_TOS_AT] & IP_ECN) != 0, HG_QUIRK_ECN);
    o->ttl = ip[IPV4_TTL_AT];
    o->dscp = ip[IPV4_TOS_AT] >> 2;
    o->olen = (uint8_t)(hg_ipv4_header_length(ip) - HG_IPV4_HEADER);
}

static void observe_ipv6(const uint8_t *ip, hg_observation *o)
{
    uint32_t first_word = hg_be32(ip + IPV6_WORD_AT);
    uint32_t traffic_class = first_word >> IPV6_CLASS_SHIFT & 0xFF;
    o->quirks = quirk_if((first_word & IPV6_FLOW_LABEL) != 0, HG_QUIRK_FLOW) |
                quirk_if((traffic_class & IP_ECN) != 0, HG_QUIRK_ECN);
    o->ttl = ip[IPV6_HOPS_AT];
    o->dscp = (uint8_t)(traffic_class >> 2);
    o->olen = 0;
}

static uint32_t all_tcp_quirks(const uint8_t *tcp)
{
    uint32_t flags = tcp[TCP_FLAGS_AT];
    uint32_t is_ack = flags >> 4 & 1u;
    uint32_t ack_set = hg_be32(tcp + TCP_ACK_AT) != 0;
    uint32_t urgent = flags >> 5 & 1u;
    return quirk_if((flags & TCP_ECN) != 0 || (tcp[TCP_OFFSET_AT] & TCP_NS) != 0, HG_QUIRK_ECN) |
           quirk_if(hg_be32(tcp + TCP_SEQ_AT) == 0, HG_QUIRK_SEQ_MINUS) |
           quirk_if(ack_set & (is_ack ^ 1u), HG_QUIRK_ACK_PLUS) |
           quirk_if((ack_set ^ 1u) & is_ack, HG_QUIRK_ACK_MINUS) | quirk_if(urgent, HG_QUIRK_URGF_PLUS) |
           quirk_if((urgent ^ 1u) & (hg_be16(tcp + TCP_URGENT_AT) != 0), HG_QUIRK_UPTR_PLUS) |
           quirk_if(flags >> 3 & 1u, HG_QUIRK_PUSHF_PLUS);
}

/* Nearly all handshake packets have no quirk in the TCP header; one test finds that out. */
static inline uint32_t tcp_quirks(const uint8_t *tcp)
{
    uint32_t flags = tcp[TCP_FLAGS_AT];
    uint32_t ack_differs = (hg_be32(tcp + TCP_ACK_AT) != 0) ^ (flags >> 4 & 1u);
    uint32_t odd = (flags & (TCP_ECN | HG_URG | HG_PSH)) | (tcp[TCP_OFFSET_AT] & TCP_NS) |
                   hg_be16(tcp + TCP_URGENT_AT) | (hg_be32(tcp + TCP_SEQ_AT) == 0) | ack_differs;
    return odd == 0 ? 0 : all_tcp_quirks(tcp);
}

void hg_observe_headers(const hg_packet *packet, hg_observation *o)
{
    if (packet->version == 4)
        observe_ipv4(packet->ip, o);
    else
        observe_ipv6(packet->ip, o);
    o->quirks |= tcp_quirks(packet->tcp);
    o->window = hg_be16(packet->tcp + TCP_WINDOW_AT);
    o->window_multiple = 0;
    o->window_kind = HG_WINDOW_LITERAL;
    o->header_bytes = packet->header_bytes;
    o->version = packet->version;
    o->response = packet->type != HG_SYN;
    o->payload = packet->payload != 0;
}

/* ---- the window as a multiple of an MSS or MTU ------------------------------------------------------ */

enum { LEAST_MSS_FOR_MULTIPLE = 100, TIMESTAMP_BYTES = 12 };

static int try_divisor(hg_observation *o, uint32_t divisor, uint8_t kind)
{
    if (divisor == 0 || o->window % divisor != 0)
        return 0;
    o->window_kind = kind;
    o->window_multiple = (uint16_t)(o->window / divisor);
    return 1;
}

/* Tries divisors in p0f's order; the first one that fits counts. */
void hg_observe_multiple(hg_observation *o)
{
    uint32_t mss = o->mss;
    int v6 = o->version == 6;
    if (o->window == 0 || mss < LEAST_MSS_FOR_MULTIPLE)
        return;
    const struct {
        uint32_t divisor;
        uint8_t kind;
    } candidates[] = {
        {mss, HG_WINDOW_MSS},
        {o->ts1 != 0 ? mss - TIMESTAMP_BYTES : 0, HG_WINDOW_MSS},
        {1500 - 40, HG_WINDOW_MSS},
        {1500 - 40 - TIMESTAMP_BYTES, HG_WINDOW_MSS},
        {v6 ? 1500 - 60 : 0, HG_WINDOW_MSS},
        {v6 ? 1500 - 60 - TIMESTAMP_BYTES : 0, HG_WINDOW_MSS},
        {mss + 40, HG_WINDOW_MTU},
        {mss + o->header_bytes, HG_WINDOW_MTU},
        {v6 ? mss + 60 : 0, HG_WINDOW_MTU},
        {1500, HG_WINDOW_MTU},
    };
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
        if (try_divisor(o, candidates[i].divisor, candidates[i].kind))
            return;
}

int hg_observe_peer(hg_observation *o, uint16_t peer_mss)
{
    if (o->window_kind != HG_WINDOW_LITERAL || o->window == 0 || o->mss < LEAST_MSS_FOR_MULTIPLE)
        return 0;
    return try_divisor(o, peer_mss, HG_WINDOW_MSS) ||
           (peer_mss > TIMESTAMP_BYTES && try_divisor(o, peer_mss - TIMESTAMP_BYTES, HG_WINDOW_MSS));
}

/* ---- options, byte by byte, with p0f's rules for damaged options ----------------------------------- */

/* Offsets after the kind byte of an option. */
enum { LENGTH_AT = 0, VALUE_AT = 1, PEER_TIMESTAMP_AT = 5 };

/* Bytes after the kind byte in options of a fixed size; 0: another option. As in p0f, options of a fixed size are read
 * at this size, whatever length they state. */
static const uint8_t REST[HG_OPTION_TS + 1] = {
    [HG_OPTION_MSS] = 3, [HG_OPTION_WS] = 2, [HG_OPTION_SOK] = 1, [HG_OPTION_TS] = 9};

static void read_eol(const uint8_t *at, const uint8_t *end, hg_observation *o)
{
    o->eol_pad = (uint8_t)(end - at);
    for (; at < end; at++)
        if (*at != 0)
            o->quirks |= HG_QUIRK_OPT_PLUS;
}

/* Reads the value of an option of a fixed size; `at` is after its kind byte. */
static void read_value(uint8_t kind, const uint8_t *at, int pure_syn, hg_observation *o)
{
    if (kind == HG_OPTION_MSS) {
        o->mss = hg_be16(at + VALUE_AT);
    } else if (kind == HG_OPTION_WS) {
        o->wscale = at[VALUE_AT];
        o->quirks |= o->wscale > HG_HIGHEST_USUAL_WSCALE ? HG_QUIRK_EXWS : 0u;
    } else if (kind == HG_OPTION_TS) {
        o->ts1 = hg_be32(at + VALUE_AT);
        o->quirks |= o->ts1 == 0 ? HG_QUIRK_TS1_MINUS : 0u;
        o->quirks |= pure_syn && hg_be32(at + PEER_TIMESTAMP_AT) != 0 ? HG_QUIRK_TS2_PLUS : 0u;
    }
}

/* How many bytes of an option follow its kind byte; `left` are available. UINT32_MAX: the option is cut, or its length
 * is invalid. */
static uint32_t rest_of(uint8_t kind, const uint8_t *at, uint32_t left)
{
    if (kind < sizeof REST && REST[kind] != 0)
        return left < REST[kind] ? UINT32_MAX : REST[kind];
    if (kind == HG_OPTION_NOP)
        return 0;
    const uint32_t least = kind == HG_OPTION_SACK ? 10 : 2, most = kind == HG_OPTION_SACK ? 34 : 40;
    return left < 1 || at[LENGTH_AT] < least || at[LENGTH_AT] > most || at[LENGTH_AT] - 1u > left ? UINT32_MAX
                                                                                                  : at[LENGTH_AT] - 1u;
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
    const uint8_t *at = hg_tcp_options(packet), *const end = at + packet->options_length;
    while (at < end) {
        const uint8_t kind = *at++;
        if (o->option_count == HG_MAX_OPTIONS) {
            o->quirks |= HG_QUIRK_BAD;
            return;
        }
        o->options[o->option_count++] = kind;
        if (kind == HG_OPTION_EOL) {
            read_eol(at, end, o);
            return;
        }
        const uint32_t rest = rest_of(kind, at, (uint32_t)(end - at));
        if (rest == UINT32_MAX) {
            o->quirks |= HG_QUIRK_BAD;
            return;
        }
        if (kind < sizeof REST && REST[kind] != 0) {
            o->quirks |= at[LENGTH_AT] != rest + 1 ? HG_QUIRK_BAD : 0u;
            read_value(kind, at, packet->type == HG_SYN, o);
        }
        at += rest;
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
