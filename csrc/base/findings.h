/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * findings.h - the kinds of findings about a host, and their texts.
 */
#pragma once

#include <stdint.h>

/* X(name, kind in records, headline, rest of the sentence). The headline follows words such as "3 hosts". The most
 * actionable findings come first. %s stands for tools, a number of systems, differences, or reasons to doubt a clock.
 * Code that uses the sentences includes hg_support.h for HG_SUPPORT_LIST. */
#define HG_EACH_FINDING(X)                                                                                              \
    X(HORIZONTAL, "horizontal_scan", " tried many addresses that did not answer",                                       \
      ", as a scan does, and as clients do whose servers or peers are down")                                            \
    X(VERTICAL, "vertical_scan", " scanned many ports of an address", "")                                              \
    X(SLOW, "slow_scan", " slowly tried many targets that did not answer",                                               \
      ", fewer than 25 in five minutes, as a scan does, and as clients do whose servers or peers are down")              \
    X(SCANNER, "scanner", " sent packets of scanners", " (%s)")                                                        \
    X(ENDED, "old_system", " had a system without support",                                                        \
      " in every version that it may be, by " HG_SUPPORT_LIST " without paid support")                                 \
    X(BROWSER, "old_browser", " had a browser, or a program with its engine, without support",                      \
      ", by " HG_SUPPORT_LIST " without paid support")                                                                 \
    X(OLD_SERVER, "old_server", " had a server program of a distribution without support",                              \
      ", by its greeting and " HG_SUPPORT_LIST " without paid support")                                                \
    X(OLD_TLS, "old_tls", " spoke only TLS before 1.2 in a connection", ", given up by RFC 6176, 7568 and 8996")       \
    X(WEAK_SSH, "weak_ssh", " offered SSH clients only SHA-1 key exchanges or only CBC ciphers", "")                     \
    X(SSH_KEY_CHANGED, "ssh_key_changed", " showed another SSH host key of the same type at the same port",            \
      ", and never the old one again")                                                                                \
    X(SSH_KEY_SHARED, "ssh_key_shared", " showed an SSH host key that another device showed, too", "")                 \
    X(OLD_CERTIFICATE, "old_certificate", " sent a certificate that had ended or was about to",                         \
      ", with less than a tenth of its time left and at most 30 days")                                                 \
    X(WEAK_CERTIFICATE, "weak_certificate", " sent a certificate with a weak key or signature",                        \
      ": RSA below 2,048 bits, or MD5 or SHA-1 outside trust anchors")                                                 \
    X(CLIENT, "client_mismatch", " may not be what their User-Agent says",                                              \
      ", as with a changed User-Agent, a proxy, an antivirus product, a privacy mode or a desktop-site setting (%s)")    \
    X(CONTRADICTS, "contradicts", " showed two systems in one connection",                                             \
      ", as a proxy, the exit of a VPN or a container does (%s)")                                                      \
    X(SHARED, "several_systems", " had several systems behind one address", ", as behind address translation (%s)")    \
    X(SEVERAL, "contradicting_systems", " showed systems that contradict each other",                                        \
      ", as after address translation, behind a forwarded port, or with a new owner")                                  \
    X(FORGED, "forged_packets", " appeared as senders of forged or hand-made packets", " (%s), whose addresses may be false") \
    X(HOPS, "hops", " spoke from distances that differ by 4 hops or more",                                               \
      ", as on several routes, or with several machines behind one address")                                            \
    X(CLOCK, "clocks", " had a clock that cannot be trusted", " (%s)")

typedef enum hg_host_finding {
#define HG_NAME(name, kind, headline, more) HG_FINDING_##name,
    HG_EACH_FINDING(HG_NAME)
#undef HG_NAME
    HG_HOST_FINDINGS
} hg_host_finding;

/* The headline of a finding, without the leading space; NULL: there is no such finding. */
const char *hg_finding_words(uint32_t finding);

/* Findings from ENDED to SSH_KEY_SHARED are derived from other parts of a host's record. The others are stored as bits. */
enum { HG_DERIVED_FINDINGS = (int)HG_FINDING_OLD_CERTIFICATE - (int)HG_FINDING_ENDED, HG_FIRST_DERIVED = HG_FINDING_ENDED };
#define HG_STORED_FINDING(finding) \
    (1U << ((int)(finding) < HG_FIRST_DERIVED ? (int)(finding) : (int)(finding) - HG_DERIVED_FINDINGS))
_Static_assert((int)HG_HOST_FINDINGS - HG_DERIVED_FINDINGS <= 16, "a host has 16 bits for stored findings");

/* Converts stored bits to a set of findings, with bit 1 << hg_host_finding for each. */
static inline uint32_t hg_findings_of_stored(uint32_t stored)
{
    const uint32_t before = (1U << HG_FIRST_DERIVED) - 1;
    return (stored & before) | (stored & ~before) << HG_DERIVED_FINDINGS;
}

enum { HG_SCAN_FINDINGS = 1 << HG_FINDING_HORIZONTAL | 1 << HG_FINDING_VERTICAL | 1 << HG_FINDING_SLOW };
