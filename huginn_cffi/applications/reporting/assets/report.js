"use strict";
(() => {
  const whole = JSON.parse(document.getElementById("summary").textContent);
  const { captures } = whole;
  const sources = captures.length === 1 ? captures[0].name : counted(captures.length, "capture");
  document.getElementById("sources").textContent = captures.length ? sources : "";
  const draw = view.show(whole);
  performance.mark("tables-work");

  // The text is painted first.
  requestAnimationFrame(() =>
    setTimeout(() => {
      draw();
      performance.mark("charts-drawn");
      document.documentElement.dataset.ready = "yes";
    }),
  );
})();
