/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.c - feeds rows as caused by systems, proxies and servers that share addresses, to two inventories.
 *
 * Input: settings (room for hosts, whether hosts are forgotten), then steps of eight bytes, each a row (take_step) or a
 * crowd of new addresses; the end of the input is also a date. hosts.c has rows with any content; here rows make sense
 * often enough for scores, changes and series of ports.
 */
#include "inventory.h"

#include "base/kinds.h"
#include "base/value.h"

enum { CROWD = 600, STEP_BYTES = 8, MOST_CROWDS = 3, HEADS = 8, HEAD_BYTES = 160, DATE_BYTES = 29 };
enum { FORGETS = 8, MUCH_ROOM = 16, FINDINGS = 32, HOSTS = 4, LARGE_ROOM = 3000 };
enum { CROWD_KIND = 15 };

static uint8_t heads[HEADS * HEAD_BYTES];
static uint32_t head_lengths[HEADS];

/* ---- heads ------------------------------------------------------------------------------------- */

static uint32_t put_text(uint8_t *out, uint32_t at, const char *text, size_t length)
{
    out[at] = (uint8_t)length;
    out[at + 1] = 0;
    memcpy(out + at + 2, text, length);
    return at + 2 + (uint32_t)length;
}

/* Stores a head with at most one field. */
static void put_head(uint32_t number, int is_response, const char *name, const char *value, size_t length)
{
    uint8_t *out = heads + number * (size_t)HEAD_BYTES;
    memset(out, 0, HEAD_BYTES);
    out[0] = (uint8_t)is_response;
    out[1] = 1;
    out[4] = name != NULL;
    uint32_t at = put_text(out, 5, is_response ? "" : "GET", is_response ? 0 : 3);
    at = put_text(out, put_text(out, at, "/", 1), "a.example", 9);
    if (name != NULL)
        at = put_text(out, put_text(out, at, name, strlen(name)), value, length);
    head_lengths[number] = at;
}

static void put_heads(const uint8_t *end, size_t left)
{
    char date[DATE_BYTES] = "Sun, 06 Nov 1994 08:49:37 GMT";
    memcpy(date, end, left < sizeof date ? left : sizeof date);
    put_head(0, 0, NULL, NULL, 0);
    put_head(1, 0, "Via", "1.1 proxy", 9);
    put_head(2, 0, "X-Forwarded-For", "192.0.2.1", 9);
    put_head(3, 0, "User-Agent", "Mozilla/5.0 (Windows NT 10.0)", 29);
    put_head(4, 1, "Date", "Sun, 06 Nov 1994 08:49:37 GMT", 29);
    put_head(5, 1, "Date", "Mon, 29 Feb 2044 23:59:60 GMT", 29);
    put_head(6, 1, "Date", date, sizeof date);
    put_head(7, 1, "Date", "Sun, 06 Nov 94", 14);
}

/* ---- rows -------------------------------------------------------------------------------------- */

/* A handshake of a host that sent something else before; there are few different values of each kind. */
static void put_handshake(hg_batch *batch, uint32_t row, const uint8_t *step)
{
    static const uint8_t layouts[8][6] = {{2, 4, 8, 1, 3}, {2, 4, 3},    {2, 1, 3, 1, 1, 4}, {2, 1, 1, 4},
                                          {2},             {2, 4, 30, 3}, {0},                {2, 4, 8, 253, 34, 3}};
    static const uint8_t counts[8] = {5, 3, 6, 4, 1, 4, 0, 6};
    static const uint8_t ttls[8] = {64, 63, 62, 57, 128, 120, 255, 40};
    const hg_tcp_columns *c = &batch->columns.tcp;
    const uint32_t layout = step[4] & 7;
    memset(c->olayout[row], 0, sizeof c->olayout[row]);
    memcpy(c->olayout[row], layouts[layout], counts[layout]);
    c->olayout[row][HG_OLAYOUT_COUNT] = counts[layout];
    c->ttl[row] = ttls[step[4] >> 3 & 7];
    c->ittl[row] = c->ttl[row] <= 64 ? 64 : c->ttl[row] <= 128 ? 128 : 255;
    c->distance[row] = (int16_t)(c->ittl[row] - c->ttl[row]);
    c->mss[row] = (step[4] & 64) != 0 ? 1400 : 1460;
    c->fuzzy[row] = (step[6] & 1) != 0;
    c->quirks[row] = (step[6] >> 1 & 7) * 3u;
    c->ts1[row] = step[7] * 5000u;
    c->link[row] = step[6] >> 4;
    c->mtu[row] = c->mss[row] + 40u;
    c->uptime_minutes[row] = step[5];
    c->raw_frequency_hz[row] = step[7];
    c->uptime_doubt[row] = step[6] >> 4 & 1;
}

static uint32_t spread(uint8_t value, uint32_t count)
{
    return value % 8 == 7 ? HG_NO_SIGNATURE : value * 13u % count;
}

/* Each row has its own row in the readers' columns, so `at` equals the row. */
static void take_step(hg_batch *batch, uint32_t row, const uint8_t *step, const hg_tables *tables, int64_t *now_ns)
{
    static const uint8_t kinds[16] = {HG_EVENT_SYN, HG_EVENT_SYN, HG_EVENT_SYN, HG_EVENT_SYN, HG_EVENT_SYN, HG_EVENT_SYN,
                                      HG_EVENT_SYN_ACK, HG_EVENT_SYN_ACK, HG_EVENT_MTU, HG_EVENT_CLIENT_UPTIME,
                                      HG_EVENT_TLS_CLIENT, HG_EVENT_HTTP_REQUEST, HG_EVENT_HTTP_REQUEST,
                                      HG_EVENT_HTTP_RESPONSE, HG_EVENT_HTTP_RESPONSE, HG_EVENT_SYN};
    static const int64_t passes_ms[8] = {0, 1, 100, 320, 1000, 30000, 300000, 90000000};
    const hg_columns *c = &batch->columns;
    *now_ns += ((step[1] & 0x78) == 0x78 ? -1 : 1) * passes_ms[step[1] & 7] * INT64_C(1000000);
    c->time_ns[row] = *now_ns;
    c->event[row] = kinds[step[0] & 15];
    c->ip_version[row] = 4;
    c->from_server[row] = c->event[row] == HG_EVENT_SYN_ACK || c->event[row] == HG_EVENT_HTTP_RESPONSE;
    memset(c->src_ip[row], 0, 16);
    memset(c->dst_ip[row], 0, 16);
    c->src_ip[row][3] = (step[0] >> 4) % HOSTS;
    c->dst_ip[row][2] = 1 + (step[0] >> 6);
    c->src_port[row] = (uint16_t)(step[2] | step[3] << 8);
    c->dst_port[row] = (step[1] & 0x80) != 0 ? step[3] : 443;
    c->packet_number[row] = row + 1;
    c->flow[row] = (step[6] & 0xC0) == 0xC0 ? 0 : row + 1; /* else a retransmitted SYN */
    const int is_proof = !hg_event_is_handshake(c->event[row]) && (step[6] & 0x20) != 0;
    c->scope[row] = is_proof ? HG_SCOPE_HANDSHAKE : HG_SCOPE_REMOTE;
    put_handshake(batch, row, step);
    c->tcp.signature[row] = spread(step[5], tables->signatures_count);
    c->tls.client[row] = c->tls.client_stable[row] = spread(step[5], tables->hellos_count);
    c->tls.tls_syn[row] = c->http.http_syn[row] = spread(step[7], tables->signatures_count);
    c->http.software[row] = spread(step[5], tables->https_count);
    c->http.dishonest[row] = step[6] >> 1 & 1;
    c->http.language[row] = step[7];
    c->http.head_offset[row] = (step[6] & 7u) * HEAD_BYTES;
    c->http.head_length[row] = head_lengths[step[6] & 7];
}

/* Moves the values of a reader's rows together in its columns. */
static void close_up(hg_batch *batch, uint32_t count)
{
    fuzz_place_rows(batch, count);
    const hg_columns *c = &batch->columns;
#define MOVE_TCP(column) memmove(c->column + i, c->column + c->tcp.row[i], sizeof *c->column);
#define MOVE_TLS(column) memmove(c->column + i, c->column + c->tls.row[i], sizeof *c->column);
#define MOVE_HTTP(column) memmove(c->column + i, c->column + c->http.row[i], sizeof *c->column);
    for (uint32_t i = 0; i < batch->counts[HG_READER_TCP]; i++) {
        HG_TCP_COLUMNS(MOVE_TCP)
    }
    for (uint32_t i = 0; i < batch->counts[HG_READER_TLS]; i++) {
        HG_TLS_COLUMNS(MOVE_TLS)
    }
    for (uint32_t i = 0; i < batch->counts[HG_READER_HTTP]; i++) {
        HG_HTTP_COLUMNS(MOVE_HTTP)
        MOVE_HTTP(http.head_offset)
    }
#undef MOVE_TCP
#undef MOVE_TLS
#undef MOVE_HTTP
}

/* ---- two inventories --------------------------------------------------------------------------- */

/* Writes the outcome of a recent SYN before each row. */
static void put_completions(hg_batch *rows, const uint8_t *steps)
{
    const hg_columns *c = &rows->columns;
    rows->completion_count = rows->count;
    for (uint32_t row = 0; row < rows->count; row++) {
        const uint8_t what = steps[row * (size_t)STEP_BYTES + 7];
        rows->completions[row] = (hg_completion){c->time_ns[row], c->packet_number[row], 1 + (what & 7u), what >> 3 & 15};
    }
}

/* Feeds as many steps as fit into a batch. */
static void feed(fuzz_pair *to, const uint8_t *steps, uint32_t count, int has_findings, int64_t *now_ns)
{
    for (uint32_t row = 0; row < count; row++)
        take_step(&to->all.rows, row, steps + row * (size_t)STEP_BYTES, &hg_database_default()->tables, now_ns);
    close_up(&to->all.rows, count);
    if (has_findings)
        put_completions(&to->all.rows, steps);
    fuzz_pair_feed(to);
}

/* Feeds one row from each of many addresses, some of them known; both inventories get the same batches. */
static void feed_crowd(fuzz_pair *to, const uint8_t *step, int64_t now_ns)
{
    hg_batch *rows = &to->all.rows;
    const hg_columns *c = &rows->columns;
    rows->completion_count = 0;
    for (uint32_t begin = 0; begin < CROWD; begin += FUZZ_MOST_ROWS) {
        for (uint32_t row = 0; row < FUZZ_MOST_ROWS; row++) {
            const uint32_t number = step[2] * 16u + begin + row;
            take_step(rows, row, step, &hg_database_default()->tables, &now_ns);
            c->src_ip[row][0] = (uint8_t)(11 + number % 64); /* so that one middlebox may answer for them */
            c->src_ip[row][1] = (uint8_t)(number >> 8);
            c->src_ip[row][2] = (uint8_t)number;
            c->packet_number[row] = c->flow[row] = begin + row + 1;
        }
        close_up(rows, FUZZ_MOST_ROWS);
        fuzz_add(&to->all, rows);
        fuzz_add(&to->single, rows);
    }
}

static void set(hg_hosts *hosts, int has_findings)
{
    hg_hosts_use(hosts, hg_database_default());
    if (has_findings)
        hg_hosts_options_of(hosts)->reports_findings = 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fuzz_pair both;
    uint32_t crowds = 0;
    int64_t now_ns = INT64_C(1600000000000000000);
    if (size == 0)
        return 0;
    const uint8_t settings = data[0];
    const uint8_t *at = data + 1, *end = data + size - (size - 1) % STEP_BYTES;
    fuzz_pair_begin(&both, (settings & MUCH_ROOM) != 0 ? LARGE_ROOM : settings % 8 + 1u, settings & FORGETS);
    put_heads(size > DATE_BYTES ? data + size - DATE_BYTES : data, size > DATE_BYTES ? DATE_BYTES : size);
    memcpy(both.all.rows.texts, heads, sizeof heads);
    both.all.rows.text_count = sizeof heads;
    set(both.all.hosts, settings & FINDINGS);
    set(both.single.hosts, settings & FINDINGS);
    while (at < end) {
        uint32_t count = 0;
        while (count < FUZZ_MOST_ROWS && at + count * (size_t)STEP_BYTES < end && (at[count * (size_t)STEP_BYTES] & 15) != CROWD_KIND)
            count++;
        if (count > 0)
            feed(&both, at, count, settings & FINDINGS, &now_ns);
        at += count * (size_t)STEP_BYTES;
        if (count < FUZZ_MOST_ROWS && at < end) {
            if (crowds++ < MOST_CROWDS)
                feed_crowd(&both, at, now_ns);
            fuzz_pair_conclude(&both);
            at += STEP_BYTES;
        }
        fuzz_pair_check(&both, FUZZ_MOST_ROWS);
    }
    for (uint32_t place = 0; place < hg_hosts_count(both.all.hosts); place += place < FUZZ_MOST_ROWS ? 1 : 97)
        fuzz_check_host(both.all.hosts, both.single.hosts, place);
    fuzz_pair_end(&both);
    return 0;
}
