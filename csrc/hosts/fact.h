/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fact.h - a fact about hosts, such as the keys of their SSH servers, and the list of all facts. The table of hosts
 * calls facts only through this list.
 */
#pragma once

#include "hosts/hosts.h"

/* Each function may be NULL. */
typedef struct hg_fact {
    int (*init)(hg_hosts *hosts); /* 0: no memory */
    void (*forget)(hg_hosts *hosts, const hg_host_entry *host); /* the host is evicted: returns its records to the pools */
    void (*forget_database)(hg_hosts *hosts); /* the database changes */
    void (*free)(hg_hosts *hosts); /* before the pools are freed; also after a failed `init` */
} hg_fact;

/* X(name) for each fact; its file defines hg_fact_<name>. */
#define HG_EACH_FACT(X) \
    X(local) X(changes) X(clocks) X(handshakes) X(targets) X(devices) X(announcements) X(watch) X(services) \
    X(cryptography) X(middleboxes)

#define HG_DECLARE(name) extern const hg_fact hg_fact_##name;
HG_EACH_FACT(HG_DECLARE)
#undef HG_DECLARE
extern const hg_fact *const hg_facts[]; /* all facts; NULL ends the list */
