"use strict";
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("cards").textContent), (each) => each.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = await new Response(unpacked).json();
  const field = document.getElementById("unit-name");
  const found = document.getElementById("unit-found");
  const MOST = 8;
  const groupOf = {};
  for (const [group, units] of Object.entries(data.cards)) for (const unit of Object.keys(units)) groupOf[unit] = group;

  const pair = (value) => Array.isArray(value) ? [value[0], value[value.length - 1]] : [String(value), String(value)];
  const say = (key, values = {}) => [0, 1].map((at) =>
    data.words[key][at].replace(/\{(\w+)\}/g, (_, name) => pair(values[name])[at]));
  const signed = (unit) => pair(data.signed[unit] || data.names[unit]);
  const shown = (texts) => pair(texts)[document.documentElement.dataset.show === "en" ? 1 : 0];
  const list = (parts) => [parts.map((part) => part[0]).join("、"), parts.map((part) => part[1]).join(", ")];
  const places = ([low, high]) => say(low === high ? "one_place" : "places", {low, high});
  const percent = (share) => (100 * share).toFixed(0);
  const counts = (pairs) => list(pairs.map(([rank, count]) => say("times", {rank, count})));
  const years = (pairs) => list(pairs.map(([year, rank]) => say("in_year", {year, rank})));

  const element = (kind, texts, id) => {
    const made = document.createElement(kind);
    if (id) made.id = id;
    for (const [at, lang] of [[0, "zh"], [1, "en"]]) {
      if (at && texts[0] === texts[1]) break;
      const part = document.createElement("span");
      if (texts[0] !== texts[1]) part.lang = lang;
      part.textContent = texts[at];
      made.append(part, " ");
    }
    return made;
  };

  const source = (code) => {
    const [title, address] = data.sources[code] || [code, ""];
    const named = document.createElement(address ? "a" : "span");
    if (address) named.href = address;
    named.textContent = title;
    return named;
  };

  const facts = (card) => {
    const box = element("p", ["", ""], "card-published");
    for (const [at, lang] of [[0, "zh"], [1, "en"]]) {
      const part = document.createElement("span");
      part.lang = lang;
      part.append(data.words.published[at]);
      card.published.forEach(([year, kind, value, code, node], place) => {
        const fact = say(node ? `fact_${kind}_on` : `fact_${kind}`, {year, value, node: data.nodes[node] || ""});
        const [open, close] = data.words.in_brackets[at].split("{source}");
        part.append(place ? data.words.next_fact[at] : "", fact[at], open, source(code), close);
      });
      if (!card.published.length) part.append(say("no_fact_yet", {year: data.year})[at]);
      if (card.more) part.append(data.words.next_fact[at], say("more_facts", {count: card.more})[at]);
      part.append(data.words.full_stop[at]);
      box.append(part, " ");
    }
    return box;
  };

  const heads = (unit, card) => {
    const said = [];
    if (card.published) said.push(facts(card));
    else if (data.simulated) said.push(element("p", say("unpublished"), "card-published"));
    if (!data.simulated) return said;
    if (!data.signed[unit]) said.push(element("p", say("placeholder"), "card-placeholder"));
    return [...said, element("p", say("simulation"), "card-simulation")];
  };

  const lines = (unit, card) => {
    const said = [];
    const line = (key, values, id) => {
      const words = say(key, values);
      said.push([data.simulated ? say("drawn", {said: words}) : words, id]);
    };
    const trials = (key) => {
      const pairs = card[key] || [];
      if (pairs.length) line(key, {cases: pairs.reduce((sum, each) => sum + each[1], 0), ranks: counts(pairs)}, "card-" + key);
    };
    if (card.why) {
      line("unranked", {name: signed(unit)}, "card-rank");
      line("why", {why: card.why}, "card-why");
    } else if (!data.league) {
      line(card.tier ? "tier" : "no_tier", card, "card-tier");
      if (card.choices) line("tier_choices", {places: places(card.choices)}, "card-choices");
      line("why_tiers", {}, "card-why-tiers");
    }
    if (card.rank === null) return said;
    line("rank", {rank: card.rank, of: card.of, score: card.score.toFixed(2)}, "card-rank");
    if (card.choices) {
      const most = [...card.draws].sort((a, b) => b[1] - a[1]).slice(0, 4);
      const shares = list(most.map(([rank, share]) => say("share", {rank, share: share.toFixed(0)})));
      line("choices", {places: places(card.choices), shares}, "card-choices");
    }
    if (card.errors) line("errors", {places: places(card.errors)}, "card-errors");
    for (const key of ["without", "methods", "rounding"]) trials(key);
    if (card.rivals) {
      const rivals = card.rivals.map(([other, rank, share]) => say("rival", {name: signed(other), rank, share: share.toFixed(0)}));
      line("rivals", {rivals: list(rivals)}, "card-rivals");
    }
    if (card.lose) {
      const [other, node, value, share] = card.lose;
      line("lose", {name: signed(other), indicator: data.nodes[node], value, share: percent(share)}, "card-lose");
    } else line("lose_none", {}, "card-lose");
    if (card.gain) {
      const [node, value, share] = card.gain;
      line("gain", {indicator: data.nodes[node], value, share: percent(share)}, "card-gain");
    } else line(card.rank === 1 ? "gain_first" : "gain_none", {}, "card-gain");
    if (card.gain_together) {
      const [node, share] = card.gain_together;
      line(node === data.whole ? "together_all" : "together", {node: data.nodes[node], share: percent(share)});
    }
    const others = card.history || [];
    if (!data.simulated && others.length) line("history", {ranks: years(others)}, "card-history");
    return said;
  };

  const mark = (unit) => {
    for (const old of document.querySelectorAll("svg .reader")) old.classList.remove("reader");
    const group = groupOf[unit];
    const ranked = Object.entries(data.cards[group]).filter((each) => each[1].rank !== null && each[1].choices);
    ranked.sort((a, b) => a[1].rank - b[1].rank || a[1].choices[1] - b[1].choices[1]);
    const place = ranked.findIndex((each) => each[0] === unit);
    for (const drawn of document.querySelectorAll(`[id="overview_of_ranks_${group}"] [data-rows]`)) {
      const rows = drawn.querySelectorAll("path");
      if (rows.length === ranked.length && place >= 0) rows[place].classList.add("reader");
    }
  };

  const show = (unit) => {
    const group = groupOf[unit];
    const card = data.cards[group][unit];
    const box = document.createElement("article");
    box.className = "card";
    box.append(element("h3", pair(data.names[unit])));
    if (data.simulated) box.firstChild.append(document.querySelector(".bar .badge").cloneNode(true));
    box.append(...heads(unit, card), ...lines(unit, card).map(([texts, id]) => element("p", texts, id)));
    const last = element("p", ["", ""], "card-full");
    const link = element("a", data.words.full);
    link.href = encodeURI(`../profiles/${data.year}/${data.files[unit] || unit}.html`);
    last.append(link, " ", element("span", say("command", {command: `make profile INDEX=${data.index} YEAR=${data.year} UNIT=${unit}`})));
    box.append(last);
    found.replaceChildren(box);
    document.dispatchEvent(new CustomEvent("group", {detail: group}));
    mark(unit);
  };

  const collator = new Intl.Collator("zh-u-co-pinyin");
  const matches = (asked) => Object.keys(data.names)
    .filter((unit) => unit.toLowerCase() === asked || data.names[unit].some((name) => name.toLowerCase().includes(asked)))
    .sort((a, b) => collator.compare(data.names[a][0], data.names[b][0]));
  const look = () => {
    const asked = field.value.trim().toLowerCase();
    const units = asked ? matches(asked) : [];
    const whole = units.filter((unit) => unit.toLowerCase() === asked || data.names[unit].some((name) => name.toLowerCase() === asked));
    if (units.length === 1 || whole.length === 1) { show(whole[0] || units[0]); return; }
    const offers = units.slice(0, MOST).map((unit) => {
      const offer = element("button", pair(data.names[unit]));
      offer.type = "button";
      offer.addEventListener("click", () => show(unit));
      return offer;
    });
    if (units.length > MOST) offers.push(element("p", say("more", {count: units.length - MOST})));
    found.replaceChildren(...(asked && !units.length ? [element("p", data.words.none)] : offers));
  };
  field.addEventListener("input", look);

  const follow = () => {
    let unit = "";
    try { unit = decodeURIComponent((/^#unit=(.+)/.exec(location.hash) || [])[1] || ""); } catch (error) { /* no address of this page */ }
    if (!(unit in groupOf)) return;
    field.value = shown(data.names[unit]);
    show(unit);
    document.getElementById("unit").scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
})();
