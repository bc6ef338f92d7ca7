/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tail.h - the last fields of each record of a JSON format: the capture, the database, the version, the interface.
 */
#pragma once

#include "output/renderer.h"

/* Hex digits of the hash of a database in JSON and in tables. */
#define HG_DATABASE_DIGITS 12

/* Makes the tail of a renderer, which owns it, of its interface and capture; one that there is goes. */
hg_status hg_make_tail(hg_renderer *renderer, hg_error *error);
