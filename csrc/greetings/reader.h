/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the reader of greetings: the first line of a server that speaks before its client.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_greetings_reader;
