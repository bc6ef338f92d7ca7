// The content of the page for a summary document: the columns of its tables, and the sections.
"use strict";

const column =
  (kind) =>
  (title, value, more = {}) => ({ kind, title, value, ...more });
const text = column("text");
const number = column("number");
const percent = column("percent");
const time = column("time");
const address = column("address");
const network = column("network");

// The flavor of "macOS or iOS" repeats the systems, so it is shown alone.
const labelText = ({ name, flavor }) => {
  if (!name) return "";
  const [first, either] = name.split(" or ");
  return !flavor ? name : either && flavor.startsWith(`${first} `) ? flavor : `${name} ${flavor}`;
};
const hostText = ({ family, flavor }) => labelText({ name: family ?? "unknown", flavor });
const sureOf = ({ family, confidence }) => (family ? confidence : null);
const hostName = ({ ip, mac }) => ip ?? mac; // a device without an address is named by its MAC
// The combined values of announcements, such as "phone Xiaomi M2101K6P, Android 13".
const deviceText = (device) => {
  if (!device) return "";
  const { type, manufacturer, model, system, version } = device;
  const maker = model?.startsWith(`${manufacturer} `) ? "" : manufacturer;
  return [[type, maker, model], [system, version]]
    .map((part) => part.filter(Boolean).join(" "))
    .filter(Boolean)
    .join(", ");
};
const shortMac = ({ mac, behind, mac_local: isLocal }) => (mac ? mac + (isLocal ? " (local)" : "") : behind && `behind ${behind}`);
const macText = (one) => one.mac && shortMac(one) + (one.network_card ? `, network card: ${one.network_card}` : "");
// The version of a device without a system is that of its firmware.
const systemText = ({ system, version }) => (system ? labelText({ name: system, flavor: version }) : "");
const makerText = (device) => deviceText({ ...device, system: null, version: null });
const minuteText = (time) => timeText(time, 16);
const yes = (value) => (value ? "yes" : "no");
const joined = (list, show = (one) => one) => (list ?? []).map(show).join(", ");
const words = (name) => name.replaceAll("_", " ");
const eventWords = (kind) => ({ syn: "SYN", syn_ack: "SYN+ACK" })[kind] ?? words(kind);
const minutesText = (minutes) => {
  const two = (value) => String(value).padStart(2, "0");
  return `${Math.floor(minutes / 1440)} d ${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
};

const ADDRESSES = number("Addresses", "hosts");
// ---- findings and what they say of a device --------------------------------------------------------------------

const WEIGHTS = { "act now": "now", check: "check", "for information": "info" }; // by falling weight; the names of styles
const LIGHTEST = Object.keys(WEIGHTS).length;
const weightOf = ({ weight }) => Object.keys(WEIGHTS).indexOf(weight);
// What the hosts of a finding did, without the hosts; of one that is not about hosts, the headline.
const deedOf = ({ kind, headline }) => document.getElementById(`about-${kind}`)?.textContent ?? headline;

// The network of an address for headings: /24 of IPv4, /48 of IPv6.
const networkOf = (address) => {
  if (!address || address.length === 17) return "Without an address";
  if (!address.includes(":")) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  return address.startsWith("fe80:") ? "Link-local" : `${address.split("::")[0].split(":").slice(0, 3).join(":")}::/48`;
};

const UNTAGGED = "untagged"; // of a device that is in a VLAN, too
const placesOf = ({ segments }) => (segments.length ? segments.map((one) => (one === UNTAGGED ? "" : one)) : [""]);
const groupOf = ({ segments }, address) => [...segments, networkOf(address)].filter(Boolean).join(", ");

// The local devices, each with its findings and marks, by VLAN and network: what needs a look first, then by address.
const devicesOf = (whole) => {
  const found = new Map();
  for (const finding of whole.findings)
    for (const host of finding.hosts) found.set(host, [...(found.get(host) ?? []), finding]);
  const placed = (address, within) => (within ? `${address} in ${within}` : address);
  const changedHosts = whole.top_hosts.filter((host) => host.changes?.length);
  const changed = new Set(changedHosts.map((host) => placed(hostName(host), host.tunnel)));
  const rows = whole.local_devices.map((device) => {
    const address = device.addresses.find((one) => !one.includes(":")) ?? device.addresses[0] ?? device.mac;
    const names = [...device.addresses, device.mac].flatMap((one) => placesOf(device).map((within) => placed(one, within)));
    const all = [...new Set(names.flatMap((one) => found.get(one) ?? []))];
    const marks = new Set(all.map(({ mark }) => mark));
    if (whole.since && device.first_seen > whole.since) marks.add("new");
    if (whole.since && device.last_seen < whole.since) marks.add("gone");
    if (names.some((one) => changed.has(one))) marks.add("changed");
    if (device.disputed) marks.add("disputed");
    const weight = Math.min(LIGHTEST, ...all.map(weightOf));
    return { ...device, address, marks: [...marks], weight, group: groupOf(device, address), key: addressKey(address) };
  });
  const order = (a, b) => (a < b ? -1 : Number(a > b));
  const groups = new Map();
  for (const { group, weight, key } of rows) {
    const before = groups.get(group);
    groups.set(group, { weight: Math.min(weight, before?.weight ?? weight), key: before?.key < key ? before.key : key });
  }
  const byGroup = (a, b) =>
    groups.get(a.group).weight - groups.get(b.group).weight || order(groups.get(a.group).key, groups.get(b.group).key);
  return rows.sort((a, b) => byGroup(a, b) || order(a.group, b.group) || a.weight - b.weight || order(a.key, b.key));
};

const ADDRESSES_OF_ALL = number("Addresses", "hosts", { of: (whole) => whole.hosts });
const PACKETS = number("Packets", "packets");

const SEEN = [time("First seen", "first_seen", { hint: "UTC" }), time("Last seen", "last_seen", { hint: "UTC" })];
const SPEAKS = { agrees: "for it", narrows: "for it, and narrows it", contradicts: "against it", not_compared: "neither" };
const CLAIM = [PACKETS, text("Speaks", (one) => SPEAKS[one.relation]), ...SEEN];

const MEANINGS = {
  analysed: "TCP that was looked at",
  truncated: "cut before the end of a header that is needed",
  unsupported_linktype: "from a kind of link that is not read",
  bad_link_header: "the link header contradicts itself",
  not_ip: "neither IPv4 nor IPv6",
  bad_ip_header: "the IP header contradicts itself",
  not_tcp: "IP, but not TCP",
  fragment: "part of a fragmented IP packet",
  bad_tcp_header: "the TCP header contradicts itself",
  bad_flags: "none of SYN, ACK, FIN and RST, or contradictory ones",
  filtered: "refused by a filter",
  encrypted: "an enciphered 802.11 frame",
};

const OF_TLS = { of: (whole, row) => whole.tls.hellos[row.role ?? "client"] };
const table = (caption, unit, ...columns) => ({ caption, unit, columns });
const messages = (title, kind) => number(title, "messages", { of: (whole) => whole.http.messages[kind] });
const program = (caption, unit, title, kind) =>
  table(caption, unit, text(title, labelText), ADDRESSES, messages("Messages", kind));

const TABLES = {
  systems: table(
    "Systems by number of addresses",
    "system",
    text("System", labelText),
    text("Role", "role"),
    text("Tool", (row) => row.tool && "yes", { hint: "a program that makes its own packets" }),
    ADDRESSES_OF_ALL,
    PACKETS,
    percent("Confidence", "confidence", { hint: "how often the family is right for answers of this kind" }),
    number("Specific", "specific", { hint: "packets that a specific signature fits exactly" }),
    number("Generic", "generic", { hint: "packets that only a generic signature fits exactly" }),
    number("Fuzzy", "fuzzy", { hint: "packets that a signature fits but for soft differences" }),
  ),
  rules: table(
    "Rules of your policy, failures first",
    "rule",
    text("Answer", "verdict"),
    text("Rule", "name"),
    text("Severity", "severity"),
    address("Address", "host"),
    text("Values", "values", { look: "w" }),
    text("Reason", "reason"),
  ),
  subnets: table(
    "Subnets by number of addresses",
    "subnet",
    network("Subnet", "network"),
    ADDRESSES,
    text("Systems", (row) => joined(row.systems, (one) => `${one.name ?? "not named"} ${plain(one.hosts)}`), {
      look: "w",
      hint: "addresses by system",
    }),
  ),
  hosts: table(
    "Addresses by number of handshakes",
    "address",
    address("Address", hostName),
    text("System", hostText),
    percent("Confidence", sureOf),
    number("Hops", "distance"),
    number("SYN", (host) => host.connections - host.syn_acks, { hint: "packets as client, also of tools" }),
    number("SYN+ACK", "syn_acks", { hint: "packets as server" }),
    text("Findings", (host) => joined([...new Set(host.marks)])),
    ...SEEN,
  ),
  devices: table(
    "Local devices",
    "device",
    address("Address", "address"),
    text("Name", "host_name", { hint: "which it gave itself; with --host-names", look: "h", optional: true }),
    text("Look", (device) => joined(device.marks), { look: "mark w", weight: (device) => device.weight, optional: true }),
    text("Device", (device) => makerText(device) || (device.network_card && `card by ${device.network_card}`), {
      look: "w",
      hint: "type, maker and model, as it announces itself",
    }),
    text("System", systemText, { look: "w" }),
    text("MAC", shortMac, { look: "m" }),
    text("Role", (device) => [device.role?.replaceAll("-", " "), device.virtual].filter(Boolean).join(", "), { optional: true }),
    text("First seen", (device) => minuteText(device.first_seen), { look: "t", hint: "UTC" }),
    text("Last seen", (device) => minuteText(device.last_seen), { look: "t", hint: "UTC" }),
  ),
  announcements: table(
    "Announcements of the device",
    "announcement",
    text("Device", deviceText),
    text("Source", (one) => one.source.replaceAll("-", " ")),
    ...CLAIM,
  ),
  peers: table(
    "Peers, by connections",
    "peer",
    address("Address", "ip"),
    text("Connects", (peer) => ({ to: "is called", from: "calls", for: "client, as it states" })[peer.direction]),
    number("Port", "port", { show: String }),
    text("Protocol", (peer) => peer.protocol?.toUpperCase()),
    number("Connections", "connections"),
    number("Completed", "completed", { hint: "TCP handshakes" }),
    text("When", (peer) => `${minuteText(peer.first_seen)} to ${minuteText(peer.last_seen)}`, { hint: "UTC" }),
  ),
  evidence: table(
    "Evidence",
    "name",
    text("Name", "name"),
    text("Source", (one) => eventWords(one.source)),
    ...CLAIM,
  ),
  distances: table("Addresses by hops to the capture", "distance", number("Hops", "hops"), ADDRESSES),
  links: table(
    "Links by number of addresses",
    "link",
    number("MTU", "mtu", { hint: "bytes" }),
    text("Link", "link"),
    ADDRESSES_OF_ALL,
    PACKETS,
  ),
  uptimes: table(
    "Uptimes, reliable ones first",
    "clock",
    address("Address", "host"),
    text("Side", "role"),
    number("Uptime", "minutes", { show: minutesText, hint: "at its last reading, up to multiples of the period" }),
    number("Period", "modulo_days", {
      show: (days) => `${plain(days)} d`,
      hint: "days after which the clock begins anew",
    }),
    number("Frequency", "frequency_hz", { show: (hz) => `${plain(hz)} Hz` }),
    text("Reliable", (one) => yes(one.reliable)),
    text("Why not", "doubt"),
  ),
  unknown: table(
    "Unknown signatures by number of addresses",
    "signature",
    text("Signature", "signature", { look: "c", hint: "as a line of a signature file would have it" }),
    text("Packet", (row) => (row.direction === "request" ? "SYN" : "SYN+ACK")),
    ADDRESSES,
    PACKETS,
  ),
  "tls-clients": table(
    "TLS clients by number of addresses",
    "client",
    text("Client", labelText),
    text("JA4", (row) => (row.name ? "" : (row.ja4 ?? "SSL 2.0 format")), {
      look: "c",
      hint: "of clients without a name",
    }),
    ADDRESSES,
    number("Hellos", "hellos", OF_TLS),
  ),
  "tls-versions": table(
    "TLS versions",
    "version",
    text("Role", "role"),
    text("Version", "version", { hint: "the newest that a client offers, the one that a server chose" }),
    ADDRESSES,
    number("Hellos", "hellos", OF_TLS),
  ),
  "tls-post-quantum": table(
    "Post-quantum key shares",
    "role",
    text("Role", "role"),
    number("With a post-quantum key share", "with", { ...OF_TLS, hint: "hellos" }),
    number("Hellos", "hellos"),
  ),
  "tls-old": table(
    "Old TLS (before TLS 1.2, or weak cipher suites)",
    "address",
    address("Address", "host"),
    text("Role", "role"),
    text("Version", "version"),
  ),
  negotiated: table(
    "Negotiated cryptography",
    "choice",
    text("Protocol", "protocol"),
    text("Algorithms", "algorithms", { look: "c" }),
    number("Servers", "hosts"),
    number("Connections", "connections"),
  ),
  certificates: table(
    "Certificates by end of validity",
    "certificate",
    text("Until", (row) => row.not_after?.slice(0, 10) ?? "unknown"),
    text("From", (row) => row.not_before?.slice(0, 10)),
    address("Server", "host"),
    text("Key", "public_key"),
    text("Signature", (row) => row.signature ?? "self-signed"),
    text("SHA-256", "sha256", { look: "m h", hint: "its first 8 bytes" }),
  ),
  "http-clients": program("HTTP clients by number of addresses", "client", "Client", "request"),
  "http-servers": program("HTTP servers by number of addresses", "server", "Server", "response"),
  "http-systems": table(
    "Claimed systems",
    "system",
    text("System", (row) => row.system ?? "", { hint: "by client hints or User-Agent" }),
    ADDRESSES,
    messages("Requests", "request"),
  ),
  "verdict-counts": table(
    "Verdicts",
    "verdict",
    text("Of", "of"),
    text("Verdict", (row) => words(row.verdict)),
    number("Events", "count"),
  ),
  contradictions: table(
    "Contradictions",
    "contradiction",
    address("Address", "host"),
    text("Of", "of"),
    text("Observed", "why", { look: "w" }),
    number("Events", "events"),
  ),
  drops: table(
    "Packets by outcome",
    "reason",
    text("Reason", (row) => words(row.reason)),
    text("The packet is", (row) => MEANINGS[row.reason]),
    number("Packets", "packets", { of: (whole) => whole.packets }),
  ),
  captures: table("Captures", "capture", text("Name", "name"), number("First packet", "first_packet"), PACKETS),
  "left-out-rows": table("Rows that the lists leave out", "list", text("List", "list"), number("Rows", "rows")),
};

// The path of a table's list, if it differs from the name of the table.
const LISTS = {
  devices: "local_devices",
  hosts: "top_hosts",
  "tls-clients": "tls.clients",
  "tls-versions": "tls.versions",
  "tls-old": "tls.old",
  "http-clients": "http.clients",
  "http-servers": "http.servers",
  "http-systems": "http.claims",
  contradictions: "verdicts.contradictions",
};

// The caption of the table for a list.
// Records that `--hosts all` leaves out are not a list of the document.
const leftOutOf = ({ omitted, omitted_hosts: rows }) => {
  const lists = Object.entries(omitted).map(([list, count]) => ({ list: captionOf(list), rows: count }));
  return rows ? [...lists, { list: "Records of hosts (huginn hosts lists all)", rows }] : lists;
};

const captionOf = (list) => {
  const name = Object.keys(LISTS).find((one) => LISTS[one] === list) ?? list;
  return TABLES[name]?.caption ?? words(list);
};

const ranked = (counts) => Object.entries(counts).sort((a, b) => b[1] - a[1]);

// The rows of each table, by name; the table over time is not included.
const rowsOf = (whole) => {
  const { tls, verdicts } = whole;
  const roles = Object.keys(tls.post_quantum).filter((role) => tls.hellos[role]);
  const counts = Object.entries(verdicts.counts).flatMap(([of, found]) =>
    Object.values(found).some(Boolean) ? Object.entries(found).map(([verdict, count]) => ({ of, verdict, count })) : [],
  );
  const marks = new Map(whole.findings.map(({ kind, mark }) => [kind, mark]));
  const drops = ranked(whole.drops).filter(([, packets]) => packets);
  const made = {
    devices: devicesOf(whole),
    hosts: whole.top_hosts
      .filter(({ local: isLocal, connections }) => !isLocal && connections)
      .map((host) => ({ ...host, marks: (host.findings ?? []).map((kind) => marks.get(kind) ?? words(kind)) })),
    distances: [...whole.distances].sort((a, b) => a.hops - b.hops),
    "tls-post-quantum": roles.map((role) => ({ role, with: tls.post_quantum[role], hellos: tls.hellos[role] })),
    "verdict-counts": counts,
    drops: [["analysed", whole.analysed], ...drops].map(([reason, packets]) => ({ reason, packets })),
    captures: whole.captures.length > 1 ? whole.captures : [],
    "left-out-rows": leftOutOf(whole),
    rules: whole.rules ?? [],
  };
  return (name) => made[name] ?? (LISTS[name] ?? name).split(".").reduce((found, key) => found[key], whole);
};

// `folded`: closed at first, and printed only if open.
const SECTIONS = [
  {
    name: "network",
    title: "Our network",
    words:
      "Every local device, by network; devices that need a look come first. Names are what devices announce, which is easily forged.",
    tables: ["devices"],
  },
  { name: "policy", title: "Your rules", tables: ["rules"] },
  { name: "charts", title: "What kind of devices and systems", charts: [devicesChart, systemsChart], tables: [] },
  {
    name: "over-time",
    title: "Activity",
    words: "Handshakes by the time of their capture, by system. A triangle marks the begin of a finding.",
    charts: [timeChart],
    tables: [],
  },
  {
    name: "cryptography",
    title: "Cryptography",
    words: ({ answers }) => {
      const found = answers.find(({ topic }) => topic === "post_quantum");
      return found ? `${found.question} ${found.answer}.` : "";
    },
    tables: ["tls-old", "certificates", "negotiated", "tls-versions", "tls-post-quantum"],
  },
  {
    name: "remote",
    title: "Remote hosts",
    words: "Addresses outside the local networks, the programs that answer there, and the networks that they are in.",
    charts: [distanceChart],
    folded: true,
    tables: ["hosts", "http-servers", "subnets"],
  },
  {
    name: "evidence",
    title: "All systems and programs",
    words:
      "Confidence is the measured share of answers of this kind whose family is right, averaged over the packets. " +
      "An address that shows several systems counts at each.",
    folded: true,
    tables: ["systems", "tls-clients", "http-clients", "http-systems", "verdict-counts", "contradictions", "unknown"],
  },
  {
    name: "links",
    title: "Links, distances and clocks",
    words:
      "Hops by the TTL; the narrowest link near each address by its segment size; the latest reading of each clock. " +
      "Most current systems start a new clock for each connection.",
    folded: true,
    tables: ["links", "distances", "uptimes", "time"],
  },
  {
    name: "packets",
    title: "Packets and captures",
    words: ({ packets, bytes, analysed, events }) => {
      const kinds = ranked(events).flatMap(([kind, count]) => (count ? [`${eventWords(kind)} ${plain(count)}`] : []));
      const all = packets ? `${counted(packets, "packet")} (${counted(bytes, "byte")}), ${plain(analysed)} analysed. ` : "";
      return `${all}${kinds.length ? `Events: ${kinds.join(", ")}. ` : ""}Every packet is either analysed or counted under one reason.`;
    },
    folded: true,
    tables: ["drops", "left-out-rows", "captures"],
  },
];
