// The search of these pages: words in Latin letters are found by their beginning, Chinese by any part, without blanks.
// `searchTexts` has, for each page, its address, title, weight, and its sections (anchor, heading, text); `SAME` has
// the words that mean the same.
"use strict";

const HAN = /\p{Script=Han}/u;
const ENDINGS = /(?:ings?|ed|es|s|e)$/;
const SHOWN = 30;
const AROUND = 90;
const SAID = {
  en: { none: (query) => `No page has “${query}”.`, found: (count) => (count === 1 ? "1 page" : `${count} pages`) },
  zh: { none: (query) => `没有找到“${query}”。`, found: (count) => `共${count}页` },
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
// Letters alike whatever their case or width; every sign keeps its place.
const folded = (text) =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).toLowerCase();

/** Return what to look for of one word: a pattern, what a match is worth, and whether different matches are enough. */
function wordOf(word) {
  if (HAN.test(word)) {
    const signs = [...word];
    const pairs = [...new Set(signs.slice(1).map((sign, place) => signs[place] + sign))];
    const needed = Math.max(1, pairs.length / 3);
    return {
      source: [word, ...pairs].map(escaped).join("|"),
      worth: (match) => (match === word ? 1 : 0.1),
      enough: (matches) => matches.has(word) || pairs.filter((pair) => matches.has(pair)).length >= needed,
    };
  }
  const stem = word.replace(ENDINGS, "");
  const start = stem.length >= 4 || (stem.length === 3 && word.endsWith("s")) ? stem : word;
  const whole = new RegExp(`^(?:${escaped(word)}|${escaped(start)}(?:ings?|ed|es|s|e|d)?)$`, "u");
  const begun = new RegExp(`^${escaped(start)}`, "u");
  return {
    source: `(?<![\\p{L}\\p{N}])${escaped(start)}[\\p{L}\\p{N}]*`,
    worth: (match) => (match === word ? 1 : whole.test(match) ? 0.8 : begun.test(match) ? 0.2 : 0),
    enough: (matches) => [...matches].some((match) => begun.test(match)),
  };
}

/** Return whether a word that is searched for brings in those that mean the same as another. */
function brings(word, other) {
  return HAN.test(word) ? HAN.test(other) && word.includes(other) : wordOf(other).worth(word) >= 0.8;
}

/** Return what to look for of one word and, at half the worth or less, of those that mean the same. */
function termOf(word) {
  const own = wordOf(word);
  const others = SAME.filter((group) => group.some((other) => brings(word, other)))
    .flat()
    .filter((other) => own.worth(other) < 0.2)
    .map(wordOf);
  const share = (match) => (HAN.test(match) === HAN.test(word) ? 1 / 2 : 1 / 5);
  return {
    pattern: new RegExp([own, ...others].map(({ source }) => source).join("|"), "gu"),
    worth: (match) => Math.max(own.worth(match), ...others.map((other) => share(match) * other.worth(match))),
    enough: (matches) => [own, ...others].some((one) => one.enough(matches)),
    asChinese: (matches) => HAN.test(word) && matches.has(word),
  };
}

const WORDS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:_[\p{L}\p{N}]+)*/gu;
const termsOf = (query) => [...new Set(folded(query).match(WORDS) ?? [])].map(termOf);

/** Return what the matches of a term in a text are worth together, and which they are. */
function matched(term, text) {
  const matches = text.match(term.pattern) ?? [];
  return { worth: matches.reduce((sum, match) => sum + term.worth(match), 0), kinds: new Set(matches) };
}

const pages = searchTexts.map(([address, title, weight, sections]) => ({
  address,
  title,
  weight,
  folded: folded(title),
  length: sections.reduce((sum, [, , text]) => sum + text.length, 1),
  sections: sections.map(([anchor, heading, text]) => ({
    anchor, heading, text, folded: folded(text), head: folded(heading),
  })),
}));
const usual = pages.reduce((sum, page) => sum + page.length, 0) / pages.length;

/** Return the pages that have every term, the best first, each with its best section. */
function search(query) {
  const terms = termsOf(query);
  const phrase = folded(query.trim());
  const seen = pages.map((page) => ({
    page,
    terms: terms.map((term) => {
      const parts = page.sections.map((section) => matched(term, section.folded));
      const title = matched(term, page.folded);
      const heads = page.sections.map((section) => matched(term, section.head).worth);
      const kinds = new Set([title, ...parts].flatMap(({ kinds }) => [...kinds]));
      return { parts, heads, title: title.worth, has: term.enough(kinds), chinese: term.asChinese(kinds) };
    }),
  }));
  const rare = terms.map((_, place) => {
    const having = seen.filter((one) => one.terms[place].has).length;
    return Math.log(1 + (pages.length - having + 0.5) / (having + 0.5));
  });
  const score = ({ page, terms }) => {
    const long = 0.5 + (0.5 * page.length) / usual;
    const sum = terms.reduce((sum, { parts, heads, title }, place) => {
      const count = parts.reduce((all, { worth }) => all + worth, 0);
      const named = 2 * Math.min(title, 1) + Math.min(Math.max(0, ...heads), 1);
      return sum + rare[place] * ((2 * count) / (count + 3 * long) + named);
    }, 0);
    const together = terms.length > 1 && page.sections.some((section) => section.folded.includes(phrase)) ? 1.5 : 1;
    const chinese = terms.some((term) => term.chinese) ? 1.6 : 1; // who asks in Chinese reads Chinese first
    return page.weight * together * chinese * sum;
  };
  const best = ({ page, terms }) => {
    const worth = ({ parts, heads }, place) =>
      parts[place].worth ? Math.min(parts[place].worth, 3) + 2 * heads[place] + 2 : 0;
    const worths = page.sections.map((_, place) => terms.reduce((sum, term) => sum + worth(term, place), 0));
    return page.sections[worths.indexOf(Math.max(...worths))];
  };
  return seen
    .filter((one) => one.terms.length > 0 && one.terms.every(({ has }) => has))
    .map((one) => ({ page: one.page, section: best(one), score: score(one) }))
    .sort((one, other) => other.score - one.score)
    .map((found) => ({ ...found, terms }));
}

/** Return the words around the first of the best matches, the matches marked. */
function excerpt({ section, terms }) {
  const { text } = section;
  const matches = terms
    .flatMap((term) => [...section.folded.matchAll(term.pattern)].map((match) => [match[0], match.index, term]))
    .map(([word, at, term]) => ({ from: at, until: at + word.length, worth: term.worth(word) }))
    .sort((one, other) => one.from - other.from);
  const top = Math.max(0, ...matches.map(({ worth }) => worth));
  const centre = matches.find(({ worth }) => worth === top)?.from ?? 0;
  const blank = text.indexOf(" ", centre - AROUND); // begin with a whole word
  const from = centre <= AROUND ? 0 : blank > 0 && blank < centre ? blank + 1 : centre - AROUND;
  const until = Math.min(text.length, centre + 2 * AROUND);
  const line = document.createElement("p");
  let done = from;
  if (from > 0) line.append("… ");
  for (const match of matches.filter((match) => match.until <= until)) {
    if (match.from < done) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(match.from, match.until);
    line.append(text.slice(done, match.from), mark);
    done = match.until;
  }
  line.append(text.slice(done, until), until < text.length ? " …" : "");
  return line;
}

/** Return a result: a link to the section, and its excerpt. */
function entryOf(found) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.page.address + (found.section.anchor ? `#${found.section.anchor}` : "");
  link.textContent = found.page.title;
  if (found.section.heading !== found.page.title) link.append(` › ${found.section.heading}`);
  entry.append(link, excerpt(found));
  return entry;
}

/** Show the results of a query, and how many there are in its language. */
function show(query) {
  const language = HAN.test(query) || (!query && navigator.language.startsWith("zh")) ? "zh" : "en";
  const found = query.trim() ? search(query) : [];
  const status = document.getElementById("search-status");
  status.lang = language;
  const { found: some, none } = SAID[language];
  status.textContent = query.trim() && (found.length ? some(found.length) : none(query.trim()));
  document.getElementById("search-results").replaceChildren(...found.slice(0, SHOWN).map(entryOf));
}

const field = document.querySelector("#search input[type=search]");
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => {
  show(field.value);
  history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
});
// The arrow keys go from the field through the results and back.
document.getElementById("search").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...document.querySelectorAll("#search-results a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (!step || !next) return;
  event.preventDefault();
  next.focus();
});
show(field.value);
field.focus();
