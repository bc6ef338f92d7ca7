// Elements of the page. Texts are set as text, never as HTML, because captures may contain anything.
"use strict";
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

const plain = (count) => count.toLocaleString("en");
const counted = (count, word) => `${plain(count)} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;
const timeText = (time, length = 19) => (time ? time.slice(0, length).replace("T", " ") : DASH);

// A sort key for addresses: by version, then by value.
const addressKey = (text) => {
  const [address] = text.split("/");
  if (!address.includes(":"))
    return `4${address
      .split(".")
      .map((part) => part.padStart(3, "0"))
      .join("")}`;
  const [head, tail] = address.split("::").map((side) => side.split(":").filter(Boolean));
  const missing = tail ? 8 - head.length - tail.length : 0;
  const groups = [...head, ...Array(Math.max(missing, 0)).fill("0"), ...(tail ?? [])];
  return `6${groups.map((group) => group.padStart(4, "0")).join("")}`;
};

// ---- cells: a text, a sort key, and a share (0 to 1) that is drawn as a bar -------------------------------

const NONE = { text: "", key: -1 };

// As in the text format: only a share of 0 is shown as 0 %, and only 1 as 100 %.
const percentText = (share) =>
  `${share > 0 && share < 1 ? Math.min(Math.max(Math.floor(share * 100 + 0.5), 1), 99) : share * 100} %`;

const CELLS = {
  text: (value) => ({ text: value || "" }),
  time: (value) => ({ text: timeText(value) }),
  percent: (value) => (value === null ? NONE : { text: percentText(value), key: value, share: value }),
  address: (value) => ({ text: value, key: addressKey(value), who: value }),
  network: (value) => ({ text: value, key: addressKey(value) }),
  number: (value, { of, show = plain }) =>
    value === null ? NONE : { text: show(value), key: value, share: of ? value / of : undefined },
};
const CLASSES = { number: "n", percent: "n", address: "a", network: "a" };

// An address links to its host record, if there is one. `within` is its tunnel, VLAN or interface.
const addressElement = (address, within) =>
  element(
    "a",
    { href: "#who", dataset: { who: address, within: within ?? "" }, aria: { "aria-haspopup": "dialog" } },
    address,
  );

const valueOf = ({ value }, row) => (typeof value === "function" ? value(row) : row[value]);

const cellElement = (column, row, whole, first) => {
  const value = valueOf(column, row);
  const of = column.of?.(whole, row);
  const cell = (CELLS[column.kind] ?? CELLS.text)(value ?? null, { of, show: column.show });
  const bar = cell.share === undefined ? "" : " s";
  const made = element(
    first ? "th" : "td",
    { className: `${CLASSES[column.kind] ?? column.look ?? ""}${bar}`, dataset: { title: column.title } },
    cell.who === undefined ? cell.text || (first ? DASH : "") : addressElement(cell.who, row.tunnel ?? (row.segments && placesOf(row)[0])),
  );
  if (first) made.scope = "row";
  if (cell.key !== undefined) made.dataset.k = cell.key;
  if (column.weight) made.dataset.weight = column.weight(row);
  if (bar) made.style.setProperty("--s", `${(cell.share * 100).toFixed(1)}%`);
  return made;
};

const headElement = ({ title, hint, kind }) => {
  const unseen = hint ? [element("span", { className: "unseen" }, ` (${hint})`)] : [];
  const button = element("button", { type: "button" }, title, ...unseen);
  const className = CLASSES[kind] === "n" ? "n" : "";
  return element("th", { scope: "col", className, title: hint ?? "", dataset: { title } }, button);
};

const LONG = 100; // rows; a longer table is laid out only when it becomes visible
const WIDE = 5; // columns; on narrow windows the rows of a wider table become cards earlier

// A table with its toolbar. `whole` is the document, `omitted` the number of rows that it leaves out.
const tableElement = (name, { caption, unit, columns: known }, rows, whole, omitted = 0) => {
  const columns = known.filter((column) => !column.optional || rows.some((row) => valueOf(column, row)));
  const cut = omitted ? `: the first ${plain(rows.length)} of ${plain(rows.length + omitted)}` : "";
  const filter = element("input", {
    type: "search",
    autocomplete: "off",
    spellcheck: false,
    dataset: { filter: name },
  });
  const bar = element(
    "div",
    { className: "bar" },
    element("label", {}, "Filter ", filter),
    element("button", { type: "button", dataset: { export: name } }, "Export CSV"),
    element("span", { className: "shown", dataset: { shown: name }, aria: { role: "status", "aria-live": "polite" } }),
  );
  const none = element("tr", { className: "none" }, element("td", { colSpan: columns.length }, "none"));
  const groupElement = (group) =>
    element("tr", { className: "group" }, element("th", { colSpan: columns.length, scope: "rowgroup" }, group));
  const body = rows.flatMap((row, at) => [
    ...(row.group && row.group !== rows[at - 1]?.group ? [groupElement(row.group)] : []),
    element("tr", {}, ...columns.map((column, place) => cellElement(column, row, whole, place === 0))),
  ]);
  const table = element(
    "table",
    { dataset: { table: name, unit } },
    element("caption", {}, element("span", {}, `${caption}${cut}`)),
    element("thead", {}, element("tr", {}, ...columns.map(headElement))),
    element("tbody", {}, ...(body.length ? body : [none])),
  );
  const size = `${rows.length > LONG ? " long" : ""}${columns.length > WIDE ? " wide" : ""}`;
  return element("div", { className: `table${size}`, id: `${name}-table` }, bar, table);
};

const pairsElement = (pairs) =>
  element(
    "dl",
    { className: "known" },
    ...pairs.flatMap(([name, ...content]) => [element("dt", {}, name), element("dd", {}, ...content)]),
  );
