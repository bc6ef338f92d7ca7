/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gre.h - GRE and ERSPAN.
 */
#pragma once

#include "packet/packet.h"
#include "packet/view.h"

/* Moves `view` from the GRE header to the IP header inside, and fills `kind` and `network` of its layer. */
hg_drop hg_gre_strip(hg_view *view, hg_tunnel_layer *layer);
