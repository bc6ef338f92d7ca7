/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * view.c - the values of a host that records need, computed once.
 */
#include "base/words.h"
#include "devices/local.h"
#include "hosts/details.h"
#include "news/watch.h"
#include "systems/words.h"
#include "views/view.h"

/* Whether a program's statement with this system contradicts the conclusion. */
static int is_excluded(const hg_host_conclusion *conclusion, hg_span system)
{
    for (uint32_t i = 0; i < conclusion->program_count; i++) {
        const hg_name_relation *one = conclusion->programs + i;
        for (uint32_t j = 0; one->relation >= HG_CONTRADICTS && j < one->name->family_count; j++)
            if (hg_span_equal(one->name->families[j].name, system))
                return 1;
    }
    return 0;
}

/* A device gets no system that the conclusion from its packets excludes, because programs can state any system. */
static void drop_excluded_system(hg_host_view *out)
{
    hg_device_value *system = out->device.values + HG_DEVICE_SYSTEM, *version = out->device.values + HG_DEVICE_VERSION;
    const hg_span name = hg_span_of(system->text, system->length);
    if (system->length == 0 || out->conclusion.family_count == 0 || out->conclusion.source == HG_SOURCE_ANNOUNCEMENT ||
        !is_excluded(&out->conclusion, name))
        return;
    for (uint32_t i = 0; i < out->device.reading_count; i++) {
        const hg_device_claim *claim = out->device.readings[i].claim;
        const hg_span stated =
            hg_span_of(hg_device_claim_text(claim, HG_DEVICE_SYSTEM), claim->lengths[HG_DEVICE_SYSTEM]);
        out->device.readings[i].contradicts |= (uint8_t)hg_span_equal(stated, name);
    }
    system->length = version->length = 0;
}

/* The system of a local host by its packets; empty: not known. Behind an address with several systems is no single
 * device. */
static hg_span only_system(const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    if (conclusion->family_count != 1 || conclusion->source == HG_SOURCE_ANNOUNCEMENT || conclusion->is_loopback ||
        view->systems.systems > 1 || !hg_host_is_local(view->hosts, view->host))
        return (hg_span){0};
    return conclusion->families[0].of.name;
}

static int is_same(const hg_conclusion_family *one, const hg_conclusion_family *other)
{
    return one->version_count == other->version_count &&
           memcmp(one->versions, other->versions, 2 * one->version_count * sizeof *one->versions) == 0;
}

/* The versions of a family that a claim states; those of the conclusion if it rests on the same User-Agent, which also
 * fits servers. 0: the claim does not have the device's version, or not as numbers. */
static int read_versions(const hg_host_view *view, const hg_device_claim *claim, hg_conclusion_family *out)
{
    const hg_device_value *version = view->device.values + HG_DEVICE_VERSION;
    const hg_span text = hg_span_of(hg_device_claim_text(claim, HG_DEVICE_VERSION), claim->lengths[HG_DEVICE_VERSION]);
    if (!hg_span_equal(text, hg_span_of(version->text, version->length)))
        return 0;
    const hg_database *database = view->hosts->database; /* the label is known while it is in use */
    const hg_claim label = database == NULL ? (hg_claim){0} : hg_label_claim(database, claim->label);
    if (label.family_count == 1 && label.families->identity == out->of.identity &&
        label.families->version_count <= HG_MOST_RANGES)
        out->version_count = label.families->version_count;
    if (out->version_count > 0 && claim->kind == HG_SAYS_USER_AGENT &&
        view->conclusion.version_source == HG_SOURCE_USER_AGENT)
        *out = view->conclusion.families[0];
    else if (out->version_count > 0)
        memcpy(out->versions, label.families->versions, 2 * out->version_count * sizeof *out->versions);
    else if (out->of.identity != HG_FAMILY_WINDOWS) /* its versions are no numbers */
        out->version_count = (uint32_t)hg_read_version(text, out->versions);
    return out->version_count > 0;
}

/* The device's version, as versions of a family. Returns the highest scope of its evidence; HG_SCOPE_NONE: unknown. */
static uint8_t device_versions(const hg_host_view *view, hg_conclusion_family *out)
{
    uint8_t scope = HG_SCOPE_NONE;
    for (uint32_t i = 0; i < view->device.reading_count; i++) {
        const hg_device_reading *one = view->device.readings + i;
        hg_conclusion_family found = {.of = out->of};
        if (one->contradicts || one->scope <= scope || !read_versions(view, one->claim, &found))
            continue;
        *out = found;
        scope = one->scope;
    }
    return scope;
}

/* If the device and the conclusion name one system, both get the more exact version, unless these exclude each other.
 * Only a station on the link narrows the versions of packets: hg_host_judge has already read programs. */
static void share_version(hg_host_view *out)
{
    hg_host_conclusion *shown = &out->conclusion;
    hg_conclusion_family *own = shown->families, device = {.of = own->of}, common = {.of = own->of};
    const hg_device_value *system = out->device.values + HG_DEVICE_SYSTEM;
    hg_device_value *version = out->device.values + HG_DEVICE_VERSION;
    if (shown->family_count != 1 || !hg_span_equal(own->of.name, hg_span_of(system->text, system->length)))
        return;
    if (version->length > 0) {
        const uint8_t scope = device_versions(out, &device);
        if (device.version_count + own->version_count > HG_MOST_RANGES || scope == HG_SCOPE_NONE ||
            !hg_versions_common(own->versions, own->version_count, device.versions, device.version_count,
                                common.versions, HG_MOST_RANGES, &common.version_count))
            return;
        if (!is_same(&common, own) && shown->source != HG_SOURCE_ANNOUNCEMENT &&
            (scope < HG_SCOPE_SEGMENT || (out->hosts->options.sources >> HG_SOURCE_ANNOUNCEMENT & 1) == 0))
            return;
        if (!is_same(&common, own)) {
            *own = common;
            shown->version_source = HG_SOURCE_ANNOUNCEMENT;
            shown->version_confidence = hg_lesser(shown->confidence, version->confidence);
        }
    }
    hg_writer text = {.at = out->version, .capacity = sizeof out->version};
    hg_put_versions(&text, shown);
    const hg_span better = hg_span_of(out->version, text.length);
    if (!text.is_full && !hg_span_equal(better, hg_span_of(version->text, version->length)))
        *version = (hg_device_value){better.text, better.length, shown->version_confidence, 0};
}

void hg_host_view_begin(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_host_view *out)
{
    const hg_host_extra *extra = hg_host_read_extra(hosts, host);
    out->hosts = hosts;
    out->host = host;
    out->index = index;
    out->extra = extra;
    out->clock = hg_host_clock_of(hosts, host);
    out->scores = hg_pool_get(&hosts->scores, hg_is_proven(host) ? extra->own_scores : extra->scores);
    out->systems = hg_host_systems_of(hosts, host);
    out->known_device = hg_device_of(hosts, host);
    (void)hg_scan_find(hosts, host, INT64_MAX, 0, &out->scans);
}

void hg_host_view_find(hg_host_view *out)
{
    out->findings = hg_host_findings(out->host, &out->scans, &out->ended) | hg_watch_findings(out->hosts, out->host);
}

void hg_host_view_of(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_host_view *out)
{
    hg_host_view_begin(hosts, host, index, out);
    hg_host_judge(hosts, host, &out->conclusion);
    hg_device_judge(hosts, host, index, only_system(out), &out->device);
    drop_excluded_system(out);
    share_version(out);
    hg_host_find_ended(hosts, host, &out->conclusion, &out->ended);
    hg_host_view_find(out);
}

uint32_t hg_host_systems(const hg_host_view *view)
{
    if (view->systems.systems > 0)
        return view->systems.systems;
    return view->host->syns + view->host->syn_acks > 0;
}

int hg_host_is_shared(const hg_host_view *view)
{
    const int was_reported =
        !hg_is_proven(view->host) && view->scores != NULL && view->scores->reported_ns[HG_IP_SHARING] != 0;
    const int is_found =
        (view->host->findings & (1U << HG_STORED_SEVERAL_SYSTEMS | 1U << HG_STORED_CONTRADICTING_SYSTEMS)) != 0;
    return !view->conclusion.is_loopback && (view->systems.systems > 1 || is_found || was_reported);
}

/* Whether a name may be listed: its source is one of these, and it is not of an earlier system. */
static int is_listed(const hg_host_view *view, const hg_sighting *seen, hg_name_kind kind, uint32_t sources)
{
    return (sources >> seen->source & 1) != 0 && (kind == HG_NAME_TOOL || !hg_is_earlier(&view->conclusion, seen));
}

/* Whether the list has the label already. */
static int is_repeated(const hg_host_view *view, const hg_sighting *seen, uint32_t sources)
{
    const hg_host_name *name = hg_host_name_at(&view->hosts->names, seen->name);
    for (const hg_sighting *other = NULL; (other = hg_next_sighting(view->hosts, view->host, other)) != seen;) {
        const hg_host_name *known = hg_host_name_at(&view->hosts->names, other->name);
        if (is_listed(view, other, known->kind, sources) && known->kind == name->kind && hg_same_label(known, name))
            return 1;
    }
    return 0;
}

const hg_sighting *hg_next_label(const hg_host_view *view, const hg_sighting *seen, hg_name_kind kind, uint32_t sources)
{
    while ((seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL) {
        const hg_host_name *name = hg_host_name_at(&view->hosts->names, seen->name);
        if (name->kind == kind && name->name.length > 0 && is_listed(view, seen, kind, sources) &&
            !is_repeated(view, seen, sources))
            break;
    }
    return seen;
}

HG_WORDS_OF(hg_device_type, HG_DEVICE_TYPE_COUNT, HG_DEVICE_TYPES(HG_WORD))
