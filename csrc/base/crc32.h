/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * crc32.h - the CRC-32 of zlib and PNG.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* As fast as this processor can. */
uint32_t hg_crc32(const uint8_t *bytes, size_t length);
/* The same for any processor, sixteen bytes a step. */
uint32_t hg_crc32_portable(const uint8_t *bytes, size_t length);
