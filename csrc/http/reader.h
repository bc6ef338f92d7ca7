/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the HTTP reader, for the heads of requests and responses.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_http_reader;
