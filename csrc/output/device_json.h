/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_json.h - announcements of devices under the names that Suricata and the Elastic Common Schema have for them.
 */
#pragma once

#include "output/renderer.h"

/* EVE: the object of DHCP, the only protocol of which Suricata has one. */
char *hg_put_eve_dhcp(const hg_renderer *renderer, char *p);
/* ECS: the object "host". */
char *hg_put_device_host(const hg_renderer *renderer, char *p);
/* ECS: what the row by itself says of the device, in an object of ECS and in one of ours. `*object`: where ours begins,
 * whose first comma becomes a brace. */
char *hg_put_ecs_device(const hg_renderer *renderer, char *p, char **object);
