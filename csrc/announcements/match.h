/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.h - finds the signature that fits a device's announcement.
 */
#pragma once

#include "database/database.h"

/* The part of an announcement that a pattern captured. */
typedef struct hg_device_capture {
    uint16_t at;
    uint16_t length; /* 0: not captured */
} hg_device_capture;

/* The labels of [banner] signatures have these values in place of a device's first three. */
enum {
    HG_BANNER_PROGRAM = HG_DEVICE_TYPE,
    HG_BANNER_RELEASE = HG_DEVICE_MANUFACTURER,
    HG_BANNER_VARIANT = HG_DEVICE_MODEL
};

/* The best signature and its captures: one for each hg_device_field, and the suffix. */
typedef struct hg_device_match {
    uint32_t signature; /* index in the section announcements; HG_NO_SIGNATURE: none fits */
    hg_device_capture captures[HG_DEVICE_CAPTURES];
    uint8_t is_default_form; /* 1: a name as its maker sets it */
} hg_device_match;

/* Finds the best signature that fits a text of this kind. Only its first HG_DEVICE_MOST_TEXT bytes count. The work is
 * bounded for any text and database. */
hg_device_match hg_device_match_text(const hg_tables *tables, uint8_t kind, const char *text, size_t length);

/* The database's pattern that fits the name of a called service; length 0: none. `database` may be NULL. */
hg_span hg_called_service_pattern(const hg_database *database, const char *name, uint32_t length);

_Static_assert(HG_DEVICE_FIELDS == HG_DEVICE_VALUES && HG_DEVICE_VALUE_BYTES <= UINT8_MAX, "a length is a byte");
