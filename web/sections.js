// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the worker found, as tiles, findings and sections, in the words of the report.

const EVENT_COLUMNS = [
  { title: "Packet", numeric: true },
  { title: "Time (UTC)" },
  { title: "Event" },
  { title: "Source", address: true },
  { title: "Destination", address: true },
  { title: "What is seen", wide: true },
  { title: "Signature", code: true },
];

const seen = (record, words) => {
  const match = record.match ?? record.client ?? record.software;
  const parts = match ? [labelOf(match, words)] : [];
  if (record.reasons !== undefined) parts.push(record.reasons.join(", "));
  if (record.link !== undefined) parts.push(record.link ?? "", `MTU ${record.mtu}`);
  if (record.uptime_minutes !== undefined) parts.push(`${record.uptime_minutes} min`);
  if (record.tls_version !== undefined) parts.push(record.tls_version ?? "");
  if (record.http_version !== undefined) parts.push(record.user_agent ?? "");
  if (record.reliable === false || record.verdict === "contradicts") parts.push(record.why);
  return parts.filter(Boolean).join("; ");
};

const hostCell = ({ host, key }) => ({ text: host, key, who: host });

const NEWS_ROLES = [
  ["new addresses", "system"], ["new TLS clients", "system"], ["contradictions", "system"], ["findings of hosts", "system"],
];

const place = (address, port) => (address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`);

const eventRow = (words) => (record) => [
  numberCell(record.packet_number),
  textCell(record.time.slice(0, 23).replace("T", " ")),
  textCell(record.event),
  { text: place(record.src_ip, record.src_port), who: record.src_ip },
  { text: place(record.dst_ip, record.dst_port), who: record.dst_ip },
  textCell(seen(record, words)),
  textCell(record.signature ?? record.ja4 ?? record.ja3s),
];

const ranked = (host) => [...host.names].sort(([, a], [, b]) => b.count - a.count);

const hostRow = ({ signatures, text }) => (host) => {
  const names = new Map();
  for (const [signature, { count, sure }] of ranked(host)) {
    const name = signatures[signature]?.label ?? text.unnamed;
    names.set(name, { count: (names.get(name)?.count ?? 0) + count, sure });
  }
  const said = [...names].sort(([, a], [, b]) => b.count - a.count);
  const leading = said.find(([name]) => name !== text.unnamed);
  const mtu = [...host.mtus].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  const hops = host.near === host.far ? `${host.near}` : `${host.near}${DASH}${host.far}`;
  return [
    hostCell({ host: host.address, key: host.key }),
    textCell(said.map(([name, { count }]) => `${name} (${tables.plain(count)})`).join("; ")),
    percentCell(leading === undefined ? null : leading[1].sure),
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
  const { total } = totals.hosts;
  if (total) tiles.push(["Addresses", plain(total), `${Math.round((100 * totals.named) / total)}% with a name`]);
  if (stats.events.some(Boolean)) tiles.push(["From", timeCell(totals.first).text, `to ${timeCell(totals.last).text} UTC`]);
  const one = ([name, value, more]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, element("b", {}, value), element("small", {}, more)));
  return element("dl", { className: "tiles" }, ...tiles.map(one));
};

// A text whose addresses are links.
const ADDRESS = /(?<![\w.:])(\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:]*:[\da-f:.]*[\da-f:])(?![\w.]*\w)/;
const withAddresses = (text) => text.split(ADDRESS).map((part, at) => (at % 2 ? addressElement(part, part) : part));

const findingElements = (lines) => {
  const items = lines.map((line) => element("li", {}, element("bdi", {}, ...withAddresses(line))));
  const title = element("h2", { id: "findings-title" }, "Findings");
  const named = { "aria-labelledby": "findings-title" };
  const list = items.length ? element("ul", {}, ...items) : element("p", {}, "Nothing stands out.");
  return element("section", { className: "findings", aria: named }, title, list);
};

// Where an address is asked for; `ask` gets it.
const whoElements = (ask) => {
  const input = element("input", { type: "search", id: "who", autocomplete: "off", spellcheck: false });
  const form = element("form", { className: "bar" }, element("label", {}, "Who is this address? ", input));
  form.append(element("button", {}, "Show"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(input.value.trim().toLowerCase());
  });
  return element("div", {}, form, element("div", { id: "known", aria: { role: "status", "aria-live": "polite" } }));
};

const MOST_OF_KNOWN = 8;

const knownElements = (address, known, words) => {
  if (known === null) return [element("p", {}, `${address}: nothing of it is known here.`)];
  const { host } = known;
  const [, systems, sure, hops, mtu, handshakes, first, last] = hostRow(words)(host).map((cell) => cell.text);
  const said = (rows, text) => {
    const most = [...rows].sort((a, b) => b.events - a.events).slice(0, MOST_OF_KNOWN).map(text);
    return most.concat(rows.length > most.length ? `${rows.length - most.length} more` : []).join("; ");
  };
  const named = (row) => `${row.name || row.ja4 || "???"} (${tables.plain(row.events)})`;
  const { tlsClients, tlsVersions, httpClients, httpServers, contradictions } = known;
  const pairs = [
    ["Systems", host.handshakes ? `${systems}, confidence ${sure}` : ""],
    ["Distance", host.handshakes ? `${hops} hops` : ""],
    ["MTU", host.mtus.size ? mtu : ""],
    ["Handshakes", host.handshakes ? `${handshakes}, from ${first} to ${last} UTC` : ""],
    ["TLS clients", said(tlsClients, named)],
    ["TLS", said(tlsVersions, (row) => `${row.version} as ${row.role}`)],
    ["HTTP clients", said(httpClients, named)],
    ["HTTP servers", said(httpServers, named)],
    ["Contradictions", said(contradictions, (row) => row.why)],
    ["Clock", host.seen.clock ? words.findings.doubts[host.seen.clock] : ""],
  ];
  const rows = pairs.filter(([, text]) => text).flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]);
  return [element("h2", {}, address), element("dl", { className: "known" }, ...rows)];
};

const sectionElement = (name, title, words, ...children) =>
  element(
    "section",
    { id: name, aria: { "aria-labelledby": `${name}-title` } },
    element("h2", { id: `${name}-title` }, title),
    element("p", {}, words),
    ...children,
  );

// The sections of what `found` by the worker tells: [name, title, element], in order; and their charts.
const sectionsOf = ({ stats, totals, rows, events }, words) => {
  const made = [];
  const drawn = [];
  const table = (name, found, row) => tableElement(words.tables[name], found.rows.map(row), found.total);
  const add = (name, title, text, ...children) =>
    made.push([name, title, sectionElement(name, title, text, ...children)]);
  const report = (name, ...children) => add(name, words.sections[name].title, words.sections[name].words, ...children);
  const count = (kind) => stats.events[words.events.indexOf(kind)];
  const chart = (...of) => {
    drawn.push(timeChart(...of));
    return figureElement(drawn[drawn.length - 1]);
  };
  if (totals.hosts.total) report("systems", table("systems", totals.systems, systemRow(totals.hosts.total)));
  if (totals.news) {
    const parts = [];
    if (totals.handshakes) {
      const shown = charted(totals.handshakes, totals.charted, words.time, words.text.unnamed);
      parts.push(chart("time-chart", "Handshakes over time", "handshake", ...shown));
    }
    parts.push(chart("news-chart", "What was new or odd", "event", totals.news, NEWS_ROLES));
    report("over-time", ...parts);
  }
  if (totals.hosts.total) report("by-address", table("hosts", totals.hosts, hostRow(words)));
  if (count("tls_client") + count("http_request")) {
    const judged = words.findings.judged;
    const row = (one) => [hostCell(one), textCell(judged[one.of]), textCell(one.why), numberCell(one.events)];
    add("verdicts", "Contradictions", words.text.verdicts, table("contradictions", totals.contradictions, row));
  }
  if (totals.tlsVersions.total) {
    const hellos = { client: count("tls_client"), server: count("tls_server") };
    const shares = (row) => [numberCell(row.hosts), numberCell(row.events, hellos[row.role ?? "client"])];
    const parts = [
      table("tls-clients", totals.tlsClients, (row) => [textCell(row.name || "???"), textCell(row.ja4), ...shares(row)]),
      table("tls-versions", totals.tlsVersions, (row) => [textCell(row.role), textCell(row.version), ...shares(row)]),
    ];
    const old = (row) => [hostCell(row), textCell(row.role), textCell(row.version), numberCell(row.events)];
    parts.push(table("tls-old", totals.tlsOld, old));
    add("tls", "TLS", words.text.tls, ...parts);
  }
  const http = [["http-clients", totals.httpClients, "http_request"], ["http-servers", totals.httpServers, "http_response"]];
  const programs = http.filter(([, found]) => found.total).map(([name, found, kind]) =>
    table(name, found, (row) => [textCell(row.name || "???"), numberCell(row.hosts), numberCell(row.events, count(kind))]),
  );
  if (programs.length) add("http", "HTTP", words.text.http, ...programs);
  const dropped = words.drops.map((name, at) => [name, words.meanings[name], stats.drops[at]]).filter(([, , n]) => n);
  dropped.sort((a, b) => b[2] - a[2]);
  const reasons = [["analysed", "TCP that was looked at", stats.analysed], ...dropped];
  const reason = ([name, meaning, packets]) => [textCell(name), textCell(meaning), numberCell(packets, stats.packets)];
  report("left-out", table("drops", { rows: reasons, total: reasons.length }, reason));
  const spec = { name: "events", caption: "Events in the order of the capture", unit: "event", columns: EVENT_COLUMNS };
  const save = element("button", { type: "button", id: "save" }, "Export all events as JSON Lines");
  const bar = element("div", { className: "bar" }, save);
  add("events", "Events", "One row an event.", bar, tableElement(spec, rows.map(eventRow(words)), events));
  return [made, drawn];
};
