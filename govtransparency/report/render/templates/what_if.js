// The page: sliders, ranking, one unit followed; the arithmetic is that of what_if_scores.js.
function start(data) {
  const { element, filled, listed, plain, put, said, strung } = words;
  const $ = (id) => document.getElementById(id);
  const LIMIT = 150, LANGUAGES = { zh: "中文", en: "English", both: "中文 + English" };
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const state = { language: data.language === "both" ? words.preferred() : data.language, pinned: null, all: false };
  let rules = {}, official, byCode, parents; // of the group's recipe
  let pending = false, controls = {}, result = null;

  // A group may bring a recipe of its own; the weights stay as they are between groups that share one.
  function choose(group) {
    const before = rules.recipe;
    state.group = group;
    rules = { ...data, ...group };
    if (rules.recipe === before) return;
    official = Object.fromEntries(rules.nodes.map((node) => [node.code, node.weight]));
    byCode = Object.fromEntries(rules.nodes.map((node) => [node.code, node]));
    parents = Object.fromEntries(rules.parents.map((parent) => [parent.code, parent]));
    state.weights = { ...official };
    controls = {};
  }

  const text = (key, values) => filled(data.texts[key], values);
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const total = (codes, weights) => core.fsum(codes.map((code) => weights[code]));
  const shares = (parent, weights) => {
    const all = total(parent.children, weights);
    return Object.fromEntries(parent.children.map((code) => [code, weights[code] / all]));
  };
  const pinned = () => state.group.units.findIndex((unit) => unit.code === state.pinned);
  const isDrawn = (i) => state.group.signed.includes(i);
  const nameOf = (i) => (isDrawn(i) ? text("signed", { name: state.group.units[i] }) : state.group.units[i]);

  // The address keeps group, language, the unit followed and the weights that differ from the official ones, as exact numbers.
  function toHash() {
    const changed = rules.nodes.filter((node) => state.weights[node.code] !== node.weight);
    const pairs = changed.map((node) => `${encodeURIComponent(node.code)}:${state.weights[node.code]}`);
    const parts = [`g=${encodeURIComponent(state.group.code)}`, `l=${state.language}`];
    if (pinned() >= 0) parts.push(`u=${encodeURIComponent(state.pinned)}`);
    if (pairs.length) parts.push(`w=${pairs.join(",")}`);
    history.replaceState(null, "", "#" + parts.join("&"));
  }

  // Returns whether the address says anything: #g=city&u=..., or the group alone, #city.
  function fromHash() {
    const decode = (part) => { try { return decodeURIComponent(part); } catch { return ""; } };
    const given = location.hash.slice(1), parts = Object.fromEntries(given.split("&").map((part) => part.split("=")));
    const has = (group) => group.units.some((unit) => unit.code === decode(parts.u || ""));
    const group = data.groups.find((item) => [parts.g, given].some((part) => part && decode(part) === item.code)) ?? ("u" in parts && data.groups.find(has));
    if (!group && !["g", "l", "u", "w"].some((part) => part in parts)) return false;
    if (group) choose(group);
    if (Object.hasOwn(LANGUAGES, parts.l || "")) state.language = parts.l;
    state.pinned = has(state.group) ? decode(parts.u) : null;
    const weights = { ...official };
    for (const pair of (parts.w || "").split(",").filter(Boolean)) {
      const [code, value] = pair.split(":").map(decode), number = Number(value);
      if (Object.hasOwn(weights, code) && value && Number.isFinite(number) && number >= 0) weights[code] = number;
    }
    if (rules.parents.every((parent) => parent.children.some((code) => weights[code] > 0))) state.weights = weights;
    return true;
  }

  // The others of the level keep their proportions to each other: its thumbs are its shares, whichever is moved.
  function setShare(code, share) {
    const parent = parents[byCode[code].parent], { weights } = state, before = total(parent.children, weights);
    const others = parent.children.filter((child) => child !== code);
    if (others.every((child) => weights[child] === 0)) for (const child of others) weights[child] = official[child];
    if (share < 100) weights[code] = (total(others, weights) * share) / (100 - share);
    else for (const child of others) weights[child] = 0;
    if (share >= 100 && !weights[code]) weights[code] = official[code];
    if (parent.sums) for (const [child, part] of Object.entries(shares(parent, weights))) weights[child] = part * before;
    draw();
  }

  function setWeights(weights) {
    Object.assign(state.weights, weights);
    draw();
  }

  // A rectangle on a line: how long a bar is, or where a mark stands.
  function newBar(className, x, width) {
    const made = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag), svg = made("svg"), rect = made("rect");
    svg.setAttribute("class", className);
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries({ x, width, height: "100%" })) rect.setAttribute(name, value);
    svg.append(rect);
    return svg;
  }

  function slider(child, alone) {
    const id = "w-" + child;
    const input = element("input", { type: "range", id, min: 0, max: 100, step: 0.1, disabled: alone });
    const output = element("output");
    output.setAttribute("for", id);
    input.addEventListener("input", () => setShare(child, Number(input.value)));
    input.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.value = (Number(input.value) + STEPS[event.key] / (event.shiftKey ? 10 : 1)).toFixed(1);
      setShare(child, Number(input.value));
    });
    controls[child] = { input, output };
    const own = shares(parents[byCode[child].parent], official)[child];
    return element("div", { className: "weight" }, said("label", byCode[child], { htmlFor: id }), output, input, newBar("own", percent(own), 2));
  }

  function sliders(code) {
    const box = element("div"), { children } = parents[code];
    if (children.length === 1) box.append(said("p", text("single"), { className: "note" }));
    for (const child of children) {
      box.append(slider(child, children.length === 1));
      if (!(child in parents)) continue;
      const inner = element("details", {}, said("summary", text("children", { name: byCode[child] })), sliders(child));
      inner.dataset.code = child;
      box.append(inner);
    }
    return box;
  }

  // Why some weights, or all, cannot be changed.
  function reasons() {
    const top = rules.fixed.find((node) => node.code === "index");
    if (top) return [said("p", text("noWeights", { method: top.method }), { className: "warning" })];
    return rules.fixed.map((node) => said("p", text("fixed", { name: node, method: node.method }), { className: "note" }));
  }

  const option = (value, label) => element("option", { value, textContent: plain(label) });

  // One tab a group: the arrow keys, Home and End go from one to the next.
  function buildTabs() {
    const box = $("group"), focused = box.contains(document.activeElement);
    box.hidden = data.groups.length < 2;
    box.replaceChildren(...data.groups.map((item) => {
      const tab = said("button", item, { type: "button" }), chosen = item.code === state.group.code;
      for (const [name, value] of Object.entries({ role: "tab", "aria-selected": chosen, "aria-controls": "ranking", tabindex: chosen ? 0 : -1 })) tab.setAttribute(name, value);
      tab.addEventListener("click", () => show(item));
      return tab;
    }));
    if (focused) box.querySelector("[aria-selected=true]").focus();
  }

  function turnTab(event) {
    const last = data.groups.length - 1, at = data.groups.indexOf(state.group);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(data.groups[to]);
  }

  const byPinyin = new Intl.Collator("zh-u-co-pinyin", { numeric: true });

  function buildControls() {
    const { group } = state, open = new Set([...document.querySelectorAll("details[open]")].map((item) => item.dataset.code));
    words.use(state.language);
    for (const item of document.querySelectorAll("[data-text]")) put(item, text(item.dataset.text));
    put($("title"), data.title);
    put($("badge"), data.badge);
    put($("status"), data.statusText);
    put($("warning"), data.warning);
    for (const button of $("language").children) button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
    buildTabs();
    controls = {};
    $("sliders").replaceChildren(...("index" in parents ? [sliders("index")] : []), ...reasons());
    for (const item of document.querySelectorAll(".changing")) item.hidden = !("index" in parents);
    $("left-out").hidden = !group.leftOut.length;
    put($("left-out"), text("leftOut", { names: listed(group.leftOut) }));
    $("interval-head").hidden = !group.intervals.head;
    put($("interval-head"), group.intervals.head ?? "");
    put($("interval-note"), group.intervals.note);
    for (const item of document.querySelectorAll("details")) item.open = open.has(item.dataset.code);
    $("presets").replaceChildren(...group.presets.map((preset) => {
      const button = said("button", preset, { type: "button" });
      button.dataset.name = preset.name;
      if (!preset.weights) button.setAttribute("aria-disabled", "true");
      button.addEventListener("click", () => (preset.weights ? setWeights(preset.weights) : put($("message"), text("unavailable", { why: preset.why }))));
      return button;
    }));
    const known = new Map(group.units.filter((unit) => unit.province.zh).map((unit) => [unit.province.zh, unit.province]));
    const before = $("province").value;
    $("province").replaceChildren(option("", text("all")), ...[...known].map(([value, names]) => option(value, names)).sort((a, b) => byPinyin.compare(a.textContent, b.textContent)));
    $("province").value = known.has(before) ? before : "";
    $("province-field").hidden = known.size < 2;
  }

  // The fewest decimals at which no two units with different ranks show the same score, at most 6, as in the report.
  function digitsOf(scores, ranks) {
    if (rules.rule.decimals <= 4) return rules.rule.decimals;
    const alike = (digits) => {
      const seen = new Map();
      return scores.some((score, i) => {
        const text = score === score ? core.round(score, rules.rule).toFixed(digits) : null;
        if (text === null || ranks[i] !== ranks[i]) return false;
        if (!seen.has(text)) seen.set(text, ranks[i]);
        return seen.get(text) !== ranks[i];
      });
    };
    return [2, 3, 4, 5].find((digits) => !alike(digits)) ?? 6;
  }

  function compute() {
    const found = core.nodes(rules, state.group, state.weights);
    const scores = Array.from(found.index), ranks = core.ranks(found, rules.rule);
    return { scores, ranks, digits: digitsOf(scores, ranks) };
  }

  const changeOf = (i) => (state.group.official[i] === null ? 0 : state.group.official[i] - result.ranks[i]) || 0;
  const shown = (score) => (score === score ? core.round(score, rules.rule).toFixed(result.digits) : "");
  const ranked = (rank) => (rank === rank && rank !== null ? rank : text("unranked"));

  // an edition that names no places keeps the order of its data; who has no score comes last
  function inOrder() {
    const without = (i) => result.ranks[i] !== result.ranks[i];
    return [...state.group.units.keys()].sort((a, b) => without(a) - without(b) || (data.league && result.ranks[a] - result.ranks[b]) || a - b);
  }

  function drawRows() {
    const { units } = state.group, search = $("search").value.trim().toLowerCase(), province = $("province").value;
    const named = (unit) => !search || [unit.zh, unit.en, unit.code].some((name) => name.toLowerCase().includes(search));
    const fits = inOrder().filter((i) => (!province || units[i].province.zh === province) && named(units[i]));
    const visible = state.all ? fits : fits.slice(0, LIMIT), scale = core.spread(result.scores);
    const rows = $("rows");
    while (rows.children.length > visible.length) rows.lastElementChild.remove();
    while (rows.children.length < visible.length) rows.append(newRow());
    visible.forEach((i, at) => fillRow(rows.children[at], i, scale));
    $("none").hidden = fits.length > 0;
    $("more").hidden = visible.length === fits.length;
    put($("more"), text("more", { count: fits.length }));
    $("bar-note").hidden = !scale.most;
    put($("bar-note"), text("bars", { median: scale.median.toFixed(result.digits), most: scale.most.toFixed(result.digits) }));
  }

  function fillBar(svg, score, { median, most }) {
    const length = score === score && most ? (50 * (score - median)) / most : 0;
    svg.firstElementChild.setAttribute("x", `${50 + Math.min(length, 0)}%`);
    svg.firstElementChild.setAttribute("width", `${Math.abs(length)}%`);
  }

  function newRow() {
    const button = element("button", { type: "button", className: "name" }), cell = (className) => element("td", { className });
    const name = element("th", { scope: "row" }, button, element("span", { className: "sign" }), element("span", { className: "place" }), element("span", { className: "province" }), newBar(data.drawn ? "line drawn" : "line", 0, 0), element("span", { className: "reservation" }));
    const row = element("tr", {}, cell("number"), cell(""), name, cell("number interval"), cell("number"));
    button.addEventListener("click", () => {
      state.pinned = row.dataset.unit === state.pinned ? null : row.dataset.unit;
      drawNow();
      if (state.pinned) $("detail").focus();
    });
    return row;
  }

  function fillRow(row, i, scale) {
    const unit = state.group.units[i], { published } = state.group, places = changeOf(i), [rank, change, name, interval, score] = row.children;
    const [button, sign, place, province, bar, reservation] = name.children, low = state.group.low[i];
    row.dataset.unit = unit.code;
    row.className = unit.code === state.pinned ? "chosen" : "";
    rank.hidden = !data.league;
    put(rank, data.league ? ranked(result.ranks[i]) : "");
    const kind = places > 0 ? "up" : places < 0 ? "down" : "same", spoken = text(kind, { places: Math.abs(places) });
    if (change.dataset.key !== places + plain(spoken)) {
      change.dataset.key = places + plain(spoken);
      change.className = kind;
      change.replaceChildren(...(places ? [element("span", { textContent: `${places > 0 ? "▲" : "▼"}${Math.abs(places)}`, ariaHidden: "true" })] : []), said("span", spoken, { className: "hidden-text" }));
    }
    put(button, unit);
    button.setAttribute("aria-pressed", String(unit.code === state.pinned));
    put(sign, isDrawn(i) ? data.badge : "");
    put(place, i in published ? text("published", { rank: published[i] }) : "");
    put(province, plain(unit.province) === plain(unit) ? "" : unit.province);
    fillBar(bar, result.scores[i], scale);
    put(reservation, result.scores[i] === result.scores[i] ? state.group.reservations[i] ?? "" : "");
    interval.hidden = !state.group.intervals.head;
    put(interval, low === null ? "" : [...new Set([low, state.group.high[i]])].join("–"));
    put(score, shown(result.scores[i]));
  }

  // What can be said of the unit that is followed: its place, interval and neighbours, and what would make it first.
  function sentences(i) {
    const { group } = state, order = inOrder().filter((k) => result.ranks[k] === result.ranks[k]), at = order.indexOf(i);
    const found = [text(data.league ? "detail" : "detailNoPlaces", { name: nameOf(i), rank: ranked(result.ranks[i]), official: ranked(group.official[i]) })];
    if (group.low[i] !== null) found.push(text("unitInterval", { head: group.intervals.head, low: group.low[i], high: group.high[i] }));
    for (const [key, other] of data.league && at >= 0 ? [["above", order[at - 1]], ["below", order[at + 1]]] : []) {
      if (other === undefined) continue;
      const gap = Math.abs(core.round(result.scores[other], rules.rule) - core.round(result.scores[i], rules.rule));
      found.push(text(key, { name: nameOf(other), gap: gap.toFixed(result.digits) }));
    }
    if (isDrawn(i)) found.push(text("reads"));
    return found;
  }

  // Whether the unit can be first, and a button for the weights that make it so.
  function canBeFirst(unit) {
    const { first } = state.group;
    if (!first) return [];
    if (first.why) return [said("p", text("unknownFirst", { why: first.why }))];
    if (!(unit.code in first.units)) return [];
    const found = first.units[unit.code];
    if (!found) return [said("p", text("cannotFirst"))];
    if (found.distance === 0) return [said("p", text("isFirst"))];
    const weights = listed(Object.entries(found.weights).map(([code, share]) => filled({ zh: "{name}{share}", en: "{name} {share}" }, { name: byCode[code], share: percent(share) })));
    const button = said("button", text("try"), { type: "button" });
    // the answer is for the official weights below the pillars
    button.addEventListener("click", () => setWeights({ ...official, ...found.weights }));
    return [said("p", text("canFirst", { moved: (50 * found.distance).toFixed(1), weights })), button, " "];
  }

  function drawDetail() {
    const box = $("detail"), i = pinned(), focused = box.contains(document.activeElement);
    box.hidden = $("pinned").hidden = i < 0;
    if (i < 0) return;
    const told = sentences(i), unpin = said("button", text("unpin"), { type: "button" });
    put($("pinned"), told[0]);
    unpin.addEventListener("click", () => {
      state.pinned = null;
      drawNow();
      $("ranking").focus();
    });
    box.replaceChildren(said("p", strung(told, "", " ")), ...canBeFirst(state.group.units[i]), unpin);
    if (focused) box.focus();
  }

  function drawSliders() {
    for (const parent of rules.parents) {
      const now = shares(parent, state.weights), own = shares(parent, official);
      for (const code of parent.children) {
        const { input, output } = controls[code], share = percent(now[code]);
        put(output, share);
        input.value = (100 * now[code]).toFixed(1);
        input.setAttribute("aria-valuetext", plain(text("share", { share, own: percent(own[code]) })));
      }
    }
    const same = (weights) => rules.parents.every((parent) => {
      const now = shares(parent, state.weights), other = shares(parent, weights);
      return parent.children.every((code) => Math.abs(now[code] - other[code]) < 1e-9);
    });
    for (const button of $("presets").children) {
      const { weights } = state.group.presets.find((item) => item.name === button.dataset.name);
      button.setAttribute("aria-pressed", String(Boolean(weights) && same(weights)));
    }
  }

  function drawSummary() {
    const { official: ranks, units } = state.group, moves = units.map((unit, i) => Math.abs(changeOf(i)));
    const first = listed([...units.keys()].filter((i) => result.ranks[i] === 1).slice(0, 3).map(nameOf));
    const rho = core.spearman(result.ranks, ranks.map((rank) => (rank === null ? NaN : rank)));
    const values = { moved: moves.filter(Boolean).length, largest: moves.reduce((a, b) => Math.max(a, b), 0), rho: rho === rho ? rho.toFixed(3) : "–", first };
    put($("summary"), text(data.league ? "summary" : "summaryNoPlaces", values));
  }

  function drawNow() {
    pending = false;
    result = compute();
    drawSliders();
    drawSummary();
    drawRows();
    drawDetail();
    toHash();
  }

  function draw() {
    put($("message"), "");
    if (pending) return;
    pending = true;
    requestAnimationFrame(drawNow);
  }

  function show(group) {
    if (group) choose(group);
    state.all = false;
    buildControls();
    drawNow();
  }

  function save(name, type, content) {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function csv() {
    const cell = (value) => (/[",\r\n]/.test(value) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
    const places = (...cells) => (data.league ? cells : []);
    const also = (...cells) => [...(data.drawn ? cells.slice(0, 1) : []), ...(data.attribution ? cells.slice(1) : [])];
    const lines = [["unit", "name_zh", "name_en", ...places("rank", "edition_rank"), "places_gained", "score", "weights", "data_status", ...also("basis", "attribution")]];
    const own = rules.nodes.every((node) => state.weights[node.code] === node.weight) ? "as in the edition" : "changed by the reader";
    inOrder().filter((i) => result.ranks[i] === result.ranks[i])
      .forEach((i) => { const unit = state.group.units[i]; lines.push([unit.code, unit.zh, unit.en, ...places(result.ranks[i], state.group.official[i]), changeOf(i), result.scores[i], own, data.status, ...also(i in state.group.published && own === "" ? "published: rank; drawn: the rest" : "drawn", data.attribution)]); });
    return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  $("language").replaceChildren(...Object.entries(LANGUAGES).map(([language, label]) => {
    const button = element("button", { type: "button", textContent: label, lang: language === "en" ? "en" : "zh-CN" });
    button.dataset.language = language;
    button.addEventListener("click", () => { state.language = language; show(); });
    return button;
  }));
  $("group").addEventListener("keydown", turnTab);
  $("search").addEventListener("input", drawRows);
  $("province").addEventListener("change", drawRows);
  $("more").addEventListener("click", () => { state.all = true; drawRows(); });
  $("share").addEventListener("click", () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
    copied.then(() => put($("message"), text("shared")), () => put($("message"), text("notShared")));
  });
  $("recipe").addEventListener("click", () => save(`${[data.file, ...(state.group.recipe ? [state.group.code] : [])].join("-")}-recipe.json`, "application/json", JSON.stringify(core.recipe(rules, state.weights), null, 1)));
  $("csv").addEventListener("click", () => save(`${data.file}-${state.group.code}.csv`, "text/csv", csv()));
  addEventListener("hashchange", () => (fromHash() ? show() : toHash()));
  $("rank-head").hidden = !data.league;
  $("no-places").hidden = data.league;
  choose(data.groups[0]);
  fromHash();
  show();
  $("old").hidden = true;
}

// The data are deflated: a page for all groups stays small enough to send.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

unpacked(document.getElementById("data").textContent).then(start);
