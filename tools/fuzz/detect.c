/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * detect.c - which frames of a block are plain segments: the way that this processor is fastest at
 * against the portable one, and against the parser.
 *
 * Input: frames, each 8 bytes: length, bytes that were not captured, link type and what is changed in
 * a plain segment (three places and values).
 */
#include "fuzz.h"

#include "packet/sieve.h"
#include "packet/linktype.h"
#include "packet/parse.h"

enum { STEP = 8, MOST = 40, LONGEST = 80 };

/* Ethernet, IPv4, TCP with 12 bytes of options and 14 of data. */
static const uint8_t plain[LONGEST] = {
    [12] = 0x08, [14] = 0x45, [17] = 66, [20] = 0x40, [22] = 64, [23] = 6, [26] = 10, [30] = 10,
    [34] = 1,    [37] = 80,   [46] = 0x80, [47] = 0x10, [54] = 1, [55] = 1, [56] = 8, [57] = 10,
};

static void make(const uint8_t *step, hg_frame *frame)
{
    uint32_t length = (step[2] & 1) != 0 ? LONGEST : step[0] % (LONGEST + 1u);
    uint8_t changed[LONGEST];
    memcpy(changed, plain, LONGEST);
    for (int i = 3; i < 7; i += 2)
        changed[step[i] % LONGEST] = step[i + 1];
    changed[(step[7] & 1) != 0 ? 46 : 47] ^= step[7] >> 1;
    *frame = (hg_frame){
        .data = fuzz_copy(changed, length),
        .captured = length,
        .wire = (step[2] & 2) != 0 ? UINT32_MAX - step[1] : length + step[1],
        .linktype = (step[2] & 0x1C) == 0x1C ? LINKTYPE_RAW : LINKTYPE_ETHERNET,
    };
}

/* What is called a plain segment is one to the parser. The other way round it need not be. */
static void check_frame(const hg_frame *frame, int is_segment)
{
    hg_packet packet;
    if (is_segment)
        FUZZ_CHECK(hg_packet_parse(frame, 1, &packet) == HG_DROP_NONE && !hg_is_handshake(&packet));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    hg_frame frames[MOST];
    uint8_t step[STEP], portable[MOST / HG_DETECTED_TOGETHER], fastest[MOST / HG_DETECTED_TOGETHER];
    uint32_t count = 0;
    while (count < MOST && input.left > 0) {
        fuzz_take(&input, step, STEP);
        make(step, frames + count++);
    }
    memset(portable, 0, sizeof portable);
    memset(fastest, 0, sizeof fastest);
    hg_detect_portable(frames, count, portable);
    hg_detector_best()(frames, count, fastest);
    FUZZ_CHECK(memcmp(portable, fastest, sizeof portable) == 0);
    for (uint32_t i = 0; i < count; i++) {
        check_frame(frames + i, portable[i / HG_DETECTED_TOGETHER] >> i % HG_DETECTED_TOGETHER & 1);
        free((void *)(uintptr_t)frames[i].data);
    }
    return 0;
}
