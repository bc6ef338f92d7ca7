/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * libpcap.h - the only struct of libpcap that the core uses, so that libpcap's headers are not needed.
 */
#pragma once

#include <stdint.h>
#include <sys/time.h>

/* As in pcap/pcap.h. Some systems append members, but no system changes these. */
struct pcap_pkthdr {
    struct timeval ts; /* tv_usec holds ns if that precision was requested and granted */
    uint32_t caplen;
    uint32_t len;
};
