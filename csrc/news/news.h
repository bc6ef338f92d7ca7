/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * news.h - rows of news about devices. watch.c decides what is news.
 *
 * Each kind of news has its own limit, and so have moves of gateways, so that a flood of one hides none of another.
 */
#pragma once

#include "devices/devices.h"
#include "hosts/change_rows.h"

/* Values of a device in one text, such as "phone, Android 13". */
typedef struct hg_joined_values {
    char text[HG_CHANGE_VALUE + 1];
    uint32_t length;
} hg_joined_values;

typedef struct hg_news {
    hg_device_change change;
    uint32_t row;
    const uint8_t *mac;
    const hg_watched *address; /* NULL: none */
    uint32_t count;
    int of_gateway; /* it has a limit of its own */
    int64_t unseen_ns;
    const hg_device_claim *claim;   /* of HG_DEVICE_CHANGED: the new values; else NULL */
    int64_t since_ns;               /* when they came */
    const hg_joined_values *before; /* of HG_DEVICE_CHANGED and with `after`: the values that were replaced */
    const hg_joined_values *after;  /* by these; NULL: none */
    int64_t time_ns;
    const char *role; /* of HG_ADDRESS_CLAIMED: what the address is; NULL: no server */
    const uint8_t *sender; /* of HG_ADDRESS_CLAIMED: the MAC of the frame */
    const uint8_t *shared; /* the event's shared columns, if no announcement shows the news; else NULL */
} hg_news;

typedef struct hg_news_limits {
    int64_t spent_ns[HG_DEVICE_CHANGES + 1]; /* each news advances its limit's by a second of capture time */
    uint32_t left_out;   /* news since the last HG_NEWS_LEFT_OUT */
    int64_t left_out_ns; /* the last time without them */
    uint8_t are_wanted;  /* 0: nothing is reported or counted as left out */
} hg_news_limits;

/* Appends a value, cut to the room that is left. */
void hg_news_join(hg_joined_values *to, const char *separator, const char *value, uint32_t length);
/* The address that the MAC had last, an IPv4 address if it had one. */
const hg_binding *hg_binding_latest(const hg_hosts *hosts, const uint8_t *mac);
/* Counts news that are not reported. */
void hg_news_leave_out(hg_hosts *hosts, hg_news_limits *limits);
/* Whether the limit allows one more of a kind of news; if not, it is counted as left out. If time goes back far,
 * another capture began and the limit starts again. */
int hg_news_are_allowed(hg_hosts *hosts, hg_news_limits *limits, hg_device_change change, int64_t time_ns);
/* Adds a row. 0: left out, by the limit or for lack of memory. The caller checks the limit of HG_DEVICE_NEW. */
int hg_news_report(hg_hosts *hosts, hg_news_limits *limits, const hg_news *news);
/* Adds a row with the number of news that were left out, a minute after the first of them. */
void hg_news_sum_up(hg_hosts *hosts, hg_news_limits *limits, uint32_t row, const hg_announcer *from);
