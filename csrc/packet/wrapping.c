/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wrapping.c - the table of wrappings (wrapping.csv), and the search in it.
 */
#include "packet/wrapping.h"

#include "hg_wrapping.h"
#include "packet/headers.h"
#include "packet/link.h"
#include "packet/tunnel.h"

#define ALL_ROWS(ROW)               \
    HG_WRAPPING_LINKTYPE_ROWS(ROW)  \
    HG_WRAPPING_ETHERTYPE_ROWS(ROW) \
    HG_WRAPPING_PROTOCOL_ROWS(ROW)  \
    HG_WRAPPING_UDP_ROWS(ROW)

#define INDEX(space, id, ...) ROW_##id,
enum { ALL_ROWS(INDEX) ROWS };

#define VALUES(of_space, id, of_number, text, kind, function, length, following, value) \
    [ROW_##id] = {.name = (text),                                                       \
                  .strip = (function),                                                  \
                  .number = (of_number),                                                \
                  .space = HG_SPACE_##of_space,                                         \
                  .tunnel = HG_TUNNEL_##kind,                                           \
                  .bytes = (length),                                                    \
                  .next = HG_SPACE_##following,                                         \
                  .argument = (value)},
static const hg_wrapping TABLE[ROWS] = {ALL_ROWS(VALUES)};

#define CASE(space, id, of_number, ...) \
    case of_number:                     \
        return TABLE + ROW_##id;

static const hg_wrapping *of_linktype(uint64_t number)
{
    switch (number) {
        HG_WRAPPING_LINKTYPE_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_ethertype(uint64_t number)
{
    if (number == ETHERTYPE_ARP) /* the most frequent one that wraps nothing */
        return NULL;
    switch (number < ETHERTYPE_LEAST ? ETHERTYPE_LLC : number) {
        HG_WRAPPING_ETHERTYPE_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_protocol(uint64_t number)
{
    switch (number) {
        HG_WRAPPING_PROTOCOL_ROWS(CASE)
    default:
        return NULL;
    }
}

static const hg_wrapping *of_port(uint64_t number)
{
    switch (number) {
        HG_WRAPPING_UDP_ROWS(CASE)
    default:
        return NULL;
    }
}

const hg_wrapping *hg_wrapping_find(uint32_t space, uint64_t number)
{
    switch (space) {
    case HG_SPACE_LINKTYPE:
        return of_linktype(number);
    case HG_SPACE_ETHERTYPE:
        return of_ethertype(number);
    case HG_SPACE_PROTOCOL:
        return of_protocol(number);
    case HG_SPACE_UDP:
        return of_port(number);
    default:
        return NULL;
    }
}

int hg_wrapping_list(uint32_t i, hg_space *space, uint32_t *number, const char **name)
{
    if (i >= ROWS)
        return 0;
    *space = (hg_space)TABLE[i].space;
    *number = TABLE[i].number;
    *name = TABLE[i].name;
    return 1;
}

int hg_linktype_supported(uint32_t linktype)
{
    return hg_wrapping_find(HG_SPACE_LINKTYPE, linktype) != NULL;
}

static const hg_wrapping *of_ports(const uint8_t *udp)
{
    const hg_wrapping *row = of_port(hg_be16(udp + UDP_DESTINATION_AT));
    if (row != NULL)
        return row;
    const uint32_t source = hg_be16(udp + UDP_SOURCE_AT);
    const int sends = source == 1701 || source == 3544 || source == 5247; /* L2TP, Teredo, CAPWAP */
    return sends ? of_port(source) : NULL;
}

/* Skips the UDP header of a tunnel. A length of 0 is that of a datagram of more than 65,535 bytes (RFC 2675). */
static hg_drop skip_udp(hg_view *view)
{
    if (view->captured < HG_UDP_HEADER)
        return hg_short_drop(view, HG_UDP_HEADER);
    const uint32_t length = hg_be16(view->data + UDP_LENGTH_AT);
    if (length != 0 && (length < HG_UDP_HEADER || length > view->wire))
        return HG_DROP_NOT_TCP;
    if (length != 0)
        hg_limit(view, length);
    hg_take(view, HG_UDP_HEADER);
    return HG_DROP_NONE;
}

/* Opens `row`, to which a UDP header's ports belong. Clients of other protocols may use the same port: 0. */
static __attribute__((noinline)) int open_udp(const hg_wrapping *row, hg_view *view, hg_content *next, hg_drop *drop)
{
    hg_view inside = *view;
    hg_content content = {.number = row->number, .space = HG_SPACE_UDP};
    hg_drop found = skip_udp(&inside);
    if (found == HG_DROP_NONE)
        found = hg_wrapping_open(row, &inside, &content);
    if (found == HG_DROP_NOT_TCP && view->captured > HG_UDP_HEADER)
        return 0;
    *drop = found;
    *view = inside;
    *next = content;
    return 1;
}

const hg_wrapping *hg_wrapping_open_udp(hg_view *view, hg_content *next, hg_drop *drop)
{
    const hg_wrapping *row = view->captured < UDP_PORTS_END ? NULL : of_ports(view->data);
    return row != NULL && open_udp(row, view, next, drop) ? row : NULL;
}

int hg_is_wrapping_udp(const hg_view *view)
{
    if (view->captured < UDP_PORTS_END || of_ports(view->data) == NULL)
        return 0;
    hg_view inside = *view;
    hg_content next;
    hg_drop drop;
    return hg_wrapping_open_udp(&inside, &next, &drop) != NULL;
}

/* Whether the version of IP at `view` is the one that the number before it states. */
static int is_stated_version(const hg_view *view, uint64_t number)
{
    const uint32_t version = view->captured == 0 ? 0 : hg_ip_version(view);
    return (version == 4 && number != ETHERTYPE_IPV6 && number != PPP_IPV6) ||
           (version == 6 && number != ETHERTYPE_IPV4 && number != PPP_IPV4);
}

/* Whether the wrapping consists of MPLS labels. Several numbers announce them. */
static int is_labels(const hg_wrapping *row)
{
    return row->strip == TABLE[ROW_MPLS].strip;
}

/* Labels are skipped here, because the function that opens them calls this one. */
int hg_holds_ip(const hg_view *view, uint32_t at, uint32_t linktype)
{
    enum { MOST_HEADERS = 16 };
    hg_view inside = *view;
    hg_content next = {.number = linktype, .space = HG_SPACE_LINKTYPE};
    if (!hg_take(&inside, at))
        return 0;
    for (int headers = 0; headers < MOST_HEADERS && next.space != HG_SPACE_IP; headers++) {
        const hg_wrapping *row = hg_wrapping_find(next.space, next.number);
        if (row != NULL && is_labels(row)) {
            if (!hg_skip_labels(&inside) || inside.captured == 0)
                return 0;
            if (hg_ip_version(&inside) == 0 || is_stated_version(&inside, 0))
                return 1;
            hg_next_is_ethernet(&next);
        } else if (row == NULL || hg_wrapping_open(row, &inside, &next) != HG_DROP_NONE) {
            return 0;
        }
    }
    return next.space == HG_SPACE_IP && is_stated_version(&inside, next.number);
}
