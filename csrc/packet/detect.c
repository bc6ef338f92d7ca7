/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/cpu.h"
#include "packet/sieve.h"

static inline uint32_t is_segment(const hg_frame *frame)
{
    return frame->linktype == LINKTYPE_ETHERNET && frame->captured >= HG_SIEVE_BYTES &&
           hg_is_plain_segment(frame->data, frame->captured, frame->wire);
}

static inline uint8_t detect_few(const hg_frame *frames, uint32_t count)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < count; i++)
        bits |= is_segment(frames + i) << i;
    return (uint8_t)bits;
}

void hg_detect_portable(const hg_frame *frames, uint32_t count, uint8_t *segments)
{
    uint32_t i = 0;
    for (; i + HG_DETECTED_TOGETHER <= count; i += HG_DETECTED_TOGETHER)
        *segments++ = detect_few(frames + i, HG_DETECTED_TOGETHER);
    if (i < count)
        *segments = detect_few(frames + i, count - i);
}

#ifdef HG_X86

#include <immintrin.h>

#define HG_AVX2 __attribute__((target("avx2")))

/* 16 bytes from each of eight frames: row i has frame i in its lower half and frame i + 4 in its upper half. */
typedef struct rows {
    __m256i row[4];
} rows;

HG_AVX2 static inline __m256i load_two(const void *low, const void *high)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(low)), _mm_loadu_si128(high), 1);
}

HG_AVX2 static inline rows bytes_at(const hg_frame *frames, size_t at)
{
    rows r;
    for (int i = 0; i < 4; i++)
        r.row[i] = load_two(frames[i].data + at, frames[i + 4].data + at);
    return r;
}

HG_AVX2 static inline rows lengths(const hg_frame *frames)
{
    rows r;
    _Static_assert(offsetof(hg_frame, captured) == 16 && sizeof(hg_frame) == 32, "lengths are 16 bytes");
    for (int i = 0; i < 4; i++)
        r.row[i] = load_two(&frames[i].captured, &frames[i + 4].captured);
    return r;
}

/* Word `number`, 0 to 3, of each frame's 16 bytes. Lane i is from frame i. */
HG_AVX2 static inline __m256i word(const rows *r, int number)
{
    if (number < 2) {
        __m256i a = _mm256_unpacklo_epi32(r->row[0], r->row[1]), b = _mm256_unpacklo_epi32(r->row[2], r->row[3]);
        return number == 0 ? _mm256_unpacklo_epi64(a, b) : _mm256_unpackhi_epi64(a, b);
    }
    __m256i a = _mm256_unpackhi_epi32(r->row[0], r->row[1]), b = _mm256_unpackhi_epi32(r->row[2], r->row[3]);
    return number == 2 ? _mm256_unpacklo_epi64(a, b) : _mm256_unpackhi_epi64(a, b);
}

HG_AVX2 static inline __m256i splat(uint32_t value)
{
    return _mm256_set1_epi32((int)value);
}

/* Sets all bits of the lanes where a < b; values must be below 2^31. */
HG_AVX2 static inline __m256i less(__m256i a, __m256i b)
{
    return _mm256_cmpgt_epi32(b, a);
}

HG_AVX2 static inline uint32_t lanes_of(__m256i lanes)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(lanes));
}

/* hg_is_plain_segment for eight frames of at least HG_SIEVE_BYTES each. Words are loaded as little-endian,
 * so network numbers in them are swapped before they are compared. */
HG_AVX2 static inline uint32_t eight_segments(const hg_frame *frames, __m256i captured, __m256i wire)
{
    const __m256i swap = _mm256_set_epi8(-1, -1, 12, 13, -1, -1, 8, 9, -1, -1, 4, 5, -1, -1, 0, 1, -1, -1, 12, 13, -1,
                                         -1, 8, 9, -1, -1, 4, 5, -1, -1, 0, 1);
    const rows ip = bytes_at(frames, ETHERTYPE_AT), tcp = bytes_at(frames, PLAIN_TCP_AT + TCP_SEQ_AT);
    __m256i flags_word = word(&tcp, (TCP_OFFSET_AT - TCP_SEQ_AT) / 4);
    __m256i total = _mm256_shuffle_epi8(word(&ip, 1), swap);
    __m256i header = _mm256_and_si256(_mm256_srli_epi32(flags_word, 2), splat(0x3C));
    __m256i type = _mm256_and_si256(_mm256_srli_epi32(flags_word, 8), splat(HG_TYPE_FLAGS));
    __m256i odd = _mm256_and_si256(_mm256_xor_si256(word(&ip, 0), splat(0x00450008)), splat(0x00FFFFFF));
    odd = _mm256_or_si256(odd, _mm256_and_si256(_mm256_xor_si256(word(&ip, 2), splat(0x06000000)), splat(0xFF00FF3F)));
    odd = _mm256_or_si256(odd, less(wire, _mm256_add_epi32(total, splat(ETHERNET_HEADER))));
    odd = _mm256_or_si256(odd, less(header, splat(HG_TCP_HEADER)));
    odd = _mm256_or_si256(odd, less(total, _mm256_add_epi32(header, splat(HG_IPV4_HEADER))));
    odd = _mm256_or_si256(odd, less(captured, _mm256_add_epi32(header, splat(PLAIN_TCP_AT))));
    odd = _mm256_or_si256(odd, _mm256_and_si256(_mm256_srlv_epi32(splat(~HG_SEGMENT_TYPES), type), splat(1)));
    return lanes_of(_mm256_cmpeq_epi32(odd, _mm256_setzero_si256()));
}

/* Eight frames are examined one by one if one of them is too short, has another link type, or has 2^31 bytes
 * or more (because lanes are compared as signed numbers). */
HG_AVX2 static void detect_avx2(const hg_frame *frames, uint32_t count, uint8_t *segments)
{
    uint32_t i = 0;
    for (; i + HG_DETECTED_TOGETHER <= count; i += HG_DETECTED_TOGETHER) {
        const rows all = lengths(frames + i);
        __m256i captured = word(&all, 0), wire = word(&all, 1), linktype = word(&all, 2);
        __m256i unfit = _mm256_or_si256(less(captured, splat(HG_SIEVE_BYTES)), less(wire, splat(HG_SIEVE_BYTES)));
        unfit = _mm256_or_si256(unfit, _mm256_xor_si256(linktype, splat(LINKTYPE_ETHERNET)));
        if (_mm256_testz_si256(unfit, unfit))
            *segments++ = (uint8_t)eight_segments(frames + i, captured, wire);
        else
            *segments++ = detect_few(frames + i, HG_DETECTED_TOGETHER);
    }
    if (i < count)
        *segments = detect_few(frames + i, count - i);
}

hg_detector hg_detector_best(void)
{
    return hg_cpu_has(HG_AVX2_INSTRUCTIONS) ? detect_avx2 : hg_detect_portable;
}

#else

hg_detector hg_detector_best(void)
{
    return hg_detect_portable;
}

#endif
