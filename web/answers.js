// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What records say of a match beyond the core: the rules of huginn_cffi/labels and huginn_cffi/results, over the
// words and tables that build.py takes from there. tests/web compares every answer with theirs.

const MOST_KEPT = 1 << 14; // strangers choose how many differ

class Answers {
  constructor(words) {
    this.words = words;
    this.kept = new Map();
  }

  // The answer as members of a JSON object, each with a comma before it, in ASCII. `texts` gives the option
  // layout and the quirks.
  of(basis, texts) {
    const key = basis.join();
    let found = this.kept.get(key);
    if (found === undefined) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      found = new TextEncoder().encode(this.members(basis, ...texts()));
      this.kept.set(key, found);
    }
    return found;
  }

  members(basis, layout, quirks) {
    const { signatures, rules } = this.words;
    const own = signatures[basis[0]];
    const alike = [...basis.subarray(rules.head)].map((number) => signatures[number]);
    const families = [...new Set([own, ...alike].flatMap((one) => one.families))];
    const labels = [...new Set(alike.map((one) => one.label))].filter((label) => label !== own.label);
    const fuzzy = (basis[1] & 255) !== 0;
    const seen = { layout, quirks: quirks.split(","), version: basis[1] >> 8, ttl: basis[3] };
    const named = families.length > 0 && families.length <= rules.maxFamilies;
    const values = {
      family: named ? families.join(" or ") : rules.unknown,
      confidence: named ? this.share("confidence", own, fuzzy, families) : 0,
      version_confidence: named && own.flavor ? this.share("version_confidence", own, fuzzy, families) : null,
      candidates: labels,
      evidence: this.evidence(own, fuzzy, families, seen),
    };
    return rules.keys.map((key) => `,"${key}":${jsonOf(values[key])}`).join("");
  }

  share(table, own, fuzzy, families) {
    const { rules } = this.words;
    const share = rules[table][`${fuzzy ? "fuzzy" : own.kind} ${families.length} ${own.witness}`];
    if (share === undefined) return null;
    if (own.userland || own.witness === rules.unstated) return share;
    return share * Math.max(...families.map((name) => rules.standing[name] ?? rules.unproven));
  }

  evidence(own, fuzzy, families, seen) {
    const { rules } = this.words;
    const found = [`${fuzzy ? "fuzzy" : "exact"} match of a ${own.kind} signature`];
    if (fuzzy) found.push(...this.differences(own, seen));
    if (seen.layout.includes(rules.erased) && own.layout !== seen.layout)
      found.push("options were overwritten with NOPs on the way");
    if (families.length === rules.maxFamilies) found.push(`${families[0]} and ${families[1]} send the same`);
    else if (families.length > rules.maxFamilies)
      found.push(`${families.length} families fit as well: ${families.join(", ")}`);
    found.push(own.provenance ? `signature from ${own.provenance}` : "no source is stated");
    return found;
  }

  differences(own, seen) {
    const { rules } = this.words;
    const found = [];
    const lost = (quirk) => seen.version === 4 && own.quirks.includes(quirk) && !seen.quirks.includes(quirk);
    if (lost("df")) found.push("DF is missing");
    else if (lost("id+")) found.push("the IP id is 0");
    for (const [quirk, words] of Object.entries(rules.gained))
      if (seen.quirks.includes(quirk) && !own.quirks.includes(quirk)) found.push(words);
    if (seen.ttl > own.ttl) found.push(`the TTL ${seen.ttl} is above the initial ${own.ttl}`);
    else if (own.ttl - seen.ttl > rules.maxDistance && !own.anyTtl)
      found.push(`the TTL ${seen.ttl} is more than ${rules.maxDistance} hops below the initial ${own.ttl}`);
    return found;
  }
}

// JSON as Python writes it: ASCII, and numbers are never whole.
const jsonOf = (value) => {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  if (typeof value === "number") return Number.isInteger(value) ? `${value}.0` : String(value);
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) =>
    one === "\u007f" ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
};
