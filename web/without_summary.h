/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * without_summary.h - for a core without hg_summary_*, until it is there: a summary document of counters alone.
 */
#include <stdio.h>

static const char DOCUMENT[] =
    "{\"version\": 2, \"captures\": %s, \"packets\": %llu, \"bytes\": %llu, \"analysed\": %llu, \"first_event\": null, "
    "\"last_event\": null, \"events\": {}, \"hosts\": %u, \"hosts_complete\": true, \"left_out\": 0, \"findings\": [], "
    "\"systems\": [], \"links\": [], \"uptimes\": [], \"distances\": [], \"subnets\": [], \"over_time\": null, "
    "\"unknown\": [], \"tls\": {\"hellos\": {}, \"post_quantum\": {}, \"clients\": [], \"versions\": [], \"old\": []}, "
    "\"http\": {\"messages\": {}, \"clients\": [], \"servers\": [], \"claims\": []}, "
    "\"verdicts\": {\"counts\": {}, \"contradictions\": []}, \"top_hosts\": [], \"drops\": {}, \"omitted\": {}}";

static hg_status open_summary(void)
{
    hg_status status = hg_hosts_new(CHANGES_INVENTORY, 1, page.hash_key, &page.hosts, &page.error);
    if (status == HG_OK)
        status = hg_hosts_use(page.hosts, hg_database_default(), &page.error);
    if (status == HG_OK)
        hg_hosts_nameless(page.hosts);
    return status;
}

static hg_status take_batch(void)
{
    uint32_t next, index;
    hg_naming naming;
    return hg_hosts_add(page.hosts, page.read, 0, &next, &naming, &index, &page.error);
}

static hg_hosts *hosts(void)
{
    return page.hosts;
}

static hg_status write_summary(const char *captures)
{
    page.text = page.room;
    page.length = (size_t)snprintf(page.room, sizeof page.room, DOCUMENT, captures, page.stats.packets,
                                   page.stats.bytes, page.stats.analysed, hg_hosts_count(page.hosts));
    return HG_OK;
}
