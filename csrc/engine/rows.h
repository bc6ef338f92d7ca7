/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rows.h - writes the results of a block's packets into the columns of a batch.
 *
 * The ordered stage only reserves rows, so that several workers write theirs at once.
 */
#pragma once

#include "engine/block.h"

/* Fills the rows that hg_block_converse reserved, which belong to this block alone. */
void hg_rows_write(const hg_block *block, const hg_columns *columns);
