// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Charts of what happened when, as those of a report: huginn_cffi/tools/reporting/over_time.py.

const UNITS = [["day", 86400000], ["hour", 3600000], ["minute", 60000], ["second", 1000]];
const DATE = 10; // characters of a date

const widthWords = (ms) => {
  const [unit, length] = UNITS.find(([, one]) => ms >= one) ?? ["ms", 1];
  return unit === "ms" ? `${ms} ms` : counted(ms / length, unit);
};

const binTexts = ({ width, first, bins }) => {
  const digits = width >= 1000 ? 19 : 23;
  const begins = [...Array(bins).keys()].map((at) => timeText((first + at) * width, digits));
  const day = begins[0].slice(0, DATE) === begins[bins - 1].slice(0, DATE) ? begins[0].slice(0, DATE) : "";
  const last = width >= 86400000 ? DATE : width < 60000 ? digits : digits - ":00".length;
  return { begins, day, labels: begins.map((text) => text.slice(day ? DATE + 1 : 0, last)) };
};

// A chart of `found` by a Timeline, its series in the order of `names`, each with its role.
const timeChart = (name, title, unit, found, names) => {
  const { begins, day, labels } = binTexts(found);
  const series = names
    .filter(([one]) => found.counts[one])
    .map(([one, role]) => ({ name: one, values: found.counts[one], role, bars: [] }));
  const sums = labels.map((_, at) => series.reduce((sum, { values }) => sum + values[at], 0));
  const busiest = sums.indexOf(Math.max(...sums));
  const total = counted(sums.reduce((a, b) => a + b), unit);
  const words =
    `${total} from ${begins[0]} UTC on, a bar for ${widthWords(found.width)}; ` +
    `the most, ${sums[busiest].toLocaleString("en")}, at ${begins[busiest]}`;
  const axis = [day, "UTC", `a bar for ${widthWords(found.width)}`].filter(Boolean).join(", ");
  return { name, title, words, labels, series, unit: `${unit}s`, axis, across: false, stacked: true };
};

// The systems that are told apart, and what is left: what is charted of handshakes.
const charted = (found, systems, { charted: most, others }, unnamed) => {
  const shown = systems.slice(0, most);
  const counts = {};
  for (const [name, values] of Object.entries(found.counts)) {
    const into = name === unnamed || shown.includes(name) ? name : others;
    counts[into] = counts[into] ? counts[into].map((value, at) => value + values[at]) : values;
  }
  const names = [...shown.map((one) => [one, "system"]), [others, "other"], [unnamed, "unknown"]];
  return [{ ...found, counts }, names];
};

const figureElement = (chart) => {
  const label = { role: "img", "aria-label": `${chart.title}. ${chart.words}.` };
  const plot = element("div", { className: "plot", style: { height: "340px" } }, element("canvas", { id: chart.name, aria: label }));
  return element("figure", {}, plot, element("figcaption", {}, `${chart.title} (${chart.axis})`));
};
