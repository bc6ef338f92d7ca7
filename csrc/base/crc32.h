/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * crc32.h - the CRC-32 of zlib and PNG.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

uint32_t hg_crc32(const uint8_t *bytes, size_t length);
