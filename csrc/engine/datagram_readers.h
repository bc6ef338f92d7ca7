/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram_readers.h - which reader gets a datagram.
 */
#pragma once

#include "flow/reader.h"

enum { HG_MOST_DATAGRAM_READERS = 16 };

/* All readers of datagrams that there are, ended by NULL. */
extern const hg_datagram_reader *const hg_datagram_readers_list[];

/* `protocols` are bits by hg_protocol. */
static inline int hg_datagram_reader_is_on(uint32_t protocols, const hg_datagram_reader *reader)
{
    return protocols >> reader->protocol & 1;
}

/* Adds the ports and link protocols of those that are on. */
void hg_datagram_readers_need(const hg_config *config, hg_requirements *requirements);

/* Bytes of text that one datagram adds to a batch at most; 0: none of the readers is on. */
uint32_t hg_datagram_readers_most_text(const hg_config *config);

/* Which reader takes a datagram, of which `length` bytes are there, as hg_packet.reader has it; 0: none. Without `data`
 * ports alone decide, as of the first fragment of a datagram. */
uint8_t hg_datagram_readers_take(uint32_t protocols, const hg_packet *packet, const uint8_t *data, uint32_t length);

/* The same of a frame without IP. */
uint8_t hg_datagram_readers_take_link(uint32_t protocols, uint64_t link_protocol);

static inline const hg_datagram_reader *hg_datagram_reader_of(const hg_packet *packet)
{
    return hg_datagram_readers_list[packet->reader - 1];
}

/* How the packet's reader examines it in parallel; NULL: it does not, or the packet has no reader. */
static inline const hg_datagram_look *hg_datagram_look_of(const hg_packet *packet)
{
    return hg_is_datagram(packet) && !packet->fragment ? hg_datagram_reader_of(packet)->look : NULL;
}
