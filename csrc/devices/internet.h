/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * internet.h - addresses of the internet, services that do not belong there, and what a web page makes its visitor do.
 */
#pragma once

#include "hosts/hosts.h"

/* Whether an address is neither private nor special. */
int hg_is_of_internet(const uint8_t *address, uint8_t version);
/* Whether a service is made for local networks, by its port. Mail, SSH and the web are not. */
int hg_is_internal(uint16_t port);
#define HG_LED_NS (60 * UINT64_C(1000000000)) /* how long after a browser's bytes its page names targets */
/* Whether the row has first bytes that a page can make a browser send. Worms send HTTP, too, but seldom a browser's
 * User-Agent. */
int hg_page_may_send(hg_row row, uint8_t event);
/* Whether browsers connect to a port (https://fetch.spec.whatwg.org/#port-blocking). */
int hg_page_may_ask(uint16_t port);
/* A hash of the network (/24, /48) of the server to which a SYN is sent, if it has an internal service (such as SMB) on
 * the internet; 0: not so. */
uint32_t hg_internal_server(hg_row row);
