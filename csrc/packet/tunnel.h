/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - headers of tunnels in IP and UDP: functions for the table of wrappings (hg_strip).
 */
#pragma once

#include "packet/content.h"

hg_strip hg_strip_gre, hg_strip_l2tp3, hg_strip_l2tp, hg_strip_gtpu, hg_strip_teredo, hg_strip_lisp, hg_strip_vxlan,
    hg_strip_capwap, hg_strip_geneve, hg_strip_hp_erm, hg_strip_tzsp;
