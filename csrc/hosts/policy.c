/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/policy.h"

/* `newer` where all versions begin with `since` or later, `older` where all end before it. */
static const char *by_age(const hg_verdict_family *of, uint64_t since, const char *older, const char *newer)
{
    const uint32_t last = of->version_count - 1;
    if (of->version_count > 0 && of->versions[0] >= since)
        return newer;
    return of->version_count > 0 && of->versions[2 * (size_t)last + 1] < since ? older : NULL;
}

static const char *of_windows(const hg_verdict_family *of)
{
    uint32_t only_2003 = 0, may_be_2003 = 0;
    for (uint32_t i = 0; i < of->version_count; i++) {
        const uint64_t first = of->versions[2 * (size_t)i], last = of->versions[2 * (size_t)i + 1];
        only_2003 += first == HG_FIRST_WINDOWS_2003 && last == HG_LAST_WINDOWS_2003;
        may_be_2003 += first <= HG_LAST_WINDOWS_2003 && last >= HG_FIRST_WINDOWS_2003;
    }
    if (only_2003 > 0 && only_2003 == of->version_count)
        return "windows2k3";
    return may_be_2003 > 0 ? NULL : by_age(of, HG_FIRST_WINDOWS_VISTA, "windows", "vista");
}

static const char *of_family(const hg_verdict_family *of)
{
    switch (of->of.identity) {
    case HG_FAMILY_MACOS:
    case HG_FAMILY_IOS:
        return "macos";
    case HG_FAMILY_FREEBSD:
    case HG_FAMILY_OPENBSD:
    case HG_FAMILY_NETBSD:
    case HG_FAMILY_DRAGONFLY_BSD:
        return "bsd";
    case HG_FAMILY_ANDROID: /* of Linux 2.6 or newer */
        return "linux";
    case HG_FAMILY_LINUX:
        return by_age(of, HG_FIRST_LINUX_2_4, "old-linux", "linux");
    case HG_FAMILY_WINDOWS:
        return of_windows(of);
    default:
        return NULL;
    }
}

const char *hg_host_policy(const hg_host_verdict *of)
{
    const char *found = of->family_count == 0 ? NULL : of_family(of->families);
    for (uint32_t i = 1; i < of->family_count && found != NULL; i++) {
        const char *other = of_family(of->families + i);
        if (other == NULL || strcmp(other, found) != 0)
            return NULL;
    }
    return found;
}
