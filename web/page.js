// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The page: takes a capture, has a worker read it, and shows what that found.

(() => {
  const by = (id) => document.getElementById(id);
  const payload = JSON.parse(by("payload").textContent);
  let worker = null; // that reads
  let shown = null; // that has read what is shown, and is asked for addresses
  let pieces = []; // of what is saved
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

  const show = (file, found) => {
    const [parts, drawn] = found.stats === null ? [[], []] : sectionsOf(found, words);
    const links = parts.map(([id, title]) => element("li", {}, element("a", { href: `#${id}` }, title)));
    const { findings } = found.totals;
    const above = found.stats === null ? [] : [tileElements(found.stats, found.totals, words)];
    if (found.stats !== null) above.push(findingElements(findings), whoElements((who) => shown.postMessage({ who })));
    if (links.length) above.push(element("nav", { aria: { "aria-label": "Sections" } }, element("ul", {}, ...links)));
    by("above").replaceChildren(...above);
    by("main").replaceChildren(...parts.map(([, , section]) => section));
    document.querySelectorAll("table[data-table]").forEach(tables.attach);
    drawn.forEach(charts.draw);
    by("save")?.addEventListener("click", () => work(file, true));
  };

  const finish = (file, done, save) => {
    if (!save) [shown, worker] = [worker, null];
    end();
    complain(done.error ?? "");
    if (save) {
      tables.save(`${file.name}.jsonl`, new Blob(pieces, { type: "application/x-ndjson" }));
      say(`${file.name}: saved as JSON Lines`);
      return;
    }
    show(file, { ...done, rows });
    const left = done.totals.leftOut ? `; ${counted(done.totals.leftOut, "event")} beyond what the page keeps` : "";
    say(done.stats === null ? "" : `${file.name}: ${counted(done.events, "event")}${left}`);
    document.documentElement.dataset.ready = "yes";
  };

  const take = (file, save, { progress, events, rows: more, done, failure, who, known }) => {
    if (who !== undefined) by("known").replaceChildren(...knownElements(who, known, words));
    if (failure) {
      end();
      complain(`${file.name}: the page failed: ${failure}`);
      return;
    }
    if (progress) {
      if (events) pieces.push(events);
      if (more) rows.push(...more);
      by("progress").value = progress.of ? progress.read / progress.of : 1;
      say(`${file.name}: ${counted(progress.packets, "packet")} so far`);
    }
    if (done) finish(file, done, save);
  };

  // Has a worker read a file, to show what it holds or to save its events.
  const work = async (file, save) => {
    end();
    pieces = [];
    by("work").hidden = false;
    by("progress").value = 0;
    say(`${file.name}: reading`);
    words ??= await unpacked("words").json();
    const address = URL.createObjectURL(await unpacked("worker").blob());
    const begun = (worker = new Worker(address));
    URL.revokeObjectURL(address);
    begun.onmessage = ({ data }) => (begun === worker || begun === shown) && take(file, save, data);
    begun.onerror = (event) => begun === worker && take(file, save, { failure: event.message });
    begun.postMessage({ file, core: await unpacked("core").arrayBuffer(), words, save });
  };

  const analyse = (file) => {
    shown?.terminate();
    shown = null;
    rows = [];
    delete document.documentElement.dataset.ready;
    complain("");
    charts.clear();
    by("above").replaceChildren();
    by("main").replaceChildren();
    work(file, false);
  };

  // The bytes that a text stands for, as a file, or null: hexadecimal digits, or base64.
  const pasted = (text) => {
    const close = text.replace(/\s+/g, "");
    try {
      const digits = /^(?:[0-9a-f]{2})+$/i.test(close) ? close.match(/../g).map((two) => parseInt(two, 16)) : null;
      return new File([Uint8Array.from(digits ?? [...atob(close)].map((one) => one.charCodeAt(0)))], "pasted");
    } catch {
      return null;
    }
  };

  addEventListener("click", (event) => {
    const { who } = event.target.closest("[data-who]")?.dataset ?? {};
    if (who === undefined) return;
    by("who").value = who;
    by("who").form.requestSubmit();
  });
  by("file").addEventListener("change", () => by("file").files[0] && analyse(by("file").files[0]));
  by("cancel").addEventListener("click", () => {
    end();
    say("Cancelled. Choose a capture to begin anew.");
    by("file").focus();
  });
  addEventListener("paste", (event) => {
    if (event.target.matches("input[type=search]")) return;
    const { files } = event.clipboardData;
    const file = files[0] ?? pasted(event.clipboardData.getData("text"));
    if (file && file.size) analyse(file);
    else complain("What was pasted is no capture: neither a file nor its bytes as hexadecimal digits or base64.");
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
})();
