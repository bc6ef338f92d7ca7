/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * client.c - whether a request comes from the browser that its User-Agent names.
 *
 * The User-Agent is compared with client hints, then with the set and order of headers, then with the connection's
 * ClientHello. A forwarded request has the proxy's headers and ClientHello, so only its client hints are compared.
 */
#include "names/client.h"

#include "http/lists.h"
#include "http/match.h"
#include "http/values.h"
#include "names/browsers.h"
#include "names/verdict.h"

/* ---- words ------------------------------------------------------------------------------------------ */

/* Appends a text to `length` bytes, cut to `most` bytes in all; returns the new length. */
static uint32_t append(char *to, uint32_t length, uint32_t most, hg_span what)
{
    const uint32_t taken = what.length < most - length ? what.length : most - length;
    if (taken > 0)
        memcpy(to + length, what.text, taken);
    return length + taken;
}

static void put(hg_client_judgement *to, hg_span what)
{
    to->length = append(to->why, to->length, HG_WHY_BYTES, what);
}

static void put_word(hg_client_judgement *to, const char *word)
{
    put(to, hg_span_of_word(word));
}

static hg_span name_at(const hg_database *database, uint32_t offset, uint32_t length)
{
    return hg_name_shown(hg_database_span(database, offset, length));
}

/* Writes the first fact, such as "User-Agent: Chrome, ", and the beginning of the second one. */
static void begin_mismatch(hg_client_judgement *to, hg_span says, const char *other)
{
    to->check = HG_CLIENT_MISMATCH;
    put_word(to, "User-Agent: ");
    put(to, says);
    put_word(to, ", ");
    put_word(to, other);
}

static void end_mismatch(hg_client_judgement *to)
{
    to->facts = to->length;
    put_word(to, "; usual causes: a changed User-Agent, an intercepting proxy or antivirus product, a privacy mode, a "
                 "desktop-site setting");
}

static void give_reason(hg_client_judgement *to, const char *why)
{
    put_word(to, why);
    to->facts = to->length;
}

/* ---- client hints ----------------------------------------------------------------------------------- */

static int is_family(const hg_claim *claim, uint64_t family)
{
    return claim->family_count == 1 && claim->families[0].identity == family;
}

/* Whether a client hint contradicts the User-Agent. A phone that requests a desktop page states Linux or macOS in its
 * User-Agent; a desktop never states a phone's system. */
static int differs(const hg_claim *hint, const hg_claim *agent)
{
    return hg_claims_agree(hint, agent) >= HG_CONTRADICT_STACK ||
           (is_family(agent, HG_FAMILY_ANDROID) && is_family(hint, HG_FAMILY_LINUX)) ||
           (is_family(agent, HG_FAMILY_IOS) && is_family(hint, HG_FAMILY_MACOS));
}

static int check_platform(const hg_database *database, const hg_request *request, hg_client_judgement *out)
{
    const hg_span platform = request->value[HG_HEADER_SEC_CH_UA_PLATFORM],
                  stated = request->value[HG_HEADER_USER_AGENT];
    const uint32_t hint = hg_database_claims(database, platform.data, platform.length),
                   agent = hg_database_claims(database, stated.data, stated.length);
    if (hint == HG_NO_SIGNATURE || agent == HG_NO_SIGNATURE)
        return 0;
    const hg_db_system *by_hint = database->tables.systems + hint, *by_agent = database->tables.systems + agent;
    const hg_claim hinted = hg_claim_at(database, by_hint->claim), named = hg_claim_at(database, by_agent->claim);
    if (!differs(&hinted, &named))
        return 0;
    begin_mismatch(out, name_at(database, by_agent->name_offset, by_agent->name_length), "client hint: ");
    put(out, name_at(database, by_hint->name_offset, by_hint->name_length));
    return 1;
}

/* Only Chromium sends client hints; they state its version. */
static int check_brands(const hg_request *request, const hg_browser *named, hg_client_judgement *out)
{
    const hg_span hint = hg_digits_behind(request->value[HG_HEADER_SEC_CH_UA], "\"Chromium\";v=\""),
                  agent = hg_digits_behind(request->value[HG_HEADER_USER_AGENT], "Chrome/");
    if (named->engine != HG_CHROMIUM &&
        (hg_request_has(request, HG_HEADER_SEC_CH_UA) || hg_request_has(request, HG_HEADER_SEC_CH_UA_PLATFORM))) {
        begin_mismatch(out, hg_span_of_word(named->name), "headers: client hints, which it never sends");
        return 1;
    }
    if (named->engine != HG_CHROMIUM || hint.length == 0 || agent.length == 0 || hg_span_equal(hint, agent))
        return 0;
    begin_mismatch(out, hg_span_of(agent.text - sizeof "Chrome", agent.length + (uint32_t)sizeof "Chrome"),
                   "client hint: Chromium ");
    put(out, hint);
    return 1;
}

/* ---- headers ---------------------------------------------------------------------------------------- */

/* 1: a header is missing or out of order. */
static int check_headers(const hg_request *request, const hg_browser *named, int in_order, hg_client_judgement *out)
{
    hg_header first, second;
    if (hg_browser_lacks(request, named->engine, &first)) {
        begin_mismatch(out, hg_span_of_word(named->name), "headers: no ");
        put_word(out, hg_header_name(first));
        return 1;
    }
    if (!in_order || !hg_browser_disorders(request, named->engine, &first, &second))
        return 0;
    begin_mismatch(out, hg_span_of_word(named->name), "order of headers: ");
    put_word(out, hg_header_name(first));
    put_word(out, " before ");
    put_word(out, hg_header_name(second));
    return 1;
}

/* WebKit's order of headers changed often, so few rules hold for it. Instead, a signature of Chromium's or Firefox's
 * page requests shows that a request is not WebKit's. */
static int check_signature(const hg_database *database, const hg_client_request *asked, const hg_browser *named,
                           hg_client_judgement *out)
{
    if (database == NULL || named->engine != HG_WEBKIT || !asked->in_order)
        return 0;
    const hg_http_match match = hg_database_match_http(database, asked->head, NULL);
    if (match.signature == HG_NO_SIGNATURE || match.generic)
        return 0;
    const hg_db_label *label = database->tables.labels + database->tables.https[match.signature].label;
    const hg_span name = name_at(database, label->name_offset, label->name_length);
    const uint8_t engines = hg_engines_of(name);
    if ((engines & (HG_CHROMIUM | HG_GECKO)) == 0 || (engines & HG_WEBKIT) != 0)
        return 0;
    begin_mismatch(out, hg_span_of_word(named->name), "headers: ");
    put(out, name);
    return 1;
}

/* The order of pseudo-headers is the last part of `akamai`: four letters, separated by commas. */
static int check_pseudo(const hg_client_request *asked, const hg_browser *named, hg_client_judgement *out)
{
    enum { ORDER = sizeof "m,a,s,p" - 1 };
    const uint32_t length = asked->akamai_length;
    if (length <= ORDER || asked->akamai[length - ORDER - 1] != '|')
        return 0;
    const hg_span sent = hg_span_of(asked->akamai + length - ORDER, ORDER);
    if (hg_browser_has_pseudo(named->engine, sent))
        return 0;
    begin_mismatch(out, hg_span_of_word(named->name), "order of pseudo-headers: ");
    put(out, sent);
    return 1;
}

enum { HELLO_SAYS_NOTHING, HELLO_IS_ITS, HELLO_IS_ANOTHER };

/* A generic name, by the ciphers alone, may be another program's. WebKitGTK uses the system's TLS library, so its
 * ClientHello shows nothing. */
static int judge_hello(const hg_database *database, uint32_t number, const hg_browser *named, hg_span *name)
{
    if (database == NULL || number >= database->tables.hellos_count || named->engine == HG_WEBKIT_GTK)
        return HELLO_SAYS_NOTHING;
    const hg_db_label *label = database->tables.labels + database->tables.hellos[number].label;
    *name = name_at(database, label->name_offset, label->name_length);
    if ((hg_engines_of(*name) & named->engine) != 0)
        return HELLO_IS_ITS;
    return (label->flags & HG_LABEL_GENERIC) != 0 ? HELLO_SAYS_NOTHING : HELLO_IS_ANOTHER;
}

static int check_hello(const hg_database *database, uint32_t number, const hg_browser *named, hg_client_judgement *out)
{
    hg_span name;
    if (judge_hello(database, number, named, &name) != HELLO_IS_ANOTHER)
        return 0;
    begin_mismatch(out, hg_span_of_word(named->name), "ClientHello: ");
    put(out, name);
    return 1;
}

/* ---- all together ----------------------------------------------------------------------------------- */

/* The reason why the request cannot be compared with the browser, or NULL. */
static const char *why_not_compared(const hg_database *database, const hg_client_request *asked,
                                    const hg_request *request, const hg_browser *named)
{
    const hg_http_head *head = request->head;
    hg_span name;
    if (asked->is_part)
        return judge_hello(database, asked->hello, named, &name) == HELLO_SAYS_NOTHING
                   ? "no ClientHello was seen that distinguishes browsers"
                   : NULL;
    if (hg_request_has(request, HG_HEADER_PASSED_ON))
        return "a proxy passed the request on";
    if (head->version == 0)
        return "browsers send HTTP/1.0 through proxies only";
    if (hg_is_like(head->bytes + head->method.offset, head->method.length, "CONNECT"))
        return "a request for a tunnel has few headers";
    return NULL;
}

/* Compares a request with a known browser; the first mismatch decides. */
static void judge_browser(const hg_database *database, const hg_client_request *asked, const hg_request *request,
                          const hg_browser *named, hg_client_judgement *out)
{
    int is_other = check_platform(database, request, out) || check_brands(request, named, out);
    const char *why = is_other ? NULL : why_not_compared(database, asked, request, named);
    if (why != NULL) {
        give_reason(out, why);
        return;
    }
    if (!is_other && !asked->is_part)
        is_other = check_headers(request, named, asked->in_order, out) || check_pseudo(asked, named, out) ||
                   check_signature(database, asked, named, out);
    if (is_other || check_hello(database, asked->hello, named, out)) {
        end_mismatch(out);
        return;
    }
    out->check = HG_CLIENT_CONSISTENT;
    put_word(out, asked->is_part ? "User-Agent and ClientHello: " : "User-Agent and headers: ");
    give_reason(out, named->name);
}

void hg_client_judge(const hg_database *database, const hg_client_request *asked, hg_client_judgement *out)
{
    hg_request of;
    hg_request_read(asked->head, &of);
    *out = (hg_client_judgement){.check = HG_CLIENT_NOT_CHECKED};
    const hg_browser *named = hg_browser_of(of.value[HG_HEADER_USER_AGENT]);
    if (named != NULL)
        judge_browser(database, asked, &of, named, out);
    else
        give_reason(out, hg_request_has(&of, HG_HEADER_USER_AGENT)
                             ? "the User-Agent names no browser whose headers are known"
                             : "no User-Agent");
}

void hg_client_judge_fields(const hg_database *database, const hg_http_fields *fields, uint32_t hello, int in_order,
                            hg_client_judgement *out)
{
    hg_http_head head;
    hg_http_head_of_fields(fields, &head);
    if (!in_order && head.version == 1)
        head.version = 2; /* the caller may have removed connection headers; HTTP/2 has none */
    const hg_client_request asked = {.head = &head, .hello = hello, .in_order = in_order != 0};
    hg_client_judge(database, &asked, out);
}

void hg_client_judge_row(const hg_database *database, const hg_row *row, hg_client_judgement *out)
{
    const hg_http_columns *c = &row->columns->http;
    hg_http_head head;
    hg_http_head_of(*row, &head);
    const hg_client_request asked = {.head = &head,
                                     .akamai = row->texts + c->akamai_offset[row->at],
                                     .akamai_length = c->akamai_length[row->at],
                                     .hello = c->http_hello[row->at],
                                     .in_order = 1};
    hg_client_judge(database, &asked, out);
}

/* ---- the stated client ------------------------------------------------------------------------------ */

void hg_client_state(const hg_database *database, const uint8_t *agent, uint32_t agent_length, const uint8_t *platform,
                     uint32_t platform_length, char browser[HG_STATED_BYTES], char system[HG_STATED_BYTES])
{
    const hg_span stated = hg_span_of(agent, agent_length);
    const hg_browser *named = agent_length == 0 ? NULL : hg_browser_of(stated);
    const hg_span digits =
        named == NULL || named->version == NULL ? (hg_span){0} : hg_digits_behind(stated, named->version);
    enum { MOST = HG_STATED_BYTES - 1 };
    uint32_t length = append(browser, 0, MOST, named == NULL ? (hg_span){0} : hg_span_of_word(named->name));
    if (digits.length > 0)
        length = append(browser, append(browser, length, MOST, hg_span_of_word(" ")), MOST, digits);
    browser[length] = 0;
    uint32_t claimed = hg_database_claims(database, platform, platform_length);
    if (claimed == HG_NO_SIGNATURE)
        claimed = hg_database_claims(database, agent, agent_length);
    const hg_db_system *known = claimed == HG_NO_SIGNATURE ? NULL : database->tables.systems + claimed;
    system[append(system, 0, MOST,
                  known == NULL ? (hg_span){0} : name_at(database, known->name_offset, known->name_length))] = 0;
}
