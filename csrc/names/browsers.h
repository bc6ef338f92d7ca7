/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * browsers.h - rules for the request headers of each browser engine.
 */
#pragma once

#include "base/bytes.h"
#include "hg_request_headers.h"
#include "http/head.h"

/* Engines, as bits: the name of a ClientHello may fit several. */
enum { HG_CHROMIUM = 1, HG_GECKO = 2, HG_WEBKIT = 4, HG_TRIDENT = 8, HG_WEBKIT_GTK = 16 };

/* Headers that distinguish browsers (request_headers.csv). */
typedef enum hg_header {
#define HG_HEADER(kind, header, name) HG_HEADER_##header,
    HG_REQUEST_HEADERS_OWN_ROWS(HG_HEADER) HG_HEADERS
#undef HG_HEADER
} hg_header;

typedef struct hg_request {
    const hg_http_head *head;
    int place[HG_HEADERS];     /* position of the first such header; -1: absent */
    hg_span value[HG_HEADERS]; /* the last non-empty value of such a header */
} hg_request;

typedef struct hg_browser {
    const char *word; /* word in the User-Agent by which it is recognised */
    const char *name;
    uint8_t engine;
    const char *version; /* word in the User-Agent before the version; NULL: its version is not stated reliably */
} hg_browser;

void hg_request_read(const hg_http_head *head, hg_request *out);
/* Whether a header says that a proxy forwarded the message. */
int hg_was_passed_on(const hg_http_head *head);

static inline int hg_request_has(const hg_request *request, hg_header header)
{
    return request->place[header] >= 0;
}

/* The name of a header, as it is usually written. */
const char *hg_header_name(hg_header header);

/* The browser that a User-Agent names; NULL: it names none whose headers are known. */
const hg_browser *hg_browser_of(hg_span agent);
/* The digits after the first place of a word, at most four; empty: there are none. */
hg_span hg_digits_behind(hg_span in, const char *word);
/* 1: the request lacks `*missing`, a header that the engine sends with every such request. */
int hg_browser_lacks(const hg_request *request, uint8_t engine, hg_header *missing);
/* 1: two headers are not in the engine's order: `*first` came before `*second`. */
int hg_browser_disorders(const hg_request *request, uint8_t engine, hg_header *first, hg_header *second);
/* Whether an engine sends HTTP/2 pseudo-headers in this order, such as "m,a,s,p". */
int hg_browser_has_pseudo(uint8_t engine, hg_span order);
/* The engines that may send a ClientHello with this name, as bits; 0: none. */
uint8_t hg_engines_of(hg_span name);
