/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_conclusion.c - combines the claims about a device (devices.h).
 */
#include <stdlib.h>

#include "announcements/fields.h"
#include "devices/devices.h"
#include "hosts/details.h"
#include "hosts/fact.h"

/* Adds a claim to the readings. Of equal claims the strongest one is kept. */
static void read_claim(const hg_device *own, const hg_device_claim *claim, hg_device_conclusion *out)
{
    const uint8_t scope = hg_device_scope_of(own, claim);
    const uint8_t is_other = own->has_mac && claim->has_mac && memcmp(own->mac, claim->mac, HG_MAC_LENGTH) != 0;
    for (uint32_t i = 0; i < out->reading_count; i++) {
        hg_device_reading *known = out->readings + i;
        if (!hg_device_claims_are_equal(known->claim, claim))
            continue;
        if (claim->generic != known->claim->generic ? known->claim->generic : claim->weight > known->claim->weight)
            known->claim = claim;
        known->scope = scope > known->scope ? scope : known->scope;
        known->is_free &= claim->is_free;
        known->packets += claim->packets;
        hg_widen(&known->first_ns, &known->last_ns, claim->first_ns, claim->last_ns);
        return;
    }
    if (out->reading_count < HG_DEVICE_READINGS)
        out->readings[out->reading_count++] = (hg_device_reading){.claim = claim,
                                                                  .scope = scope,
                                                                  .is_free = claim->is_free,
                                                                  .is_other = is_other,
                                                                  .contradicts = is_other,
                                                                  .packets = claim->packets,
                                                                  .first_ns = claim->first_ns,
                                                                  .last_ns = claim->last_ns};
}

/* Reads the claims of a device for the conclusion about `own`. Another device's claims count only from its MAC on the
 * link. */
static void read_claims(const hg_hosts *hosts, const hg_device *device, const hg_device *own, hg_device_conclusion *out)
{
    for (const hg_device_claim *one = NULL; (one = hg_pool_next(&hosts->device_claims, device->claims, one)) != NULL;)
        if (device == own || hg_device_scope_of(device, one) == HG_SCOPE_OWN)
            read_claim(own, one, out);
}

/* Reads the claims of the device, then of other hosts with its MAC. A MAC with many hosts is a router's, which stands
 * for all hosts behind it: then only the device's own claims count. */
static void collect(const hg_hosts *hosts, const hg_device *own, hg_device_conclusion *out)
{
    const hg_device *shared[HG_DEVICE_HOSTS], *one = NULL;
    uint32_t count = 0;
    out->reading_count = 0;
    read_claims(hosts, own, own, out);
    if (!hg_device_is_on_link(own) || own->is_behind)
        return;
    while ((one = hg_device_next_with(hosts, own->mac, one)) != NULL) {
        if (one == own || one->is_behind)
            continue;
        if (count + 1 == HG_DEVICE_HOSTS)
            return;
        shared[count++] = one;
    }
    for (uint32_t i = 0; i < count; i++)
        read_claims(hosts, shared[i], own, out);
}

/* Whether the host sent a browser's ClientHello or request. */
static int has_browser(const hg_hosts *hosts, const hg_host_entry *host)
{
    static const char *const WORDS[] = {"Chrom", "Edge",   "Firefox",         "Internet Explorer",
                                        "Opera", "Safari", "Samsung Internet"};
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_span name = hg_host_name_at(&hosts->names, seen->name)->name;
        for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
            if ((seen->source == HG_SOURCE_CLIENT_HELLO || seen->source == HG_SOURCE_HTTP_CLIENT) &&
                hg_span_is(hg_span_first(name, (uint32_t)strlen(WORDS[i])), WORDS[i]))
                return 1;
    }
    return 0;
}

/* A claim that follows from other facts about the host. */
static hg_device_reading derived_reading(const hg_hosts *hosts, const hg_host_entry *host, hg_index index,
                                         const hg_device_claim *claim)
{
    return (hg_device_reading){.claim = claim,
                               .scope = HG_SCOPE_REMOTE,
                               .packets = (uint32_t)hg_host_sender_of(hosts, host, index)->packets,
                               .first_ns = host->first_ns,
                               .last_ns = host->last_ns};
}

/* Adds the claim of a text that follows from other facts about the host. */
static void derive(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, uint32_t place, uint8_t kind,
                   hg_span text, hg_device_conclusion *out)
{
    hg_device_claim *claim = out->derived + place;
    const hg_announcement_text of = {.text = text.data, .length = (uint8_t)text.length, .kind = kind};
    if (out->database == NULL || text.length > UINT8_MAX || out->reading_count == HG_DEVICE_READINGS ||
        hg_device_claim_of(out->database, &of, claim) == HG_NO_SIGNATURE)
        return;
    out->readings[out->reading_count++] = derived_reading(hosts, host, index, claim);
}

/* Adds the maker of the card that sent the host's frames. */
static void read_card(const hg_hosts *hosts, const hg_host_entry *host, const hg_device *device, hg_index index,
                      hg_device_conclusion *out)
{
    char text[HG_MAC_TEXT];
    if (device->mac_scope == HG_SCOPE_NONE && hg_host_has_own_mac(hosts, host))
        derive(hosts, host, index, 0, HG_SAYS_MAC, hg_span_of(text, (size_t)(hg_put_mac(text, device->mac) - text)),
               out);
}

/* ---- all together ------------------------------------------------------------------------------------ */

/* The reading of the maker's class or better that states the system; NULL: none, or the type is known. */
static const hg_device_reading *stated_system(const hg_device_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->reading_count && conclusion->values[HG_DEVICE_TYPE].length == 0; i++) {
        const hg_device_reading *one = conclusion->readings + i;
        if (!one->contradicts && one->claim->rank >= HG_RANK_CLASS && one->claim->lengths[HG_DEVICE_SYSTEM] > 0)
            return one;
    }
    return NULL;
}

void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_span system,
                     hg_device_conclusion *out)
{
    const hg_device *device = hg_device_of(hosts, host);
    out->reading_count = 0;
    out->database = hosts->database;
    out->browses = (uint8_t)(device != NULL && has_browser(hosts, host));
    if (device != NULL) {
        collect(hosts, device, out);
        read_card(hosts, host, device, index, out);
    }
    derive(hosts, host, index, 1, HG_SAYS_SYSTEM, system, out);
    if (out->reading_count > 0)
        hg_device_decide(out);
    else
        memset(out->values, 0, sizeof out->values);
    const hg_device_reading *stated = system.length == 0 ? stated_system(out) : NULL;
    const hg_device_value *value = out->values + HG_DEVICE_SYSTEM;
    const uint32_t count = out->reading_count;
    if (stated == NULL)
        return;
    derive(hosts, host, index, 1, HG_SAYS_SYSTEM, hg_span_of(value->text, value->length), out);
    if (out->reading_count > count)
        out->readings[count].packets = stated->packets;
    hg_device_decide(out);
}
