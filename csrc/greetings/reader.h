/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the reader of greetings: what a server says before its client has said anything.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_greetings_reader;
