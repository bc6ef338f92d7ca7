// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a capture shows together: the rows of the page's tables, in their order, from one batch after the other.

const MOST_KEPT_ROWS = 100000; // addresses, and rows of each table; strangers choose how many there are
const MOST_SHOWN = 300; // rows of a table, as in a report
const MS = 1000000n; // ns
const NEAREST = 255;

const NEWS = {
  addresses: "new addresses", clients: "new TLS clients", contradictions: "contradictions", findings: "findings of hosts",
};

const byKey = (a, b) => (a.key < b.key ? -1 : Number(a.key > b.key));
const byHosts = (a, b) => b.hosts - a.hosts || b.events - a.events;
const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

// Rows by key, each with numbers and the hosts that it was seen at.
class Rows {
  constructor(totals) {
    this.totals = totals;
    this.rows = new Map();
  }

  // The row of a key, made by `begin` when it is new; undefined when there are too many.
  row(key, begin) {
    let row = this.rows.get(key);
    if (row === undefined) {
      if (this.rows.size >= MOST_KEPT_ROWS) {
        this.totals.leftOut++;
        return undefined;
      }
      row = begin();
      this.rows.set(key, row);
    }
    return row;
  }

  // Gives whether the row is new.
  count(key, fields, host) {
    const before = this.rows.size;
    const row = this.row(key, () => ({ ...fields, seenAt: new Set(), events: 0 }));
    if (row === undefined) return false;
    row.events++;
    row.seenAt.add(host);
    return this.rows.size > before;
  }

  // Those seen at most addresses first.
  ranked() {
    const rows = [...this.rows.values()].map(({ seenAt, ...row }) => ({ ...row, hosts: seenAt.size }));
    return rows.sort(byHosts);
  }
}

class Totals {
  constructor(words) {
    this.words = words;
    this.leftOut = 0;
    this.event = Object.fromEntries(words.events.map((name, at) => [name, at]));
    this.names = words.signatures.map((one) => one.label);
    this.hosts = new Map();
    for (const name of ["systems", "tlsClients", "tlsVersions", "tlsOld", "httpClients", "httpServers"])
      this[name] = new Rows(this);
    this.contradictions = new Rows(this);
    this.first = Infinity; // ms
    this.last = -Infinity;
    this.findings = new Findings(words, this);
    this.handshakes = new Timeline(words.time);
    this.news = new Timeline(words.time);
  }

  // Takes the batch of a core.
  take(core) {
    const batch = core.batch();
    if (batch.count === 0) return;
    const { event, tcp } = batch;
    const view = {
      core, batch, words: new Uint32Array(batch.src_ip.buffer, batch.src_ip.byteOffset, 4 * batch.count),
      stackOf: this.findings.stacksOf(batch), text: null, addresses: () => (view.text ??= core.addresses(batch.count)),
    };
    const others = [];
    for (let row = 0, i = 0; row < batch.count; row++) {
      const ms = Number(batch.time_ns[row] / MS);
      if (ms < this.first) this.first = ms;
      if (ms > this.last) this.last = ms;
      const kind = event[row];
      if (kind > this.event.http_response) continue; // changes of hosts, which the events list
      if (kind > this.event.server_uptime) {
        others.push([row, this.host(view, row, ms), ms]);
        continue;
      }
      const at = i++;
      const host = this.host(view, row, ms);
      if (kind <= this.event.syn_ack) this.addHandshake(view, row, at, host, ms);
      else if (host === undefined) continue;
      else if (kind === this.event.mtu) count(host.mtus, tcp.mtu[at]);
      else if (this.findings.clock(host, tcp.doubt[at])) this.news.add(ms, NEWS.findings);
    }
    // Rendering may move the memory of the columns, so that it comes last.
    for (const [row, host, ms] of others) if (host !== undefined) this.addRecord(core.records(row, row + 1)[0], host, ms);
  }

  // What is remembered of the sender of a row; undefined when there are too many.
  host({ batch, words, addresses }, row, ms) {
    const isFour = batch.version[row] === 4;
    const at = 4 * row;
    const key = isFour ? words[at] : `${words[at]} ${words[at + 1]} ${words[at + 2]} ${words[at + 3]}`;
    const known = this.hosts.get(key);
    if (known !== undefined) return known;
    if (this.hosts.size >= MOST_KEPT_ROWS) {
      this.leftOut++;
      return undefined;
    }
    const bytes = batch.src_ip.subarray(16 * row, 16 * row + (isFour ? 4 : 16));
    const host = {
      address: addresses()(row), key: `${isFour ? 4 : 6}${hex(bytes)}`,
      network: isFour ? words[at] & 0xffff : 0x10000 + words[at], seen: this.findings.begin(),
      names: new Map(), handshakes: 0, near: NEAREST, far: 0, mtus: new Map(), first: Infinity, last: -Infinity,
    };
    this.hosts.set(key, host);
    this.news.add(ms, NEWS.addresses);
    return host;
  }

  addHandshake({ core, batch, stackOf }, row, at, host, ms) {
    const { tcp } = batch;
    const signature = tcp.signature[at];
    const fuzzy = tcp.fuzzy[at];
    const distance = tcp.distance[at];
    const isSyn = batch.event[row] === this.event.syn;
    const sure = batch.confidence[row];
    this.addSystem(signature, fuzzy, isSyn, sure, host);
    this.handshakes.add(ms, this.words.signatures[signature]?.system ?? this.words.text.unnamed);
    if (host === undefined) return;
    host.handshakes++;
    let named = host.names.get(signature);
    if (named === undefined) host.names.set(signature, (named = { count: 0 }));
    named.count++;
    named.sure = sure;
    if (distance < host.near) host.near = distance;
    if (distance > host.far) host.far = distance;
    if (ms < host.first) host.first = ms;
    if (ms > host.last) host.last = ms;
    const completed = this.findings.handshake(core, host, isSyn, batch.dst_port[row], signature, fuzzy, distance);
    for (let n = 0; n < completed; n++) this.news.add(ms, NEWS.findings);
    this.findings.stack(stackOf(batch.group[row], row, at), host, signature, distance, ms);
  }

  addSystem(signature, fuzzy, isSyn, sure, host) {
    const known = this.words.signatures[signature];
    const name = known?.label ?? this.words.text.unnamed;
    const row = this.systems.row(name, () => ({
      name, seenAt: new Set(), events: 0, syn: 0, syn_ack: 0, sure: 0, named: 0, specific: 0, generic: 0, fuzzy: 0,
    }));
    if (row === undefined) return;
    if (host !== undefined) row.seenAt.add(host);
    row[isSyn ? "syn" : "syn_ack"]++;
    if (known === undefined) return;
    row.named++;
    row.sure += sure;
    row[fuzzy ? "fuzzy" : known.kind]++;
  }

  // Hellos and messages.
  addRecord(record, host, ms) {
    if (record.event.startsWith("tls_")) this.addHello(record, host, ms);
    else this.addMessage(record, host);
    if (record.verdict !== "contradicts") return;
    const row = { host: host.address, key: host.key, from: host, of: record.event, why: record.why };
    this.contradictions.count(`${host.key} ${record.event} ${record.why}`, row, host);
    this.news.add(ms, NEWS.contradictions);
  }

  addHello(record, host, ms) {
    const client = record.event === "tls_client";
    const role = client ? "client" : "server";
    if (client) {
      const name = record.client == null ? "" : labelOf(record.client, this.words);
      const ja4 = name ? "" : record.ja4 ?? "SSL 2.0 format";
      if (this.tlsClients.count(name || `\n${ja4}`, { name, ja4 }, host)) this.news.add(ms, NEWS.clients);
    }
    const version = record.tls_version;
    this.tlsVersions.count(`${role} ${version}`, { role, version }, host);
    if (this.words.findings.oldVersions.includes(version)) {
      const row = { host: host.address, key: host.key, role, version };
      this.tlsOld.count(`${host.key} ${role} ${version}`, row, host);
    }
  }

  addMessage(record, host) {
    const rows = record.event === "http_request" ? this.httpClients : this.httpServers;
    const name = record.software == null ? "" : labelOf(record.software, this.words);
    rows.count(name, { name }, host);
  }

  // What is known of an address: the host, and rows of other tables by their names; null when there is none.
  who(address) {
    for (const host of this.hosts.values()) {
      if (host.address !== address) continue;
      const those = (table) => [...table.rows.values()].filter((row) => row.seenAt.has(host));
      const tables = ["tlsClients", "tlsVersions", "httpClients", "httpServers", "contradictions"];
      return { host, ...Object.fromEntries(tables.map((name) => [name, those(this[name]).map(({ seenAt, ...row }) => row)])) };
    }
    return null;
  }

  // The systems of hosts, those of most first.
  charted(hosts) {
    const counts = new Map();
    for (const host of hosts) {
      const systems = [...host.names.keys()].map((signature) => this.words.signatures[signature]?.system);
      for (const system of new Set(systems)) if (system !== undefined) count(counts, system);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([system]) => system);
  }

  // Everything, with as many rows of each table as are shown.
  found() {
    const all = [...this.hosts.values()];
    const spoke = all.filter((host) => host.handshakes > 0);
    const isNamed = (host) => [...host.names.keys()].some((signature) => this.names[signature] !== undefined);
    const cut = (rows) => ({ rows: rows.slice(0, MOST_SHOWN), total: rows.length });
    const contradictions = this.contradictions.ranked();
    const systems = [...this.systems.rows.values()].map(({ seenAt, ...row }) => ({ ...row, hosts: seenAt.size }));
    systems.sort((a, b) => b.hosts - a.hosts || (a.named === 0) - (b.named === 0) || (a.name < b.name ? -1 : 1));
    return {
      hosts: cut(spoke.sort((a, b) => b.handshakes - a.handshakes || byKey(a, b))),
      charted: this.charted(spoke),
      named: spoke.filter(isNamed).length,
      systems: cut(systems),
      tlsClients: cut(this.tlsClients.ranked()),
      tlsVersions: cut(this.tlsVersions.ranked()),
      tlsOld: cut(this.tlsOld.ranked()),
      httpClients: cut(this.httpClients.ranked()),
      httpServers: cut(this.httpServers.ranked()),
      findings: this.findings.found(all, contradictions),
      contradictions: cut(contradictions),
      handshakes: this.handshakes.found(),
      news: this.news.found(),
      leftOut: this.leftOut,
      first: this.first,
      last: this.last,
    };
  }
}

