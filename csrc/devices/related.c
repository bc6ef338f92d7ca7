/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * related.c - MACs with one DHCP client identifier or DUID.
 *
 * A device that makes up its MACs may keep its identifier. Such MACs are only shown as related: anybody can send the
 * identifier of another client, and copies of a machine have the same one. */
#include "devices/devices.h"
#include "hosts/fact.h"
#include "hosts/keys.h"

enum { MACS = 4 /* the latest of a client */, MOST = 8, LEAST_DIGITS = 12 };

typedef struct dhcp_client {
    uint64_t key;
    int64_t last_ns;
    uint32_t next_in_chain;
    uint8_t macs[MACS][HG_MAC_LENGTH]; /* the latest first */
} dhcp_client;

/* The number of a client's record; 0: no room. */
static uint32_t take_client(hg_hosts *hosts, uint64_t key)
{
    const hg_chains *chains = &hosts->client_chains;
    uint32_t number = hg_chains_first(chains, hg_hash_fold(key));
    while (number != 0) {
        const dhcp_client *one = hg_pool_at(&hosts->clients, number);
        if (one->key == key)
            return number;
        number = one->next_in_chain;
    }
    number = hg_chains_take(&hosts->client_chains, offsetof(dhcp_client, last_ns));
    if (number == 0)
        return 0;
    *(dhcp_client *)hg_pool_at(&hosts->clients, number) = (dhcp_client){.key = key};
    hg_chains_enter(&hosts->client_chains, number);
    return number;
}

static uint32_t place_of(const dhcp_client *one, const uint8_t *mac)
{
    uint32_t place = 0;
    while (place < MACS && memcmp(one->macs[place], mac, HG_MAC_LENGTH) != 0)
        place++;
    return place;
}

static void note(hg_host_event *row, hg_span identifier)
{
    hg_device *device = hg_device_take(row->hosts, row->index);
    const uint64_t key = hg_hash_span(row->hosts->hash_key, identifier);
    const uint32_t number = device == NULL ? 0 : take_client(row->hosts, key);
    if (number == 0) {
        row->hosts->untracked++;
        return;
    }
    dhcp_client *one = hg_pool_at(&row->hosts->clients, number);
    const uint8_t *mac = row->announcement.mac;
    const uint32_t place = place_of(one, mac);
    memmove(one->macs + 1, one->macs, (place < MACS ? place : MACS - 1) * sizeof *one->macs);
    memcpy(one->macs[0], mac, HG_MAC_LENGTH);
    one->last_ns = hg_row_time(row);
    device->client = number;
}

/* Takes a client's message. In DHCPv4, a DUID follows the byte 255 and an IAID (RFC 4361). */
static void take(hg_host_event *row)
{
    enum { BEFORE_DUID = 10 };
    const hg_columns *c = &row->batch->columns;
    hg_announcement_text text;
    if (c->from_server[row->of.index] || row->announcement.mac == NULL)
        return;
    for (uint32_t next = 0; hg_announced_next(&row->announcement, &next, &text);) {
        hg_span all = hg_span_of(text.text, text.length);
        if (c->ip_version[row->of.index] == 4 && hg_begins_like(all.data, all.length, "ff") && all.length > BEFORE_DUID)
            all = hg_span_of(all.text + BEFORE_DUID, all.length - BEFORE_DUID);
        if (text.kind == HG_SHOWS_CLIENT_ID && all.length >= LEAST_DIGITS)
            note(row, all);
    }
}

/* Finds the other MACs of the clients of a MAC (NULL: none). */
static uint32_t find_related(const hg_hosts *hosts, const uint8_t *mac, const uint8_t *found[MOST])
{
    uint32_t count = 0;
    const hg_device *device = NULL;
    for (uint32_t i = 0; mac != NULL && i < HG_DEVICE_HOSTS && (device = hg_device_next_with(hosts, mac, device));
         i++) {
        const dhcp_client *one = hg_pool_get(&hosts->clients, device->client);
        if (one == NULL || place_of(one, mac) == MACS) /* the record has another client by now */
            continue;
        for (uint32_t j = 0; j < MACS && count < MOST; j++) {
            int is_known = memcmp(one->macs[j], mac, HG_MAC_LENGTH) == 0 || !hg_mac_is_station(one->macs[j]);
            for (uint32_t k = 0; k < count; k++)
                is_known |= memcmp(one->macs[j], found[k], HG_MAC_LENGTH) == 0;
            found[count] = one->macs[j];
            count += (uint32_t)!is_known;
        }
    }
    return count;
}

void hg_json_related(hg_json *to, const hg_hosts *hosts, const uint8_t *mac)
{
    const uint8_t *found[MOST];
    const uint32_t count = find_related(hosts, mac, found);
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < count; i++)
        hg_json_written(to, hg_write_mac, found[i]);
    hg_json_close(to, ']');
}

HG_HOST_VALUE(related, related, hg_host_shown(view).hosts,
              hg_host_mac_of(hg_host_shown(view).hosts, hg_host_shown(view).host))

static void put(hg_writer *to, const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    const uint8_t *found[MOST];
    const uint32_t count = find_related(of.hosts, hg_host_mac_of(of.hosts, of.host), found);
    for (uint32_t i = 0; i < count; i++)
        HG_WRITE_WITH(to, i == 0 ? "the same DHCP client as " : ", ", hg_write_mac, found[i]);
}

static void write_text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  Also:   ", put);
}

static uint32_t hash_of_client(const void *hosts, const void *client)
{
    (void)hosts;
    return hg_hash_fold(((const dhcp_client *)client)->key);
}

const hg_fact hg_fact_related = {
    .events = UINT64_C(1) << HG_EVENT_DHCP,
    .pools = HG_FACT_POOLS(HG_HASHED_POOL(clients, dhcp_client, HG_AS_WATCHED, client_chains, 0, hash_of_client)),
    .on = take,
    .write = write_text,
};
