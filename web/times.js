// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What happened when: counts by name in bins of time that grow wider with the capture, as in a report.

// First and last of the times that belong together; `times` are pairs of time and count. All of
// huginn_cffi/time_spans.py, whose words explain it.
const together = (times, { gap, mostApart, day }) => {
  const ordered = [...times].sort(([a], [b]) => a - b);
  const most = Math.floor(ordered.reduce((sum, [, count]) => sum + count, 0) / mostApart);
  const beyond = (list) => {
    let seen = 0;
    return list.findIndex(([, count]) => (seen += count) > most);
  };
  const isGap = (before, after, span) => after - before >= Math.max(day, gap * span);
  let low = beyond(ordered);
  let high = ordered.length - 1 - beyond([...ordered].reverse());
  const at = (place) => ordered[place][0];
  while (low > 0 && !isGap(at(low - 1), at(low), at(high) - at(low))) low--;
  while (high + 1 < ordered.length && !isGap(at(high), at(high + 1), at(high) - at(low))) high++;
  return [at(low), at(high)];
};

class Timeline {
  constructor(rules) {
    this.rules = rules;
    this.level = 0;
    this.bins = new Map();
    this.last = [NaN, null];
  }

  get width() {
    return this.rules.widths[this.level];
  }

  add(ms, name) {
    const at = Math.floor(ms / this.width);
    if (this.last[0] !== at) this.last = [at, this.bin(at)];
    const counts = this.last[1];
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (this.bins.size > this.rules.keptBins) this.widen();
  }

  bin(at) {
    let counts = this.bins.get(at);
    if (counts === undefined) this.bins.set(at, (counts = new Map()));
    return counts;
  }

  widen() {
    const ratio = this.rules.widths[this.level + 1] / this.width;
    const before = this.bins;
    this.level++;
    this.bins = new Map();
    this.last = [NaN, null];
    for (const [at, counts] of before) {
      const into = this.bin(Math.floor(at / ratio));
      for (const [name, count] of counts) into.set(name, (into.get(name) ?? 0) + count);
    }
  }

  // {width (ms), first (bin), counts (by name: a number a bin), apart}, or null; what wrong clocks stamped far from
  // the rest is left out, and counted as `apart`.
  found() {
    if (this.bins.size === 0) return null;
    const sums = [...this.bins].map(([at, counts]) => [at * this.width, [...counts.values()].reduce((a, b) => a + b)]);
    const [from, to] = together(sums, this.rules);
    const apart = sums.filter(([time]) => time < from || time > to).reduce((sum, [, count]) => sum + count, 0);
    for (const [time] of sums) if (time < from || time > to) this.bins.delete(time / this.width);
    const reach = () => Math.max(...this.bins.keys()) - Math.min(...this.bins.keys()) + 1;
    while (reach() > this.rules.shownBins && this.level + 1 < this.rules.widths.length) this.widen();
    const first = Math.min(...this.bins.keys());
    const counts = {};
    for (const [at, names] of this.bins)
      for (const [name, count] of names) (counts[name] ??= Array(reach()).fill(0))[at - first] = count;
    return { width: this.width, first, bins: reach(), counts, apart };
  }
}
