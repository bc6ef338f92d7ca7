/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/reports.h"

#include "hosts/targets.h"

/* Makes a row for each finding (bits). `proven`: the scans that the host itself is proven to have made. */
static int note_all(hg_hosts *hosts, hg_host_extra *extra, uint32_t findings, uint32_t proven, const hg_finding_place *now)
{
    for (uint32_t i = 0; findings >> i != 0; i++) {
        if ((findings >> i & 1) == 0)
            continue;
        const int is_scan = HG_SCAN_FINDINGS >> i & 1, is_proven = (proven >> i & 1) != 0;
        if (!hg_host_note_finding(hosts, i, !is_scan ? HG_HANDSHAKE_NOT_ASKED : is_proven ? HG_HANDSHAKE_COMPLETED : HG_HANDSHAKE_NONE, now))
            return 0;
        extra->reported = (uint16_t)(extra->reported | hg_stored_bit(i));
        extra->is_scanner |= is_proven != 0;
    }
    return 1;
}

int hg_host_report_findings(hg_hosts *hosts, hg_host_entry *host, const hg_finding_place *now)
{
    hg_host_extra *extra = host->findings == 0 ? NULL : hg_host_take_extra(hosts, host);
    if (extra == NULL)
        return host->findings == 0;
    const uint32_t news = hg_findings_of_stored(host->findings & ~(uint32_t)extra->reported);
    const int64_t until_ns = hg_scan_until(now->time_ns);
    if (!note_all(hosts, extra, news, (news & HG_SCAN_FINDINGS) == 0 ? 0 : hg_scan_completed(hosts, host, until_ns), now))
        return 0;
    /* A scan reported without proof is reported again once the host's connections prove it. */
    if ((host->findings & HG_SCAN_FINDINGS) == 0 || extra->is_scanner || !hg_targets_are_due(hosts, host))
        return 1;
    const uint32_t proven = hg_scan_completed(hosts, host, until_ns);
    return note_all(hosts, extra, proven, proven, now);
}
