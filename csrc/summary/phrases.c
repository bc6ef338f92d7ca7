/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * phrases.c - the first items of a list, as words.
 */
#include "summary/digest.h"
#include "systems/words.h"

int hg_put_between(hg_writer *to, uint64_t number, uint64_t count)
{
    if (number + 1 == count)
        return 0;
    if (number + 1 < HG_SHOWN) {
        hg_write_word(to, ", ");
        return 1;
    }
    HG_SAY(to, " and ", count - HG_SHOWN, " more");
    return 0;
}

void hg_put_details_of_hosts(hg_writer *to, const hg_best *hosts, hg_put_details *put_details, const void *data)
{
    uint64_t i = 0;
    do {
        const hg_host_entry *host = hg_listed_host(hosts, (uint32_t)i);
        hg_write_host(to, hosts->hosts, host);
        if (put_details != NULL)
            put_details(to, data, host);
    } while (hg_put_between(to, i++, hosts->offered));
}

void hg_put_hosts(hg_writer *to, const hg_best *hosts)
{
    hg_put_details_of_hosts(to, hosts, NULL, NULL);
}
