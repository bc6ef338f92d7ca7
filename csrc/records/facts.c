/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/fact.h"

#define HG_LISTED(name) &hg_fact_##name,
const hg_fact *const hg_facts[] = {HG_EACH_FACT(HG_LISTED) NULL};
