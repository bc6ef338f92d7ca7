/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * client.h - whether a request comes from the browser that its User-Agent names.
 */
#pragma once

#include "base/value.h"
#include "http/head.h"

/* The parts of a request that are compared. */
typedef struct hg_client_request {
    const hg_http_head *head;
    const uint8_t *akamai; /* HTTP/2 fingerprint (http/h2.h), which has the order of pseudo-headers */
    uint32_t akamai_length; /* 0: unknown */
    uint32_t hello;        /* the connection's ClientHello: its signature in the section hellos; other values: none */
    uint8_t in_order;      /* 1: the headers are in the order received */
    uint8_t is_part;       /* 1: only some headers are given; absence and order mean nothing */
} hg_client_request;

/* Compares a request with the browser in its User-Agent. `database` may be NULL. */
void hg_client_judge(const hg_database *database, const hg_client_request *request, hg_client_judgement *out);

/* The same for the request in a row. */
void hg_client_judge_row(const hg_database *database, const hg_row *row, hg_client_judgement *out);
