// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the worker found, as tiles, findings and sections, in the words of the report.

const MOST_SHOWN = 300; // rows of a table, as in a report
const EVENT_COLUMNS = [
  { title: "Packet", numeric: true },
  { title: "Time (UTC)" },
  { title: "Event" },
  { title: "Source", code: true },
  { title: "Destination", code: true },
  { title: "What is seen", wide: true },
  { title: "Signature", code: true },
];

const seen = (record, words) => {
  const match = record.match ?? record.client ?? record.software;
  const parts = match ? [labelOf(match, words)] : [];
  if (record.link !== undefined) parts.push(record.link ?? "", `MTU ${record.mtu}`);
  if (record.uptime_minutes !== undefined) parts.push(`${record.uptime_minutes} min`);
  if (record.tls_version !== undefined) parts.push(record.tls_version ?? "");
  if (record.http_version !== undefined) parts.push(record.user_agent ?? "");
  if (record.reliable === false || record.verdict === "contradicts") parts.push(record.why);
  return parts.filter(Boolean).join("; ");
};

const place = (address, port) => (address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`);

const eventRow = (words) => (record) => [
  numberCell(record.packet_number),
  textCell(record.time.slice(0, 23).replace("T", " ")),
  textCell(record.event),
  textCell(place(record.src_ip, record.src_port)),
  textCell(place(record.dst_ip, record.dst_port)),
  textCell(seen(record, words)),
  textCell(record.signature ?? record.ja4 ?? record.ja3s),
];

const namesOf = (host) => {
  const ranked = [...host.names].sort((a, b) => b[1] - a[1]);
  return ranked.map(([name, count]) => `${name} (${tables.plain(count)})`).join("; ");
};

const hostRow = (unnamed) => (host) => {
  const leading = [...host.names].filter(([name]) => name !== unnamed).sort((a, b) => b[1] - a[1])[0];
  const mtu = [...host.mtus].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  const hops = host.near === host.far ? `${host.near}` : `${host.near}${DASH}${host.far}`;
  return [
    addressCell(host.address),
    textCell(namesOf(host)),
    percentCell(leading === undefined ? null : host.confidence.get(leading[0])),
    { text: hops, key: host.near },
    mtu === undefined ? { text: DASH, key: -1 } : numberCell(mtu[0]),
    numberCell(host.handshakes),
    timeCell(host.first),
    timeCell(host.last),
  ];
};

const systemRow = (hosts) => (row) => [
  textCell(row.name),
  numberCell(row.hosts, hosts),
  numberCell(row.syn),
  numberCell(row.syn_ack),
  percentCell(row.named ? row.sure / row.named : null),
  ...["specific", "generic", "fuzzy"].map((fit) => (row.named ? numberCell(row[fit]) : { text: DASH, key: -1 })),
];

// ---- findings --------------------------------------------------------------------------------

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const listed = (words, shown) =>
  words.slice(0, shown).join(", ") + (words.length > shown ? ` and ${words.length - shown} more` : "");

const findingsOf = (totals, { words, shown, manyPorts }) => {
  const found = [];
  const add = (name, hosts, values = {}) => {
    if (hosts.length === 0) return;
    const addresses = hosts.sort((a, b) => (addressCell(a).key < addressCell(b).key ? -1 : 1));
    const text = filled(words[name], { hosts: counted(hosts.length, "host"), ...values });
    found.push(`${text}: ${listed(addresses, shown)}`);
  };
  const those = (test) => totals.all.filter(test);
  const addresses = (hosts) => hosts.map((host) => host.address);
  const tools = those((host) => host.tools.size > 0);
  add("tools", addresses(tools), { names: listed([...new Set(tools.flatMap((host) => [...host.tools]))].sort(), shown) });
  add("ports", addresses(those((host) => host.ports.size >= manyPorts)));
  const reasons = listed([...new Set(totals.contradictions.map((row) => row.why))], shown);
  add("contradicts", [...new Set(totals.contradictions.map((row) => row.host))], { reasons });
  const doubted = those((host) => host.doubt !== null);
  const doubts = new Map();
  for (const host of doubted) doubts.set(host.doubt, (doubts.get(host.doubt) ?? 0) + 1);
  const clocks = counted(those((host) => host.clock).length, "host");
  const why = listed([...doubts].sort((a, b) => b[1] - a[1]).map(([reason]) => reason), shown);
  add("clocks", addresses(doubted), { some: doubted.length, hosts: clocks, reasons: why });
  return found;
};

// ---- all of it -------------------------------------------------------------------------------

const tileElements = (stats, totals, words) => {
  const kinds = Object.fromEntries(words.events.map((name, at) => [name, stats.events[at]]));
  const { plain } = tables;
  const tiles = [["Packets", plain(stats.packets), `${plain(stats.analysed)} analysed`]];
  const { syn, syn_ack: answers } = kinds;
  tiles.push(["Handshakes", plain(syn + answers), `${plain(syn)} SYN, ${plain(answers)} SYN+ACK`]);
  const hellos = kinds.tls_client + kinds.tls_server;
  if (hellos) tiles.push(["TLS hellos", plain(hellos), `${plain(kinds.tls_client)} of clients`]);
  const messages = kinds.http_request + kinds.http_response;
  if (messages) tiles.push(["HTTP messages", plain(messages), `${plain(kinds.http_request)} requests`]);
  const named = totals.hosts.filter((host) => [...host.names.keys()].some((name) => name !== words.text.unnamed));
  const share = totals.hosts.length ? Math.round((100 * named.length) / totals.hosts.length) : 0;
  if (totals.hosts.length) tiles.push(["Addresses", plain(totals.hosts.length), `${share}% with a name`]);
  if (totals.first) tiles.push(["From", timeCell(totals.first).text, `to ${timeCell(totals.last).text} UTC`]);
  const one = ([name, value, more]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, element("b", {}, value), element("small", {}, more)));
  return element("dl", { className: "tiles" }, ...tiles.map(one));
};

const findingElements = (lines) => {
  const items = lines.map((line) => element("li", {}, element("bdi", {}, line)));
  const title = element("h2", { id: "findings-title" }, "Findings");
  const named = { "aria-labelledby": "findings-title" };
  return element("section", { className: "findings", aria: named }, title, element("ul", {}, ...items));
};

const sectionElement = (name, title, words, ...children) =>
  element(
    "section",
    { id: name, aria: { "aria-labelledby": `${name}-title` } },
    element("h2", { id: `${name}-title` }, title),
    element("p", {}, words),
    ...children,
  );

// The sections of what `found` by the worker tells: [name, title, element], in order.
const sectionsOf = ({ stats, totals, rows, events }, words) => {
  const made = [];
  const table = (name, found, row) => tableElement(words.tables[name], found.slice(0, MOST_SHOWN).map(row), found.length);
  const add = (name, title, text, ...children) =>
    made.push([name, title, sectionElement(name, title, text, ...children)]);
  const report = (name, ...children) => add(name, words.sections[name].title, words.sections[name].words, ...children);
  const count = (kind) => stats.events[words.events.indexOf(kind)];
  if (totals.hosts.length) {
    report("systems", table("systems", totals.systems, systemRow(totals.hosts.length)));
    report("by-address", table("hosts", totals.hosts, hostRow(words.text.unnamed)));
  }
  if (totals.contradictions.length) {
    const judged = words.findings.judged;
    const row = (one) => [addressCell(one.host), textCell(judged[one.of]), textCell(one.why), numberCell(one.events)];
    add("verdicts", "Contradictions", words.text.verdicts, table("contradictions", totals.contradictions, row));
  }
  if (totals.tlsVersions.length) {
    const hellos = { client: count("tls_client"), server: count("tls_server") };
    const shares = (row) => [numberCell(row.hosts), numberCell(row.events, hellos[row.role ?? "client"])];
    const parts = [
      table("tls-clients", totals.tlsClients, (row) => [textCell(row.name || "???"), textCell(row.ja4), ...shares(row)]),
      table("tls-versions", totals.tlsVersions, (row) => [textCell(row.role), textCell(row.version), ...shares(row)]),
    ];
    const old = (row) => [addressCell(row.host), textCell(row.role), textCell(row.version), numberCell(row.events)];
    if (totals.tlsOld.length) parts.push(table("tls-old", totals.tlsOld, old));
    add("tls", "TLS", words.text.tls, ...parts);
  }
  const http = [["http-clients", totals.httpClients, "http_request"], ["http-servers", totals.httpServers, "http_response"]];
  const programs = http.filter(([, found]) => found.length).map(([name, found, kind]) =>
    table(name, found, (row) => [textCell(row.name || "???"), numberCell(row.hosts), numberCell(row.events, count(kind))]),
  );
  if (programs.length) add("http", "HTTP", words.text.http, ...programs);
  const dropped = words.drops.map((name, at) => [name, words.meanings[name], stats.drops[at]]).filter(([, , n]) => n);
  dropped.sort((a, b) => b[2] - a[2]);
  const reasons = [["analysed", "TCP that was looked at", stats.analysed], ...dropped];
  const reason = ([name, meaning, packets]) => [textCell(name), textCell(meaning), numberCell(packets, stats.packets)];
  report("left-out", table("drops", reasons, reason));
  const spec = { name: "events", caption: "Events in the order of the capture", unit: "event", columns: EVENT_COLUMNS };
  const save = element("button", { type: "button", id: "save" }, "Export all events as JSON Lines");
  const bar = element("div", { className: "bar" }, save);
  add("events", "Events", "One row an event.", bar, tableElement(spec, rows.map(eventRow(words)), events));
  return made;
};
