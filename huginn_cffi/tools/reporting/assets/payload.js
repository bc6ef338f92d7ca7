// What the page holds, compressed: `unpacked(name)` gives it as a response.
"use strict";
const unpacked = (() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  return (name) => {
    const bytes = Uint8Array.from(atob(payload[name]), (one) => one.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
})();
