/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * findings.h - the kinds of findings about a host, listed in sigcompiler/schema/findings.csv.
 */
#pragma once

#include <stdint.h>

#include "hg_findings.h"

typedef enum hg_host_finding {
#define HG_NAME(NAME, kind, headline, more, topic, answer) HG_FINDING_##NAME,
    HG_EACH_FINDING(HG_NAME)
#undef HG_NAME
        HG_HOST_FINDINGS
} hg_host_finding;
_Static_assert(HG_HOST_FINDINGS < 64, "a set of findings is 64 bits, and shifts are smaller");

/* The weight of a kind of finding: 0 is the heaviest, HG_WEIGHTS an unknown kind. */
enum { HG_WEIGHTS = 3 };
uint32_t hg_finding_weight(const char *kind);
/* A few words for a device that has it; NULL: an unknown kind. */
const char *hg_finding_mark(const char *kind);
/* "act now" */
const char *hg_weight_name(uint32_t weight);
/* The headline of a finding, without the leading space; NULL: there is no such finding. */
const char *hg_finding_words(uint32_t finding);

/* A host stores some findings as bits; the others are derived from its record. The numbers of these bits: */
typedef enum hg_stored_finding {
#define HG_NAME(NAME) HG_STORED_##NAME,
    HG_EACH_STORED_FINDING(HG_NAME)
#undef HG_NAME
        HG_STORED_FINDINGS
} hg_stored_finding;
_Static_assert(HG_STORED_FINDINGS <= 32, "a host has 32 bits for stored findings");

/* The bit of a finding; 0: it is not stored. */
static inline uint32_t hg_stored_bit(uint32_t finding)
{
#define HG_BIT(NAME) [HG_FINDING_##NAME] = 1U << HG_STORED_##NAME,
    static const uint32_t BITS[HG_HOST_FINDINGS] = {HG_EACH_STORED_FINDING(HG_BIT)};
#undef HG_BIT
    return BITS[finding];
}

/* Converts stored bits to a set of findings, with bit 1 << hg_host_finding for each. Most hosts have few. */
static inline uint64_t hg_findings_of_stored(uint32_t stored)
{
#define HG_NUMBER(NAME) [HG_STORED_##NAME] = HG_FINDING_##NAME,
    static const uint8_t NUMBERS[HG_STORED_FINDINGS] = {HG_EACH_STORED_FINDING(HG_NUMBER)};
#undef HG_NUMBER
    uint64_t found = 0;
    for (; stored != 0; stored &= stored - 1)
        found |= UINT64_C(1) << NUMBERS[__builtin_ctz(stored)];
    return found;
}

enum {
#define HG_BIT(NAME) | 1 << HG_FINDING_##NAME
    HG_SCAN_FINDINGS = 0 HG_EACH_SCAN_FINDING(HG_BIT),
#undef HG_BIT
#define HG_BIT(NAME) | 1 << HG_FINDING_##NAME
    HG_JUDGED_FINDINGS = 0 HG_EACH_JUDGED_FINDING(HG_BIT), /* of the whole record of a host; events now and then */
#undef HG_BIT
#define HG_BIT(NAME) | 1 << HG_STORED_##NAME
    HG_FORGEABLE_BITS = 0 HG_EACH_FORGEABLE_FINDING(HG_BIT) /* as stored; dropped when a host becomes proven */
#undef HG_BIT
};
