/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * drops.c - the names under which packets that were not analysed are counted.
 */
#include <stddef.h>

#include "huginn.h"

const char *hg_drop_name(uint32_t drop)
{
    static const char *const NAMES[HG_DROP_KINDS] = {
        [HG_DROP_NONE] = "none",
        [HG_DROP_TRUNCATED] = "truncated",
        [HG_DROP_UNSUPPORTED_LINKTYPE] = "unsupported_linktype",
        [HG_DROP_BAD_LINK_HEADER] = "bad_link_header",
        [HG_DROP_NOT_IP] = "not_ip",
        [HG_DROP_BAD_IP_HEADER] = "bad_ip_header",
        [HG_DROP_NOT_TCP] = "not_tcp",
        [HG_DROP_FRAGMENT] = "fragment",
        [HG_DROP_BAD_TCP_HEADER] = "bad_tcp_header",
        [HG_DROP_BAD_FLAGS] = "bad_flags",
        [HG_DROP_FILTERED] = "filtered",
        [HG_DROP_ENCRYPTED] = "encrypted",
    };
    return drop < HG_DROP_KINDS ? NAMES[drop] : NULL;
}
