// The view of a summary document: each call of `view.show(document)` fills #above and #main again.
"use strict";
const view = (() => {
  const by = (id) => document.getElementById(id);
  let shown = null;
  let records = new Map(); // host records in the document, by address; several in different tunnels or VLANs
  let hostsOf = new Map(); // the same by MAC
  let rows = new Map(); // local devices, by address
  let ask = null; // optional function that returns a promise of the record of any address

  const groupBy = (entries) => {
    const groups = new Map();
    for (const [address, one] of entries) groups.set(address, [...(groups.get(address) ?? []), one]);
    return groups;
  };

  // Of the records or devices with an address the one within a tunnel or VLAN; without `within` the first outside.
  // `began`: of several holders of the address the one that was first seen then.
  const pick = (groups, address, within, began) => {
    const all = groups.get(address) ?? [];
    const found = began ? all.filter((one) => one.first_seen === began) : all;
    return found.find((one) => (one.segments ? placesOf(one) : [one.tunnel ?? ""]).includes(within)) ?? (within ? undefined : found[0]);
  };

  // ---- head ------------------------------------------------------------------------------------------------

  const leadElement = (whole) => {
    const { local_hosts: local, hosts, findings, first_seen: first, last_seen: last } = whole;
    const devices = whole.local_devices.length + (whole.omitted.local_devices ?? 0);
    const named = whole.local_devices.filter((one) => makerText(one) || systemText(one)).length;
    const fresh = whole.local_devices.filter((one) => one.first_seen > whole.since).length;
    const gone = whole.local_devices.filter((one) => one.last_seen < whole.since).length;
    const news = whole.since ? `, ${plain(fresh)} new and ${plain(gone)} gone since ${minuteText(whole.since)}` : "";
    const heavy = findings.filter((one) => weightOf(one) < LIGHTEST - 1).length;
    const more = whole.hosts_complete ? "" : " or more";
    const sentence = [
      `${counted(devices, "local device")}${news}`,
      `${plain(named)} with a known maker, model or system`,
      `${counted(heavy, "finding")} ${heavy === 1 ? "needs" : "need"} a look`,
      `${counted(hosts - local, "remote host")}${more}`,
    ].join("; ");
    const some = findings.some((one) => one.kind === "time") ? ", some of a wrong clock" : "";
    const span = first ? `${minuteText(first)} to ${minuteText(last)} UTC${some}` : "";
    const head = [element("p", { className: "lead" }, `${sentence}.`), element("p", { className: "shown" }, span)];
    return element("div", {}, ...head, lossesElement(whole));
  };

  // ---- findings --------------------------------------------------------------------------------------------

  const ADDRESS =
    /(?<![\w.:+])(\d{1,3}(?:\.\d{1,3}){3}|(?:[\da-f]{2}:){5}[\da-f]{2}|(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|[\da-f:]*::[\da-f:.]*[\da-f])(?![\w.]*[\w/])/;
  const withAddresses = (line) => line.split(ADDRESS).map((part, at) => (at % 2 ? addressElement(part) : part));

  const FEW = 3; // hosts of a finding with a line of their own, and addresses in a command

  const spreadText = ({ packets, first_seen: first, last_seen: last }) =>
    [first && `${[...new Set([first, last].map(minuteText))].join(" to ")} UTC`, packets && counted(packets, "packet")]
      .filter(Boolean)
      .join(", ");

  // The causes that the text of a finding names, without the headline and the hosts.
  const causeOf = ({ headline, text: whole, hosts }) => {
    const rest = whole.startsWith(headline) ? whole.slice(headline.length) : whole;
    const end = hosts.length ? rest.lastIndexOf(`: ${hosts[0]}`) : rest.length;
    return rest.slice(0, end < 0 ? rest.length : end).replace(/^[,:]?\s*/, "").replace(/^\(([^()]*)\)$/, "$1");
  };

  // What the text says of one host: the part in parentheses after its address.
  const detailOf = ({ text: whole }, address) => {
    const begin = whole.indexOf(`${address} (`) + address.length + 2;
    if (begin < address.length + 2) return "";
    let [at, depth] = [begin, 1];
    for (; at < whole.length && depth; at++) depth += (whole[at] === "(") - (whole[at] === ")");
    return whole.slice(begin, at - 1);
  };

  // Without the system if `detail` begins with it.
  const nameOf = (address, within = "", detail = "") => {
    const host = pick(records, address, within);
    const device = pick(rows, address, within);
    if (host?.family && detail.startsWith(hostText(host))) return device ? makerText(device) : "";
    const system = host?.family ? `${hostText(host)}, ${percentText(host.confidence)} sure` : device && systemText(device);
    return [device && makerText(device), system].filter(Boolean).join(", ");
  };

  const hostLine = (finding, address) => {
    const detail = detailOf(finding, address);
    const [own, within = ""] = address.split(" in ");
    const parts = [nameOf(own, within, detail), detail].filter(Boolean).join(": ");
    if (finding.host_count === 1) return element("li", {}, element("bdi", {}, parts)); // the headline has the address
    return element("li", {}, addressElement(own, within), within && ` in ${within}`, parts && element("bdi", {}, ` ${parts}`));
  };

  // ---- what next -------------------------------------------------------------------------------------------

  const quoted = (name) => (/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
  const inputsText = () =>
    shown.captures.length === 1 ? quoted(shown.captures[0].name) : shown.captures.length ? "CAPTURES" : "--store STORE";
  const filterText = (hosts) =>
    hosts
      .slice(0, FEW)
      .map((one) => `${one.length === 17 ? "eth" : one.includes(":") ? "ipv6" : "ip"}.addr == ${one}`)
      .join(" || ");
  const commandText = (hosts) => {
    const ends = hosts.slice(0, FEW).map((one) => `--ip ${one}`);
    return ["huginn", shown.captures.length ? "pcap" : "hosts", ...ends, inputsText()].join(" ");
  };

  const copyElement = (name, line) =>
    element(
      "div",
      { className: "copy" },
      element("span", { className: "shown" }, name),
      element("code", {}, ...line.split(/(?= )/).map((word) => element("span", { className: "t" }, word))),
      element("button", { type: "button", dataset: { copy: "" }, aria: { "aria-label": `Copy: ${line}` } }, "Copy"),
    );

  const nextElements = (hosts) => {
    const plainHosts = hosts.filter((one) => !one.includes(" ")); // not in tunnels
    if (!plainHosts.length) return [];
    const filter = shown.captures.length ? [copyElement("Wireshark", filterText(plainHosts))] : [];
    return [copyElement("Packets", commandText(plainHosts)), ...filter];
  };

  const headlineElements = ({ headline, hosts }) => {
    const parts = [];
    let rest = headline;
    for (const [own, within] of hosts.map((one) => one.split(" in "))) {
      const at = rest.indexOf(own);
      if (at < 0) break;
      parts.push(rest.slice(0, at), addressElement(own, within));
      rest = rest.slice(at + own.length);
    }
    return [...parts, rest];
  };

  const findingElement = (finding, at) => {
    const { kind, weight, hosts, host_count: count } = finding;
    const cause = causeOf(finding);
    const lines = hosts.slice(0, FEW).map((one) => hostLine(finding, one));
    const rest = hosts.slice(FEW).flatMap((one) => [addressElement(...one.split(" in ")), " "]);
    const first = count > hosts.length ? ` of the first ${plain(hosts.length)}` : "";
    const summary = element("summary", {}, `${plain(hosts.length - FEW)} more${first}`);
    const all = rest.length
      ? [element("details", { className: "more", id: `finding-${at}` }, summary, element("p", {}, ...rest))]
      : [];
    const about = document.getElementById(`about-${kind}`)
      ? [element("a", { href: `#about-${kind}`, className: "shown" }, "What this means")]
      : [];
    return element(
      "li",
      { className: `finding ${WEIGHTS[weight]}` },
      element("span", { className: "weight" }, weight),
      element(
        "div",
        { className: "what" },
        element("h3", {}, ...headlineElements(finding)),
        element("ul", {}, ...lines),
        ...all,
        cause && element("p", { className: "cause" }, element("bdi", {}, ...withAddresses(cause))),
        element("p", { className: "shown" }, spreadText(finding)),
      ),
      element("div", { className: "next" }, ...nextElements(hosts), ...about),
    );
  };

  const NOTHING = /^(no |none |not known|0 of )/;

  // The page has the meaning of every kind; those that were not found stay hidden.
  const showMeanings = (findings) => {
    const kinds = new Set(findings.map(({ kind }) => `about-${kind}`));
    for (const title of document.querySelectorAll("[id^=about-]"))
      title.hidden = title.nextElementSibling.hidden = !kinds.has(title.id);
  };

  const findingsElement = ({ findings, answers }) => {
    showMeanings(findings);
    const items = findings.map(findingElement);
    const list = items.length ? element("ol", {}, ...items) : element("p", {}, "Nothing stands out.");
    const pairs = answers
      .filter(({ answer }) => NOTHING.test(answer))
      .map((one) => [one.question, element("bdi", {}, ...withAddresses(one.answer))]);
    const summary = element("summary", {}, `${counted(pairs.length, "question")} without a finding`);
    const title = element("h2", { id: "findings-title" }, "Findings");
    return element(
      "section",
      { className: "findings", aria: { "aria-labelledby": "findings-title" } },
      title,
      list,
      ...(pairs.length ? [element("details", { id: "asked", className: "folded" }, summary, pairsElement(pairs))] : []),
    );
  };

  const lossesElement = ({ losses, packets, hosts, hosts_complete: isComplete }) => {
    const bounds = isComplete ? [] : ["numbers of addresses are lower bounds"];
    const lines = [...losses.map(({ text }) => text), ...bounds];
    const isStore = !packets && hosts;
    if (!lines.length) return element("p", { className: "shown" }, isStore ? "" : "Nothing is known to be missing.");
    const items = lines.map((line) => element("li", {}, ...withAddresses(line)));
    const title = "What this capture could not show:";
    return element("div", { className: "notice", aria: { role: "note" } }, title, element("ul", {}, ...items));
  };

  const whoElement = () => {
    const input = element("input", { id: "who", type: "search", autocomplete: "off", spellcheck: false });
    const label = element("label", {}, "Address or MAC ", input);
    const form = element("form", { className: "bar" }, label, element("button", {}, "Show host record"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) openHost(input.value.trim().toLowerCase());
    });
    return form;
  };

  // ---- one host -------------------------------------------------------------------------------------------

  const HOST = [
    ["System", hostText],
    ["Confidence", (host) => shareText(sureOf(host))],
    ["Confidence of the version", (host) => shareText(host.version_confidence)],
    ["Source of the version", (host) => host.version_source?.replaceAll("_", " ")],
    ["Device", (host) => deviceText(host.device)],
    ["MAC", macText],
    ["Also claimed by", "claimed_by"],
    ["The same DHCP client as", (host) => joined(host.related)],
    ["Role", "role"],
    ["Named by its handshakes", (host) => joined(host.candidates)],
    ["Calls itself", "host_name"],
    ["Tools", (host) => joined(host.tools)],
    ["Systems behind it", (host) => host.systems > 1 && host.systems],
    ["Because of", (host) => joined(host.witnesses)],
    ["No updates", (host) => joined(host.ended, endedText)],
    ["Scans", (host) => joined(host.scans)],
    ["Contradictions", (host) => host.contradictions],
    ["Connections", (host) => host.connections && `${plain(host.connections)} (${plain(host.syns)} SYN, ${plain(host.syn_acks)} SYN+ACK)`],
    ["Distance", (host) => (host.distance === null ? "" : counted(host.distance, "hop"))],
    ["Link", (host) => joined([host.link, host.mtu && `MTU ${plain(host.mtu)}`].filter(Boolean))],
    ["Uptime", (host) => uptimeText(host)],
    ["Language", "language"],
    ["Clients", (host) => joined(host.clients)],
    ["Servers", (host) => joined(host.servers)],
    ["Asked for as", (host) => joined(host.services)],
    ["Leases", (host) => joined(host.leases)],
    ["Logins in clear text", (host) => joined(host.logins, ({ protocol, port, count }) => `${protocol} port ${port} (${count})`)],
    ["Protocols", (host) => joined(host.protocols)],
    ["Services used (ports)", (host) => joined(host.client_ports)],
    ["Services offered (ports)", (host) => joined(host.server_ports)],
  ];

  const changeText = ({ kind, role, reasons }) => `${words(kind)} (${role}): ${reasons.map(words).join(", ")}`;

  // What happened to a host, in order of time.
  const eventsOf = (host, about) => {
    const events = [
      [host.first_seen, "First seen"],
      [host.last_seen, "Last seen"],
      [host.last_change, "Its system changed"],
      [host.last_sharing, "Several systems shared the address"],
      [host.host_change, "Changed, as p0f counts"],
      [host.ip_sharing, "Shared, as p0f counts"],
      ...(host.changes ?? []).map((one) => [one.time, changeText(one)]),
      ...about.map((one) => [one.first_seen, deedOf(one)]),
    ];
    return events.filter(([time]) => time).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  };

  const endedText = ({ product, ended, confidence, evidence }) =>
    `${product}: none since ${ended} (${[confidence !== null && percentText(confidence), ...evidence].filter(Boolean).join(", ")})`;

  const shareText = (share) => (share === null ? "" : percentText(share));

  const uptimeText = (host) => {
    if (host.uptime_minutes === null) return "";
    const period = `modulo ${plain(host.uptime_modulo_days)} d, ${plain(host.uptime_hz)} Hz`;
    return `${minutesText(host.uptime_minutes)}, ${period}${host.uptime_reliable ? "" : ", not reliable"}`;
  };

  const headed = (title, ...content) => [element("h3", {}, title), ...content];

  const byConnections = ({ peers, tunnel }) =>
    (peers ?? []).map((peer) => ({ ...peer, tunnel })).sort((a, b) => b.connections - a.connections);
  const peersTitle = ({ peers_left_out: more }) =>
    more ? `Who talks to it (and ${counted(more, "connection")} with others)` : "Who talks to it";

  // Who had the address, or which addresses the MAC had, each with its time as a bar.
  const holderElements = (address) => {
    const isMac = address.length === 17;
    const all = [...((isMac ? hostsOf : records).get(address) ?? [])].reverse();
    const times = all.flatMap((one) => [one.first_seen, one.last_seen]).sort();
    const [begin, span] = [Date.parse(times[0]), Date.parse(times.at(-1)) - Date.parse(times[0])];
    const percent = (time, since = begin) => `${span ? (100 * (Date.parse(time) - since)) / span : 100}%`;
    const lines = all.map((one) => {
      const style = { "margin-left": span ? percent(one.first_seen) : "0", width: percent(one.last_seen, Date.parse(one.first_seen)) };
      const link = addressElement(hostName(one), one.tunnel);
      link.dataset.began = one.first_seen;
      link.textContent = isMac ? hostName(one) : macText(one) || "MAC not known";
      const what = [deviceText(one.device) || (one.family && hostText(one)), one.tunnel].filter(Boolean).join(", ");
      const when = `${timeText(one.first_seen)} to ${timeText(one.last_seen)}`;
      return element("li", {}, link, element("bdi", {}, ` ${what} `), element("span", { className: "shown" }, when), element("i", { style }));
    });
    const title = isMac ? "The addresses of this MAC" : "Who had this address";
    return lines.length > (isMac ? 0 : 1) ? headed(title, element("ul", { className: "holders" }, ...lines)) : [];
  };

  const recordElements = (host, about) => {
    const pairs = HOST.map(([name, value]) => [name, typeof value === "string" ? host[value] : value(host)]);
    const filled = pairs
      .filter(([, one]) => one)
      .map(([name, one]) => [name, typeof one === "number" ? plain(one) : one]);
    const tableOf = (name, title, list) =>
      list?.length ? headed(title, tableElement(name, TABLES[name], list, shown)) : [];
    const events = eventsOf(host, about).map(([time, line]) => [`${timeText(time)} UTC`, line]);
    return [
      pairsElement(filled),
      ...tableOf("peers", peersTitle(host), byConnections(host)),
      ...tableOf("evidence", "What speaks for and against the system", host.evidence),
      ...tableOf("announcements", "What it announces", host.device?.evidence),
      ...headed("Timeline", pairsElement(events)),
    ];
  };

  const noRecord = (address, within) => {
    if (ask) return [element("p", {}, "The captures show nothing of this address.")];
    const device = pick(rows, address, within);
    const known = device
      ? [
          ["Device", makerText(device)],
          ["System", systemText(device)],
          ["MAC", macText(device) || shortMac(device)],
          ["Calls itself", device.host_name],
          ["Addresses", device.addresses.join(", ")],
          ["First seen", `${timeText(device.first_seen)} UTC`],
          ["Last seen", `${timeText(device.last_seen)} UTC`],
        ].filter(([, one]) => one)
      : [];
    const line = `This page has the records of ${counted(records.size, "host")}, not this one. To see it:`;
    const command = ["huginn", "hosts", ...(address.length === 17 ? [] : ["--ip", address]), inputsText()].join(" ");
    return [pairsElement(known), element("p", {}, line), copyElement("Record", command)];
  };

  const attachTables = (id) => by(id).querySelectorAll("table[data-table]").forEach(tables.attach);

  const aboutElement = (finding, address) => {
    const detail = detailOf(finding, address) || causeOf(finding);
    const line = [deedOf(finding), detail].filter(Boolean).join(": ");
    const { weight } = finding;
    return element("li", {}, element("span", { className: `weight ${WEIGHTS[weight]}` }, weight), ` ${line}`);
  };

  const fillHost = (address, within, host) => {
    const name = within ? `${address} in ${within}` : address;
    const about = shown.findings.filter(({ hosts }) => hosts.includes(name));
    const why = shown.verdicts.contradictions.filter((one) => one.host === address).map((one) => one.why);
    const lines = [...about.map((one) => aboutElement(one, name)), ...why.map((line) => element("li", {}, line))];
    by("host-title").textContent = name;
    const list = lines.length ? [element("ul", {}, ...lines)] : [];
    const next = nextElements([address]);
    by("host-record").replaceChildren(
      ...(nameOf(address, within) ? [element("p", { className: "lead" }, nameOf(address, within))] : []),
      ...list,
      ...holderElements(address),
      ...(host ? recordElements(host, about) : noRecord(address, within)),
      ...headed("What next", ...next),
    );
    attachTables("host-record");
  };

  let wentBack = null; // set while the browser is about to leave the history entry of a record

  // Shows a record. The browser's back button also closes it.
  const openHost = async (address, within = "", began = "") => {
    const host = pick(records, address, within, began) ?? hostsOf.get(address)?.[0] ?? (await ask?.(address));
    await wentBack;
    if (shown === null) return;
    fillHost(address, host?.tunnel ?? within, host);
    if (by("host").open) return;
    if (history.state !== "host") history.pushState("host", "");
    by("host").showModal();
  };

  by("host").addEventListener("close", () => {
    if (wentBack || by("host").open || history.state !== "host") return;
    wentBack = new Promise((settle) => addEventListener("popstate", settle, { once: true })).then(() => (wentBack = null));
    history.back();
  });
  addEventListener("popstate", () => by("host").close());

  // ---- sections -------------------------------------------------------------------------------------------

  const figureElement = ({ name, title, words: seen, axis, labels, across, stacked }) => {
    const canvas = element("canvas", { id: name, aria: { role: "img", "aria-label": `${title}. ${seen}.` } });
    const height = across ? Math.max(140, 46 + 38 * labels.length) : stacked ? 340 : 280;
    const plot = element("div", { className: "plot", style: { height: `${height}px` } }, canvas);
    return element("figure", {}, plot, element("figcaption", {}, axis ? `${title} (${axis})` : title));
  };

  const tablesOf = (section, rowsFor, whole) =>
    section.tables.flatMap((name) => {
      const [spec, found] = name === "time" ? timeTable(whole.over_time) : [TABLES[name], rowsFor(name)];
      return found.length ? [tableElement(name, spec, found, whole, whole.omitted[LISTS[name] ?? name])] : [];
    });

  const sectionElement = ({ name, title, words: about, folded }, found, drawn, whole) => {
    const seen = typeof about === "function" ? about(whole) : (about ?? "");
    const apart = name === "over-time" ? whole.over_time.apart : 0;
    const left = apart ? ` ${counted(apart, "handshake")} with a time far from the rest left out.` : "";
    const content = [
      element("p", {}, element("bdi", {}, ...withAddresses(seen + left))),
      ...(drawn.length ? [element("div", { className: "charts" }, ...drawn.map(figureElement))] : []),
      ...found,
    ];
    const heading = element("h2", { id: `${name}-title` }, title);
    const closed = () =>
      element("details", { className: "folded", id: `${name}-folded` }, element("summary", {}, heading), ...content);
    return element(
      "section",
      { id: name, aria: { "aria-labelledby": `${name}-title` } },
      ...(folded ? [closed()] : [heading, ...content]),
    );
  };

  const sectionsOf = (whole) => {
    const rowsFor = rowsOf(whole);
    return SECTIONS.map((section) => {
      const drawn = (section.charts ?? []).map((chart) => chart(whole)).filter(({ labels }) => labels.length);
      return [section, tablesOf(section, rowsFor, whole), drawn];
    })
      .filter(([, found, drawn]) => found.length || drawn.length)
      .map(([section, found, drawn]) => [section, sectionElement(section, found, drawn, whole), drawn]);
  };

  // ---- all of it ------------------------------------------------------------------------------------------

  // Changes the page, then restores open sections, the scroll position and the focus.
  const keeping = (change) => {
    const open = [...document.querySelectorAll("details[id][open]")].map((part) => part.id);
    const { id, dataset } = document.activeElement;
    const [top, asked] = [scrollY, by("who")?.value ?? ""];
    change();
    open.map(by).forEach((part) => part && (part.open = true));
    by("who").value = asked;
    const focused = dataset.filter ? document.querySelector(`[data-filter="${dataset.filter}"]`) : id && by(id);
    if (focused) focused.focus({ preventScroll: true });
    scrollTo(0, top);
  };

  const fill = (whole) => {
    const parts = sectionsOf(whole);
    const links = parts.map(([{ name, title }]) => element("li", {}, element("a", { href: `#${name}` }, title)));
    by("above").replaceChildren(
      leadElement(whole),
      findingsElement(whole),
      whoElement(),
      element("nav", { aria: { "aria-label": "Sections" } }, element("ul", {}, ...links)),
    );
    by("main").replaceChildren(...parts.map(([, section]) => section));
    attachTables("main");
    return parts.flatMap(([, , drawn]) => drawn);
  };

  // Shows a document; returns a function that draws its charts.
  const show = (whole) => {
    shown = whole;
    const hosts = [...new Map([...whole.top_hosts, ...(whole.more_hosts ?? [])].map((one) => [JSON.stringify([hostName(one), one.tunnel, one.mac, one.first_seen]), one])).values()];
    hosts.sort((a, b) => (a.last_seen > b.last_seen ? -1 : Number(a.last_seen < b.last_seen)));
    records = groupBy(hosts.map((host) => [hostName(host), host]));
    hostsOf = groupBy(hosts.filter(({ mac }) => mac).map((host) => [host.mac, host]));
    rows = groupBy(whole.local_devices.flatMap((one) => [...one.addresses, one.mac].map((address) => [address, one])));
    charts.clear();
    let drawn = [];
    keeping(() => (drawn = fill(whole)));
    return () => drawn.forEach(charts.draw);
  };

  const clear = () => {
    shown = null;
    by("host").close();
    tables.forget();
    charts.clear();
    by("above").replaceChildren();
    by("main").replaceChildren();
  };

  // Copies the line before a button. This works where navigator.clipboard is missing.
  const copy = (button) => {
    getSelection().selectAllChildren(button.previousSibling);
    document.execCommand("copy");
    button.textContent = "Copied";
  };

  addEventListener("click", (event) => {
    if (event.target.closest("[data-copy]")) copy(event.target);
    const { who, within, began } = event.target.closest("[data-who]")?.dataset ?? {};
    if (who === undefined) return;
    event.preventDefault();
    openHost(who, within, began);
  });
  by("host-close").addEventListener("click", () => by("host").close());

  const askWith = (one) => (ask = one);

  return { askWith, clear, show };
})();
