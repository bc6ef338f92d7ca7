// Tables with sorting, filters and export. A table that is rebuilt keeps its sorting and filter.
"use strict";
const tables = (() => {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const states = {}; // by table name: the sorted column, its order, and the filter

  const keyOf = (cell, numeric) => {
    const key = cell.dataset.k;
    if (!numeric) return key ?? cell.textContent;
    return Number(key ?? cell.textContent.replaceAll(",", ""));
  };

  // Sort keys are compared by code units, plain texts by language rules.
  const comparison = (rows, column, numeric) => {
    if (numeric) return (a, b) => a - b;
    if (rows[0].cells[column].dataset.k === undefined) return collator.compare;
    return (a, b) => (a < b ? -1 : Number(a > b));
  };

  const nextOrder = (head) => {
    const [first, second] = head.classList.contains("n") ? ["descending", "ascending"] : ["ascending", "descending"];
    return head.getAttribute("aria-sort") === first ? second : first;
  };

  const sortBy = (table, column, order) => {
    const head = table.heads[column];
    const numeric = head.classList.contains("n");
    const sign = order === "ascending" ? 1 : -1;
    const compare = comparison(table.rows, column, numeric);
    const keyed = table.rows.map((row) => [keyOf(row.cells[column], numeric), row]);
    keyed.sort(([a], [b]) => sign * compare(a, b));
    table.rows = keyed.map(([, row]) => row);
    for (const other of table.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    table.body.replaceChildren(...table.rows);
    Object.assign(table.state, { column, order });
  };

  const describe = (table) => {
    const all = table.rows.length;
    const left = table.rows.filter((row) => !row.hidden).length;
    const rows = all === 1 ? "row" : "rows";
    table.shown.textContent = left === all ? `${plain(all)} ${rows}` : `${plain(left)} of ${plain(all)} ${rows}`;
  };

  const filterBy = (table, text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of table.rows) {
      row.hay ??= [...row.cells]
        .map((cell) => cell.textContent)
        .join("\n")
        .toLowerCase();
      row.hidden = !words.every((word) => row.hay.includes(word));
    }
    for (const group of table.body.querySelectorAll(".group")) group.hidden = words.length > 0;
    table.state.filter = text;
    describe(table);
  };

  // A spreadsheet would treat such a text as a formula; an apostrophe makes it plain text.
  const csvField = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  const csvCell = (cell) =>
    cell.classList.contains("n") && /^[\d,]+$/.test(cell.textContent)
      ? cell.textContent.replaceAll(",", "")
      : csvField(cell.textContent);

  const csvOf = (table) => {
    const title = (head) => csvField(head.querySelector("button").firstChild.data);
    const lines = [table.heads.map(title).join(",")];
    for (const row of table.rows) if (!row.hidden) lines.push([...row.cells].map(csvCell).join(","));
    return `${lines.join("\r\n")}\r\n`;
  };

  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // Attaches sorting, filter and export to a table of the page and the toolbar above it.
  const attach = (element) => {
    const name = element.dataset.table;
    const rows = [...element.tBodies[0].rows].filter((row) => !row.matches(".none, .group"));
    const heads = [...element.tHead.rows[0].cells];
    const shown = document.querySelector(`[data-shown="${name}"]`);
    const state = (states[name] ??= { filter: "" });
    const table = { body: element.tBodies[0], heads, rows, shown, state };
    if (rows.length) {
      heads.forEach((head, at) => head.firstChild.addEventListener("click", () => sortBy(table, at, nextOrder(head))));
      if (state.order && state.column < heads.length) sortBy(table, state.column, state.order);
    }
    const filter = document.querySelector(`[data-filter="${name}"]`);
    filter.addEventListener("input", () => filterBy(table, filter.value));
    filter.value = state.filter;
    filterBy(table, state.filter);
    const csv = () => new Blob([csvOf(table)], { type: "text/csv;charset=utf-8" });
    document.querySelector(`[data-export="${name}"]`).addEventListener("click", () => save(`${name}.csv`, csv()));
  };

  const forget = () => Object.keys(states).forEach((name) => delete states[name]);

  return { attach, forget, save };
})();
