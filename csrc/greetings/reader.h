/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the reader of greetings: the first line, or MySQL's first packet, of servers that speak before their
 * clients; and the version that servers of PostgreSQL state.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_greetings_reader;
