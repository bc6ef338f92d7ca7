// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Elements of the page. Texts are always set as texts, never as HTML: strangers choose what captures hold.

const DASH = "\u2013";

const element = (tag, fields = {}, ...children) => {
  const { dataset, aria, style, ...rest } = fields;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset ?? {});
  for (const [name, value] of Object.entries(aria ?? {})) made.setAttribute(name, value);
  for (const [name, value] of Object.entries(style ?? {})) made.style.setProperty(name, value);
  made.append(...children);
  return made;
};

// A cell: a text to read and a value to sort by; `share` (0 to 1) is drawn as a bar.
const textCell = (text) => ({ text: text || DASH });
const numberCell = (value, of = 0) => ({ text: tables.plain(value), key: value, share: of ? value / of : undefined });
// Only a share of 1 is 100 %, and only one of 0 is 0 %.
const percentCell = (share) => {
  if (share === null) return { text: DASH, key: -1 };
  const whole = share > 0 && share < 1 ? Math.min(Math.max(Math.round(share * 100), 1), 99) : share * 100;
  return { text: `${whole} %`, key: share, share };
};
const timeCell = (ms) => textCell(timeText(ms));

const cellClass = (column, cell) => {
  if (column.numeric) return cell.share === undefined ? "n" : "n s";
  return column.address ? "a" : column.code ? "c" : column.wide ? "w" : "";
};

// A link that asks who an address is.
const addressElement = (address, text) => element("a", { href: "#who", dataset: { who: address } }, text);

const cellElement = (column, cell, first) => {
  const content = cell.who === undefined ? cell.text : addressElement(cell.who, cell.text);
  const made = element(first ? "th" : "td", { className: cellClass(column, cell) }, content);
  if (first) made.scope = "row";
  if (cell.key !== undefined) made.dataset.k = cell.key;
  if (cell.share !== undefined) made.style.setProperty("--s", `${(cell.share * 100).toFixed(1)}%`);
  return made;
};

const headElement = (column) => {
  const hint = column.hint ? [element("span", { className: "unseen" }, ` (${column.hint})`)] : [];
  const button = element("button", { type: "button" }, column.title, ...hint);
  return element("th", { scope: "col", className: column.numeric ? "n" : "", title: column.hint }, button);
};

// The same elements as those of a report's table, with `total` when `rows` are not all there are.
const tableElement = (spec, rows, total = rows.length) => {
  const { name, columns } = spec;
  const cut = total > rows.length ? `: the first ${tables.plain(rows.length)} of ${tables.plain(total)}` : "";
  const filter = element("input", { type: "search", autocomplete: "off", spellcheck: false, dataset: { filter: name } });
  const bar = element(
    "div",
    { className: "bar" },
    element("label", {}, "Filter ", filter),
    element("button", { type: "button", dataset: { export: name } }, "Export CSV"),
    element("span", { className: "shown", dataset: { shown: name }, aria: { role: "status", "aria-live": "polite" } }),
  );
  const none = element("tr", { className: "none" }, element("td", { colSpan: columns.length }, "none"));
  const body = rows.map((cells) =>
    element("tr", {}, ...cells.map((cell, at) => cellElement(columns[at], cell, at === 0))),
  );
  const table = element(
    "table",
    { dataset: { table: name, unit: spec.unit } },
    element("caption", {}, `${spec.caption}${cut}`),
    element("thead", {}, element("tr", {}, ...columns.map(headElement))),
    element("tbody", {}, ...(body.length ? body : [none])),
  );
  const region = { role: "region", "aria-label": spec.caption };
  const scroll = element("div", { className: "scroll", tabIndex: 0, aria: region }, table);
  return element("div", { className: "table", id: `${name}-table` }, bar, scroll);
};
