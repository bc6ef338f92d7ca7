/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/details.h"
#include "systems/conclusion.h"

#include <math.h>

#include "base/words.h"
#include "devices/devices.h"
#include "handshakes/clocks.h"
#include "names/versions.h"

/* Range of measured rates that a kernel tick of 100, 250 or 300 Hz explains, even over a short time. */
static const double SLOWEST_HZ = 80.0, FASTEST_HZ = 600.0;

/* Measured share of right versions, where a program narrowed them: docs/reference/accuracy.md. */
static const double STATED_SHARE = 0.96;

HG_WORDS_OF(hg_relation_name, HG_EARLIER + 1, "not_compared", "agrees", "narrows", "contradicts", "earlier")

static int source_counts(const hg_hosts *hosts, hg_host_source source)
{
    return (hosts->options.sources >> source & 1) != 0;
}

/* ---- families --------------------------------------------------------------------------------------- */

/* Adds a family to a claim. The claim's stacks are unknown if those of one family are. */
static void add_family(hg_claim *to, const hg_named_family *family, const uint64_t *versions, uint32_t version_count)
{
    const int are_known = (to->family_count == 0 || to->stacks != 0) && family->stacks != 0;
    to->stacks = are_known ? to->stacks | family->stacks : 0;
    to->families[to->family_count++] = (hg_claim_family){family->identity, versions, version_count};
}

/* A claim of a name's families, in any version. */
static hg_claim claim_of_name(const hg_host_name *name)
{
    hg_claim claim = {.kind = HG_CLAIM_SPECIFIC};
    for (uint32_t i = 0; i < name->family_count; i++)
        add_family(&claim, name->families + i, NULL, 0);
    return claim;
}

static hg_claim claim_of_conclusion(const hg_host_conclusion *conclusion)
{
    hg_claim claim = {.kind = HG_CLAIM_SPECIFIC};
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        add_family(&claim, &conclusion->families[i].of, conclusion->families[i].versions,
                   conclusion->families[i].version_count);
    return claim;
}

static hg_relation relation_of(hg_agreement agreement)
{
    if (agreement == HG_NOT_COMPARABLE)
        return HG_NOT_COMPARED;
    return agreement >= HG_CONTRADICT_STACK ? HG_CONTRADICTS : HG_AGREES;
}

/* Compares the readings with the chosen families. */
static void compare_readings(hg_host_conclusion *out)
{
    const hg_claim chosen = claim_of_conclusion(out);
    for (uint32_t i = 0; i < out->reading_count; i++) {
        out->readings[i].relation = out->readings[i].is_earlier ? HG_EARLIER : HG_NOT_COMPARED;
        if (out->readings[i].is_earlier ||
            (hg_is_decisive(out, out->readings + i) && !hg_reading_counts(out, out->readings + i)))
            continue;
        const hg_claim own = claim_of_name(out->readings[i].name);
        out->readings[i].relation = (uint8_t)relation_of(hg_claims_agree(&own, &chosen));
    }
}

/* ---- versions --------------------------------------------------------------------------------------- */

static const hg_claim_family *family_in(const hg_claim *claim, uint64_t identity)
{
    for (uint32_t i = 0; i < claim->family_count && i < HG_CLAIM_FAMILIES; i++)
        if (claim->families[i].identity == identity)
            return claim->families + i;
    return NULL;
}

/* Keeps only versions that are also in `versions`. 0: no version would be left; nothing changes. */
static int keep_common(hg_conclusion_family *family, const uint64_t *versions, uint32_t count)
{
    uint64_t common[2 * HG_MOST_RANGES];
    uint32_t found;
    if (count == 0)
        return 1;
    if (!hg_versions_common(family->versions, family->version_count, versions, count, common, HG_MOST_RANGES, &found))
        return 0;
    found = found < HG_MOST_RANGES ? found : HG_MOST_RANGES;
    memcpy(family->versions, common, 2 * found * sizeof *common);
    family->version_count = found;
    return 1;
}

/* Marks the readings that count for the versions. Weak names (fuzzy or last-resort matches) count only alone. */
static void choose_firm(hg_host_conclusion *out)
{
    uint32_t firm = 0;
    for (int with_weak = 0; with_weak < 2 && firm == 0; with_weak++)
        for (hg_name_relation *relation = out->readings; relation < out->readings + out->reading_count; relation++) {
            relation->is_firm = relation->relation == HG_AGREES && hg_is_decisive(out, relation) &&
                                (with_weak || (relation->name->flags & HG_NAMED_WEAK) == 0);
            firm += relation->is_firm;
        }
}

/* Gives the conclusion the versions that a claim states for its families. */
static void take_versions(hg_host_conclusion *out, const hg_claim *claim)
{
    for (uint32_t i = 0; i < out->family_count; i++) {
        const hg_claim_family *own = family_in(claim, out->families[i].of.identity);
        if (own != NULL)
            (void)keep_common(out->families + i, own->versions, own->version_count);
    }
}

/* Chooses the versions that all firm readings share. Where two exclude each other, the one with more packets counts. */
static void choose_versions(hg_host_conclusion *out)
{
    choose_firm(out);
    for (uint32_t i = 0; i < out->reading_count; i++)
        if (out->readings[i].is_firm)
            take_versions(out, &out->readings[i].name->claim);
}

static int has_same_versions(const hg_conclusion_family *one, const hg_conclusion_family *other)
{
    return one->version_count == other->version_count &&
           memcmp(one->versions, other->versions, 2 * one->version_count * sizeof *one->versions) == 0;
}

/* Windows before Vista uses no source ports from 49152 on, unless a user changed the settings. */
static int narrow_by_ports(const hg_host_entry *host, hg_conclusion_family *family)
{
    const uint64_t since[] = {HG_FIRST_WINDOWS_VISTA, UINT64_MAX};
    if (family->of.identity != HG_FAMILY_WINDOWS || family->version_count == 0 || !hg_host_has_late_ports(host))
        return 0;
    const hg_conclusion_family before = *family;
    if (!keep_common(family, since, 1)) {
        memcpy(family->versions, since, sizeof since);
        family->version_count = 1;
    }
    return !has_same_versions(&before, family);
}

/* The median of the reliable rates; 0.0: none. */
static double middle_rate(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_clock *clock = hg_host_clock_of(hosts, host);
    double sorted[HG_HOST_RATES];
    if (clock == NULL)
        return 0.0;
    for (uint32_t i = 0; i < clock->rate_count; i++) {
        uint32_t at = i;
        for (; at > 0 && sorted[at - 1] > clock->rates[i]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = clock->rates[i];
    }
    return clock->rate_count == 0 ? 0.0 : sorted[clock->rate_count / 2];
}

/* From 4.13 on, Linux's timestamps count milliseconds, whatever its tick; before, they count ticks. */
static int narrow_by_clock(double hz, hg_conclusion_family *family)
{
    const uint64_t until[] = {0, HG_LAST_LINUX_4_12};
    if (family->of.identity != HG_FAMILY_LINUX || family->version_count == 0 || hz < SLOWEST_HZ || hz > FASTEST_HZ)
        return 0;
    const hg_conclusion_family before = *family;
    return keep_common(family, until, 1) && !has_same_versions(&before, family);
}

static void narrow_by_habits(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out)
{
    const double hz = middle_rate(hosts, host);
    for (uint32_t i = 0; i < out->family_count; i++) {
        if (source_counts(hosts, HG_SOURCE_PORT_RANGE) && narrow_by_ports(host, out->families + i))
            out->by_ports = 1;
        if (source_counts(hosts, HG_SOURCE_CLOCK) && narrow_by_clock(hz, out->families + i))
            out->clock_hz = hz;
    }
}

/* ---- programs --------------------------------------------------------------------------------------- */

/* Whether a claim is just "Linux" or "macOS": phones and tablets also state these to request desktop pages. */
static int is_of_any_desktop(const hg_claim *claim)
{
    const hg_claim_family *family = claim->families;
    return claim->family_count == 1 && family->version_count == 0 &&
           (family->identity == HG_FAMILY_LINUX || family->identity == HG_FAMILY_MACOS);
}

/* Whether a program may narrow the conclusion: its scope is at least `least`, and it names one of the families. */
static int may_narrow(const hg_hosts *hosts, const hg_name_relation *relation, const hg_host_conclusion *conclusion,
                      uint8_t least)
{
    if (relation->relation != HG_AGREES || relation->name->claim.kind == HG_CLAIM_PROGRAM ||
        is_of_any_desktop(&relation->name->claim) || relation->seen->scope < least ||
        !source_counts(hosts, (hg_host_source)relation->seen->source))
        return 0;
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        if (family_in(&relation->name->claim, conclusion->families[i].of.identity) != NULL)
            return 1;
    return 0;
}

/* Keeps only the families and versions that a program names. 0: none would be left, and nothing changes. */
static int narrow_to(hg_host_conclusion *conclusion, const hg_claim *claim)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < conclusion->family_count; i++) {
        hg_conclusion_family family = conclusion->families[i];
        const hg_claim_family *own = family_in(claim, family.of.identity);
        if (own != NULL && keep_common(&family, own->versions, own->version_count))
            conclusion->families[kept++] = family;
    }
    if (kept > 0)
        conclusion->family_count = kept;
    return kept > 0;
}

static int is_same_system(const hg_host_conclusion *one, const hg_host_conclusion *other)
{
    int is_same = one->family_count == other->family_count;
    for (uint32_t i = 0; is_same && i < one->family_count; i++)
        is_same = one->families[i].of.identity == other->families[i].of.identity &&
                  has_same_versions(one->families + i, other->families + i);
    return is_same;
}

/* Narrows the conclusion by programs of scope `least` or higher. If programs that agree with the handshakes exclude
 * each other, they run on several systems, and nothing changes. */
static void narrow_by_scope(const hg_hosts *hosts, hg_host_conclusion *out, uint8_t least)
{
    const hg_host_conclusion first = *out;
    for (uint32_t i = 0; i < out->program_count; i++) {
        hg_name_relation *relation = out->programs + i;
        const hg_host_conclusion before = *out;
        if (!may_narrow(hosts, relation, &before, least))
            continue;
        if (!narrow_to(out, &relation->name->claim)) {
            *out = first;
            return;
        }
        if (is_same_system(&before, out))
            continue;
        relation->relation = HG_NARROWS;
        out->version_source = relation->seen->source;
    }
}

static void compare_programs(hg_host_conclusion *out)
{
    const hg_claim claim = claim_of_conclusion(out);
    for (hg_name_relation *one = out->programs; one < out->programs + out->program_count; one++) {
        const hg_relation relation = relation_of(hg_claims_agree(&claim, &one->name->claim));
        one->relation = (uint8_t)(hg_is_earlier(out, one->seen) ? HG_EARLIER : relation);
    }
}

/* Narrows the conclusion by programs. With several systems it is unknown which one runs a program. */
static void narrow_by_programs(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out)
{
    compare_programs(out);
    if (out->program_count == 0 || hg_host_systems_of(hosts, host).systems > 1)
        return;
    narrow_by_scope(hosts, out, out->scope);
    if (out->scope > HG_SCOPE_SEGMENT)
        narrow_by_scope(hosts, out, HG_SCOPE_SEGMENT);
}

/* ---- the conclusion ------------------------------------------------------------------------------------ */

/* Computes the confidence: the highest confidence of an agreeing name, times the share of packets that agree. Versions
 * that a program narrowed have at most the confidence of the family. */
static void choose_confidence(hg_host_conclusion *out)
{
    uint64_t all = 0, agreeing = 0;
    for (uint32_t i = 0; i < out->reading_count; i++) {
        const hg_name_relation *relation = out->readings + i;
        if (!hg_is_decisive(out, relation) || relation->is_earlier)
            continue;
        all += relation->seen->packets;
        if (relation->relation != HG_AGREES)
            continue;
        agreeing += relation->seen->packets;
        if (out->best == NULL || relation->name->confidence > out->best->confidence) {
            out->best = relation->name;
            out->source = relation->seen->source;
        }
    }
    out->agreement = all == 0 ? 0.0 : (double)agreeing / (double)all;
    if (out->best == NULL)
        return;
    out->confidence = out->best->confidence * out->agreement;
    if (!hg_names_versions(out))
        return;
    if (out->version_source != HG_HOST_SOURCES) {
        out->version_confidence = hg_lesser(out->confidence, STATED_SHARE);
        return;
    }
    out->version_source = out->source;
    out->version_confidence = out->best->version_share * out->agreement;
}

/* Makes the system unknown: at first, if another answers for the host, if segments disagree, if it is too unsure. */
static void clear(hg_host_conclusion *out)
{
    out->family_count = 0;
    out->best = NULL;
    out->source = out->version_source = HG_HOST_SOURCES;
    out->confidence = 0.0;
    out->version_confidence = (double)NAN;
}

/* Makes a name the conclusion, without its versions. */
static void adopt(hg_host_conclusion *out, const hg_host_name *name, hg_host_source source, double confidence)
{
    for (uint32_t i = 0; i < name->family_count; i++)
        out->families[out->family_count++] = (hg_conclusion_family){.of = name->families[i]};
    out->best = name;
    out->source = (uint8_t)source;
    out->confidence = confidence;
    out->agreement = 1.0;
}

/* Compares the family of the host's segments with the conclusion. If no handshake names a system, that family becomes
 * the conclusion, unless an announcement agrees with it: that may be more precise. */
static void add_segments(hg_host_conclusion *out)
{
    const hg_host_name *name = out->segments.name;
    if (out->segments.seen == NULL || name->kind != HG_NAME_SEGMENTS || name->family_count == 0)
        return;
    if (out->family_count > 0) {
        const hg_claim own = claim_of_name(name), chosen = claim_of_conclusion(out);
        out->segments.relation = (uint8_t)relation_of(hg_claims_agree(&own, &chosen));
        if (out->source != HG_SOURCE_ANNOUNCEMENT || out->segments.relation == HG_AGREES)
            return;
        clear(out);
    }
    if (out->reading_count > 0 || out->is_loopback)
        return;
    out->segments.relation = HG_AGREES;
    adopt(out, name, HG_SOURCE_SEGMENTS, name->confidence);
    compare_programs(out);
}

/* The announcement of a host that names the system of a device, if possible with the device's version; NULL: none. */
static const hg_host_name *find_announced_by(const hg_hosts *hosts, const hg_host_entry *host,
                                             const hg_device_conclusion *device)
{
    const hg_device_value *system = device->values + HG_DEVICE_SYSTEM, *version = device->values + HG_DEVICE_VERSION;
    const hg_host_name *found = NULL;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        if (seen->source != HG_SOURCE_ANNOUNCEMENT || name->family_count == 0 ||
            !hg_span_equal(name->name, (hg_span){.text = system->text, .length = system->length}))
            continue;
        const int has_version = hg_span_equal(name->flavor, hg_span_of(version->text, version->length));
        if (found == NULL || has_version)
            found = name;
    }
    return found;
}

/* The same for the host or, if it announced no system, another one with its MAC. */
static const hg_host_name *find_announced(const hg_hosts *hosts, const hg_host_entry *host,
                                          const hg_device_conclusion *device)
{
    const hg_host_name *found = find_announced_by(hosts, host, device);
    const hg_device *own = hg_device_of(hosts, host), *one = NULL;
    uint32_t left = found == NULL && hg_host_has_own_mac(hosts, host) && !own->is_behind ? HG_DEVICE_HOSTS : 0;
    for (; left > 0 && (one = hg_device_next_with(hosts, own->mac, one)) != NULL; left--)
        found =
            found != NULL || one->is_behind ? found : find_announced_by(hosts, hg_host_at(hosts, one->host), device);
    return found;
}

int hg_read_version(hg_span text, uint64_t range[2])
{
    uint32_t parts[HG_VERSION_PARTS] = {0}, count = 0, digits = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        const char c = text.text[i];
        if (c >= '0' && c <= '9' && digits < 4) {
            parts[count] = 10 * parts[count] + (uint32_t)(c - '0');
            digits++;
        } else if (c == '.' && digits > 0 && count + 1 < HG_VERSION_PARTS) {
            count++;
            digits = 0;
        } else {
            return 0;
        }
    }
    if (digits > 0)
        hg_versions_of_parts(parts, count + 1, range);
    return digits > 0;
}

/* Uses the announced system as the conclusion if nothing else names a system. */
static void add_announced(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out)
{
    if (out->family_count > 0 || out->reading_count > 0 || out->is_loopback || hg_device_of(hosts, host) == NULL)
        return;
    hg_device_conclusion device;
    hg_device_judge(hosts, host, 0, (hg_span){0}, &device);
    const hg_device_value *version = device.values + HG_DEVICE_VERSION;
    const hg_host_name *name = find_announced(hosts, host, &device);
    if (name == NULL)
        return;
    adopt(out, name, HG_SOURCE_ANNOUNCEMENT, device.values[HG_DEVICE_SYSTEM].confidence);
    take_versions(out, &name->claim);
    const uint64_t first = out->families->of.identity; /* of other families, the version may be the firmware's */
    if (out->family_count == 1 && out->families->version_count == 0 &&
        (first == HG_FAMILY_ANDROID || first == HG_FAMILY_IOS || first == HG_FAMILY_MACOS))
        out->families->version_count =
            (uint32_t)hg_read_version(hg_span_of(version->text, version->length), out->families->versions);
    if (hg_names_versions(out)) {
        out->version_source = HG_SOURCE_ANNOUNCEMENT;
        out->version_confidence = hg_lesser(out->confidence, version->confidence);
    }
    compare_programs(out);
}

/* Uses the system in the identifications of the host's SSH servers as the conclusion if nothing else names a system. */
static void add_identified(hg_host_conclusion *out)
{
    const hg_host_name *found = hg_evidence_identified(out);
    if (found == NULL || out->family_count > 0 || out->reading_count > 0 || out->is_loopback)
        return;
    adopt(out, found, HG_SOURCE_SSH_SERVER, STATED_SHARE);
    take_versions(out, &found->claim);
    if (hg_names_versions(out)) {
        out->version_source = HG_SOURCE_SSH_SERVER;
        out->version_confidence = STATED_SHARE;
    }
    compare_programs(out);
}

/* The name of an address translator or a gateway, such as "VMware NAT"; NULL: it is none. */
static const hg_host_name *find_nat(const hg_host_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        if (hg_span_ends(conclusion->families[i].of.name, " NAT") ||
            hg_span_ends(conclusion->families[i].of.name, " gateway"))
            return conclusion->best;
    return NULL;
}

/* Resets all relations: without a conclusion, there is nothing to agree with or contradict. */
static void forget_relations(hg_host_conclusion *out)
{
    for (uint32_t i = 0; i < out->reading_count; i++)
        out->readings[i].relation = HG_NOT_COMPARED;
    for (uint32_t i = 0; i < out->program_count; i++)
        out->programs[i].relation = HG_NOT_COMPARED;
    out->segments.relation = HG_NOT_COMPARED;
    out->clock_hz = 0.0;
    out->by_ports = 0;
}

void hg_host_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out)
{
    memset(out, 0, offsetof(hg_host_conclusion, readings));
    clear(out);
    out->is_loopback = (uint8_t)hg_is_loopback(host);
    out->middlebox = hg_middlebox_of(hosts, host);
    hg_evidence_collect(hosts, host, out);
    hg_evidence_choose_families(out);
    if (out->family_count > 0) {
        compare_readings(out);
        choose_versions(out);
        if (!out->is_loopback) {
            narrow_by_habits(hosts, host, out);
            narrow_by_programs(hosts, host, out);
        }
    }
    choose_confidence(out);
    add_announced(hosts, host, out);
    add_segments(out);
    add_identified(out);
    out->nat = find_nat(out);
    const int is_hidden = out->middlebox != NULL || out->nat != NULL;
    out->is_unsure = !is_hidden && out->family_count > 0 && out->confidence < HG_LEAST_CONFIDENCE;
    if (out->is_unsure)
        forget_relations(out);
    if (out->is_unsure || is_hidden)
        clear(out);
}
