/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cost.c - the engine's work for packets: libFuzzer keeps inputs that cost more per packet, or per captured byte, than
 * all earlier inputs.
 *
 * Input: flags (1: all HTTP messages are read), then steps, each with op, displacement, length (2) and that many bytes.
 * FUZZ_COST_KIND selects their meaning:
 *   0  data of TCP connections; op: 1 sent by the server, 2 one byte per segment, 4 to 28 repetitions (a power of two),
 *      32 and 64 the position: in order (0, 1), displaced, or at the latest position again; 128 in a new connection
 *   1  UDP datagrams; op as for 0, without 2, 32 and 64
 *   2  Ethernet frames; op as for 1, without 1
 *
 * Work is counted in edges of the control flow (trace-pc; only the core is compiled with it) and in vectors that
 * functions of the C library copy, fill or examine. Handshakes and the start of an engine are not counted.
 */
#include "ciphers.h"
#include "fuzz.h"

#include "base/bytes.h"

#ifndef FUZZ_COST_KIND
#define FUZZ_COST_KIND 0
#endif

enum { STREAMS = 0, DATAGRAMS = 1, KIND = FUZZ_COST_KIND };
enum { SERVER_SENDS = 1, BYTE_BY_BYTE = 2, TIMES_SHIFT = 2, TIMES_MASK = 7, PLACE_SHIFT = 5, IN_NEW = 128 };
enum { DISPLACED = 2, AGAIN = 3, HTTP_ALL = 1 };
enum { MOST_PACKETS = 1024, MOST_BYTES = 1 << 18, LONGEST = 1460, ETHERNET = 14, IP = 20, TCP = 20, UDP = 8 };
enum { SYN_FLAG = 2, ACK_FLAG = 16, START = 1000, ROWS = 1024, STEPS_TO_DOUBLE = 16, BUCKETS = 40 * STEPS_TO_DOUBLE };

static uint64_t work;

/* An input that costs more than all earlier ones sets a counter that no input has set before. */
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t reached[2][BUCKETS];

/* Functions that are not counted themselves. */
#define UNCOUNTED __attribute__((no_sanitize("coverage")))

void __wrap___sanitizer_cov_trace_pc(void);
UNCOUNTED void __wrap___sanitizer_cov_trace_pc(void)
{
    work++;
}

#define VECTORS(length) ((length) / 32)
void *__real_memcpy(void *to, const void *from, size_t length);
void *__wrap_memcpy(void *to, const void *from, size_t length);
UNCOUNTED void *__wrap_memcpy(void *to, const void *from, size_t length)
{
    work += VECTORS(length);
    return __real_memcpy(to, from, length);
}

void *__real_memmove(void *to, const void *from, size_t length);
void *__wrap_memmove(void *to, const void *from, size_t length);
UNCOUNTED void *__wrap_memmove(void *to, const void *from, size_t length)
{
    work += VECTORS(length);
    return __real_memmove(to, from, length);
}

void *__real_memset(void *to, int value, size_t length);
void *__wrap_memset(void *to, int value, size_t length);
UNCOUNTED void *__wrap_memset(void *to, int value, size_t length)
{
    work += VECTORS(length);
    return __real_memset(to, value, length);
}

int __real_memcmp(const void *one, const void *other, size_t length);
int __wrap_memcmp(const void *one, const void *other, size_t length);
UNCOUNTED int __wrap_memcmp(const void *one, const void *other, size_t length)
{
    work += VECTORS(length);
    return __real_memcmp(one, other, length);
}

void *__real_memchr(const void *from, int value, size_t length);
void *__wrap_memchr(const void *from, int value, size_t length);
UNCOUNTED void *__wrap_memchr(const void *from, int value, size_t length)
{
    void *found = __real_memchr(from, value, length);
    work += VECTORS(found == NULL ? length : (size_t)((const uint8_t *)found - (const uint8_t *)from));
    return found;
}

/* ---- packets ----------------------------------------------------------------------------------- */

typedef struct traffic {
    uint8_t bytes[MOST_BYTES];
    uint64_t offsets[MOST_PACKETS + 1];
    int64_t times[MOST_PACKETS];
    uint32_t count;
    uint32_t before;      /* packets of the first handshake, which do not count */
    uint32_t connections; /* number of connections so far; the latest one sends */
    uint32_t sent[2];     /* bytes of each side */
    uint32_t latest[2];   /* start of each side's latest segment */
} traffic;

static traffic t;

static int has_room(uint32_t length)
{
    return t.count < MOST_PACKETS && t.offsets[t.count] + ETHERNET + IP + TCP + length <= MOST_BYTES;
}

static void end_frame(uint32_t length)
{
    t.times[t.count] = (int64_t)t.count * 10000;
    t.offsets[t.count + 1] = t.offsets[t.count] + length;
    t.count++;
}

static void put_le16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

/* A packet whose transport header has `head` bytes. Returns the header, in which only the ports are set; NULL without
 * room. */
static uint8_t *put_packet(int server, uint8_t protocol, uint32_t head, const uint8_t *data, uint32_t length)
{
    static const uint8_t ends[2][4] = {{10, 0, 0, 1}, {198, 51, 100, 2}};
    uint8_t *frame = t.bytes + t.offsets[t.count], *transport = frame + ETHERNET + IP;
    uint16_t client_port = (uint16_t)(20000 + t.connections), port = KIND == DATAGRAMS ? 443 : 80;
    if (!has_room(length))
        return NULL;
    memset(frame, 0, ETHERNET + IP + head);
    frame[12] = 8;
    frame[ETHERNET] = 0x45;
    fuzz_put(frame + ETHERNET + 2, IP + head + length, 2);
    frame[ETHERNET + 6] = 0x40;
    frame[ETHERNET + 8] = 64;
    frame[ETHERNET + 9] = protocol;
    memcpy(frame + ETHERNET + 12, ends[server], 4);
    memcpy(frame + ETHERNET + 16, ends[!server], 4);
    fuzz_put(transport, server ? port : client_port, 2);
    fuzz_put(transport + 2, server ? client_port : port, 2);
    memcpy(transport + head, data, length);
    end_frame(ETHERNET + IP + head + length);
    return transport;
}

static void put_segment(int server, uint8_t flags, uint32_t place, const uint8_t *data, uint32_t length)
{
    uint8_t *tcp = put_packet(server, 6, TCP, data, length);
    if (tcp == NULL)
        return;
    hg_put_be32(tcp + 4, START + place);
    if ((flags & ACK_FLAG) != 0)
        hg_put_be32(tcp + 8, START + t.sent[!server]);
    tcp[12] = TCP << 2;
    tcp[13] = flags;
    fuzz_put(tcp + 14, 64240, 2);
}

static void put_datagram(int server, const uint8_t *data, uint32_t length)
{
    uint8_t *udp = put_packet(server, 17, UDP, data, length);
    if (udp != NULL)
        fuzz_put(udp + 4, UDP + length, 2);
}

static void put_frame(const uint8_t *data, uint32_t length)
{
    if (length < ETHERNET || !has_room(length))
        return;
    memcpy(t.bytes + t.offsets[t.count], data, length);
    end_frame(length);
}

/* Opens a new connection, which sends from now on. */
static void connect(void)
{
    t.connections++;
    memset(t.sent, 0, sizeof t.sent);
    memset(t.latest, 0, sizeof t.latest);
    if (KIND != STREAMS)
        return;
    put_segment(0, SYN_FLAG, UINT32_MAX, NULL, 0);
    put_segment(1, SYN_FLAG | ACK_FLAG, UINT32_MAX, NULL, 0);
    put_segment(0, ACK_FLAG, 0, NULL, 0);
}

/* ---- steps ------------------------------------------------------------------------------------- */

typedef struct step {
    uint8_t op;
    uint8_t displacement; /* 128: none */
    const uint8_t *data;
    uint32_t length;
} step;

static void send_data(const step *s, const uint8_t *data, uint32_t length)
{
    int server = s->op & SERVER_SENDS, where = s->op >> PLACE_SHIFT & 3;
    uint32_t place = t.sent[server];
    if (where == AGAIN)
        place = t.latest[server];
    else if (where == DISPLACED)
        place += (uint32_t)(s->displacement - 128) * length;
    t.latest[server] = place;
    if (where < DISPLACED)
        t.sent[server] += length;
    put_segment(server, ACK_FLAG, place, data, length);
}

static void take_once(const step *s)
{
    uint32_t size = (s->op & BYTE_BY_BYTE) != 0 ? 1 : s->length;
    if (KIND == DATAGRAMS)
        put_datagram(s->op & SERVER_SENDS, s->data, s->length);
    else if (KIND != STREAMS)
        put_frame(s->data, s->length);
    else if (s->length > 0)
        for (uint32_t at = 0; at < s->length; at += size)
            send_data(s, s->data + at, size);
}

static void take_steps(fuzz_input *input)
{
    while (input->left > 0 && has_room(0)) {
        uint8_t head[4];
        fuzz_take(input, head, sizeof head);
        const fuzz_input part = fuzz_part(input, hg_le16(head + 2) % (LONGEST + 1u));
        const uint32_t times = 1u << (head[0] >> TIMES_SHIFT & TIMES_MASK);
        step s = {.op = head[0], .displacement = head[1], .data = part.at, .length = (uint32_t)part.left};
        for (uint32_t i = 0; i < times && has_room(0); i++) {
            if ((s.op & IN_NEW) != 0)
                connect();
            take_once(&s);
        }
    }
}

/* ---- work -------------------------------------------------------------------------------------- */

static uint64_t work_of(uint32_t count, int http_all)
{
    static hg_batch batch;
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 256, .max_hosts = 16, .uptime = 1,
                        .decapsulate = 1, .http_all = (uint8_t)http_all, .hash_key = 7, .workers = 1,
                        .find_crypto = fuzz_find_crypto, .max_stream_bytes = 64 << 20};
    hg_engine *engine;
    hg_source *source;
    hg_error error;
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, ROWS);
    FUZZ_CHECK(hg_engine_new(&config, hg_database_default(), &engine, &error) == HG_OK);
    FUZZ_CHECK(hg_source_open_packets(t.bytes, t.offsets, t.times, count, 1, &source, &error) == HG_OK);
    uint64_t before = work;
    while (hg_engine_run(engine, source, &batch, UINT64_MAX, &error) == HG_OK)
        continue;
    uint64_t found = work - before;
    hg_source_free(source);
    hg_engine_free(engine);
    return found;
}

/* A number that grows by STEPS_TO_DOUBLE when the value doubles. */
static uint32_t bucket_of(double value)
{
    uint32_t bucket = 0;
    for (; value >= 2 && bucket < BUCKETS - STEPS_TO_DOUBLE; bucket += STEPS_TO_DOUBLE)
        value /= 2;
    return bucket + (value < 1 ? 0 : (uint32_t)((value - 1) * STEPS_TO_DOUBLE));
}

static void keep(const char *what, const uint8_t *data, size_t size)
{
    char path[4096];
    const char *prefix = getenv("HG_COST_KEEP");
    if (prefix == NULL)
        return;
    snprintf(path, sizeof path, "%s-%s", prefix, what);
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

/* Writes the packets to a pcap file, and their cost to standard output. */
static void show(const char *path, uint64_t found, uint64_t captured)
{
    const uint32_t start[6] = {0xA1B2C3D4, 2 | 4 << 16, 0, 0, 65535, 1};
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL && fwrite(start, sizeof start, 1, file) == 1);
    for (uint32_t i = 0; i < t.count; i++) {
        uint32_t length = (uint32_t)(t.offsets[i + 1] - t.offsets[i]);
        const uint32_t head[4] = {0, (uint32_t)(t.times[i] / 1000), length, length};
        FUZZ_CHECK(fwrite(head, sizeof head, 1, file) == 1);
        FUZZ_CHECK(fwrite(t.bytes + t.offsets[i], 1, length, file) == length);
    }
    FUZZ_CHECK(fclose(file) == 0);
    printf("cost %llu %u %llu\n", (unsigned long long)found, t.count - t.before, (unsigned long long)captured);
}

/* Reports the input's cost to libFuzzer, and keeps the input if its cost is a new maximum. */
static void take_account(uint64_t found, const uint8_t *data, size_t size)
{
    static double most[2];
    static const char *const names[2] = {"packet", "byte"};
    uint64_t captured = t.offsets[t.count] - t.offsets[t.before];
    double costs[2] = {(double)found / (t.count - t.before), (double)found / (double)captured * 256};
    if (getenv("HG_COST_SHOW") != NULL)
        show(getenv("HG_COST_SHOW"), found, captured);
    for (int i = 0; i < 2; i++) {
        reached[i][bucket_of(costs[i])] = 1;
        if (costs[i] > most[i])
            keep(names[i], data, size);
        most[i] = costs[i] > most[i] ? costs[i] : most[i];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint64_t handshake[2]; /* cost of the first handshake */
    fuzz_input input = {data, size};
    int http_all = fuzz_byte(&input) & HTTP_ALL;
    t.count = t.connections = 0;
    connect();
    t.before = t.count;
    if (t.before > 0 && handshake[http_all] == 0)
        handshake[http_all] = work_of(t.before, http_all);
    take_steps(&input);
    if (t.count == t.before || t.offsets[t.count] == t.offsets[t.before])
        return -1;
    uint64_t all = work_of(t.count, http_all);
    take_account(all > handshake[http_all] ? all - handshake[http_all] : 0, data, size);
    return 0;
}

/* ---- changes ----------------------------------------------------------------------------------- */

/* provided by libFuzzer */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other, size_t other_size,
                                 uint8_t *out, size_t most, unsigned int seed);

enum { STEP_HEAD = 4, MOST_STEPS = 256 };

/* The offset of each step, and of the end of the last one. */
typedef struct places {
    size_t at[MOST_STEPS + 1];
    uint32_t count;
} places;

static places find_steps(const uint8_t *data, size_t size)
{
    places found = {.at = {1}};
    while (found.count < MOST_STEPS && size >= found.at[found.count] + STEP_HEAD) {
        size_t at = found.at[found.count], length = hg_le16(data + at + 2) % (LONGEST + 1u);
        size_t left = size - at - STEP_HEAD;
        found.at[++found.count] = at + STEP_HEAD + (length < left ? length : left);
    }
    return found;
}

static uint32_t next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Changes an op: repetitions, side, segments of a byte, and so on. */
static size_t change_op(uint8_t *data, size_t size, size_t at, uint32_t *random)
{
    if (next_random(random, 2) == 0)
        data[at] = (uint8_t)((data[at] & ~(TIMES_MASK << TIMES_SHIFT)) | next_random(random, TIMES_MASK + 1) << TIMES_SHIFT);
    else
        data[at] ^= (uint8_t)(1u << next_random(random, 8));
    data[at + 1] = (uint8_t)next_random(random, 256);
    return size;
}

/* Copies a step to before another one. */
static size_t copy_step(uint8_t *data, size_t size, size_t most, const places *steps, uint32_t which, uint32_t *random)
{
    uint8_t copy[STEP_HEAD + LONGEST];
    size_t length = steps->at[which + 1] - steps->at[which], to = steps->at[next_random(random, steps->count + 1)];
    if (length > sizeof copy || size + length > most)
        return size;
    memcpy(copy, data + steps->at[which], length);
    memmove(data + to + length, data + to, size - to);
    memcpy(data + to, copy, length);
    return size + length;
}

/* Splits a step into two; the second gets another op. */
static size_t cut_step(uint8_t *data, size_t size, size_t most, const places *steps, uint32_t which, uint32_t *random)
{
    size_t at = steps->at[which], length = steps->at[which + 1] - at - STEP_HEAD;
    if (length < 2 || size + STEP_HEAD > most)
        return size;
    size_t first = 1 + next_random(random, (uint32_t)length - 1), second = at + STEP_HEAD + first;
    memmove(data + second + STEP_HEAD, data + second, size - second);
    memcpy(data + second, data + at, STEP_HEAD);
    put_le16(data + at + 2, (uint32_t)first);
    put_le16(data + second + 2, (uint32_t)(length - first));
    return change_op(data, size + STEP_HEAD, second, random);
}

static size_t remove_step(uint8_t *data, size_t size, const places *steps, uint32_t which)
{
    memmove(data + steps->at[which], data + steps->at[which + 1], size - steps->at[which + 1]);
    return size - (steps->at[which + 1] - steps->at[which]);
}

/* Changes the bytes of a step and their number. */
static size_t change_bytes(uint8_t *data, size_t size, size_t most, const places *steps, uint32_t which)
{
    uint8_t bytes[LONGEST];
    size_t begin = steps->at[which] + STEP_HEAD, end = steps->at[which + 1], rest = size - end;
    size_t room = most - (size - (end - begin));
    if (room == 0)
        return size;
    memcpy(bytes, data + begin, end - begin);
    size_t length = LLVMFuzzerMutate(bytes, end - begin, room < LONGEST ? room : LONGEST);
    memmove(data + begin + length, data + end, rest);
    memcpy(data + begin, bytes, length);
    put_le16(data + begin - 2, (uint32_t)length);
    return begin + length + rest;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    enum { OP = 0, COPY = 1, CUT = 2, REMOVE = 3, WAYS = 8 };
    uint32_t random = seed;
    places steps = size > 0 ? find_steps(data, size) : (places){.at = {1}};
    if (steps.count == 0)
        return LLVMFuzzerMutate(data, size, most);
    uint32_t which = next_random(&random, steps.count);
    if (next_random(&random, 64) == 0)
        data[0] ^= HTTP_ALL;
    switch (next_random(&random, WAYS)) {
    case OP:
        return change_op(data, size, steps.at[which], &random);
    case COPY:
        return copy_step(data, size, most, &steps, which, &random);
    case CUT:
        return cut_step(data, size, most, &steps, which, &random);
    case REMOVE:
        return steps.count > 1 ? remove_step(data, size, &steps, which) : size;
    default:
        return change_bytes(data, size, most, &steps, which);
    }
}

/* Joins the first steps of one input and the last steps of another. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other, size_t other_size,
                                 uint8_t *out, size_t most, unsigned int seed)
{
    uint32_t random = seed;
    if (one_size == 0 || other_size == 0)
        return 0;
    places first = find_steps(one, one_size), second = find_steps(other, other_size);
    size_t head = first.at[next_random(&random, first.count + 1)], from = second.at[next_random(&random, second.count + 1)];
    size_t tail = other_size - from;
    if (head > most || tail > most - head)
        return 0;
    memcpy(out, one, head);
    memcpy(out + head, other + from, tail);
    return head + tail;
}
