/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * languages.h - the first language of Accept-Language, as p0f names it.
 */
#pragma once

#include "huginn.h"

/* The number of the language that the value begins with (hg_language_name): two letters and no third. Codes in capitals
 * are unknown. */
uint8_t hg_http_language(const uint8_t *value, uint32_t length);
