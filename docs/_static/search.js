// The search of these pages: words in Latin letters are found by their beginning, Chinese by any part, without blanks.
// `searchTexts` has, for each page, its address, title, weight, and its sections: anchor, heading, text.
"use strict";

const HAN = /\p{Script=Han}/u;
const ENDINGS = /(?:ings?|ed|es|s|e)$/;
const SHOWN = 30;
const AROUND = 110;
const SAID = {
  en: { none: (query) => `No page has “${query}”.`, found: (count) => `${count} ${count === 1 ? "page" : "pages"}` },
  zh: { none: (query) => `没有找到“${query}”。`, found: (count) => `共${count}页` },
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const folded = (text) => text.normalize("NFKC").toLowerCase();

// Words of the trade that mean the same: each finds the others too, at half the worth, or less in the other language.
const SAME = [
  ["权重", "赋权", "weight"],
  ["归一化", "标准化", "无量纲化", "normalisation", "normalization", "normalise", "normalize", "standardise"],
  ["缺失", "填补", "插补", "missing", "imputation", "impute"],
  ["异常值", "离群值", "outlier", "winsorise"],
  ["排名", "名次", "位次", "rank", "ranking"],
  ["并列", "tie"],
  ["逆序", "rank reversal"],
  ["聚合", "合成", "汇总", "aggregation", "aggregate"],
  ["敏感性", "灵敏度", "sensitivity"],
  ["稳健性", "鲁棒性", "robustness", "robust"],
  ["不确定性", "uncertainty"],
  ["区间", "interval"],
  ["目标值", "阈值", "goalpost"],
  ["相关", "correlation"],
  ["信度", "一致性", "reliability", "agreement"],
  ["主成分", "principal component", "pca"],
  ["框架", "指标体系", "framework"],
  ["指标", "indicator"],
  ["得分", "分数", "score"],
  ["图", "图形", "plot", "figure", "chart"],
  ["报告", "report"],
  ["数据", "data"],
  ["模拟", "simulated", "simulation"],
  ["复现", "重现", "重算", "reproduce", "reproduction", "replicate", "rebuild", "rebuilt"],
  ["许可", "授权", "licence", "license"],
  ["安装", "install"],
  ["教程", "tutorial", "lesson"],
  ["术语", "glossary"],
];

/** Return what to look for of one word: a pattern, what a match is worth, and whether different matches are enough. */
function wordOf(word) {
  if (HAN.test(word)) {
    const signs = [...word];
    const pairs = [...new Set(signs.slice(1).map((sign, place) => signs[place] + sign))];
    return {
      source: [word, ...pairs].map(escaped).join("|"),
      worth: (match) => (match === word ? 1 : 0.1),
      enough: (matches) => matches.has(word) || pairs.filter((pair) => matches.has(pair)).length >= Math.max(1, pairs.length / 3),
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

/** Return what to look for of one word and those that mean the same. */
function termOf(word) {
  const own = wordOf(word);
  const groups = SAME.filter((group) => group.some((other) => other === word || (HAN.test(word) && HAN.test(other) && word.includes(other))
    || (!HAN.test(word) && wordOf(other).worth(word) >= 0.8)));
  const others = groups.flat().filter((other) => other !== word && own.worth(other) < 0.2).map(wordOf);
  return {
    pattern: new RegExp([own, ...others].map(({ source }) => source).join("|"), "gu"),
    worth: (match) =>
      Math.max(own.worth(match), ...others.map((other) => other.worth(match) / (HAN.test(match) === HAN.test(word) ? 2 : 5))),
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
    anchor, heading, text: text.normalize("NFKC"), folded: folded(text), head: folded(heading),
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
    const each = terms.map(({ parts, heads, title }, place) => {
      const count = parts.reduce((sum, { worth }) => sum + worth, 0);
      return rare[place] * ((2 * count) / (count + 3 * long) + 2 * Math.min(title, 1) + Math.min(Math.max(0, ...heads), 1));
    });
    const together = terms.length > 1 && page.sections.some((section) => section.folded.includes(phrase)) ? 1.5 : 1;
    const chinese = terms.some((term) => term.chinese) ? 1.6 : 1; // who asks in Chinese reads Chinese first
    return page.weight * together * chinese * each.reduce((sum, part) => sum + part, 0);
  };
  const best = ({ page, terms }) => {
    const worths = page.sections.map((_, place) =>
      terms.reduce((sum, { parts, heads }) => sum + Math.min(parts[place].worth, 3) + (parts[place].worth ? 2 * heads[place] + 2 : 0), 0));
    return page.sections[worths.indexOf(Math.max(...worths))];
  };
  return seen
    .filter((one) => one.terms.length > 0 && one.terms.every(({ has }) => has))
    .map((one) => ({ page: one.page, section: best(one), score: score(one) }))
    .sort((one, other) => other.score - one.score)
    .map((found) => ({ ...found, terms }));
}

/** Return the words around the first good match, the matches marked. */
function excerpt({ section, terms }) {
  const matches = terms
    .flatMap((term) => [...section.folded.matchAll(term.pattern)].map((match) => [match.index, match[0].length, term.worth(match[0])]))
    .sort((one, other) => one[0] - other[0]);
  const line = document.createElement("p");
  const top = Math.max(0, ...matches.map(([, , worth]) => worth));
  const centre = matches.find(([, , worth]) => worth === top)?.[0] ?? 0;
  let from = Math.max(0, centre - AROUND);
  if (from > 0) from = section.text.indexOf(" ", from) > 0 && section.text.indexOf(" ", from) < centre ? section.text.indexOf(" ", from) + 1 : from;
  const until = Math.min(section.text.length, centre + 2 * AROUND);
  let at = from;
  if (from > 0) line.append("… ");
  for (const [start, length] of matches.filter(([start, length]) => start >= from && start + length <= until)) {
    if (start < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = section.text.slice(start, start + length);
    line.append(section.text.slice(at, start), mark);
    at = start + length;
  }
  line.append(section.text.slice(at, until), until < section.text.length ? " …" : "");
  return line;
}

function entryOf(found) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.page.address + (found.section.anchor ? `#${found.section.anchor}` : "");
  link.textContent = found.page.title;
  if (found.section.heading && found.section.heading !== found.page.title) link.append(` › ${found.section.heading}`);
  entry.append(link, excerpt(found));
  return entry;
}

function show(query) {
  const language = HAN.test(query) || (!query && navigator.language.startsWith("zh")) ? "zh" : "en";
  const found = query.trim() ? search(query) : [];
  const status = document.getElementById("search-status");
  status.lang = language;
  status.textContent = query.trim() && (found.length ? SAID[language].found(found.length) : SAID[language].none(query.trim()));
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
