// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is worth a look: the findings of huginn_cffi/findings.py, over its numbers and words, which build.py takes
// from there; which signatures contradict each other the core says. tests/web has both say the same.

// A sentence of Python's with its values.
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const EXACT = 0;

class Findings {
  constructor(words, totals) {
    this.totals = totals;
    this.rules = words.findings;
    this.spans = words.time;
    this.signatures = words.signatures;
    this.stacks = new Map();
    this.days = new Map();
    this.kept = 0;
  }

  // What is remembered of an address.
  begin() {
    return {
      names: [], ports: null, tool: null, near: 255, far: 0, clock: null, several: false, said: 0,
    };
  }

  // The stacks of a batch's groups, each made when it is asked for.
  stacksOf(batch) {
    const known = [];
    const { tcp } = batch;
    return (group, row, i) => {
      if (known[group] !== undefined) return known[group];
      const layout = tcp.olayout.subarray(32 * i, 32 * i + 32).join();
      const shape = [tcp.wsize, tcp.mss, tcp.wscale, tcp.quirks, tcp.ittl, tcp.olen, tcp.pclass].map((one) => one[i]);
      const key = `${batch.event[row]} ${shape.join()} ${layout}`;
      let stack = this.stacks.get(key);
      if (stack === undefined && this.stacks.size < MOST_KEPT_ROWS)
        this.stacks.set(key, (stack = { isAnswer: batch.event[row] === this.totals.event.syn_ack, distances: new Map(), hosts: new Set() }));
      return (known[group] = stack ?? null);
    };
  }

  // Takes a handshake, and gives how many findings of one host it completes.
  handshake(core, host, isSyn, port, signature, fuzzy, distance) {
    const seen = host.seen;
    if (isSyn) {
      if (seen.ports === null) seen.ports = port;
      else if (seen.ports instanceof Set) {
        if (seen.ports.size < this.rules.manyPorts) seen.ports.add(port);
      } else if (seen.ports !== port) seen.ports = new Set([seen.ports, port]);
    }
    const named = this.signatures[signature];
    if (named !== undefined && fuzzy === EXACT) {
      if (named.userland) seen.tool = named.label;
      else this.name(core, seen, signature, named, distance);
    }
    return this.completed(seen);
  }

  name(core, seen, signature, named, distance) {
    if (!seen.names.includes(signature) && seen.names.length < this.rules.manyNames) {
      seen.several ||= seen.names.some((other) => core.contradicts(signature, other));
      seen.names.push(signature);
    }
    if (named.unreliableTtl) return;
    if (distance < seen.near) seen.near = distance;
    if (distance > seen.far) seen.far = distance;
  }

  isBusy(seen) {
    return seen.ports instanceof Set && seen.ports.size >= this.rules.manyPorts;
  }

  jumps(seen) {
    return seen.far - seen.near >= this.rules.farHops;
  }

  completed(seen) {
    const now = (seen.tool !== null) | (this.isBusy(seen) << 1) | (seen.several << 2) | (this.jumps(seen) << 3);
    let count = 0;
    for (let fresh = now & ~seen.said; fresh; fresh &= fresh - 1) count++;
    seen.said |= now;
    return count;
  }

  stack(stack, host, signature, distance, ms) {
    const day = Math.floor(ms / this.spans.day);
    this.days.set(day, (this.days.get(day) ?? 0) + 1);
    if (stack === null) {
      this.totals.leftOut++;
      return;
    }
    let networks = stack.distances.get(distance);
    if (networks === undefined) stack.distances.set(distance, (networks = new Set()));
    this.keep(networks, host.network);
    if (this.signatures[signature] === undefined) this.keep(stack.hosts, host);
  }

  keep(set, value) {
    if (set.has(value)) return;
    if (this.kept >= this.rules.mostOfEach * MOST_KEPT_ROWS) this.totals.leftOut++;
    else {
      this.kept++;
      set.add(value);
    }
  }

  // Takes an uptime with its doubt; gives whether it is the first of the host.
  clock(host, doubt) {
    const before = host.seen.clock;
    host.seen.clock = doubt || before || 0;
    return doubt !== 0 && !before;
  }

  // All that there is to say, the most serious first.
  found(hosts, contradictions) {
    const { rules } = this;
    const lines = [];
    const say = (name, values) => lines.push(filled(rules.words[name], values));
    const add = (name, of, values = {}) => {
      if (of.length === 0) return;
      say(name, { hosts: counted(of.length, "host"), ...values });
      lines.push(`${lines.pop()}: ${this.listed([...of].sort(byKey).map((host) => host.address))}`);
    };
    const those = (test) => hosts.filter((host) => test(host.seen));
    const tools = those((seen) => seen.tool !== null);
    add("tools", tools, { names: this.listed([...new Set(tools.map((host) => host.seen.tool))].sort()) });
    add("ports", those((seen) => this.isBusy(seen)));
    add("several", those((seen) => seen.several));
    const reasons = this.listed([...new Set(contradictions.map((row) => row.why))]);
    add("contradicts", [...new Set(contradictions.map((row) => row.from))], { reasons });
    for (const stack of this.stacks.values()) this.oneStack(stack, say);
    add("hops", those((seen) => this.jumps(seen)));
    add("lonely", this.lonely(hosts));
    this.unknown(say);
    this.clocks(hosts, say);
    this.times(say);
    return lines;
  }

  listed(words) {
    const { shown } = this.rules;
    return words.slice(0, shown).join(", ") + (words.length > shown ? ` and ${words.length - shown} more` : "");
  }

  oneStack({ isAnswer, distances }, say) {
    const { manyNetworks, mostOf } = this.rules;
    const sizes = [...distances].map(([distance, networks]) => [networks.size, distance]);
    const every = sizes.reduce((sum, [size]) => sum + size, 0);
    const [[networks, distance]] = sizes.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    if (networks >= manyNetworks && networks >= mostOf * every)
      say("one_stack", { kind: isAnswer ? "SYN+ACKs" : "SYNs", networks, distance });
  }

  // Hosts far from where most of their /24 are.
  lonely(hosts) {
    const { neighbours, mostOf, farHops } = this.rules;
    const subnets = new Map();
    const sizes = new Map();
    for (const { key, seen } of hosts) {
      if (key[0] !== "4" || key.length !== 9) continue;
      const subnet = key.slice(0, 7);
      sizes.set(subnet, (sizes.get(subnet) ?? 0) + 1);
      if (seen.near === seen.far) subnets.set(subnet, [...(subnets.get(subnet) ?? []), seen.near]);
    }
    const usual = new Map();
    for (const [subnet, hops] of subnets) {
      if (sizes.get(subnet) < neighbours) continue;
      const counts = new Map();
      for (const one of hops) counts.set(one, (counts.get(one) ?? 0) + 1);
      const [most, agreeing] = [...counts].sort((a, b) => b[1] - a[1])[0];
      if (agreeing >= Math.max(neighbours, mostOf * hops.length)) usual.set(subnet, most);
    }
    const isFar = ({ key, seen }) =>
      key.length === 9 && seen.near === seen.far && Math.abs(seen.near - usual.get(key.slice(0, 7))) >= farHops;
    return hosts.filter(isFar);
  }

  unknown(say) {
    const shared = [...this.stacks.values()].map((stack) => stack.hosts.size).filter((n) => n >= this.rules.manyHosts);
    if (shared.length) say("unknown", { signatures: counted(shared.length, "signature"), most: Math.max(...shared) });
  }

  clocks(hosts, say) {
    const doubted = hosts.filter(({ seen }) => seen.clock);
    const doubts = new Map();
    for (const { seen } of doubted) doubts.set(seen.clock, (doubts.get(seen.clock) ?? 0) + 1);
    const ranked = [...doubts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const every = hosts.filter(({ seen }) => seen.clock !== null).length;
    const reasons = this.listed(ranked.map(([doubt]) => this.rules.doubts[doubt]));
    if (doubted.length === 0) return;
    say("clocks", { some: doubted.length, hosts: counted(every, "host"), reasons });
  }

  times(say) {
    if (this.days.size === 0) return;
    const { day } = this.spans;
    const [first, last] = together([...this.days].map(([at, count]) => [at * day, count]), this.spans);
    const apart = [...this.days].filter(([at]) => at * day < first || at * day > last).sort(([a], [b]) => a - b);
    if (apart.length === 0) return;
    const dates = this.listed(apart.map(([at]) => new Date(at * day).toISOString().slice(0, 10)));
    const handshakes = counted(apart.reduce((sum, [, count]) => sum + count, 0), "handshake");
    say("time", { handshakes, dates });
  }
}
