/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.c - announcements of devices, from the datagram to the record.
 *
 * Input: steps, each with a carrier (1), a length (2), and bytes. With bit 15 of the length the datagram is a fragment:
 * an id (1) and an offset (2) precede the bytes, which include the UDP header. Two engines read the frames; one of them
 * shows everything that the other hides. Their announcements must be readable lists, records must be valid, and their
 * state can be saved and loaded.
 */
#include "fuzz.h"

#include "announcements/announced.h"
#include "hosts/change_rows.h"
#include "hosts/hosts.h"

enum { MOST_FRAMES = 32, LONGEST = 1400, FRAME_BYTES = LONGEST + 128, ROWS = 256 };

/* The protocol that carries a step's bytes. */
typedef struct carrier {
    uint16_t sport, dport;
    uint8_t version; /* 0: none, and `dport` is an EtherType */
} carrier;

/* TCP carries these ports, UDP all others. */
enum { SMB_PORT = 445, ISO_PORT = 102 };

static const carrier CARRIERS[] = {
    {68, 67, 4},
    {67, 68, 4},
    {67, 67, 4},
    {5353, 5353, 4},
    {5353, 5353, 6},
    {137, 137, 4},
    {138, 138, 4},
    {1900, 1900, 4},
    {0, 0x88CC, 0},
    {0, 0x2000, 0}, /* SNAP, which carries CDP */
    {40000, SMB_PORT, 4},
    {SMB_PORT, 40000, 4},
    {546, 547, 6},
    {547, 546, 6},
    {0, 0x0806, 0},
    {0, 0x86DD, 0}, /* the bytes have an IPv6 header and carry Neighbor Discovery */
    {161, 40000, 4},
    {3702, 40000, 4},
    {40000, 5355, 4},
    {5355, 40000, 4},
    {40000, ISO_PORT, 4},
    {ISO_PORT, 40000, 4},
    {47808, 47808, 4},
    {44818, 40000, 4},
    {9600, 40000, 4},
    {3671, 40000, 4},
    {0, 0x8892, 0}, /* PROFINET */
};

/* A UDP fragment. */
typedef struct part {
    uint16_t place; /* its offset, plus 1 when more fragments follow */
    uint8_t id;
    uint8_t is_one;
} part;

typedef struct capture {
    uint8_t bytes[MOST_FRAMES * FRAME_BYTES];
    uint64_t offsets[MOST_FRAMES + 1];
    int64_t times[MOST_FRAMES];
    uint32_t sent[4]; /* bytes over TCP: the client's, the server's, for each port */
    uint32_t count;
} capture;

static uint8_t *put16(uint8_t *p, uint32_t value)
{
    fuzz_put(p, value, 2);
    return p + 2;
}

static int is_tcp(const carrier *in)
{
    return in->sport == SMB_PORT || in->dport == SMB_PORT || in->sport == ISO_PORT || in->dport == ISO_PORT;
}

/* Writes the header of a segment that follows the previous one. */
static uint8_t *put_tcp(uint8_t *p, const carrier *in, uint32_t length, uint32_t *sent)
{
    memset(p, 0, 20);
    put16(put16(p, in->sport), in->dport);
    put16(put16(p + 4, *sent >> 16), *sent);
    p[12] = 0x50;
    p[13] = 0x10;
    put16(p + 14, 0xFFFF);
    *sent += length;
    return p + 20;
}

static uint8_t *put_ip(uint8_t *p, const carrier *in, const part *fragment, uint32_t length)
{
    const uint8_t protocol = is_tcp(in) ? 6 : 17;
    const uint32_t header = is_tcp(in) ? 20 : 8; /* the fragment header over IPv6, else the header of TCP or UDP */
    const uint32_t whole = length + (fragment->is_one && in->version == 4 ? 0 : header);
    if (in->version == 4) {
        static const uint8_t ADDRESSES[8] = {192, 0, 2, 7, 192, 0, 2, 255};
        *p++ = 0x45;
        *p++ = 0;
        p = put16(p, whole + 20);
        memset(p, 0, 8);
        p[1] = fragment->id;
        put16(p + 2, (uint32_t)fragment->place >> 3 | (fragment->place & 1u) << 13);
        p[4] = 255;
        p[5] = protocol;
        memcpy(p + 8, ADDRESSES, sizeof ADDRESSES);
        p += 16;
    } else {
        memset(p, 0, 40);
        p[0] = 0x60;
        put16(p + 4, whole);
        p[6] = fragment->is_one ? 44 : protocol;
        p[7] = 255;
        p[8] = 0xFE;
        p[9] = 0x80;
        p[23] = 7;
        p[24] = 0xFF;
        p += 40;
        if (fragment->is_one)
            p = put16(put16(put16(put16(p, (uint32_t)protocol << 8), fragment->place), 0), fragment->id);
    }
    return p;
}

static uint8_t *put_udp(uint8_t *p, const carrier *in, uint32_t length)
{
    return put16(put16(put16(put16(p, in->sport), in->dport), length + 8), 0);
}

/* Writes the link header of a frame without IP. */
static uint8_t *put_link(uint8_t *p, const carrier *in, uint32_t length)
{
    static const uint8_t SNAP[8] = {0xAA, 0xAA, 3, 0, 0, 0x0C, 0x20, 0};
    if (in->dport != 0x2000)
        return put16(p, in->dport);
    p = put16(p, length + (uint32_t)sizeof SNAP);
    memcpy(p, SNAP, sizeof SNAP);
    return p + sizeof SNAP;
}

static void add_frame(capture *to, const carrier *in, const part *fragment, const uint8_t *data, uint32_t length)
{
    static const uint8_t MACS[12] = {255, 255, 255, 255, 255, 255, 0, 0, 0x5E, 0, 0x53, 1};
    uint8_t *begin = to->bytes + to->offsets[to->count], *p = begin;
    memcpy(p, MACS, sizeof MACS);
    p += sizeof MACS;
    if (in->version == 0)
        p = put_link(p, in, length);
    else
        p = put_ip(put16(p, in->version == 4 ? 0x0800 : 0x86DD), in, fragment, length);
    if (is_tcp(in))
        p = put_tcp(p, in, length, to->sent + (in->sport < in->dport) + 2 * (in->sport == ISO_PORT || in->dport == ISO_PORT));
    else if (in->version != 0 && !fragment->is_one)
        p = put_udp(p, in, length);
    if (length > 0)
        memcpy(p, data, length);
    to->times[to->count] = to->count;
    to->count++;
    to->offsets[to->count] = to->offsets[to->count - 1] + (uint64_t)(p + length - begin);
}

static void take_frames(fuzz_input *input, capture *to)
{
    to->count = 0;
    to->offsets[0] = 0;
    memset(to->sent, 0, sizeof to->sent);
    while (input->left > 3 && to->count < MOST_FRAMES) {
        const carrier *in = CARRIERS + fuzz_byte(input) % (sizeof CARRIERS / sizeof *CARRIERS);
        uint32_t length = fuzz_byte(input);
        part fragment = {.is_one = length >> 7 && in->version != 0 && !is_tcp(in)};
        length = ((length & 0x7F) << 8 | fuzz_byte(input)) % (LONGEST + 1);
        if (fragment.is_one) {
            fragment.id = fuzz_byte(input);
            fragment.place = fuzz_byte(input);
            fragment.place = (uint16_t)((fragment.place << 8 | fuzz_byte(input)) & ~6u);
        }
        const fuzz_input data = fuzz_part(input, length);
        add_frame(to, in, &fragment, data.at, (uint32_t)data.left);
    }
}

static void check_lists(const hg_batch *batch)
{
    for (uint32_t at = 0; at < batch->counts[HG_READER_DEVICES]; at++) {
        hg_announcement_row announcement;
        hg_announcement_text item;
        uint32_t place = 0, records = 0;
        FUZZ_CHECK(hg_announced_of(batch, batch->columns.devices.row[at], at, &announcement));
        while (hg_announced_next(&announcement, &place, &item)) {
            FUZZ_CHECK(item.length > 0);
            records++;
        }
        FUZZ_CHECK(place == announcement.length && records <= HG_MOST_RECORDS && announcement.length <= HG_MOST_ANNOUNCED);
    }
}

/* Saves an engine's state and continues with it. */
static void save_and_load(hg_engine *engine)
{
    hg_error error;
    const size_t length = hg_engine_save(engine, NULL);
    uint8_t *saved = malloc(length);
    FUZZ_CHECK(saved != NULL);
    hg_engine_save(engine, saved);
    FUZZ_CHECK(hg_engine_load(engine, saved, length, &error) == HG_OK && hg_engine_save(engine, NULL) == length);
    free(saved);
}

/* Hosts that report changes. */
static hg_hosts *watching_hosts(void)
{
    hg_hosts *hosts;
    hg_error error;
    const hg_watch_config config = {.absent_ns = 1000, .random_macs = 1};
    FUZZ_CHECK(hg_hosts_new(8, 1, 7, &hosts, &error) == HG_OK);
    hg_hosts_use(hosts, hg_database_default());
    FUZZ_CHECK(hg_hosts_watch(hosts, &config, &error) == HG_OK);
    return hosts;
}

/* Checks the batch with its changes. */
static void check_news(hg_hosts *hosts, const hg_batch *batch)
{
    static hg_batch *copy;
    hg_error error;
    FUZZ_CHECK(hg_hosts_add(hosts, batch, &error) == HG_OK);
    FUZZ_CHECK(hg_hosts_insert_changes(hosts, batch, &copy, &error) == HG_OK);
    FUZZ_CHECK(hg_batch_verify(copy, NULL, &error) == HG_OK);
    FUZZ_CHECK(copy->count == batch->count + hosts->change_row_count);
    check_lists(copy);
    fuzz_render(copy, NULL);
}

static void run(const capture *from, int names, hg_stats *stats)
{
    hg_hosts *hosts = watching_hosts();
    static hg_engine *engines[2];
    static hg_batch batch;
    hg_source *source;
    hg_error error;
    const hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 4, .max_hosts = 4, .decapsulate = 1,
                              .workers = 1, .hash_key = 7, .max_stream_bytes = 1 << 20, .host_names = (uint8_t)names};
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, ROWS);
    if (engines[names] == NULL)
        FUZZ_CHECK(hg_engine_new(&config, NULL, engines + names, &error) == HG_OK);
    FUZZ_CHECK(hg_source_open_packets(from->bytes, from->offsets, from->times, from->count, 1, &source, &error) == HG_OK);
    hg_status status;
    do {
        status = hg_engine_run(engines[names], source, &batch, UINT64_MAX, &error);
        check_lists(&batch);
        FUZZ_CHECK(hg_batch_verify(&batch, NULL, &error) == HG_OK);
        fuzz_render(&batch, NULL);
        check_news(hosts, &batch);
    } while (status == HG_OK);
    *stats = *hg_engine_stats(engines[names]);
    save_and_load(engines[names]);
    hg_engine_reset(engines[names]);
    hg_source_free(source);
    hg_hosts_free(hosts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static capture frames;
    fuzz_input input = {data, size};
    hg_stats stats[2];
    uint64_t dropped = 0;
    take_frames(&input, &frames);
    run(&frames, 0, stats);
    run(&frames, 1, stats + 1);
    for (int drop = 0; drop < HG_DROP_KINDS; drop++)
        dropped += stats[0].drops[drop];
    FUZZ_CHECK(stats[0].packets == stats[0].analysed + dropped);
    FUZZ_CHECK(memcmp(stats, stats + 1, sizeof *stats) == 0);
    return 0;
}
