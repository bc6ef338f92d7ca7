/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * keys.h - how facts write their part of a host's record.
 */
#pragma once

#include "hg_hosts.h"
#include "hosts/hosts.h"

/* The host of a record that is written. */
typedef struct hg_shown_host {
    const hg_hosts *hosts;
    const hg_host_entry *host;
    const hg_host_extra *extra;
} hg_shown_host;

/* A view begins with it (views/view.h). */
static inline hg_shown_host hg_host_shown(const hg_host_view *view)
{
    return *(const hg_shown_host *)(const void *)view;
}

void hg_write_mac(hg_writer *to, const uint8_t *mac);
/* NULL: null. */
void hg_json_mac(hg_json *to, const uint8_t *mac);
enum { HG_LINE_KEY = 10 /* characters of a key of a line */ };
/* Writes a line of the text, such as "  Serves: example.com", if `put` writes a value. */
void hg_host_write_line(hg_writer *to, const hg_host_view *view, const char *key,
                        void (*put)(hg_writer *to, const hg_host_view *view));

/* The functions that write the values of keys, which sigcompiler/schema/hosts.csv lists: a key without a function does
 * not link. */
#define HG_DECLARE(key) void hg_put_host_##key(hg_json *to, const hg_host_view *view);
HG_HOST_KEYS(HG_DECLARE)
HG_HOST_INNER_KEYS(HG_DECLARE)
#undef HG_DECLARE
/* Defines such a function, by hg_json_##kind. */
#define HG_HOST_VALUE(key, kind, ...)                             \
    void hg_put_host_##key(hg_json *to, const hg_host_view *view) \
    {                                                             \
        hg_json_##kind(to, __VA_ARGS__);                          \
    }
