/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bpf.h - a source that marks the frames which libpcap's filter language refuses.
 */
#ifndef HG_BPF_H
#define HG_BPF_H

#include "frame.h"

/* The link type of a frame that was refused: nothing of it is to be read, and it counts as
 * HG_DROP_FILTERED. It stays in the stream, because packets are numbered as they were
 * captured. No capture can claim this number: link types of files have 16 bits. */
#define HG_LINKTYPE_FILTERED 0xFFFFFFFFu

#endif
