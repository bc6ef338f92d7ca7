/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "names/versions.h"

#include "base/sink.h"
#include "base/bytes.h"
#include "hg_support.h"
#include "huginn.h"

void hg_versions_of_parts(const uint32_t *parts, uint32_t count, uint64_t range[2])
{
    range[0] = range[1] = 0;
    for (uint32_t place = 0; place < HG_VERSION_PARTS; place++) {
        range[0] = range[0] << HG_VERSION_BITS | (place < count ? parts[place] + 1 : 0);
        range[1] = range[1] << HG_VERSION_BITS | (place < count ? parts[place] + 1 : HG_VERSION_MOST);
    }
}

/* ---- whole versions ------------------------------------------------------------------------------- */

/* Reads the number at `*at`, and moves `*at` past it. 0: none. */
static int take_whole(const char *text, uint32_t length, uint32_t *at, uint32_t *out)
{
    const uint32_t first = *at;
    for (*out = 0; *at < length && text[*at] >= '0' && text[*at] <= '9' && *out <= HG_WHOLE_MOST; ++*at)
        *out = 10 * *out + (uint32_t)(text[*at] - '0');
    return *at > first && *out <= HG_WHOLE_MOST;
}

int hg_versions_of_flavor(const char *text, uint32_t length, uint32_t ends[2])
{
    uint32_t at = 0;
    if (!take_whole(text, length, &at, ends))
        return 0;
    ends[1] = ends[0];
    if (at < length && text[at] == '-') {
        at++;
        return take_whole(text, length, &at, ends + 1) && at == length;
    }
    const hg_span rest = hg_span_of(text + at, length - at);
    if (hg_span_is(rest, " or older"))
        ends[0] = 0;
    else if (hg_span_is(rest, " or newer"))
        ends[1] = UINT32_MAX;
    else
        return at == length;
    return 1;
}

/* ---- text ------------------------------------------------------------------------------------------ */

/* The separator before item `i` of `count`. */
static void put_separator(hg_sink *to, uint32_t i, uint32_t count)
{
    if (i > 0)
        hg_sink_word(to, i + 1 < count ? ", " : " or ");
}

/* The number of parts of a version. Missing parts have the value `missing` or 0. */
static uint32_t count_parts(uint64_t version, uint64_t missing)
{
    uint32_t count = 0;
    while (count < HG_VERSION_PARTS && hg_version_part(version, count) != missing &&
           hg_version_part(version, count) != 0)
        count++;
    return count;
}

/* "24.04": versions of Ubuntu are years and months. */
static void put_version(hg_sink *to, uint64_t family, uint64_t version, uint32_t parts)
{
    for (uint32_t place = 0; place < parts; place++) {
        const uint32_t number = (uint32_t)hg_version_part(version, place) - 1;
        HG_SINK(to, place > 0 ? "." : "", family == HG_FAMILY_UBUNTU && place == 1 && number < 10 ? "0" : "", number);
    }
}

static int has_same_parts(const uint64_t range[2], uint32_t parts)
{
    for (uint32_t place = 0; place < parts; place++)
        if (hg_version_part(range[0], place) != hg_version_part(range[1], place))
            return 0;
    return 1;
}

/* "4.19-6.15", "10.14 or newer", "9 or older", or a single version. */
static void put_range(hg_sink *to, uint64_t family, const uint64_t range[2])
{
    const uint32_t first = count_parts(range[0], 0), last = count_parts(range[1], HG_VERSION_MOST);
    put_version(to, family, range[0], first);
    if (last == 0) {
        hg_sink_word(to, " or newer");
        return;
    }
    if (first == last && has_same_parts(range, first))
        return;
    if (first > 0)
        hg_sink_word(to, "-");
    put_version(to, family, range[1], last);
    if (first == 0)
        hg_sink_word(to, " or older");
}

/* ---- releases of Windows --------------------------------------------------------------------------- */

typedef struct windows_release {
    const char *name;
    int server; /* 1: listed after the releases for workstations */
} windows_release;

static const windows_release RELEASES[HG_WINDOWS_RELEASE_COUNT] = {
#define HG_RELEASE(place, name, server) [place] = {(name), (server)},
    HG_WINDOWS_RELEASES(HG_RELEASE)
#undef HG_RELEASE
};

_Static_assert(HG_WINDOWS_RELEASE_COUNT <= 32, "a bit a release");

/* The place of a release; for a higher number, the newest release. */
static uint32_t release_of(uint64_t version)
{
    const uint64_t part = hg_version_part(version, 0);
    const uint32_t newest = HG_WINDOWS_RELEASE_COUNT - 1;
    return part == 0 ? 0 : part > newest ? newest : (uint32_t)(part - 1);
}

static uint32_t lowest(uint32_t bits)
{
    uint32_t place = 0;
    while ((bits >> place & 1) == 0)
        place++;
    return place;
}

static void put_releases(hg_sink *to, uint32_t found)
{
    uint32_t count = 0, i = 0;
    for (uint32_t place = 0; place < HG_WINDOWS_RELEASE_COUNT; place++)
        count += found >> place & 1;
    for (int server = 0; server <= 1; server++)
        for (uint32_t place = 0; place < HG_WINDOWS_RELEASE_COUNT; place++)
            if ((found >> place & 1) != 0 && RELEASES[place].server == server) {
                put_separator(to, i++, count);
                hg_sink_word(to, RELEASES[place].name);
            }
}

/* Writes the releases of Windows in the ranges. */
static void put_windows(hg_sink *to, const uint64_t *ranges, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t *range = ranges + 2 * (size_t)i;
        const uint32_t first = release_of(range[0]), last = release_of(range[1]);
        if (range[1] == HG_NEWEST_VERSION) {
            HG_SINK(to, RELEASES[lowest(found | UINT32_C(1) << first)].name, " or newer");
            return;
        }
        for (uint32_t place = first; place <= last; place++)
            found |= UINT32_C(1) << place;
    }
    put_releases(to, found);
}

size_t hg_versions_text(uint64_t family, const uint64_t *ranges, uint32_t count, char *out, size_t capacity)
{
    hg_sink to = {.out = out, .capacity = capacity};
    if (family == HG_FAMILY_WINDOWS) {
        put_windows(&to, ranges, count);
        return to.length;
    }
    for (uint32_t i = 0; i < count; i++) {
        put_separator(&to, i, count);
        put_range(&to, family, ranges + 2 * (size_t)i);
    }
    return to.length;
}
