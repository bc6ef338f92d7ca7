// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The page takes captures, lets a worker read them as one stream, and shows the result. The worker stays to answer
// questions about hosts. Another worker reads the files again to save the events.

(() => {
  const PAUSE = 5; // between summaries, as a multiple of the time to show one
  const by = (id) => document.getElementById(id);
  const payload = JSON.parse(by("payload").textContent);
  const workers = { reader: null, saver: null }; // {} while one is being created
  const waiting = new Map(); // by address: the callbacks that wait for its record
  let shown = null; // the files that are shown
  let pieces = []; // pieces of the saved events
  let isCancelled = false;
  let next = 0; // when the next summary may be shown

  const unpacked = (name) => {
    const bytes = Uint8Array.from(atob(payload[name]), (one) => one.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  const say = (text) => (by("status").textContent = text);

  const complain = (title, lines) => {
    const items = lines.map((line) => element("li", {}, element("bdi", {}, line)));
    by("trouble").replaceChildren(element("strong", {}, title), element("ul", {}, ...items));
    by("trouble").hidden = title === "";
  };

  const end = (role) => {
    workers[role]?.terminate?.();
    workers[role] = null;
    by("work").hidden = true;
  };

  const forget = () => {
    end("saver");
    end("reader");
    waiting.clear();
  };

  const nameOf = (files) => (files.length === 1 ? files[0].name : counted(files.length, "capture"));

  const show = (files, summary) => {
    if (summary === null) return;
    const begun = performance.now();
    view.show(JSON.parse(summary))();
    shown = files;
    next = performance.now() + PAUSE * (performance.now() - begun);
  };

  const finish = (files, { errors, summary }, role) => {
    by("work").hidden = true;
    if (role === "reader") {
      complain(errors.length ? "Not read to the end" : "", errors);
      show(files, summary);
      if (!isCancelled) say(shown === null ? "" : `${nameOf(files)}: read`);
    } else {
      end(role);
      tables.save(`${nameOf(files)}.jsonl`, new Blob(pieces, { type: "application/x-ndjson" }));
      say(`${nameOf(files)}: saved as JSON Lines`);
    }
    by("save").hidden = shown === null || isCancelled;
    document.documentElement.dataset.ready = "yes";
  };

  const take = (files, role, { progress, events, summary, done, host, record, failure }) => {
    if (failure) {
      end(role);
      complain("The page failed", [failure]);
    }
    if (progress) {
      by("progress").value = progress.of ? progress.read / progress.of : 1;
      if (!isCancelled) say(`${progress.name}: ${counted(progress.packets, "packet")} so far`);
    }
    if (events) pieces.push(events);
    if (summary && performance.now() >= next) show(files, summary);
    if (done) finish(files, done, role);
    if (host !== undefined) {
      waiting.get(host)?.forEach((answer) => answer(record && JSON.parse(record)));
      waiting.delete(host);
    }
  };

  // Lets a worker read files, to show their contents ("reader") or to save their events ("saver").
  const work = async (files, role) => {
    end(role);
    const made = (workers[role] = {});
    by("work").hidden = false;
    by("progress").value = 0;
    say(`${nameOf(files)}: reading`);
    const [script, core] = await Promise.all([unpacked("worker").blob(), unpacked("core").arrayBuffer()]);
    if (workers[role] !== made) return;
    const address = URL.createObjectURL(script);
    const begun = (workers[role] = new Worker(address));
    URL.revokeObjectURL(address);
    begun.onmessage = ({ data }) => begun === workers[role] && take(files, role, data);
    begun.onerror = (event) => begun === workers[role] && take(files, role, { failure: event.message });
    begun.postMessage({ files, core, save: role === "saver" });
  };

  // The record of a host, or null.
  view.askWith(
    (address) =>
      new Promise((answer) => {
        if (!workers.reader) answer(null);
        waiting.set(address, [...(waiting.get(address) ?? []), answer]);
        workers.reader?.postMessage({ host: address });
      }),
  );

  // Sorts files by name, as the command does for a folder.
  const analyse = (list) => {
    const files = [...list].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    forget();
    isCancelled = false;
    shown = null;
    next = 0;
    delete document.documentElement.dataset.ready;
    complain("", []);
    by("save").hidden = true;
    view.clear();
    work(files, "reader");
  };

  // Decodes hexadecimal digits or base64 to a file with these bytes; null if the text is neither.
  const pasted = (text) => {
    const close = text.replace(/\s+/g, "");
    try {
      const digits = /^(?:[0-9a-f]{2})+$/i.test(close) ? close.match(/../g).map((two) => parseInt(two, 16)) : null;
      return new File([Uint8Array.from(digits ?? [...atob(close)].map((one) => one.charCodeAt(0)))], "pasted");
    } catch {
      return null;
    }
  };

  by("save").addEventListener("click", () => {
    pieces = [];
    work(shown, "saver");
  });
  by("sample").addEventListener("click", () => {
    const bytes = Uint8Array.from(atob(payload.sample), (one) => one.charCodeAt(0));
    analyse([new File([bytes], "sample.pcap")]);
  });
  by("file").addEventListener("change", () => by("file").files.length && analyse(by("file").files));
  // Results read so far stay.
  const cancel = () => {
    if (workers.saver) return end("saver");
    isCancelled = true;
    by("work").hidden = true;
    return workers.reader.postMessage ? workers.reader.postMessage({ stop: true }) : end("reader");
  };

  by("cancel").addEventListener("click", () => {
    cancel();
    say("Cancelled. Choose captures to start again.");
    by("file").focus();
  });
  addEventListener("paste", (event) => {
    if (event.target.matches("input[type=search]")) return;
    const { files } = event.clipboardData;
    const text = files.length ? null : pasted(event.clipboardData.getData("text"));
    if (files.length) analyse(files);
    else if (text?.size) analyse([text]);
    else
      complain("What was pasted is no capture", ["It is neither a file nor its bytes as hexadecimal digits or base64."]);
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    by("drop").classList.add("over");
  });
  addEventListener("dragleave", () => by("drop").classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    by("drop").classList.remove("over");
    if (event.dataTransfer.files.length) analyse(event.dataTransfer.files);
  });
})();
