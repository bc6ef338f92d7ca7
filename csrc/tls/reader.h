/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the TLS reader: ClientHellos and ServerHellos.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_tls_reader;
