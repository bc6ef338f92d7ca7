// Bar charts. A series names its colour in the style sheet (`c`, "0" for --c0), or one colour per bar.
"use strict";
const charts = (() => {
  const drawn = [];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const colours = (series) =>
    series.map(({ c }) => (Array.isArray(c) ? c.map((one) => style(`--c${one}`)) : style(`--c${c}`)));

  const paint = (chart, data) => {
    const found = colours(data.series);
    chart.data.datasets.forEach((set, at) => {
      set.backgroundColor = found[at] ?? style("--now");
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

  // Names beside bars are broken into lines, and never cut.
  const LINE = 22; // letters
  function broken(value) {
    const lines = [""];
    for (const word of this.getLabelForValue(value).split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (longer.length > LINE) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines.filter(Boolean);
  }

  // A triangle above each bar in which findings begin.
  const marksOf = ({ marks, series }) =>
    marks?.some(Boolean)
      ? [
          {
            type: "line",
            label: "findings that begin",
            data: marks.map((count, at) => (count ? series.reduce((sum, one) => sum + one.values[at], 0) : null)),
            showLine: false,
            pointStyle: "triangle",
            pointRadius: 6,
            stack: "marks",
          },
        ]
      : [];

  const draw = (data) => {
    const labels = axis(data.axis, data.stacked, false);
    const counts = axis(data.unit, data.stacked, true);
    if (data.across) Object.assign(labels.ticks, { autoSkip: false, callback: broken });
    const family = getComputedStyle(document.body).fontFamily;
    Object.assign(Chart.defaults.font, { family, size: 13 });
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
        })).concat(marksOf(data)),
      },
      options: {
        indexAxis: data.across ? "y" : "x",
        animation: false,
        layout: { padding: { left: 6, right: 6 } },
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "index", axis: data.across ? "y" : "x", intersect: false },
        scales: data.across ? { x: counts, y: labels } : { x: labels, y: counts },
        plugins: {
          colors: { enabled: false },
          legend: { display: data.series.length > 1, position: "bottom", labels: { boxWidth: 14 } },
          tooltip: { filter: ({ raw, dataset }) => raw > 0 && dataset.type !== "line" },
        },
      },
    });
    drawn.push([chart, data]);
    paint(chart, data);
  };

  const repaint = () => drawn.forEach(([chart, data]) => paint(chart, data));

  const clear = () => drawn.splice(0).forEach(([chart]) => chart.destroy());

  dark.addEventListener("change", repaint);

  // ---- print: all hosts of findings, on white ------------------------------------------------

  const PAPER = 660; // width of A4 and letter between their margins, in pixels
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll(".more:not([open])")];
    closed.forEach((part) => (part.open = true));
    document.documentElement.dataset.print = "yes";
    drawn.forEach(([chart]) => chart.resize(Math.min(chart.width, PAPER), chart.height));
    repaint();
  });
  addEventListener("afterprint", () => {
    closed.forEach((part) => (part.open = false));
    delete document.documentElement.dataset.print;
    drawn.forEach(([chart]) => chart.resize());
    repaint();
  });

  return { clear, draw };
})();
