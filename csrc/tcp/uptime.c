/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tcp/uptime.h"

#include "base/search.h"

#include <math.h>

enum { GRACE_MS = 100 };
enum { LEAST_TICKS = 5, GRACE_STEP_BACK_TICKS = 15000 };
enum { HIGHEST_HZ = 1500, SECONDS_A_DAY = 86400, LONGEST_UP_S = 3653 * SECONDS_A_DAY /* longer uptimes are doubted */ };
static const double LOWEST_HZ = 0.7;

/* Rounds to whole Hz up to 10, then to multiples of 5, 10, 50 and 100. */
uint16_t hg_uptime_rounded(double measured)
{
    if (!(measured >= 1.0)) /* also true for NaN */
        return 1;
    const uint32_t frequency = measured < HIGHEST_HZ ? (uint32_t)measured : HIGHEST_HZ;
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
    if (ts == 0 || !hg_uptime_is_due(reference, now_ms))
        return HG_CLOCK_OPEN;
    const uint64_t waited = (uint64_t)now_ms - (uint64_t)reference.ms;
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
    uptime->frequency = hg_uptime_rounded(frequency);
    uptime->minutes = ts / uptime->frequency / 60;
    uptime->modulo_days = UINT32_MAX / ((uint32_t)uptime->frequency * SECONDS_A_DAY);
    return HG_CLOCK_READ;
}

/* ---- rates --------------------------------------------------------------------------- */

/* Timestamp rates of systems, most frequent first: 1000 in all recent systems; 100, 250 or 300 in Linux, by its HZ; 100
 * in old BSDs, Windows up to 7 and Solaris; 10 in old Windows and HP-UX; 2 in OpenBSD and NetBSD. The others occur in
 * devices. */
static const uint16_t KNOWN_HZ[HG_CLOCK_RATES] = {1000, 100, 250, 300, 10, 2, 500, 200, 50, 64, 128, 256, 512, 1024};

/* The allowed error of a measured rate: clocks drift, packets queue, and every reading is uncertain by two ticks,
 * whatever the time between its timestamps. */
static const double DRIFT = 0.07;
enum {
    UNSURE_TICKS = 2,
    JITTER_MS = 100,
    MOST_DELAY_MS = 5000 /* on the way, for example on a radio link that pauses */
};
#define LONGEST_COMPARED_MS (24 * 3600 * INT64_C(1000))

static double distance(double a, double b)
{
    return a > b ? a - b : b - a;
}

/* Whether the measured rate lies about halfway between this known rate and another one. */
static int is_between_rates(double frequency, uint16_t known)
{
    static const double HALFWAY = 1.5;
    for (unsigned i = 0; i < HG_CLOCK_RATES; i++)
        if (distance(known, KNOWN_HZ[i]) > known * DRIFT &&
            distance(frequency, KNOWN_HZ[i]) < distance(frequency, known) * HALFWAY)
            return 1;
    return 0;
}

/* The number of the known rate that a measured rate fits, from 1; 0: none, or two fit. */
static unsigned rate_number(double frequency, double waited_ms)
{
    for (unsigned i = 0; i < HG_CLOCK_RATES; i++) {
        const double off = distance(frequency, KNOWN_HZ[i]);
        if (off <= KNOWN_HZ[i] * DRIFT / 2) /* too close for another rate, which the check below compares */
            return i + 1;
        if (off <= KNOWN_HZ[i] * DRIFT + UNSURE_TICKS * 1000.0 / waited_ms)
            return is_between_rates(frequency, KNOWN_HZ[i]) ? 0 : i + 1;
    }
    return 0;
}

/* The number of the known rate that the rounded rate fits; `number` is the measured rate's. 0: none, so the minutes are
 * wrong. */
static unsigned rounded_rate_number(uint16_t frequency, unsigned number)
{
    return frequency == KNOWN_HZ[number - 1] ? number : rate_number(frequency, INFINITY);
}

/* Whether both timestamps exist and are close enough to decide whether one clock produced them. */
static int can_compare(hg_reference before, hg_reference now)
{
    return now.ts != 0 && before.ts != 0 && now.ms >= before.ms && now.ms - before.ms <= LONGEST_COMPARED_MS;
}

/* Whether a clock of this rate may have produced both timestamps. The second packet may be `late_ms` late. */
static int lie_on_a_line(unsigned hz, hg_reference before, hg_reference now, unsigned late_ms)
{
    const double ticks = (double)(int32_t)(now.ts - before.ts);
    const double expected = hz * (double)(now.ms - before.ms) / 1000.0;
    return distance(ticks, expected) <= expected * DRIFT + hz * (late_ms / 1000.0) + UNSURE_TICKS;
}

/* 0: no known rate explains both timestamps, so the host has a separate clock for each connection. */
static int can_be_one_clock(hg_reference before, hg_reference now)
{
    for (int i = 0; i < HG_CLOCK_RATES; i++)
        if (lie_on_a_line(KNOWN_HZ[i], before, now, MOST_DELAY_MS))
            return 1;
    return 0;
}

void hg_uptime_follow(hg_host *host, hg_reference before, hg_reference now, int server)
{
    const int is_comparable = can_compare(before, now);
    if (host->rate != 0 && host->server == (unsigned)server) {
        if (is_comparable && lie_on_a_line(KNOWN_HZ[host->rate - 1], before, now, JITTER_MS))
            return;
        host->rate = 0;
    }
    if (is_comparable && !host->scattered && !can_be_one_clock(before, now))
        host->scattered = 1;
}

/* ---- a second reading ---------------------------------------------------------------- */

/* Since Linux 4.12 all connections with one peer share a clock in milliseconds. */
enum { HZ_OF_PEERS = 1000 };

/* A hash of an address in six bits. */
static unsigned hash_of(hg_address address)
{
    return (unsigned)((address.word[0] ^ address.word[1]) * UINT64_C(0x9e3779b97f4a7c15) >> 58);
}

/* Whether this reading and the host's earlier one come from one clock with one rate. */
static int is_same_clock(const hg_host *host, unsigned rate, const hg_clock_reading *reading)
{
    if (rate == 0 || host->rate != rate)
        return 0;
    if (host->server == (unsigned)reading->server) /* hg_uptime_follow has compared all handshakes since then */
        return 1;
    const hg_reference other = hg_host_reference(host, !reading->server);
    return can_compare(other, reading->now) && lie_on_a_line(KNOWN_HZ[rate - 1], other, reading->now, JITTER_MS);
}

/* Adds a reading with rate number `rate` (0: unknown). host->supported becomes 1 if the earlier reading is from the
 * same clock, unless both have the same peer and the rate HZ_OF_PEERS. */
static void take_reading(hg_host *host, unsigned rate, const hg_clock_reading *reading)
{
    const unsigned peer = hash_of(reading->peer);
    if (!is_same_clock(host, rate, reading)) {
        host->rate = rate & 15U;
        host->server = reading->server != 0;
        host->peer = peer & 63U;
        host->supported = 0;
    } else if (KNOWN_HZ[rate - 1] != HZ_OF_PEERS || host->peer != peer) {
        host->supported = 1;
    }
}

/* ---- clocks of the claimed system ----------------------------------------------------- */

typedef struct system_release {
    uint64_t family, version;
    int32_t day;
} system_release;

static const system_release RELEASES[] = {
#define HG_RELEASE(family, version, day) {(family), (version), (day)},
    HG_RELEASES(HG_RELEASE)
#undef HG_RELEASE
};

static int32_t day_of(uint64_t family, uint64_t version)
{
    uint32_t first = 0;
    HG_SEARCH(first, sizeof RELEASES / sizeof RELEASES[0],
              RELEASES[middle].family < family ||
                  (RELEASES[middle].family == family && RELEASES[middle].version <= version))
    return first > 0 && RELEASES[first - 1].family == family ? RELEASES[first - 1].day : HG_NO_TIMESTAMPS_BEFORE;
}

/* How the clocks of a system may start. */
typedef struct beginnings {
    int is_random; /* each connection's clock starts at a random value */
    int has_one;   /* all connections share one clock */
    int may_be_linux; /* they may start like the clock of Linux before 4.10 */
    int is_linux; /* all named systems are Linux or Android */
    int is_apple; /* iOS is among the named systems */
    int32_t release; /* release of the oldest version, in days since the epoch */
} beginnings;

/* Determines the beginnings from the systems that the host's signature names. If it names none, all are possible. */
static beginnings beginnings_of(const hg_database *database, const hg_host *host)
{
    static const beginnings unknown = {.has_one = 1, .may_be_linux = 1, .release = HG_NO_TIMESTAMPS_BEFORE};
    if (database == NULL || host->signature >= database->tables.signatures_count)
        return unknown;
    const hg_tables *t = &database->tables;
    const hg_db_claim *claim = t->claims + t->labels[t->signatures[host->signature].label].claim;
    if (claim->family_count == 0)
        return unknown;
    beginnings out = {.is_random = 1, .has_one = 1, .is_linux = 1, .release = INT32_MAX};
    for (uint32_t i = 0; i < claim->family_count; i++) {
        const hg_db_claim_family *claimed = t->claim_families + claim->first_family + i;
        const uint64_t family = t->families[claimed->family].identity;
        const hg_db_versions *versions = t->versions + claimed->first_version;
        const uint64_t first = claimed->version_count == 0 ? 0 : versions[0].first;
        const uint64_t last = claimed->version_count == 0 ? UINT64_MAX : versions[claimed->version_count - 1].last;
        const int is_linux = family == HG_FAMILY_LINUX, is_android = family == HG_FAMILY_ANDROID;
        const int32_t day = day_of(family, first);
        out.is_random &= is_linux && first >= HG_FIRST_LINUX_4_10;
        out.has_one &= (is_linux && last < HG_FIRST_LINUX_4_10) || (is_android && last < HG_FIRST_ANDROID_9);
        out.may_be_linux |= is_linux || is_android;
        out.is_linux &= is_linux || is_android;
        out.is_apple |= family == HG_FAMILY_IOS;
        out.release = day < out.release ? day : out.release;
    }
    return out;
}

/* ---- doubt --------------------------------------------------------------------------- */

/* The clock of Linux starts this long before it wraps. */
enum { AHEAD_S = 300 };

static int is_rate_of_linux(uint16_t hz)
{
    return hz == 100 || hz == 250 || hz == 300 || hz == 1000;
}

/* Whether the named system has clocks of this rate. Apple's count milliseconds (XNU, TCP_RETRANSHZ). */
static int is_rate_of_system(const beginnings *beginnings, uint16_t hz)
{
    enum { APPLE_HZ = 1000 };
    return (!beginnings->is_linux || is_rate_of_linux(hz)) && (!beginnings->is_apple || hz == APPLE_HZ);
}

/* The doubt that follows from the named system, for a reading that has just been supported. A capture clock before the
 * release proves nothing. */
static hg_doubt doubt_of_name(const beginnings *beginnings, uint16_t hz, int64_t now_s, int64_t up_s)
{
    const int64_t released = beginnings->release * (int64_t)SECONDS_A_DAY;
    if (beginnings->is_random)
        return HG_DOUBT_RANDOM;
    if (!is_rate_of_system(beginnings, hz))
        return HG_DOUBT_FREQUENCY;
    if (now_s >= released && now_s - up_s < released)
        return HG_DOUBT_EARLIER;
    return up_s > LONGEST_UP_S ? HG_DOUBT_RANDOM : HG_DOUBT_NONE;
}

/* The reason to doubt a reading at a known rate. Several clocks are normal if the system may give each connection its
 * own, as current systems do and old BSD and macOS did. */
static hg_doubt doubt_of(const hg_database *database, hg_host *host, const hg_uptime *uptime,
                         const hg_clock_reading *reading, int was_supported)
{
    const int64_t now_s = reading->now.ms / 1000, up_s = reading->now.ts / uptime->frequency;
    const beginnings of = beginnings_of(database, host);
    if (host->scattered)
        return of.has_one ? HG_DOUBT_SCATTERED : HG_DOUBT_RANDOM;
    if (up_s + AHEAD_S < now_s - (int64_t)host->first_seen * HG_SEEN_UNIT_S - HG_SEEN_UNIT_S)
        return of.has_one ? HG_DOUBT_YOUNGER : HG_DOUBT_RANDOM;
    if (is_rate_of_linux(uptime->frequency) && UINT32_MAX - reading->now.ts < (uint32_t)uptime->frequency * AHEAD_S &&
        of.may_be_linux)
        return HG_DOUBT_STARTED;
    if (!host->supported)
        return HG_DOUBT_ALONE;
    return was_supported ? HG_DOUBT_NONE : doubt_of_name(&of, uptime->frequency, now_s, up_s);
}

void hg_uptime_judge(const hg_database *database, hg_host *host, const hg_clock_reading *reading, hg_uptime *uptime)
{
    const unsigned rate = rate_number(uptime->raw_frequency, (double)(reading->now.ms - reading->before.ms));
    const int was_supported = host->supported;
    hg_doubt doubt = HG_DOUBT_FREQUENCY;
    if (rate != 0) {
        take_reading(host, rounded_rate_number(uptime->frequency, rate), reading);
        doubt = doubt_of(database, host, uptime, reading, was_supported);
    }
    host->supported = host->supported && doubt == HG_DOUBT_NONE;
    uptime->doubt = (uint8_t)doubt;
    if (doubt == HG_DOUBT_STARTED)
        uptime->minutes -= hg_uptime_begins_at(uptime->frequency);
}

uint32_t hg_uptime_begins_at(uint16_t hz)
{
    return (UINT32_MAX / hz - AHEAD_S) / 60;
}
