/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * detect.h - which frames of a block are plain segments, many frames at once.
 *
 * What a sieve (sieve.h) does where records are walked, for sources that have none, such as pcapng
 * and packets in memory.
 */
#ifndef HG_DETECT_H
#define HG_DETECT_H

#include "packet/frame.h"

/* Frames that share a byte of the answer. */
enum { HG_DETECTED_TOGETHER = 8 };

/* Sets bit i % 8 of segments[i / 8] when frame i is an Ethernet frame with a plain TCP segment
 * (hg_is_plain_segment), and clears it when it is not. `segments` has room for a bit a frame. */
typedef void (*hg_detector)(const hg_frame *frames, uint32_t count, uint8_t *segments);

/* For any processor. */
void hg_detect_portable(const hg_frame *frames, uint32_t count, uint8_t *segments);
/* The fastest for this one; they all say the same. */
hg_detector hg_detector_best(void);

#endif
