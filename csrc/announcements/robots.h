/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * robots.h - User-Agents that imitate a browser's.
 */
#pragma once

#include "base/bytes.h"

/* Whether a robot, test or preview sent the User-Agent (robot_words.csv). Its system is no evidence of the host. */
int hg_agent_is_robot(hg_span agent);
