"use strict";
(() => {
  const tables = new Map();
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const plain = (count) => count.toLocaleString("en");

  // ---- tables: sort, filter, export ----------------------------------------------------

  const keyOf = (cell, numeric) => {
    const key = cell.dataset.k;
    if (!numeric) return key ?? cell.textContent;
    return Number(key ?? cell.textContent.replaceAll(",", ""));
  };

  // Keys of texts are made to be compared as they stand; texts themselves as people do.
  const comparison = (rows, column, numeric) => {
    if (numeric) return (a, b) => a - b;
    if (rows[0].cells[column].dataset.k === undefined) return collator.compare;
    return (a, b) => (a < b ? -1 : Number(a > b));
  };

  const sortBy = (table, column) => {
    const head = table.heads[column];
    const numeric = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const first = numeric ? "descending" : "ascending";
    const second = numeric ? "ascending" : "descending";
    const order = before === first ? second : first;
    const sign = order === "ascending" ? 1 : -1;
    const compare = comparison(table.rows, column, numeric);
    const keyed = table.rows.map((row) => [keyOf(row.cells[column], numeric), row]);
    keyed.sort(([a], [b]) => sign * compare(a, b));
    table.rows = keyed.map(([, row]) => row);
    for (const other of table.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    table.body.replaceChildren(...table.rows);
  };

  const describe = (table) => {
    const all = table.rows.length;
    const left = table.rows.filter((row) => !row.hidden).length;
    table.shown.textContent = left === all ? `${plain(all)} rows` : `${plain(left)} of ${plain(all)} rows`;
  };

  const filterBy = (table, text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of table.rows) {
      row.hay ??= [...row.cells].map((cell) => cell.textContent).join("\n").toLowerCase();
      row.hidden = !words.every((word) => row.hay.includes(word));
    }
    describe(table);
  };

  // A spreadsheet takes what begins so for a formula; an apostrophe makes it a text.
  const csvField = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  const csvCell = (cell) =>
    cell.classList.contains("n") && /^[\d,]+$/.test(cell.textContent)
      ? cell.textContent.replaceAll(",", "")
      : csvField(cell.textContent === "–" ? "" : cell.textContent);

  const csvOf = (table) => {
    const title = (head) => csvField(head.querySelector("button").firstChild.data);
    const lines = [table.heads.map(title).join(",")];
    for (const row of table.rows) if (!row.hidden) lines.push([...row.cells].map(csvCell).join(","));
    return `${lines.join("\r\n")}\r\n`;
  };

  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  for (const element of document.querySelectorAll("table[data-table]")) {
    const name = element.dataset.table;
    const rows = [...element.tBodies[0].rows].filter((row) => !row.classList.contains("none"));
    const heads = [...element.tHead.rows[0].cells];
    const shown = document.querySelector(`[data-shown="${name}"]`);
    const table = { body: element.tBodies[0], heads, rows, shown };
    tables.set(name, table);
    if (rows.length) heads.forEach((head, at) => head.firstChild.addEventListener("click", () => sortBy(table, at)));
    const filter = document.querySelector(`[data-filter="${name}"]`);
    filter.addEventListener("input", () => filterBy(table, filter.value));
    document
      .querySelector(`[data-export="${name}"]`)
      .addEventListener("click", () => save(`${name}.csv`, csvOf(table)));
    describe(table);
  }

  // ---- charts --------------------------------------------------------------------------

  const drawn = [];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Systems take the palette's colours in turn: as series of a chart, or as the bars of one series.
  const colours = (series) => {
    let system = 0;
    const colour = (role) => style(role === "system" ? `--c${system++}` : `--c-${role}`);
    return series.map((one) => (one.bars.length ? one.bars.map(colour) : colour(one.role)));
  };

  const paint = (chart, data) => {
    const found = colours(data.series);
    chart.data.datasets.forEach((set, at) => {
      set.backgroundColor = found[at];
      set.borderColor = style("--page");
    });
    const ink = style("--ink");
    const line = style("--line");
    for (const axis of Object.values(chart.options.scales)) {
      axis.ticks.color = ink;
      axis.grid.color = line;
      axis.title.color = ink;
    }
    chart.options.plugins.legend.labels.color = ink;
    chart.update();
  };

  const axis = (title, stacked, counts) => ({
    stacked,
    beginAtZero: true,
    grid: { display: counts },
    ticks: counts ? { precision: 0, maxTicksLimit: 8 } : { autoSkip: true, maxRotation: 45 },
    title: { display: Boolean(title), text: title },
  });

  const draw = (data) => {
    const labels = axis(data.axis, data.stacked, false);
    const counts = axis(data.unit, data.stacked, true);
    if (data.across) labels.ticks.autoSkip = false;
    const colour = colours(data.series);
    const chart = new Chart(document.getElementById(data.name), {
      type: "bar",
      data: {
        labels: data.labels,
        datasets: data.series.map((one, at) => ({
          label: one.name,
          data: one.values,
          backgroundColor: colour[at],
          borderColor: style("--page"),
          borderWidth: data.stacked ? { top: 1 } : 0,
          maxBarThickness: 40,
          categoryPercentage: data.stacked ? 0.95 : 0.8,
          barPercentage: 0.95,
        })),
      },
      options: {
        indexAxis: data.across ? "y" : "x",
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "index", axis: data.across ? "y" : "x", intersect: false },
        scales: data.across ? { x: counts, y: labels } : { x: labels, y: counts },
        plugins: {
          colors: { enabled: false },
          legend: { display: data.series.length > 1, position: "bottom", labels: { boxWidth: 14 } },
          tooltip: { filter: (item) => item.raw > 0 },
        },
      },
    });
    drawn.push([chart, data]);
    paint(chart, data);
  };

  const repaint = () => drawn.forEach(([chart, data]) => paint(chart, data));

  const drawAll = () => {
    const family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.family = family;
    Chart.defaults.font.size = 13;
    JSON.parse(document.getElementById("charts").textContent).forEach(draw);
    dark.addEventListener("change", repaint);
    performance.mark("charts-drawn");
    document.documentElement.dataset.ready = "yes";
  };

  // ---- print: everything open, on white ------------------------------------------------

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    closed.forEach((part) => (part.open = true));
    document.documentElement.dataset.print = "yes";
    repaint();
  });
  addEventListener("afterprint", () => {
    closed.forEach((part) => (part.open = false));
    delete document.documentElement.dataset.print;
    repaint();
  });

  // The text is painted first.
  requestAnimationFrame(() => setTimeout(drawAll));
})();
