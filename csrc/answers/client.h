/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * client.h - whether a request comes from the browser that its User-Agent names.
 */
#pragma once

#include "http/head.h"
#include "huginn.h"

/* What of a request is compared. */
typedef struct hg_client_request {
    const hg_http_head *head;
    const uint8_t *akamai; /* of HTTP/2, as csrc/http/akamai.h has it; its order of pseudo-headers counts */
    uint32_t akamai_length; /* 0: not known */
    uint32_t hello;        /* what named a ClientHello of the connection: an index in the section hellos, or none */
    uint8_t in_order;      /* 1: the headers are in the order received */
    uint8_t is_part;       /* 1: these are some of the headers: what is absent, and the order, mean nothing */
} hg_client_request;

/* `database` may be NULL. */
void hg_client_judge(const hg_database *database, const hg_client_request *request, hg_client_verdict *out);
