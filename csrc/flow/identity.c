/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * identity.c - the identity of tunnels.
 */
#include "flow/identity.h"

#include "packet/sender.h"

/* The identity of one tunnel. Its ends are sorted, so that it is the same for both directions. */
static void identify(const hg_tunnel_layer *layer, hg_tunnel_id *out)
{
    const int is_first_low = memcmp(&layer->source, &layer->destination, sizeof layer->source) <= 0;
    *out = (hg_tunnel_id){.low = is_first_low ? layer->source : layer->destination,
                          .high = is_first_low ? layer->destination : layer->source,
                          .network = layer->network,
                          .kind = layer->kind,
                          .version = layer->version};
}

void hg_tunnels_identify(const hg_tunnel_layer *layers, uint32_t count, hg_digest_blocks sha256, hg_tunnel_id *out)
{
    hg_tunnel_id inner[HG_MOST_TUNNELS];
    uint8_t digest[HG_SHA256_BYTES];
    identify(layers, out);
    if (count < 2)
        return;
    for (uint32_t i = 1; i < count; i++)
        identify(layers + i, inner + i - 1);
    hg_sha256_of(sha256, inner, (count - 1) * sizeof *inner, digest);
    memcpy(&out->inner, digest, sizeof out->inner);
}

uint8_t hg_outer_of(const hg_packet *packet, const hg_frame *frame, hg_digest_blocks sha256, hg_tunnel_id *out)
{
    hg_tunnel_layer layers[HG_MOST_TUNNELS];
    if (hg_in_tunnel(packet)) {
        hg_tunnels_identify(layers, hg_tunnels_trace(frame, layers), sha256, out);
        return packet->tunnel;
    }
    *out = hg_segment_id(hg_segment_of(frame));
    return out->inner == 0 ? HG_TUNNEL_NONE : HG_TUNNEL_SEGMENT;
}

void hg_hash_tunnels(uint64_t key, hg_packet *packets, uint32_t count)
{
    for (hg_packet *packet = packets; packet < packets + count; packet++)
        if (hg_in_tunnel(packet))
            hg_hash_ends(key, packet, hg_identity(packet, packet->source), hg_identity(packet, packet->destination));
}
