/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * makers.h - the types of devices that makers build.
 */
#pragma once

#include "base/bytes.h"

/* Whether the maker builds devices of this type (makers.csv). Makers that are not listed, and an empty type, fit. */
int hg_maker_builds(hg_span maker, hg_span type);
/* The types that the maker builds, separated by blanks; empty: it is not listed. */
hg_span hg_maker_types(hg_span maker);
