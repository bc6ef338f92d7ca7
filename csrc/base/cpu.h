/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cpu.h - instructions that not every processor has.
 */
#pragma once

/* Defined if functions with special x86 instructions are compiled. */
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HG_X86 1
#endif

typedef enum hg_instructions {
    HG_AVX2_INSTRUCTIONS,
    HG_SHA_INSTRUCTIONS /* and SSSE3 and SSE 4.1, which code with SHA instructions also needs */
} hg_instructions;

/* 1 when this processor has these instructions and, for AVX2, the operating system saves their registers. The
 * compilers' own test (__builtin_cpu_supports) does not work with every run-time library. */
int hg_cpu_has(hg_instructions instructions);
