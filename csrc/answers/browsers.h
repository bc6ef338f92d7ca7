/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * browsers.h - rules for the request headers of each browser engine.
 */
#pragma once

#include "base/span.h"
#include "http/head.h"

/* Engines, as bits: the name of a ClientHello may fit several. */
enum { HG_CHROMIUM = 1, HG_GECKO = 2, HG_WEBKIT = 4, HG_TRIDENT = 8, HG_WEBKIT_GTK = 16 };

/* Headers that distinguish browsers. */
typedef enum hg_header {
    HG_HEADER_HOST,
    HG_HEADER_CONNECTION, /* or Proxy-Connection */
    HG_HEADER_USER_AGENT,
    HG_HEADER_ACCEPT,
    HG_HEADER_ACCEPT_ENCODING,
    HG_HEADER_ACCEPT_LANGUAGE,
    HG_HEADER_CONTENT_LENGTH,
    HG_HEADER_COOKIE,
    HG_HEADER_ORIGIN,
    HG_HEADER_PREFLIGHT,
    HG_HEADER_REFERER,
    HG_HEADER_SEC_CH_UA,
    HG_HEADER_SEC_CH_UA_PLATFORM,
    HG_HEADER_SEC_FETCH_MODE,
    HG_HEADER_SEC_FETCH_SITE,
    HG_HEADER_SEC_WEBSOCKET,
    HG_HEADER_UPGRADE_INSECURE,
    HG_HEADER_PASSED_ON, /* any header that proxies add */
    HG_HEADERS
} hg_header;

typedef struct hg_request {
    const hg_http_head *head;
    int place[HG_HEADERS];     /* position of the first such header; -1: absent */
    hg_span value[HG_HEADERS]; /* value of the last such header that is not empty */
} hg_request;

typedef struct hg_browser {
    const char *word; /* word in the User-Agent that names it */
    const char *name;
    uint8_t engine;
    const char *version; /* word in the User-Agent before the version; NULL: it states no version */
} hg_browser;

void hg_request_read(const hg_http_head *head, hg_request *out);
/* Whether a header says that a proxy forwarded the message. */
int hg_was_passed_on(const hg_http_head *head);

static inline int hg_request_has(const hg_request *of, hg_header header)
{
    return of->place[header] >= 0;
}

/* The name of a header, as it is usually written. */
const char *hg_header_name(hg_header header);
/* The first place of a word in a text; NULL: none. */
const char *hg_text_find(hg_span in, const char *word);

/* The browser that a User-Agent names; NULL: none with known requests. */
const hg_browser *hg_browser_of(hg_span agent);
/* The digits after a word, at most four; empty if the word is missing. */
hg_span hg_digits_behind(hg_span in, const char *word);
/* 1: a header is missing although the engine sends it with every such request. */
int hg_browser_lacks(const hg_request *of, uint8_t engine, hg_header *missing);
/* 1: two headers are not in the engine's order; returned as received. */
int hg_browser_disorders(const hg_request *of, uint8_t engine, hg_header *first, hg_header *second);
/* Whether an engine sends HTTP/2 pseudo-headers in this order, such as "m,a,s,p". */
int hg_browser_has_pseudo(uint8_t engine, hg_span order);
/* The engines that may send a ClientHello with this name, as bits; 0: none. */
uint8_t hg_engines_of(hg_span name);
