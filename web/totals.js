// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What records show together: the rows of the page's tables, in their order, from one record after the other.

const MOST_KEPT_ROWS = 100000; // addresses, and rows of each table; strangers choose how many there are
const HANDSHAKES = new Set(["syn", "syn_ack"]);


// Rows by key, each with numbers and the addresses that it was seen at.
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

  count(key, fields, record) {
    const row = this.row(key, () => ({ ...fields, hosts: new Set(), events: 0 }));
    if (row === undefined) return;
    row.events++;
    if (row.hosts.size < MOST_KEPT_ROWS) row.hosts.add(record.src_ip);
  }

  // Those seen at most addresses first.
  ranked() {
    const rows = [...this.rows.values()].map((row) => ({ ...row, hosts: row.hosts.size }));
    return rows.sort((a, b) => b.hosts - a.hosts || b.events - a.events);
  }
}

class Totals {
  constructor(words) {
    this.words = words;
    this.leftOut = 0;
    const names = ["systems", "hosts", "tlsClients", "tlsVersions", "tlsOld", "httpClients", "httpServers"];
    for (const name of [...names, "contradictions"]) this[name] = new Rows(this);
    this.first = null;
    this.last = null;
  }

  add(record) {
    if (this.first === null || record.time < this.first) this.first = record.time;
    if (this.last === null || record.time > this.last) this.last = record.time;
    if (HANDSHAKES.has(record.event)) this.addHandshake(record);
    else if (record.event === "mtu") this.addMtu(record);
    else if (record.event.endsWith("_uptime")) this.addClock(record);
    else if (record.event.startsWith("tls_")) this.addHello(record);
    else this.addMessage(record);
    if (record.verdict === "contradicts") this.addContradiction(record);
  }

  host(record) {
    const begin = () => ({
      names: new Map(), handshakes: 0, near: Infinity, far: 0, mtus: new Map(), ports: new Set(), tools: new Set(),
      first: record.time, last: record.time, doubt: null, clock: false, confidence: new Map(), tight: [Infinity, 0],
    });
    return this.hosts.row(record.src_ip, begin);
  }

  addHandshake(record) {
    const { match } = record;
    const name = match == null ? this.words.text.unnamed : labelOf(match, this.words);
    const row = this.systems.row(name, () => ({
      name, hosts: new Set(), syn: 0, syn_ack: 0, sure: 0, named: 0, specific: 0, generic: 0, fuzzy: 0,
    }));
    if (row !== undefined) {
      row.hosts.add(record.src_ip);
      row[record.event]++;
      if (match !== null) {
        row.named++;
        row.sure += match.confidence;
        row[match.fuzzy ? "fuzzy" : match.kind]++;
      }
    }
    const host = this.host(record);
    if (host === undefined) return;
    host.handshakes++;
    host.names.set(name, (host.names.get(name) ?? 0) + 1);
    if (match !== null) host.confidence.set(name, match.confidence);
    host.near = Math.min(host.near, record.distance);
    host.far = Math.max(host.far, record.distance);
    if (record.time < host.first) host.first = record.time;
    if (record.time > host.last) host.last = record.time;
    const { manyPorts } = this.words.findings;
    if (record.event === "syn" && host.ports.size < manyPorts) host.ports.add(record.dst_port);
    if (match !== null && !match.fuzzy && match.userland) host.tools.add(name);
  }

  addMtu(record) {
    const host = this.host(record);
    if (host !== undefined) host.mtus.set(record.mtu, (host.mtus.get(record.mtu) ?? 0) + 1);
  }

  addClock(record) {
    const host = this.host(record);
    if (host === undefined) return;
    host.clock = true;
    host.doubt = record.why ?? host.doubt;
  }

  addHello(record) {
    const client = record.event === "tls_client";
    const role = client ? "client" : "server";
    if (client) {
      const name = record.client == null ? "" : labelOf(record.client, this.words);
      const ja4 = name ? "" : record.ja4 ?? "SSL 2.0 format";
      this.tlsClients.count(name || `\n${ja4}`, { name, ja4 }, record);
    }
    const version = record.tls_version;
    this.tlsVersions.count(`${role} ${version}`, { role, version }, record);
    if (this.words.findings.oldVersions.includes(version))
      this.tlsOld.count(`${record.src_ip} ${role} ${version}`, { host: record.src_ip, role, version }, record);
  }

  addMessage(record) {
    const rows = record.event === "http_request" ? this.httpClients : this.httpServers;
    const name = record.software == null ? "" : labelOf(record.software, this.words);
    rows.count(name, { name }, record);
  }

  addContradiction(record) {
    const row = { host: record.src_ip, of: record.event, why: record.why };
    this.contradictions.count(JSON.stringify(row), row, record);
  }

  found() {
    const hosts = [...this.hosts.rows].map(([address, host]) => ({ address, ...host }));
    const systems = [...this.systems.rows.values()].map((row) => ({ ...row, hosts: row.hosts.size }));
    return {
      hosts: hosts.filter((host) => host.handshakes > 0).sort((a, b) => b.handshakes - a.handshakes),
      all: hosts,
      systems: systems.sort((a, b) => b.hosts - a.hosts || (a.named === 0) - (b.named === 0) || (a.name < b.name ? -1 : 1)),
      tlsClients: this.tlsClients.ranked(),
      tlsVersions: this.tlsVersions.ranked(),
      tlsOld: this.tlsOld.ranked(),
      httpClients: this.httpClients.ranked(),
      httpServers: this.httpServers.ranked(),
      contradictions: this.contradictions.ranked(),
      leftOut: this.leftOut,
      first: this.first,
      last: this.last,
    };
  }
}
