/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.c - rows as systems, proxies and servers that share addresses cause them, into two inventories.
 *
 * Input: settings (room for hosts, whether they are forgotten), then steps of eight bytes, each a row
 * (take_step) or a crowd of new addresses; the end of the input is a date too. Hosts.c has rows of any
 * content; here they make sense often enough for scores, changes, and runs of ports.
 *
 * One inventory gets row by row what the other gets in batches, and has another key: they must know the same,
 * change the same hosts, and show the same changes; and of each host the latest one that was reported.
 */
#include "inventory.h"

#include "base/kinds.h"
#include "hosts/hosts.h"
#include "hosts/systems.h"
#include "base/value.h"

enum { MOST_ROWS = 8, CROWD = 600, STEP_BYTES = 8, MOST_CROWDS = 3, HEADS = 8, HEAD_BYTES = 160, DATE_BYTES = 29 };
enum { FORGETS = 8, MUCH_ROOM = 16, FINDINGS = 32, HOSTS = 4, LARGE_ROOM = 3000 };
enum { CROWD_KIND = 15 };

typedef struct inventory {
    hg_hosts *hosts;
    hg_batch rows;
    hg_batch copy; /* with changes */
    uint32_t changes;
    int has_findings;
} inventory;

/* The latest change of each kind that was reported of a host. */
typedef struct latest {
    int64_t time_ns[FUZZ_ADDRESSES][HG_CHANGE_KINDS];
} latest;

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

/* A stored head with at most one field. */
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

/* Of a host from which something else spoke before: few values of each kind. */
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
    c->doubt[row] = step[6] >> 4 & 1;
}

static uint32_t spread(uint8_t value, uint32_t count)
{
    return value % 8 == 7 ? HG_NO_SIGNATURE : value * 13u % count;
}

/* Of a readers' own columns each row has its own, so that `at` is the row. */
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
    c->flow[row] = (step[6] & 0xC0) == 0xC0 ? 0 : row + 1; /* else a SYN that was sent again */
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

/* Puts the values of a reader's rows where its own columns have them. */
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

/* ---- checks ------------------------------------------------------------------------------------ */

static void check_record(const char *host, const char *end, const uint8_t address[16], const latest *changes, int are_known)
{
    FUZZ_CHECK(fuzz_json_int(host, end, "systems") <= HG_FAMILIES * HG_MOST_RUNS);
    FUZZ_CHECK(*fuzz_json_at(host, end, "last_sharing") == 'n' || *fuzz_json_at(host, end, "last_change") == 'n');
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "changes", one)) != NULL;)
        FUZZ_CHECK(fuzz_json_next(one, end, "reasons", NULL) != NULL);
    if (!are_known || address[3] >= FUZZ_ADDRESSES || address[0] != 0)
        return;
    FUZZ_CHECK(fuzz_json_int(host, end, "host_change") == changes->time_ns[address[3]][HG_HOST_CHANGE]);
    FUZZ_CHECK(fuzz_json_int(host, end, "ip_sharing") == changes->time_ns[address[3]][HG_IP_SHARING]);
}

/* The kinds of SYNs that are reported have all systems. */
static void check_witnesses(const hg_hosts *hosts, uint32_t place)
{
    const hg_host_entry *host = hg_host_at(hosts, place + 1);
    const hg_host_extra *extra = host->extra == 0 ? NULL : hg_host_extra_of(hosts, host);
    uint32_t systems = 0;
    if (extra == NULL || extra->systems == 0)
        return;
    const hg_systems_count found = hg_systems_tell(hg_pool_at(&hosts->systems, extra->systems));
    for (uint32_t i = 0; i < found.witness_count; i++)
        systems += found.witnesses[i].systems;
    FUZZ_CHECK(found.systems > 1 ? systems == found.systems : found.witness_count == 0);
}

static void check_host(hg_hosts *one, hg_hosts *other, uint32_t place, const latest *changes, int are_known)
{
    uint8_t address[16];
    size_t length;
    const char *written = fuzz_write_same(one, other, place, &length);
    const uint8_t version = hg_hosts_address(one, place, address);
    /* of a proven host only changes of completed handshakes count */
    check_record(written, written + length, address, changes, are_known && !hg_is_proven(hg_host_at(one, place + 1)));
    check_witnesses(one, place);
    FUZZ_CHECK(fuzz_ask(one, address, version));
}

/* Those that changed, in their order; all of them in the end. */
static void compare(hg_hosts *one, hg_hosts *other, const latest *changes, int are_known)
{
    uint32_t place, count = hg_hosts_count(one);
    fuzz_check_counts(one, other);
    for (uint32_t i = 0; (place = hg_hosts_changed(one)) != HG_NO_HOST; i++) {
        FUZZ_CHECK(i < count && hg_hosts_changed(other) == place);
        if (i < MOST_ROWS)
            check_host(one, other, place, changes, are_known);
    }
    FUZZ_CHECK(hg_hosts_changed(other) == HG_NO_HOST);
}

/* ---- two inventories --------------------------------------------------------------------------- */

static void count_changes(inventory *to)
{
    hg_stats stats = {0};
    to->changes += hg_hosts_change_count(to->hosts);
    hg_hosts_count_changes(to->hosts, &stats);
    /* Changes that p0f's formats alone report are not counted. */
    FUZZ_CHECK(stats.events[HG_EVENT_HOST_CHANGE] + stats.events[HG_EVENT_IP_SHARING] <= to->changes);
}

/* What becomes of one of the latest SYNs, before each row. */
static void put_completions(inventory *to, const uint8_t *steps)
{
    const hg_columns *c = &to->rows.columns;
    to->rows.completion_count = to->has_findings ? to->rows.count : 0;
    for (uint32_t row = 0; row < to->rows.completion_count; row++) {
        const uint8_t what = steps[row * (size_t)STEP_BYTES + 7];
        to->rows.completions[row] = (hg_completion){c->time_ns[row], c->packet_number[row], 1 + (what & 7u), what >> 3 & 15};
    }
}

static void add(inventory *to)
{
    hg_error error;
    fuzz_add(to->hosts, &to->rows);
    FUZZ_CHECK(hg_hosts_insert_changes(to->hosts, &to->rows, &to->copy, &error) == HG_OK);
    count_changes(to);
}

static void note_changes(latest *changes, const hg_batch *copy)
{
    for (uint32_t i = 0; i < copy->counts[HG_READER_CHANGES]; i++) {
        const uint32_t row = copy->columns.changes.row[i];
        if (copy->columns.event[row] == HG_EVENT_FINDING)
            continue;
        const int is_sharing = copy->columns.event[row] == HG_EVENT_IP_SHARING;
        FUZZ_CHECK(row > 0 && copy->columns.event[row] >= HG_EVENT_HOST_CHANGE);
        FUZZ_CHECK(memcmp(copy->columns.src_ip[row], copy->columns.src_ip[row - 1], 16) == 0);
        if (copy->columns.changes.reported[i] != 0)
            changes->time_ns[copy->columns.src_ip[row][3] % FUZZ_ADDRESSES][is_sharing] = copy->columns.time_ns[row];
    }
}

/* Both copies have the same changes; `before` were there of the one that gets row by row. */
static void check_changes(const hg_batch *single, uint32_t before, const hg_batch *all)
{
    for (uint32_t i = 0; i < single->counts[HG_READER_CHANGES]; i++) {
        FUZZ_CHECK(before + i < all->counts[HG_READER_CHANGES]);
        const hg_change_columns *one = &single->columns.changes, *other = &all->columns.changes;
        FUZZ_CHECK(one->reasons[i] == other->reasons[before + i] && one->reported[i] == other->reported[before + i]);
        FUZZ_CHECK(memcmp(one->raw_hits[i], other->raw_hits[before + i], sizeof one->raw_hits[i]) == 0);
        FUZZ_CHECK(one->finding[i] == other->finding[before + i] && one->handshake[i] == other->handshake[before + i]);
        FUZZ_CHECK(single->columns.event[one->row[i]] == all->columns.event[other->row[before + i]]);
    }
}

/* As many steps as a batch holds; to one inventory at once, to the other one by one. */
static void feed(inventory *all, inventory *single, const uint8_t *steps, uint32_t count, int64_t *now_ns, latest *changes)
{
    const hg_tables *tables = &hg_database_default()->tables;
    int64_t then_ns = *now_ns;
    uint32_t before = 0;
    for (uint32_t row = 0; row < count; row++)
        take_step(&all->rows, row, steps + row * (size_t)STEP_BYTES, tables, now_ns);
    close_up(&all->rows, count);
    put_completions(all, steps);
    add(all);
    for (uint32_t row = 0; row < count; row++) {
        take_step(&single->rows, 0, steps + row * (size_t)STEP_BYTES, tables, &then_ns);
        single->rows.columns.packet_number[0] = row + 1;
        single->rows.columns.flow[0] = (steps[row * (size_t)STEP_BYTES + 6] & 0xC0) == 0xC0 ? 0 : row + 1;
        close_up(&single->rows, 1);
        put_completions(single, steps + row * (size_t)STEP_BYTES);
        add(single);
        check_changes(&single->copy, before, &all->copy);
        before += single->copy.counts[HG_READER_CHANGES];
    }
    FUZZ_CHECK(before == all->copy.counts[HG_READER_CHANGES]);
    note_changes(changes, &all->copy);
}

/* A row each of many addresses, some of which may be there; the same batches to both. */
static void feed_crowd(inventory *all, inventory *single, const uint8_t *step, int64_t now_ns)
{
    const hg_columns *c = &all->rows.columns;
    for (uint32_t begin = 0; begin < CROWD; begin += MOST_ROWS) {
        for (uint32_t row = 0; row < MOST_ROWS; row++) {
            const uint32_t number = step[2] * 16u + begin + row;
            take_step(&all->rows, row, step, &hg_database_default()->tables, &now_ns);
            c->src_ip[row][0] = (uint8_t)(11 + number % 64); /* so that one middlebox may answer for them */
            c->src_ip[row][1] = (uint8_t)(number >> 8);
            c->src_ip[row][2] = (uint8_t)number;
            c->packet_number[row] = c->flow[row] = begin + row + 1;
        }
        close_up(&all->rows, MOST_ROWS);
        fuzz_add(all->hosts, &all->rows);
        fuzz_add(single->hosts, &all->rows);
        count_changes(all);
        count_changes(single);
    }
}

static void conclude(inventory *all, inventory *single)
{
    hg_error error;
    FUZZ_CHECK(hg_hosts_conclude(all->hosts, &error) == HG_OK && hg_hosts_conclude(single->hosts, &error) == HG_OK);
}

static void begin(inventory *of, uint8_t settings, uint64_t key, uint32_t capacity)
{
    const uint32_t room = (settings & MUCH_ROOM) != 0 ? LARGE_ROOM : settings % 8 + 1u;
    hg_error error;
    if (of->rows.capacity == 0) {
        fuzz_batch_make(&of->rows, capacity);
        fuzz_batch_make(&of->copy, (4 + HG_HOST_FINDINGS) * capacity);
        of->rows.completions = calloc(2 * (size_t)capacity, sizeof *of->rows.completions);
        FUZZ_CHECK(of->rows.completions != NULL);
        of->copy.completions = of->rows.completions + capacity;
        of->rows.completion_capacity = of->copy.completion_capacity = capacity;
    }
    fuzz_batch_clear(&of->rows);
    of->rows.completion_count = 0;
    of->rows.text_count = sizeof heads;
    memcpy(of->rows.texts, heads, sizeof heads);
    of->changes = 0;
    FUZZ_CHECK(hg_hosts_new(room, settings & FORGETS, key, &of->hosts, &error) == HG_OK);
    hg_hosts_use(of->hosts, hg_database_default());
    of->has_findings = settings & FINDINGS;
    if (of->has_findings)
        hg_hosts_report_findings(of->hosts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static inventory all, single;
    latest changes = {{{0}}};
    uint32_t crowds = 0;
    int64_t now_ns = INT64_C(1600000000000000000);
    if (size == 0)
        return 0;
    const uint8_t settings = data[0];
    const int are_known = (settings & FORGETS) == 0;
    const uint8_t *at = data + 1, *end = data + size - (size - 1) % STEP_BYTES;
    put_heads(size > DATE_BYTES ? data + size - DATE_BYTES : data, size > DATE_BYTES ? DATE_BYTES : size);
    begin(&all, settings, 7, MOST_ROWS);
    begin(&single, settings, UINT64_C(0x9E3779B97F4A7C15), 1);
    while (at < end) {
        uint32_t count = 0;
        while (count < MOST_ROWS && at + count * (size_t)STEP_BYTES < end && (at[count * (size_t)STEP_BYTES] & 15) != CROWD_KIND)
            count++;
        if (count > 0)
            feed(&all, &single, at, count, &now_ns, &changes);
        at += count * (size_t)STEP_BYTES;
        if (count < MOST_ROWS && at < end) {
            if (crowds++ < MOST_CROWDS)
                feed_crowd(&all, &single, at, now_ns);
            conclude(&all, &single);
            at += STEP_BYTES;
        }
        compare(all.hosts, single.hosts, &changes, are_known);
    }
    for (uint32_t place = 0; place < hg_hosts_count(all.hosts); place += place < MOST_ROWS ? 1 : 97)
        check_host(all.hosts, single.hosts, place, &changes, are_known);
    hg_hosts_free(all.hosts);
    hg_hosts_free(single.hosts);
    return 0;
}
