/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_senders.c - stations that send frames of any kind.
 */
#include "devices/local.h"
#include "news/watch.h"

/* Whether the sender of a frame has its address: no router forwarded the packet, no other MAC sent it, too, and the MAC
 * is not a router's, whose clients are not on the link. */
static int has_address(const hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    const hg_host_sender *known = index == 0 ? NULL : hg_pool_at(&hosts->senders, index);
    const hg_frame_mac *frames = known == NULL ? NULL : hg_pool_get(&hosts->frame_macs, known->mac);
    return frames != NULL && !known->has_other_mac && sent->nearness >= HG_NEAR_BY_TTL && frames->strangers == 0 &&
           hg_mac_gateway(hosts, frames->mac) == NULL && hg_host_is_local(hosts, hg_host_at(hosts, index));
}

int hg_watch_take_sender(hg_hosts *hosts, hg_index index, const hg_sender *sent, uint32_t before)
{
    uint8_t shared[HG_SHARED_BYTES] = {0}, station[HG_STATION];
    const hg_tunnel_id within = hg_segment_id(sent->segment);
    if (!hg_mac_is_station(sent->mac) || hg_mac_virtual(sent->mac) != NULL)
        return 0;
    const int has_it = has_address(hosts, index, sent);
    hg_put_station(station, sent->mac, hg_segment_number(&within));
    hg_share_packet(shared, sent->first_ns, sent->packet_number, sent->segment);
    const hg_announcer from = {.mac = station, .time_ns = sent->first_ns};
    const hg_watched address = hg_watched_address(&from, sent->address, sent->version);
    hg_known_item *one = hg_watch_take_mac(hosts, before, station, sent->first_ns, has_it ? &address : NULL, shared);
    if (one != NULL)
        hg_watch_note_time(one, sent->last_ns);
    return has_it;
}
