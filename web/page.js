// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The page: takes a capture, has a worker read it, and shows what that found.

(() => {
  const by = (id) => document.getElementById(id);
  const payload = JSON.parse(by("payload").textContent);
  let worker = null;
  let pieces = [];
  let rows = [];
  let words = null;

  const unpacked = (name) => {
    const bytes = Uint8Array.from(atob(payload[name]), (one) => one.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  const say = (text) => (by("status").textContent = text);

  const complain = (text) => {
    by("trouble").textContent = text;
    by("trouble").hidden = text === "";
  };

  const end = () => {
    worker?.terminate();
    worker = null;
    by("work").hidden = true;
  };

  const show = (name, found) => {
    const parts = found.stats === null ? [] : sectionsOf(found, words);
    const links = parts.map(([id, title]) => element("li", {}, element("a", { href: `#${id}` }, title)));
    const findings = findingsOf(found.totals, words.findings);
    const above = found.stats === null ? [] : [tileElements(found.stats, found.totals, words)];
    if (findings.length) above.push(findingElements(findings));
    if (links.length) above.push(element("nav", { aria: { "aria-label": "Sections" } }, element("ul", {}, ...links)));
    by("above").replaceChildren(...above);
    by("main").replaceChildren(...parts.map(([, , section]) => section));
    document.querySelectorAll("table[data-table]").forEach(tables.attach);
    const lines = new Blob(pieces, { type: "application/x-ndjson" });
    by("save")?.addEventListener("click", () => tables.save(`${name}.jsonl`, lines));
  };

  const take = (name, { progress, events, rows: more, done, failure }) => {
    if (failure) {
      end();
      complain(`${name}: the page failed: ${failure}`);
      return;
    }
    if (progress) {
      pieces.push(events);
      rows.push(...more);
      by("progress").value = progress.of ? progress.read / progress.of : 1;
      say(`${name}: ${tables.plain(progress.packets)} packets so far`);
    }
    if (done) {
      end();
      complain(done.error ?? "");
      show(name, { ...done, rows });
      const left = done.totals.leftOut ? `; ${counted(done.totals.leftOut, "row")} beyond what the page keeps` : "";
      say(done.stats === null ? "" : `${name}: ${counted(done.events, "event")}${left}`);
      document.documentElement.dataset.ready = "yes";
    }
  };

  const analyse = async (file) => {
    end();
    [pieces, rows] = [[], []];
    delete document.documentElement.dataset.ready;
    complain("");
    by("above").replaceChildren();
    by("main").replaceChildren();
    by("work").hidden = false;
    by("progress").value = 0;
    say(`${file.name}: reading`);
    words ??= await unpacked("words").json();
    const address = URL.createObjectURL(await unpacked("worker").blob());
    const begun = (worker = new Worker(address));
    URL.revokeObjectURL(address);
    begun.onmessage = ({ data }) => begun === worker && take(file.name, data);
    begun.onerror = (event) => begun === worker && take(file.name, { failure: event.message });
    begun.postMessage({ file, core: await unpacked("core").arrayBuffer(), words });
  };

  by("file").addEventListener("change", () => by("file").files[0] && analyse(by("file").files[0]));
  by("cancel").addEventListener("click", () => {
    end();
    say("Cancelled. Choose a capture to begin anew.");
    by("file").focus();
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    by("drop").classList.add("over");
  });
  addEventListener("dragleave", () => by("drop").classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    by("drop").classList.remove("over");
    if (event.dataTransfer.files[0]) analyse(event.dataTransfer.files[0]);
  });
  addEventListener("beforeprint", () => (document.documentElement.dataset.print = "yes"));
  addEventListener("afterprint", () => delete document.documentElement.dataset.print);
})();
