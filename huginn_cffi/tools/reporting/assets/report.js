"use strict";
(() => {
  document.querySelectorAll("table[data-table]").forEach(tables.attach);

  const drawAll = () => {
    JSON.parse(document.getElementById("charts").textContent).forEach(charts.draw);
    performance.mark("charts-drawn");
    document.documentElement.dataset.ready = "yes";
  };

  // The text is painted first.
  requestAnimationFrame(() => setTimeout(drawAll));
})();
