/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * filter.c - filters of ports and networks against a plain walk over their conditions.
 *
 * Input: number of conditions and whether the filter denies, the conditions (side, kind, number of
 * elements, elements), then packets: version, type, both ends.
 */
#include "fuzz.h"

#include "base/bytes.h"
#include "filter/filter.h"

enum { MOST_CONDITIONS = 4, MOST_ELEMENTS = 32, MOST_RANGES = 3, MOST_PACKETS = 16, AS_GIVEN = 0x80 };

typedef struct rules {
    hg_condition conditions[MOST_CONDITIONS];
    hg_port_range ports[MOST_CONDITIONS][MOST_ELEMENTS];
    hg_network networks[MOST_CONDITIONS][MOST_ELEMENTS];
    uint32_t count;
    int deny;
} rules;

/* Sound ones mostly; as received when `kind` says so. */
static void take_network(fuzz_input *input, uint8_t kind, hg_network *network)
{
    network->version = (kind & 2) != 0 ? 6 : 4;
    network->prefix = fuzz_byte(input);
    fuzz_take(input, network->address, 16);
    if (kind & AS_GIVEN) {
        network->version = fuzz_byte(input) & 7;
        return;
    }
    uint32_t bits = network->version == 4 ? 32 : 128;
    network->prefix = (uint8_t)(network->prefix % (bits + 1));
    for (uint32_t bit = network->prefix; bit < 128; bit++)
        network->address[bit / 8] &= (uint8_t)~(0x80u >> bit % 8);
}

static void take_ports(fuzz_input *input, uint8_t kind, hg_port_range *ports)
{
    uint8_t bytes[4];
    fuzz_take(input, bytes, sizeof bytes);
    *ports = (hg_port_range){hg_le16(bytes), hg_le16(bytes + 2)};
    if ((kind & AS_GIVEN) == 0 && ports->first > ports->last)
        *ports = (hg_port_range){ports->last, ports->first};
}

static void take_rules(fuzz_input *input, rules *r)
{
    uint8_t head = fuzz_byte(input);
    r->deny = head >> 7;
    r->count = (head & 7) % (MOST_CONDITIONS + 1);
    for (uint32_t i = 0; i < r->count; i++) {
        uint8_t kind = fuzz_byte(input), side = fuzz_byte(input), elements = fuzz_byte(input);
        uint32_t count = (kind & AS_GIVEN) != 0 ? elements % MOST_ELEMENTS : elements % MOST_ELEMENTS + 1u;
        r->conditions[i] = (hg_condition){.side = (kind & AS_GIVEN) != 0 ? side : side % HG_SIDES};
        if ((kind & 1) == 0 && count > MOST_RANGES)
            count = MOST_RANGES;
        for (uint32_t k = 0; k < count; k++)
            if (kind & 1)
                take_network(input, kind ^ (side & 2 & elements), r->networks[i] + k);
            else
                take_ports(input, kind, r->ports[i] + k);
        r->conditions[i].networks = r->networks[i];
        r->conditions[i].ports = r->ports[i];
        *(kind & 1 ? &r->conditions[i].network_count : &r->conditions[i].port_count) = count;
    }
}

/* ---- plainly ----------------------------------------------------------------------------- */

static int bits_differ(const uint8_t *a, const uint8_t *b, uint32_t bits)
{
    return memcmp(a, b, bits / 8) != 0 || (bits % 8 != 0 && ((a[bits / 8] ^ b[bits / 8]) & 0xFF00 >> bits % 8 & 0xFF) != 0);
}

static int is_sane(const rules *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const hg_condition *c = r->conditions + i;
        static const uint8_t zeros[16];
        if (c->side >= HG_SIDES || c->port_count + c->network_count == 0)
            return 0;
        for (uint32_t k = 0; k < c->port_count; k++)
            if (c->ports[k].first > c->ports[k].last)
                return 0;
        for (uint32_t k = 0; k < c->network_count; k++) {
            hg_network rest = c->networks[k];
            if ((rest.version != 4 && rest.version != 6) || rest.prefix > (rest.version == 4 ? 32 : 128))
                return 0;
            for (uint32_t bit = 0; bit < rest.prefix; bit++)
                rest.address[bit / 8] &= (uint8_t)~(0x80u >> bit % 8);
            if (memcmp(rest.address, zeros, 16) != 0)
                return 0;
        }
    }
    return 1;
}

static int has(const hg_condition *c, const uint8_t *address, uint16_t port, uint8_t version)
{
    for (uint32_t k = 0; k < c->port_count; k++)
        if (c->ports[k].first <= port && port <= c->ports[k].last)
            return 1;
    for (uint32_t k = 0; k < c->network_count; k++)
        if (c->networks[k].version == version &&
            !bits_differ(c->networks[k].address, address, c->networks[k].prefix))
            return 1;
    return 0;
}

static int passes(const rules *r, const hg_packet *p, int source_is_client)
{
    const uint8_t *from = (const uint8_t *)p->source.word, *to = (const uint8_t *)p->destination.word;
    int all = 1;
    for (uint32_t i = 0; i < r->count; i++) {
        const hg_condition *c = r->conditions + i;
        int by_source = has(c, from, p->source_port, p->version);
        int by_destination = has(c, to, p->destination_port, p->version);
        int client = source_is_client ? by_source : by_destination;
        int server = source_is_client ? by_destination : by_source;
        all &= c->side == HG_SIDE_CLIENT ? client : c->side == HG_SIDE_SERVER ? server : client || server;
    }
    return all != r->deny;
}

static int is_kept(const rules *r, const hg_packet *p)
{
    if (p->type == HG_SYN)
        return passes(r, p, 1);
    if (p->type == (HG_SYN | HG_ACK))
        return passes(r, p, 0);
    return passes(r, p, 1) || passes(r, p, 0);
}

/* ---- questions --------------------------------------------------------------------------- */

/* An end near one of the elements, mostly. */
static void take_end(fuzz_input *input, const rules *r, uint8_t version, hg_address *address, uint16_t *port)
{
    uint8_t which = fuzz_byte(input), bytes[16], raw[2];
    const hg_network *near = &r->networks[which & 3][which >> 2 & 31];
    fuzz_take(input, raw, sizeof raw);
    fuzz_take(input, bytes, (which & 0x80) != 0 ? 16 : 0);
    if ((which & 0x80) == 0) {
        memcpy(bytes, near->address, 16);
        bytes[raw[0] % 16] ^= raw[1];
    }
    if (version == 4)
        memset(bytes + 4, 0, 12);
    memcpy(address->word, bytes, 16);
    *port = hg_le16(raw);
}

static void ask(fuzz_input *input, const rules *r, const hg_filter *filter)
{
    static const uint8_t types[8] = {HG_SYN, HG_SYN | HG_ACK, HG_ACK,          HG_FIN,
                                     HG_RST, HG_FIN | HG_ACK, HG_RST | HG_ACK, HG_ACK};
    hg_packet packets[MOST_PACKETS] = {0}, expected[MOST_PACKETS];
    uint32_t count = 0, kept = 0;
    for (; count < MOST_PACKETS && input->left > 0; count++) {
        hg_packet *p = packets + count;
        uint8_t head = fuzz_byte(input);
        p->type = types[head & 7];
        p->version = (head & 8) != 0 ? 6 : 4;
        p->frame = count;
        take_end(input, r, p->version, &p->source, &p->source_port);
        take_end(input, r, p->version, &p->destination, &p->destination_port);
        const uint8_t *from = (const uint8_t *)p->source.word, *to = (const uint8_t *)p->destination.word;
        FUZZ_CHECK(hg_filter_passes(filter, from, to, p->source_port, p->destination_port, p->version) ==
                   passes(r, p, 1));
        if (is_kept(r, p))
            expected[kept++] = *p;
    }
    FUZZ_CHECK(hg_filter_keep(filter, packets, count) == kept);
    FUZZ_CHECK(memcmp(packets, expected, kept * sizeof *packets) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rules r;
    fuzz_input input = {data, size};
    hg_filter *filter;
    hg_error error;
    memset(&r, 0, sizeof r);
    take_rules(&input, &r);
    hg_status status = hg_filter_new(r.conditions, r.count, r.deny, &filter, &error);
    FUZZ_CHECK(status == (is_sane(&r) ? HG_OK : HG_E_ARGUMENT) && (filter != NULL) == (status == HG_OK));
    if (status == HG_OK)
        ask(&input, &r, filter);
    hg_filter_free(filter);
    return 0;
}
