// The view of a summary document: each call of `view.show(document)` fills #above and #main again.
"use strict";
const view = (() => {
  const by = (id) => document.getElementById(id);
  let shown = null;
  let records = new Map(); // host records in the document, by address
  let ask = null; // optional function that returns a promise of the record of any address

  // ---- tiles and findings ---------------------------------------------------------------------------------

  const EVENTS = { syn: "SYN", syn_ack: "SYN+ACK", tls_client: "by clients", tls_server: "by servers" };
  const eventsText = (kind, count) =>
    kind in EVENTS ? `${plain(count)} ${EVENTS[kind]}` : counted(count, kind.slice("http_".length));

  const tilesOf = ({ events, ...whole }) => {
    const tiles = whole.packets ? [["Packets", plain(whole.packets), `${plain(whole.analysed)} analysed`]] : [];
    const pair = (title, one, other) => {
      const counts = [one, other].map((kind) => eventsText(kind, events[kind] ?? 0));
      if (events[one] || events[other]) tiles.push([title, ...counts]);
    };
    pair("Handshakes", "syn", "syn_ack");
    pair("TLS hellos", "tls_client", "tls_server");
    pair("HTTP messages", "http_request", "http_response");
    if (whole.hosts) tiles.push(["Addresses", plain(whole.hosts), whole.hosts_complete ? "" : "or more"]);
    const some = whole.findings.some((one) => one.kind === "time") ? ", some of a wrong clock" : "";
    if (whole.first_event)
      tiles.push(["From", timeText(whole.first_event), `to ${timeText(whole.last_event)} UTC${some}`]);
    return tiles;
  };

  const tileElement = ([name, value, more]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, element("b", {}, value), element("small", {}, more)));

  const ADDRESS = /(?<![\w.:])(\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:]*:[\da-f:.]*[\da-f:])(?![\w.]*\w)/;
  const withAddresses = (line) => line.split(ADDRESS).map((part, at) => (at % 2 ? addressElement(part) : part));

  const FEW = 5; // limit of the addresses in a line

  const spreadText = ({ packets, first_seen: first, last_seen: last }) =>
    [packets && counted(packets, "packet"), first && `${timeText(first)} to ${timeText(last)} UTC`]
      .filter(Boolean)
      .join(", ");

  const findingElement = (finding, at) => {
    const { headline: line, text: whole, hosts, host_count: count } = finding;
    const more = hosts.filter((host) => !line.includes(host));
    const isWhole = more.length <= FEW && hosts.length === count;
    const headline = isWhole && more.length ? line.replace(/ and \d+ more$/, "") : line;
    const between = headline === line ? " " : ", ";
    const links = isWhole ? more.flatMap((host) => [between, addressElement(host)]) : [];
    const item = element("li", {}, element("bdi", {}, ...withAddresses(headline), ...links));
    const spread = spreadText(finding);
    if (spread) item.append(element("small", {}, ` (${spread})`));
    if (whole !== line) {
      const about = element("p", {}, element("bdi", {}, ...withAddresses(whole)));
      item.append(element("details", { id: `about-${at}` }, element("summary", {}, "Details"), about));
    }
    if (isWhole) return item;
    const first = count > hosts.length ? `the first ${plain(hosts.length)} of ` : "";
    const summary = element("summary", {}, `${first}${counted(count, "address")}`);
    const all = hosts.flatMap((host) => [addressElement(host), " "]);
    item.append(element("details", { id: `finding-${at}` }, summary, element("p", { className: "files" }, ...all)));
    return item;
  };

  const answersElement = ({ answers }) => {
    const pairs = answers.map((one) => [one.question, element("bdi", {}, ...withAddresses(one.answer))]);
    const title = element("h2", { id: "answers-title" }, "Answers");
    return element("section", { aria: { "aria-labelledby": "answers-title" } }, title, pairsElement(pairs));
  };

  const findingsElement = ({ findings }) => {
    const items = findings.map(findingElement);
    const list = items.length ? element("ul", {}, ...items) : element("p", {}, "Nothing stands out.");
    const title = element("h2", { id: "findings-title" }, "Findings");
    return element("section", { className: "findings", aria: { "aria-labelledby": "findings-title" } }, title, list);
  };

  const limitElement = ({ findings, left_out: leftOut, hosts_complete: isComplete }) => {
    const found = findings.find((one) => one.kind === "incomplete");
    const why = found ? `Not all is counted: ${found.text}.` : `${counted(leftOut, "packet")} left out.`;
    const notice = [why, ...(isComplete ? [] : ["Numbers of addresses are lower bounds."])].join(" ");
    return element("div", { className: "notice", aria: { role: "note" } }, ...withAddresses(notice));
  };

  const whoElement = () => {
    const input = element("input", { id: "who", type: "search", autocomplete: "off", spellcheck: false });
    const label = element("label", {}, "Address ", input);
    const form = element("form", { className: "bar" }, label, element("button", {}, "Show host record"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) openHost(input.value.trim().toLowerCase());
    });
    return form;
  };

  // ---- one host -------------------------------------------------------------------------------------------

  const HOST = [
    ["System", hostText],
    ["Confidence", (host) => shareText(sureOf(host))],
    ["Confidence of the version", (host) => shareText(host.version_confidence)],
    ["Source of the version", (host) => host.version_source?.replaceAll("_", " ")],
    ["Device", (host) => deviceText(host.device)],
    ["MAC", macText],
    ["Named by its handshakes", (host) => joined(host.candidates)],
    ["Tools", (host) => joined(host.tools)],
    ["Systems behind it", (host) => host.systems > 1 && host.systems],
    ["Because of", (host) => joined(host.witnesses)],
    ["Findings", (host) => joined(host.findings, words)],
    ["Without support", (host) => joined(host.ended, endedText)],
    ["Scans", (host) => joined(host.scans)],
    ["Contradictions", (host) => host.contradictions],
    ["Changes", (host) => joined(host.changes, (one) => `${timeText(one.time)} ${words(one.kind)} (${one.role}): ${one.reasons.join(" ")}`)],
    ["Last change", (host) => host.last_change && timeText(host.last_change)],
    ["Last sharing", (host) => host.last_sharing && timeText(host.last_sharing)],
    ["Last change as p0f counts", (host) => host.host_change && timeText(host.host_change)],
    ["Last sharing as p0f counts", (host) => host.ip_sharing && timeText(host.ip_sharing)],
    ["SYN", (host) => host.syns],
    ["SYN+ACK", (host) => host.syn_acks],
    ["Connections", (host) => host.connections],
    ["Distance", (host) => (host.distance === null ? "" : counted(host.distance, "hop"))],
    ["Link", (host) => joined([host.link, host.mtu && `MTU ${plain(host.mtu)}`].filter(Boolean))],
    ["Uptime", (host) => uptimeText(host)],
    ["Language", "language"],
    ["Clients", (host) => joined(host.clients)],
    ["Servers", (host) => joined(host.servers)],
    ["Asked for as", (host) => joined(host.services)],
    ["Leases", (host) => joined(host.leases)],
    ["Ports it speaks to", (host) => joined(host.client_ports)],
    ["Ports it answers from", (host) => joined(host.server_ports)],
    ["First seen", (host) => `${timeText(host.first_seen)} UTC`],
    ["Last seen", (host) => `${timeText(host.last_seen)} UTC`],
  ];

  const endedText = ({ product, ended, confidence, evidence }) =>
    `${product} since ${ended} (${[confidence !== null && percentText(confidence), ...evidence].filter(Boolean).join(", ")})`;

  const shareText = (share) => (share === null ? "" : percentText(share));

  const uptimeText = (host) => {
    if (host.uptime_minutes === null) return "";
    const period = `modulo ${plain(host.uptime_modulo_days)} d, ${plain(host.uptime_hz)} Hz`;
    return `${minutesText(host.uptime_minutes)}, ${period}${host.uptime_reliable ? "" : ", not reliable"}`;
  };

  const recordElements = (host) => {
    const pairs = HOST.map(([name, value]) => [name, typeof value === "string" ? host[value] : value(host)]);
    const filled = pairs
      .filter(([, one]) => one)
      .map(([name, one]) => [name, typeof one === "number" ? plain(one) : one]);
    const tableOf = (name, rows) => tableElement(name, TABLES[name], rows, shown);
    const announced = host.device?.evidence ?? [];
    const device = announced.length ? [tableOf("announcements", announced)] : [];
    return [pairsElement(filled), tableOf("evidence", host.evidence), ...device];
  };

  const HOW_TO_GET_ALL = "A report with all of them: huginn report --hosts all.";

  const noRecord = () => {
    const all = records.size + (shown.omitted.top_hosts ?? 0);
    const some = `This page has no record of this address. It has the records of ${plain(records.size)} of ${counted(all, "host")}.`;
    const isWhole = ask || records.size === all;
    return element("p", {}, isWhole ? "The captures show nothing of this address." : `${some} ${HOW_TO_GET_ALL}`);
  };

  // The text of a finding for one of its hosts, without the list of the other hosts.
  const aboutOne = ({ text }) => text.split(": ")[0].replace(/^\d+ hosts/, "One of $& that");

  const attachTables = (id) => by(id).querySelectorAll("table[data-table]").forEach(tables.attach);

  const fillHost = (address, host) => {
    const about = shown.findings.filter(({ hosts }) => hosts.includes(address)).map(aboutOne);
    const why = shown.verdicts.contradictions.filter((one) => one.host === address).map((one) => one.why);
    const lines = [...about, ...why].map((line) => element("li", {}, line));
    by("host-title").textContent = address;
    const list = lines.length ? [element("ul", {}, ...lines)] : [];
    by("host-record").replaceChildren(...list, ...(host ? recordElements(host) : [noRecord()]));
    attachTables("host-record");
  };

  let wentBack = null; // set while the browser is about to leave the history entry of a record

  // Shows a record. The browser's back button also closes it.
  const openHost = async (address) => {
    const host = records.get(address) ?? (await ask?.(address));
    await wentBack;
    if (shown === null) return;
    fillHost(address, host);
    if (by("host").open) return;
    if (history.state !== "host") history.pushState("host", "");
    by("host").showModal();
  };

  by("host").addEventListener("close", () => {
    if (wentBack || by("host").open || history.state !== "host") return;
    wentBack = new Promise((settle) => addEventListener("popstate", settle, { once: true })).then(() => (wentBack = null));
    history.back();
  });
  addEventListener("popstate", () => by("host").close());

  // ---- sections -------------------------------------------------------------------------------------------

  const figureElement = ({ name, title, words: seen, axis, labels, across, stacked }) => {
    const canvas = element("canvas", { id: name, aria: { role: "img", "aria-label": `${title}. ${seen}.` } });
    const height = across ? Math.max(120, 46 + 30 * labels.length) : stacked ? 340 : 280;
    const plot = element("div", { className: "plot", style: { height: `${height}px` } }, canvas);
    return element("figure", {}, plot, element("figcaption", {}, axis ? `${title} (${axis})` : title));
  };

  const tablesOf = (section, rows, whole) =>
    section.tables.flatMap((name) => {
      const [spec, found] = name === "time" ? timeTable(whole.over_time) : [TABLES[name], rows(name)];
      return found.length ? [tableElement(name, spec, found, whole, whole.omitted[LISTS[name] ?? name])] : [];
    });

  const foldedElement = (section, table) => {
    const summary = element("summary", {}, `${table.querySelector("caption").textContent}, as a table`);
    return element("details", { className: "folded", id: `${section.name}-folded` }, summary, table);
  };

  const sectionElement = (section, found, chart, apart) => {
    const seen = apart ? ` ${counted(apart, "handshake")} with a time far from the rest left out.` : "";
    return element(
      "section",
      { id: section.name, aria: { "aria-labelledby": `${section.name}-title` } },
      element("h2", { id: `${section.name}-title` }, section.title),
      element("p", {}, section.words + seen),
      ...(chart ? [figureElement(chart)] : []),
      ...found.map((table) => (section.folded ? foldedElement(section, table) : table)),
    );
  };

  const sectionsOf = (whole) => {
    const rows = rowsOf(whole);
    return SECTIONS.map((section) => [section, tablesOf(section, rows, whole)])
      .filter(([, found]) => found.length)
      .map(([section, found]) => {
        const chart = section.chart?.(whole);
        const drawn = chart?.labels.length ? chart : null;
        const apart = section.name === "over-time" && whole.over_time.apart;
        return [section, sectionElement(section, found, drawn, apart), drawn];
      });
  };

  // ---- all of it ------------------------------------------------------------------------------------------

  // Changes the page, then restores open sections, the scroll position and the focus.
  const keeping = (change) => {
    const open = [...document.querySelectorAll("details[id][open]")].map((part) => part.id);
    const scrolled = [...document.querySelectorAll(".table[id] > .scroll")];
    const places = scrolled.map((one) => [one.parentElement.id, one.scrollTop]);
    const { id, dataset } = document.activeElement;
    const [top, asked] = [scrollY, by("who")?.value ?? ""];
    change();
    open.map(by).forEach((part) => part && (part.open = true));
    places.forEach(([table, at]) => by(table) && (by(table).lastChild.scrollTop = at));
    by("who").value = asked;
    const focused = dataset.filter ? document.querySelector(`[data-filter="${dataset.filter}"]`) : id && by(id);
    if (focused) focused.focus({ preventScroll: true });
    scrollTo(0, top);
  };

  const fill = (whole) => {
    const parts = sectionsOf(whole);
    const links = parts.map(([{ name, title }]) => element("li", {}, element("a", { href: `#${name}` }, title)));
    by("above").replaceChildren(
      ...(whole.left_out ? [limitElement(whole)] : []),
      element("dl", { className: "tiles" }, ...tilesOf(whole).map(tileElement)),
      answersElement(whole),
      findingsElement(whole),
      whoElement(),
      element("nav", { aria: { "aria-label": "Sections" } }, element("ul", {}, ...links)),
    );
    by("main").replaceChildren(...parts.map(([, section]) => section));
    attachTables("main");
    return parts.map(([, , chart]) => chart).filter(Boolean);
  };

  // Shows a document; returns a function that draws its charts.
  const show = (whole) => {
    shown = whole;
    records = new Map([...whole.top_hosts, ...(whole.more_hosts ?? [])].map((host) => [hostName(host), host]));
    charts.clear();
    let drawn = [];
    keeping(() => (drawn = fill(whole)));
    return () => drawn.forEach(charts.draw);
  };

  const clear = () => {
    shown = null;
    by("host").close();
    tables.forget();
    charts.clear();
    by("above").replaceChildren();
    by("main").replaceChildren();
  };

  addEventListener("click", (event) => {
    const { who } = event.target.closest("[data-who]")?.dataset ?? {};
    if (who === undefined) return;
    event.preventDefault();
    openHost(who);
  });
  by("host-close").addEventListener("click", () => by("host").close());

  const askWith = (one) => (ask = one);

  return { askWith, clear, show };
})();
