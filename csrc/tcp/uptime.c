/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tcp/uptime.h"

enum { LEAST_WAIT_MS = 25, LONGEST_WAIT_MS = 600000, GRACE_MS = 100 };
enum { LEAST_TICKS = 5, GRACE_STEP_BACK_TICKS = 15000 };
enum { HIGHEST_HZ = 1500, SECONDS_A_DAY = 86400 };
static const double LOWEST_HZ = 0.7;

/* Every Hz up to 10, then in steps of 5, 10, 50 and 100. */
uint16_t hg_uptime_rounded(uint32_t frequency)
{
    if (frequency == 0)
        return 1;
    if (frequency <= 10)
        return (uint16_t)frequency;
    if (frequency <= 50)
        return (uint16_t)((frequency + 3) / 5 * 5);
    if (frequency <= 100)
        return (uint16_t)((frequency + 7) / 10 * 10);
    if (frequency <= 500)
        return (uint16_t)((frequency + 33) / 50 * 50);
    return (uint16_t)((frequency + 67) / 100 * 100);
}

hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime)
{
    if (ts == 0 || reference.ts == 0)
        return HG_CLOCK_OPEN;
    /* Unsigned: a capture clock that ran backwards counts as too long ago. */
    uint64_t waited = (uint64_t)now_ms - (uint64_t)reference.ms;
    if (waited < LEAST_WAIT_MS || waited > LONGEST_WAIT_MS)
        return HG_CLOCK_OPEN;
    uint32_t forward = ts - reference.ts;
    uint32_t backward = ~forward;
    if (forward < LEAST_TICKS)
        return HG_CLOCK_OPEN;
    if (waited < GRACE_MS && backward < GRACE_STEP_BACK_TICKS)
        return HG_CLOCK_OPEN;
    double ticks = forward <= backward ? (double)forward : -(double)backward;
    double frequency = ticks * 1000.0 / (double)waited;
    if (frequency < LOWEST_HZ || frequency > HIGHEST_HZ)
        return HG_CLOCK_BAD;
    uptime->raw_frequency = frequency;
    uptime->frequency = hg_uptime_rounded((uint32_t)frequency);
    uptime->minutes = ts / uptime->frequency / 60;
    uptime->modulo_days = UINT32_MAX / ((uint32_t)uptime->frequency * SECONDS_A_DAY);
    return HG_CLOCK_READ;
}

/* ---- rates --------------------------------------------------------------------------- */

/* Rates of the timestamps of systems, the commonest first: everything recent 1000, Linux
 * by its HZ 100, 250 or 300, old BSDs, Windows up to 7 and Solaris 100, old Windows and HP-UX 10,
 * OpenBSD and NetBSD 2; 50, 64, 128, 200, 256, 500, 512 and 1024 occur in devices. */
static const uint16_t KNOWN_HZ[HG_CLOCK_RATES] = {1000, 100, 250, 300, 10, 2, 500, 200, 50, 64, 128, 256, 512, 1024};

/* How far a measured rate may be off: clocks drift and packets queue, and a reading is two
 * ticks unsure whatever its length. */
static const double DRIFT = 0.07;
enum { UNSURE_TICKS = 2, JITTER_MS = 100 };
#define LONGEST_COMPARED_MS (24 * 3600 * INT64_C(1000))

static double distance(double a, double b)
{
    return a > b ? a - b : b - a;
}

static int rate_is_known(double frequency, double waited_ms)
{
    for (int i = 0; i < HG_CLOCK_RATES; i++)
        if (distance(frequency, KNOWN_HZ[i]) <= KNOWN_HZ[i] * DRIFT + UNSURE_TICKS * 1000.0 / waited_ms)
            return 1;
    return 0;
}

/* The place of a rounded rate among those known, from 1 on; 0: it is none of them, so the minutes are wrong. */
static unsigned place_of(uint16_t frequency)
{
    for (unsigned i = 0; i < HG_CLOCK_RATES; i++)
        if (distance(frequency, KNOWN_HZ[i]) <= KNOWN_HZ[i] * DRIFT)
            return i + 1;
    return 0;
}

/* Both are timestamps, and not too far apart to tell whether one clock shows them. */
static int can_compare(hg_reference before, hg_reference now)
{
    return now.ts != 0 && before.ts != 0 && now.ms >= before.ms && now.ms - before.ms <= LONGEST_COMPARED_MS;
}

static int lie_on_a_line(unsigned hz, hg_reference before, hg_reference now)
{
    const double ticks = (double)(int32_t)(now.ts - before.ts);
    const double expected = hz * (double)(now.ms - before.ms) / 1000.0;
    return distance(ticks, expected) <= expected * DRIFT + hz * JITTER_MS / 1000.0 + UNSURE_TICKS;
}

/* 0: no clock that systems use shows both timestamps, so the host has a clock a connection. */
static int can_be_one_clock(hg_reference before, hg_reference now)
{
    for (int i = 0; i < HG_CLOCK_RATES; i++)
        if (lie_on_a_line(KNOWN_HZ[i], before, now))
            return 1;
    return 0;
}

void hg_uptime_follow(hg_host *host, const hg_clock_reading *reading)
{
    const int is_comparable = can_compare(reading->before, reading->now);
    if (is_comparable && !host->scattered && !can_be_one_clock(reading->before, reading->now))
        host->scattered = 1;
    if (host->rate != 0 && host->server == (unsigned)reading->server &&
        !(is_comparable && lie_on_a_line(KNOWN_HZ[host->rate - 1], reading->before, reading->now)))
        host->rate = 0;
}

/* ---- a second reading ---------------------------------------------------------------- */

/* Linux of 4.12 and newer gives all connections with one peer one clock, in milliseconds. */
enum { HZ_OF_PEERS = 1000 };

/* Six bits of an address. */
static unsigned hash_of(hg_address address)
{
    return (unsigned)((address.word[0] ^ address.word[1]) * UINT64_C(0x9e3779b97f4a7c15) >> 58);
}

/* Whether the host's earlier reading and this one are of one clock at one rate. */
static int goes_on(const hg_host *host, unsigned rate, const hg_clock_reading *reading)
{
    if (rate == 0 || host->rate != rate)
        return 0;
    if (host->server == (unsigned)reading->server) /* hg_uptime_follow compared all handshakes since */
        return 1;
    const hg_reference other = hg_host_reference(host, !reading->server);
    return can_compare(other, reading->now) && lie_on_a_line(KNOWN_HZ[rate - 1], other, reading->now);
}

/* 1 when another reading supports this one. */
static int is_supported(hg_host *host, const hg_uptime *uptime, const hg_clock_reading *reading)
{
    const unsigned rate = place_of(uptime->frequency), peer = hash_of(reading->peer);
    if (!goes_on(host, rate, reading)) {
        host->rate = rate & 15U;
        host->server = reading->server != 0;
        host->peer = peer & 63U;
        host->supported = 0;
    } else if (KNOWN_HZ[rate - 1] != HZ_OF_PEERS || host->peer != peer) {
        host->supported = 1;
    }
    return host->supported;
}

/* ---- what the name of the system says ------------------------------------------------- */

typedef struct system_facts {
    int64_t released_s; /* since the epoch */
    int is_random;      /* it has a clock per connection */
    int may_be_random;
    int may_be_linux; /* whose clock begins at its start, before 4.10 */
} system_facts;

typedef struct release {
    uint64_t family, version;
    int32_t day;
} release;

static const release RELEASES[] = {
#define HG_RELEASE(family, version, day) {(family), (version), (day)},
    HG_RELEASES(HG_RELEASE)
#undef HG_RELEASE
};

static int32_t day_of(uint64_t family, uint64_t version)
{
    int32_t day = HG_NO_TIMESTAMPS_BEFORE;
    for (size_t i = 0; i < sizeof RELEASES / sizeof RELEASES[0]; i++)
        if (RELEASES[i].family == family && RELEASES[i].version <= version)
            day = RELEASES[i].day;
    return day;
}

/* Adds one of the families that the name allows. Returns the day of its release. */
static int32_t add_family(const hg_tables *t, const hg_db_claim_family *claimed, system_facts *out)
{
    const uint64_t family = t->families[claimed->family].identity;
    const hg_db_versions *versions = t->versions + claimed->first_version;
    const uint64_t first = claimed->version_count == 0 ? 0 : versions[0].first;
    const uint64_t last = claimed->version_count == 0 ? UINT64_MAX : versions[claimed->version_count - 1].last;
    const int is_linux = family == HG_FAMILY_LINUX, is_android = family == HG_FAMILY_ANDROID;
    out->is_random &= is_linux && first >= HG_FIRST_LINUX_4_10;
    out->may_be_random |= (is_linux && last >= HG_FIRST_LINUX_4_10) || (is_android && last >= HG_FIRST_ANDROID_9);
    out->may_be_linux |= is_linux || is_android;
    return day_of(family, first);
}

static system_facts facts_of(const hg_database *database, const hg_host *host)
{
    system_facts out = {.released_s = HG_NO_TIMESTAMPS_BEFORE * (int64_t)SECONDS_A_DAY, .may_be_linux = 1};
    if (database == NULL || host->signature >= database->tables.signatures_count)
        return out;
    const hg_tables *t = &database->tables;
    const hg_db_claim *claim = t->claims + t->labels[t->signatures[host->signature].label].claim;
    if (claim->family_count == 0)
        return out;
    int32_t first = INT32_MAX;
    out.may_be_linux = 0;
    out.is_random = 1;
    for (uint32_t i = 0; i < claim->family_count; i++) {
        const int32_t day = add_family(t, t->claim_families + claim->first_family + i, &out);
        first = day < first ? day : first;
    }
    out.released_s = first * (int64_t)SECONDS_A_DAY;
    return out;
}

/* ---- doubt --------------------------------------------------------------------------- */

/* The clock of Linux is so far ahead of its start, and wraps once in between. */
enum { AHEAD_S = 300 };

static int is_rate_of_linux(uint16_t hz)
{
    return hz == 100 || hz == 250 || hz == 300 || hz == 1000;
}

static int has_just_started(const system_facts *of, const hg_uptime *uptime, uint32_t ts)
{
    const uint32_t ahead = (uint32_t)uptime->frequency * AHEAD_S;
    return of->may_be_linux && is_rate_of_linux(uptime->frequency) && UINT32_MAX - ts < ahead;
}

/* Where the clock of the capture itself is earlier, it tells nothing. */
static int is_before_release(const system_facts *of, int64_t now_s, int64_t up_s)
{
    return now_s >= of->released_s && now_s - up_s < of->released_s;
}

hg_doubt hg_uptime_doubt(const hg_database *database, hg_host *host, const hg_uptime *uptime,
                         const hg_clock_reading *reading)
{
    const uint32_t ts = reading->now.ts;
    const int64_t now_s = reading->now.ms / 1000, up_s = ts / uptime->frequency;
    const system_facts facts = facts_of(database, host);
    const int has_support = is_supported(host, uptime, reading);
    if (!rate_is_known(uptime->raw_frequency, (double)(reading->now.ms - reading->before.ms)))
        return HG_DOUBT_FREQUENCY;
    if (facts.is_random || (host->scattered && facts.may_be_random))
        return HG_DOUBT_RANDOM;
    if (host->scattered)
        return HG_DOUBT_SCATTERED;
    if (up_s + AHEAD_S < now_s - (int64_t)host->first_seen)
        return HG_DOUBT_YOUNGER;
    if (has_just_started(&facts, uptime, ts))
        return HG_DOUBT_STARTED;
    if (is_before_release(&facts, now_s, up_s))
        return HG_DOUBT_EARLIER;
    return has_support ? HG_DOUBT_NONE : HG_DOUBT_ALONE;
}
