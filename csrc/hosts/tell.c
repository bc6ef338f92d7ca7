/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tell.c - tells the facts what happened.
 */
#include "hosts/fact.h"

void hg_hosts_tell(hg_host_event *event)
{
    uint32_t takers = event->hosts->takers[event->event];
    if (event->hosts->options.only_changes)
        takers &= 1U << HG_FACT_changes;
    for (; takers != 0; takers &= takers - 1)
        hg_facts[__builtin_ctz(takers)]->on(event);
}
