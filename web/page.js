// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The page: takes a capture, has a worker read it, and shows what that found.

(() => {
  const PAUSE = 5; // between summaries, in times that one takes to show
  const by = (id) => document.getElementById(id);
  const payload = JSON.parse(by("payload").textContent);
  let worker = null; // that reads
  let shown = null; // the file
  let pieces = []; // of what is saved
  let next = 0; // when a summary of what is read so far is shown again

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

  const show = (file, summary) => {
    if (summary === null) return;
    const begun = performance.now();
    view.show(JSON.parse(summary))();
    shown = file;
    next = performance.now() + PAUSE * (performance.now() - begun);
  };

  const finish = (file, { error, summary }, save) => {
    end();
    complain(error ?? "");
    if (!save) show(file, summary);
    if (save) tables.save(`${file.name}.jsonl`, new Blob(pieces, { type: "application/x-ndjson" }));
    say(shown === null ? "" : save ? `${file.name}: saved as JSON Lines` : `${file.name}: read`);
    by("save").hidden = shown === null;
    document.documentElement.dataset.ready = "yes";
  };

  const take = (file, save, { progress, events, summary, done, failure }) => {
    if (failure) {
      end();
      complain(`${file.name}: the page failed: ${failure}`);
    }
    if (progress) {
      by("progress").value = progress.of ? progress.read / progress.of : 1;
      say(`${file.name}: ${counted(progress.packets, "packet")} so far`);
    }
    if (events) pieces.push(events);
    if (summary && performance.now() >= next) show(file, summary);
    if (done) finish(file, done, save);
  };

  // Has a worker read a file, to show what it holds or to save its events.
  const work = async (file, save) => {
    end();
    pieces = [];
    by("work").hidden = false;
    by("progress").value = 0;
    say(`${file.name}: reading`);
    const address = URL.createObjectURL(await unpacked("worker").blob());
    const begun = (worker = new Worker(address));
    URL.revokeObjectURL(address);
    begun.onmessage = ({ data }) => begun === worker && take(file, save, data);
    begun.onerror = (event) => begun === worker && take(file, save, { failure: event.message });
    begun.postMessage({ file, core: await unpacked("core").arrayBuffer(), save });
  };

  const analyse = (file) => {
    shown = null;
    next = 0;
    delete document.documentElement.dataset.ready;
    complain("");
    by("save").hidden = true;
    view.clear();
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

  by("save").addEventListener("click", () => work(shown, true));
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
