/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "stations/holder.h"

#define WITH(sign) (1U << HG_SIGN_##sign)

static const hg_holder_rule RULES[] = {
    {WITH(NO_STATION), HG_HOLDER_STAYS, "no station is known for the frame"},
    {WITH(SAME), HG_HOLDER_STAYS, "the same station"},
    {WITH(EARLIER), HG_HOLDER_RETURNS, "its station returned within five minutes"},
    {WITH(NO_HOLDER), HG_HOLDER_STAYS, "no station is known for the host"},
    {WITH(LOOPBACK), HG_HOLDER_STAYS, "every machine has the address"},
    {WITH(FORWARDED), HG_HOLDER_STAYS, "a router forwarded the packet"},
    {WITH(VIRTUAL), HG_HOLDER_STAYS, "a virtual router"},
    {WITH(ROUTER), HG_HOLDER_STAYS, "a router"},
    {WITH(STATEMENT), HG_HOLDER_STAYS, "a statement is no use of the address"},
    {WITH(UNSETTLED), HG_HOLDER_IS_UNKNOWN, "the holder sent one frame, so each frame may have another MAC"},
    {0, HG_HOLDER_BEGINS, "another station sends from the address"},
};

const hg_holder_rule *hg_holder_judge(uint32_t signs)
{
    const hg_holder_rule *rule = RULES;
    while ((signs & rule->with) != rule->with)
        rule++;
    return rule;
}

#define IF(sign) (1U << HG_TAKE_##sign)

static const hg_take_rule TAKES[] = {
    {IF(LEASED), HG_TAKE_IS_NO_NEWS, 1, "it uses it by a known server's lease"},
    {IF(THIRD), HG_TAKE_IS_CONFLICT, 1, "it uses it, the third turn in ten minutes"},
    {IF(TURN), HG_TAKE_IS_NO_NEWS, 1, "it uses it again within ten minutes"},
    {IF(USE), HG_TAKE_IS_MOVE, 1, "it uses it"},
    {IF(PROXY), HG_TAKE_IS_NO_NEWS, 1, "it states it; the other only answered for it"},
    {IF(BACK), HG_TAKE_IS_NO_NEWS, 1, "it states it; the other took it by a statement"},
    {IF(SILENT), HG_TAKE_WAITS, 1, "it states it, as the other did five minutes ago"},
    {IF(GATEWAY), HG_TAKE_IS_CLAIM, 0, "it states it; it is a gateway's or DHCP server's, in use"},
    {0, HG_TAKE_WAITS, 0, "it states it"},
};

const hg_take_rule *hg_take_judge(uint32_t signs)
{
    const hg_take_rule *rule = TAKES;
    while ((signs & rule->with) != rule->with)
        rule++;
    return rule;
}
