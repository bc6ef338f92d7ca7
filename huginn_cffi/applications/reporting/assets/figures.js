// The charts of a summary document; rows of its lists become bars.
"use strict";

const PALETTE = 7; // number of systems that the palette can distinguish
const CHARTED = 12;
const OTHERS = "others";
const UNNAMED = "not named";

// The colour of each system, the same in all charts.
const systemColours = ({ over_time: overTime, families }) => {
  const names = [...(overTime?.series ?? []), ...families].map((one) => one.name ?? UNNAMED);
  const known = [...new Set(names)].filter((name) => name !== OTHERS && name !== UNNAMED);
  const found = new Map(known.map((name, at) => [name, at < PALETTE ? String(at) : "-other"]));
  return (name) => found.get(name) ?? (name === OTHERS ? "-other" : "-unknown");
};

// One bar per row, for its number of addresses.
const rowChart = (name, title, rows, label, c, more = { across: true, unit: "addresses" }) => {
  const series = [{ name: "addresses", values: rows.map((row) => row.hosts), c }];
  const sentences = rows.map((row) => `${label(row)}: ${counted(row.hosts, "address")}`);
  return { name, title, words: sentences.join("; "), labels: rows.map(label), series, ...more };
};

const systemsChart = (whole) => {
  const rows = whole.families.filter(({ name }) => name !== null).slice(0, CHARTED);
  const colours = rows.map(({ name }) => systemColours(whole)(name));
  return rowChart("systems-chart", "Addresses by system", rows, ({ name }) => name, colours);
};

const devicesChart = ({ devices }) => {
  const rows = ranked(devices).slice(0, CHARTED).map(([type, hosts]) => ({ type, hosts }));
  return rowChart("devices-chart", "Devices by type", rows, ({ type }) => type.replaceAll("-", " "), "0", { across: true, unit: "devices" });
};

// The axis ends at FARTHEST hops, so that one strange distance does not stretch it.
const FARTHEST = 32;
const distanceChart = ({ distances }) => {
  const hosts = new Map();
  for (const { hops, hosts: count } of distances)
    hosts.set(Math.min(hops, FARTHEST), (hosts.get(Math.min(hops, FARTHEST)) ?? 0) + count);
  const hops = hosts.size ? [...Array(Math.max(...hosts.keys(), 0) + 1).keys()] : [];
  const rows = hops.map((one) => ({ hops: one, hosts: hosts.get(one) ?? 0 }));
  const label = (row) => (row.hops === FARTHEST ? `${FARTHEST} or more` : String(row.hops));
  const words = rows.filter((row) => row.hosts).map((row) => `${label(row)} hops: ${counted(row.hosts, "address")}`);
  return rowChart("distance-chart", "Addresses by distance", rows, label, "0", {
    words: words.join("; "),
    axis: "hops",
    unit: "addresses",
  });
};

// ---- over time ----------------------------------------------------------------------------------------------

const UNITS = [
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

const spanWords = (seconds) => {
  const [unit, word] = UNITS.find(([one]) => seconds >= one) ?? [0.001, "millisecond"];
  return counted(Math.round((seconds / unit) * 100) / 100, word);
};

// The start times of the bins, and their day if all have the same.
const binTimes = ({ begin, step_seconds: step, bins: count }) => {
  const first = Date.parse(`${begin.slice(0, 23).replace("Z", "")}Z`);
  const length = step >= 86400 ? 10 : step >= 60 ? 16 : step >= 1 ? 19 : 23;
  const times = Array.from({ length: count }, (_, at) => new Date(first + at * step * 1000).toISOString());
  const texts = times.map((one) => timeText(one, length));
  const [day] = texts[0].split(" ");
  return { texts, day: length > 10 && texts[count - 1].startsWith(day) ? day : "" };
};

// The number of findings that begin in each bin.
const beginsOf = ({ begin, step_seconds: step, bins }, findings) => {
  const counts = Array(bins).fill(0);
  for (const { first_seen: first } of findings) {
    const bin = Math.floor((Date.parse(first?.slice(0, 23)) - Date.parse(begin.slice(0, 23))) / 1000 / step);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  return counts;
};

const timeChart = ({ over_time: found, ...whole }) => {
  if (found === null) return rowChart("time-chart", "", [], String, "0");
  const colour = systemColours({ over_time: found, ...whole });
  const { texts, day } = binTimes(found);
  const width = spanWords(found.step_seconds);
  return {
    name: "time-chart",
    title: "Handshakes over time",
    words: `From ${texts[0]} UTC on, a bar for ${width}`,
    labels: texts.map((one) => one.slice(day ? day.length + 1 : 0)),
    series: found.series.map(({ name, counts }) => ({
      name: name ?? UNNAMED,
      values: counts,
      c: colour(name ?? UNNAMED),
    })),
    unit: "handshakes",
    marks: beginsOf(found, whole.findings),
    axis: [day, "UTC", `a bar for ${width}`].filter(Boolean).join(", "),
    stacked: true,
  };
};

// The chart as a table: the series are its columns; bins without a handshake are left out.
const timeTable = (found) => {
  if (found === null) return [null, []];
  const columns = found.series.map(({ name }, at) => number(name ?? UNNAMED, (row) => row.counts[at]));
  const caption = `Handshakes by ${spanWords(found.step_seconds)}`;
  const countsOf = (bin) => found.series.map(({ counts }) => counts[bin]);
  const rows = binTimes(found).texts.map((begin, bin) => ({ begin, counts: countsOf(bin) }));
  const spec = { caption, unit: "time span", columns: [text("From (UTC)", "begin"), ...columns] };
  return [spec, rows.filter((row) => row.counts.some(Boolean))];
};
