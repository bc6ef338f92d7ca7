// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What records say of a match beyond the core: families and how sure they are from tables of what Python answers, which
// build.py makes, and the words of huginn_cffi/labels/evidence.py. tests/web compares answers with Python's.

// A sentence of Python's with its values.
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const MOST_KEPT = 1 << 14; // strangers choose how many differ

class Answers {
  constructor(words) {
    this.words = words;
    this.kept = new Map();
  }

  // The `confidence`, and the answer as `members` of a JSON object, each with a comma before it, in ASCII. `texts`
  // gives the option layout and the quirks.
  of(basis, texts) {
    const key = basis.join();
    let found = this.kept.get(key);
    if (found === undefined) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      const values = this.values(basis, ...texts());
      const members = this.words.rules.keys.map((key) => `,"${key}":${jsonOf(values[key])}`).join("");
      found = { confidence: values.confidence, members: new TextEncoder().encode(members) };
      this.kept.set(key, found);
    }
    return found;
  }

  values(basis, layout, quirks) {
    const { signatures, rules, answers } = this.words;
    const own = signatures[basis[0]];
    const alike = [...basis.subarray(rules.head)].map((number) => signatures[number]);
    const families = [...new Set([own, ...alike].flatMap((one) => one.families))];
    const labels = [...new Set(alike.map((one) => one.label))].filter((label) => label !== own.label);
    const fuzzy = (basis[1] & 255) !== 0;
    const seen = { layout, quirks: quirks.split(","), version: basis[1] >> 8, ttl: basis[3] };
    const family = families.join(" or ");
    const answer = answers[own.answers[Number(fuzzy)]][family];
    return {
      family: answer ? family : rules.unknown,
      confidence: answer ? answer[0] : 0,
      version_confidence: answer ? answer[1] : null,
      candidates: labels,
      evidence: this.evidence(own, fuzzy, families, seen),
    };
  }

  evidence(own, fuzzy, families, seen) {
    const { words, erased, twoFamilies: two } = this.words.rules;
    const found = [];
    const say = (name, values) => found.push(filled(words[name], values));
    say("match", { manner: fuzzy ? "fuzzy" : "exact", kind: own.kind });
    if (fuzzy) found.push(...this.differences(own, seen));
    if (seen.layout.includes(erased) && own.layout !== seen.layout) say("erased");
    if (families.length === two) say("two", { families: families.join(" and ") });
    else if (families.length > two) say("more", { count: families.length, families: families.join(", ") });
    say(own.provenance ? "source" : "unstated", own);
    return found;
  }

  differences(own, seen) {
    const { lost, gained, words, maxDistance } = this.words.rules;
    const told = (quirks, one, other) => Object.keys(quirks).filter((name) => one.includes(name) && !other.includes(name));
    const found = seen.version === 4 ? told(lost, own.quirks, seen.quirks).slice(0, 1).map((name) => lost[name]) : [];
    found.push(...told(gained, seen.quirks, own.quirks).map((name) => gained[name]));
    const values = { ttl: seen.ttl, initial: own.ttl };
    if (seen.ttl > own.ttl) found.push(filled(words.above, values));
    else if (own.ttl - seen.ttl > maxDistance && !own.unreliableTtl) found.push(filled(words.below, values));
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
