/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * name.h - the names that a database gives a row, in the words of a format.
 */
#pragma once

#include "output/renderer.h"

/* The name of a row, made on first use and kept in `renderer`; valid until the next call.
 * HG_E_ARGUMENT when the row refers to what the database does not hold. */
hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error);
/* ECS's host.os.type of a family of systems, or NULL. */
const char *hg_ecs_os_type(hg_span name);
