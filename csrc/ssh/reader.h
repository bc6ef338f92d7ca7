/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the reader of SSH connections, up to the reply in the key exchange.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_ssh_reader;
