/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/cpu.h"

#include <stdint.h>

#ifdef HG_X86

#include <cpuid.h>

/* Bits of CPUID leaf 1 (in ecx) and leaf 7 (in ebx), and of XCR0, which shows the registers that the operating system
 * saves (Intel's Software Developer's Manual, volume 2, CPUID, and volume 1, 13.3). */
enum {
    FEATURES = 1,
    SSSE3 = 1 << 9,
    SSE41 = 1 << 19,
    OSXSAVE = 1 << 27,
    EXTENDED_FEATURES = 7,
    AVX2 = 1 << 5,
    SHA = 1 << 29,
    SAVES_XMM_AND_YMM = 6
};

static int system_saves_ymm(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & SAVES_XMM_AND_YMM) == SAVES_XMM_AND_YMM;
}

int hg_cpu_has(hg_instructions instructions)
{
    unsigned a, b = 0, c = 0, d, unused, extended = 0;
    (void)__get_cpuid(FEATURES, &a, &b, &c, &d);
    (void)__get_cpuid_count(EXTENDED_FEATURES, 0, &a, &extended, &unused, &d);
    switch (instructions) {
    case HG_AVX2_INSTRUCTIONS:
        return (extended & AVX2) != 0 && (c & OSXSAVE) != 0 && system_saves_ymm();
    case HG_SHA_INSTRUCTIONS:
        return (extended & SHA) != 0 && (c & SSE41) != 0 && (c & SSSE3) != 0;
    }
    return 0;
}

#else

int hg_cpu_has(hg_instructions instructions)
{
    (void)instructions;
    return 0;
}

#endif
