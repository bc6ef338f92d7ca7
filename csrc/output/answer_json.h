/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_json.h - answers as members of a JSON object.
 */
#pragma once

#include "output/renderer.h"

/* Sets renderer->answer: its text has the members, each with a comma before it, and is empty in formats without answers
 * and for rows without a signature. */
hg_status hg_answer_json(hg_renderer *renderer, uint32_t row, hg_error *error);
