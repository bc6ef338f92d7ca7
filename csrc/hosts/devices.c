/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/devices.h"

#include <string.h>

#include "hosts/device_macs.h"

enum { OF_A_KIND = 8 /* claims of a host that announcements of one kind can make */ };

static uint32_t number_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return host->extra == 0 ? 0 : hg_host_extra_of(hosts, host)->device;
}

const hg_device *hg_device_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    const uint32_t number = number_of(hosts, host);
    return number == 0 ? NULL : hg_device_at(hosts, number);
}

static int says_same(const hg_device_claim *one, const hg_device_claim *other)
{
    return one->kind == other->kind && memcmp(one->lengths, other->lengths, sizeof one->lengths) == 0 &&
           memcmp(one->text, other->text, sizeof one->text) == 0;
}

static int is_same(const hg_device_claim *one, const hg_device_claim *other)
{
    return one->generic == other->generic && one->weight == other->weight && says_same(one, other);
}

static hg_device *take_device(hg_hosts *hosts, uint32_t index)
{
    hg_host_extra *extra = hg_host_take_extra(hosts, hg_host_at(hosts, index));
    if (extra != NULL && extra->device == 0) {
        extra->device = hg_pool_take(&hosts->devices);
        if (extra->device != 0)
            hg_device_at(hosts, extra->device)->host = index;
    }
    return extra == NULL || extra->device == 0 ? NULL : hg_device_at(hosts, extra->device);
}

static int add_claim(hg_hosts *hosts, hg_device *device, const hg_device_claim *own)
{
    uint32_t *at = &device->claims, of_kind = 0;
    while (*at != 0) {
        hg_device_claim *known = hg_pool_at(&hosts->device_claims, *at);
        if (is_same(known, own)) {
            known->packets += own->packets;
            known->last_ns = own->last_ns > known->last_ns ? own->last_ns : known->last_ns;
            known->first_ns = own->first_ns < known->first_ns ? own->first_ns : known->first_ns;
            return 1;
        }
        of_kind += known->kind == own->kind;
        at = &known->next;
    }
    if (device->claim_count >= HG_DEVICE_CLAIMS || of_kind >= OF_A_KIND)
        return 0;
    const uint32_t number = hg_pool_take(&hosts->device_claims);
    if (number == 0)
        return 0;
    hg_device_claim *made = hg_pool_at(&hosts->device_claims, number);
    *made = *own;
    made->next = 0;
    *at = number;
    device->claim_count++;
    return 1;
}

int hg_device_say(hg_hosts *hosts, uint32_t index, uint8_t kind, const hg_db_announcement *signature,
                  const hg_device_values *values, int64_t time_ns)
{
    hg_device *device = take_device(hosts, index);
    hg_device_claim own = hg_device_claim_of(kind, signature, values);
    own.packets = 1;
    own.first_ns = own.last_ns = time_ns;
    return device != NULL && add_claim(hosts, device, &own);
}

/* ---- hosts ---------------------------------------------------------------------------------------- */

static hg_address address_of_mac(const uint8_t *mac)
{
    uint8_t bytes[16] = {0};
    hg_address address;
    memcpy(bytes, mac, HG_MAC_LENGTH);
    memcpy(address.word, bytes, sizeof address.word);
    return address;
}

uint32_t hg_device_host(hg_hosts *hosts, const uint8_t *mac, const uint8_t *address, uint8_t version, int64_t time_ns)
{
    hg_address found;
    if (address != NULL) {
        memcpy(found.word, address, sizeof found.word);
        return hg_host_take(hosts, &found, version, time_ns);
    }
    if (mac == NULL)
        return 0;
    const uint32_t device = hg_device_with(hosts, mac);
    if (device != 0)
        return hg_device_at(hosts, device)->host;
    found = address_of_mac(mac);
    return hg_host_take(hosts, &found, 0, time_ns);
}

/* Announcements of a host without an address belong to the host with the same MAC and an address. */
static void move_claims(hg_hosts *hosts, hg_device *to, const uint8_t *mac)
{
    const hg_address address = address_of_mac(mac);
    const hg_index index = hg_host_find(hosts, &address, 0);
    const uint32_t number = index == 0 ? 0 : number_of(hosts, hg_host_at(hosts, index));
    if (number == 0)
        return;
    hg_device *from = hg_device_at(hosts, number);
    for (uint32_t at = from->claims; at != 0;) {
        const hg_device_claim *claim = hg_pool_at(&hosts->device_claims, at);
        (void)add_claim(hosts, to, claim);
        at = claim->next;
    }
    hg_device_forget_claims(hosts, from);
    hg_host_touch(hosts, index);
}

int hg_device_set_mac(hg_hosts *hosts, uint32_t index, const uint8_t *mac)
{
    hg_device *device = take_device(hosts, index);
    if (device == NULL)
        return 0;
    if (device->has_mac && memcmp(device->mac, mac, HG_MAC_LENGTH) == 0)
        return 1;
    if (device->has_mac)
        hg_device_forget_claims(hosts, device);
    if (!hg_device_give_mac(hosts, number_of(hosts, hg_host_at(hosts, index)), mac))
        return 0;
    if (hg_host_at(hosts, index)->version != 0)
        move_claims(hosts, device, mac);
    return 1;
}

int hg_device_is_shadow(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = host->version != 0 ? NULL : hg_device_of(hosts, host);
    if (device == NULL || !device->has_mac)
        return 0;
    for (uint32_t at = hg_device_with(hosts, device->mac); at != 0; at = hg_device_next_with(hosts, device->mac, hg_device_at(hosts, at)->chain))
        if (hg_host_at(hosts, hg_device_at(hosts, at)->host)->version != 0)
            return 1;
    return 0;
}

/* ---- all about a device ------------------------------------------------------------------- */

static int is_stronger(const hg_device_claim *one, const hg_device_claim *other)
{
    return one->generic != other->generic ? other->generic : one->weight > other->weight;
}

/* Of equal claims the strongest one leads; each kind of announcement counts as its strongest claim. */
static void read_claim(const hg_device_claim *claim, hg_device_verdict *out)
{
    for (uint32_t i = 0; i < out->reading_count; i++) {
        hg_device_reading *known = out->readings + i;
        if (!says_same(known->claim, claim))
            continue;
        known->claim = is_stronger(claim, known->claim) ? claim : known->claim;
        known->packets += claim->packets;
        known->first_ns = claim->first_ns < known->first_ns ? claim->first_ns : known->first_ns;
        known->last_ns = claim->last_ns > known->last_ns ? claim->last_ns : known->last_ns;
        return;
    }
    if (out->reading_count < HG_DEVICE_READINGS)
        out->readings[out->reading_count++] = (hg_device_reading){
            .claim = claim, .packets = claim->packets, .first_ns = claim->first_ns, .last_ns = claim->last_ns};
}

static void read_claims(const hg_hosts *hosts, const hg_device *device, hg_device_verdict *out)
{
    const hg_device_claim *claim;
    for (uint32_t at = device->claims; at != 0; at = claim->next) {
        claim = hg_pool_at(&hosts->device_claims, at);
        read_claim(claim, out);
    }
}

/* The hosts with its MAC, itself first. A router's MAC stands for all that is behind it: of many hosts only the own
 * claims count. */
static void collect(const hg_hosts *hosts, const hg_device *own, hg_device_verdict *out)
{
    uint32_t shared[HG_DEVICE_HOSTS], count = 0;
    out->reading_count = 0;
    read_claims(hosts, own, out);
    if (!own->has_mac)
        return;
    for (uint32_t at = hg_device_with(hosts, own->mac); at != 0; at = hg_device_next_with(hosts, own->mac, hg_device_at(hosts, at)->chain)) {
        if (hg_device_at(hosts, at) == own)
            continue;
        if (count + 1 == HG_DEVICE_HOSTS)
            return;
        shared[count++] = at;
    }
    for (uint32_t i = 0; i < count; i++)
        read_claims(hosts, hg_device_at(hosts, shared[i]), out);
}

static int is_first(const hg_hosts *hosts, const hg_device *own)
{
    return !own->has_mac || hg_device_at(hosts, hg_device_with(hosts, own->mac)) == own;
}

void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_device_verdict *out)
{
    const hg_device *device = hg_device_of(hosts, host);
    out->reading_count = 0;
    out->database = hosts->database;
    if (device != NULL)
        collect(hosts, device, out);
    hg_device_decide(out);
}

/* ---- all devices ------------------------------------------------------------------------------------ */

const char *hg_device_type(uint32_t number)
{
#define HG_TYPE(word) word,
    static const char *const TYPES[] = {HG_DEVICE_TYPES(HG_TYPE)};
#undef HG_TYPE
    return number < HG_DEVICE_TYPE_COUNT ? TYPES[number] : NULL;
}

void hg_devices_count(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT])
{
    hg_device_verdict verdict;
    memset(counts, 0, HG_DEVICE_TYPE_COUNT * sizeof *counts);
    for (uint32_t index = 1; index <= hosts->known.used; index++) {
        const hg_host_entry *host = hg_host_at(hosts, index);
        const hg_device *device = hg_device_of(hosts, host);
        if (device == NULL || !is_first(hosts, device))
            continue;
        hg_device_judge(hosts, host, &verdict);
        const hg_device_value type = verdict.values[HG_DEVICE_TYPE];
        for (uint32_t i = 0; type.length > 0 && i < HG_DEVICE_TYPE_COUNT; i++)
            counts[i] += strlen(hg_device_type(i)) == type.length && memcmp(hg_device_type(i), type.text, type.length) == 0;
    }
}
