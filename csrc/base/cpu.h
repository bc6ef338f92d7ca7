/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cpu.h - instructions that not every processor has.
 */
#pragma once

/* Defined if functions with x86 instructions are compiled. */
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HG_X86 1
#endif

typedef enum hg_instructions {
    HG_AVX2_INSTRUCTIONS,
    HG_SHA_INSTRUCTIONS /* together with SSE 4.1, which their users also need */
} hg_instructions;

/* 1 when this processor has these instructions and the operating system saves their registers. The compilers'
 * own function for this does not work with every run-time library. */
int hg_cpu_has(hg_instructions instructions);
