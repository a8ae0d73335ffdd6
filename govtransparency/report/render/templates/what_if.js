// The page: sliders, ranking, detail of one unit; the arithmetic is that of what_if_scores.js.
function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const LIMIT = 150;
  const state = { language: data.language, chosen: null, all: false };
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

  const text = (key, values = {}) =>
    data.texts[key][state.language].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const nameOf = (thing) => thing[state.language];
  const element = (tag, options = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), options);
    made.append(...children);
    return made;
  };
  const shares = (parent) => {
    const total = core.fsum(parent.children.map((code) => state.weights[code]));
    return Object.fromEntries(parent.children.map((code) => [code, state.weights[code] / total]));
  };

  // The address keeps group, language and the weights that differ from the official ones, as exact numbers.
  function toHash() {
    const changed = rules.nodes.filter((node) => state.weights[node.code] !== node.weight);
    const pairs = changed.map((node) => `${encodeURIComponent(node.code)}:${state.weights[node.code]}`);
    const parts = [`g=${encodeURIComponent(state.group.code)}`, `l=${state.language}`];
    if (pairs.length) parts.push(`w=${pairs.join(",")}`);
    history.replaceState(null, "", "#" + parts.join("&"));
  }

  function fromHash() {
    const decode = (part) => { try { return decodeURIComponent(part); } catch { return ""; } };
    const parts = Object.fromEntries(location.hash.slice(1).split("&").map((part) => part.split("=")));
    if (!("g" in parts) && !("w" in parts) && !("l" in parts)) return;
    const group = data.groups.find((item) => encodeURIComponent(item.code) === parts.g);
    if (group) choose(group);
    if (parts.l === "zh" || parts.l === "en") state.language = parts.l;
    const weights = { ...official };
    for (const pair of (parts.w || "").split(",").filter(Boolean)) {
      const [code, value] = pair.split(":").map(decode), number = Number(value);
      if (Object.hasOwn(weights, code) && value && Number.isFinite(number) && number >= 0) weights[code] = number;
    }
    if (rules.parents.every((parent) => parent.children.some((code) => weights[code] > 0))) state.weights = weights;
  }

  function setWeight(code, value) {
    const parent = parents[byCode[code].parent], now = shares(parent);
    const weights = Object.fromEntries(parent.children.map((child) => [child, Math.round(now[child] * 1e4) / 100]));
    // siblings keep their sliders where they are once they are in per cent
    if (parent.children.every((child) => controls[child].scaled)) Object.assign(weights, Object.fromEntries(parent.children.map((child) => [child, state.weights[child]])));
    weights[code] = value;
    if (!parent.children.some((child) => weights[child] > 0)) {
      $("message").textContent = text("refused");
      controls[code].input.value = state.weights[code];
      return;
    }
    $("message").textContent = "";
    for (const child of parent.children) controls[child].scaled = true;
    Object.assign(state.weights, weights);
    draw();
  }

  function setWeights(weights) {
    Object.assign(state.weights, weights);
    for (const code in controls) controls[code].scaled = false;
    $("message").textContent = "";
    draw();
  }

  function sliders(code) {
    const box = element("div");
    for (const child of parents[code].children) {
      const id = "w-" + child;
      const input = element("input", { type: "range", id, min: 0, max: 100, step: 0.5, disabled: parents[code].children.length === 1 });
      const output = element("output");
      output.setAttribute("for", id);
      input.addEventListener("input", () => setWeight(child, Number(input.value)));
      controls[child] = { input, output, scaled: false };
      box.append(element("div", { className: "weight" }, element("label", { htmlFor: id, textContent: nameOf(byCode[child]) }), output, input));
      if (child in parents) {
        const summary = element("summary", { textContent: text("children", { name: nameOf(byCode[child]) }) });
        const inner = element("details", {}, summary, sliders(child));
        inner.dataset.code = child;
        box.append(inner);
      }
    }
    return box;
  }

  // Why some weights, or all, cannot be changed.
  function reasons() {
    const top = rules.fixed.find((node) => node.code === "index");
    if (top) return [element("p", { className: "warning", textContent: text("noWeights", { method: nameOf(top.method) }) })];
    return rules.fixed.map((node) => element("p", { className: "note", textContent: text("fixed", { name: nameOf(node), method: nameOf(node.method) }) }));
  }

  function buildControls() {
    const open = new Set([...document.querySelectorAll("details[open]")].map((item) => item.dataset.code));
    const scaled = Object.fromEntries(Object.entries(controls).map(([code, control]) => [code, control.scaled]));
    document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
    for (const item of document.querySelectorAll("[data-text]")) item.textContent = text(item.dataset.text);
    $("title").textContent = nameOf(data.title);
    $("badge").textContent = nameOf(data.badge);
    $("status").textContent = nameOf(data.statusText);
    $("warning").textContent = nameOf(data.warning);
    $("language").textContent = text("language");
    $("language").lang = state.language === "zh" ? "en" : "zh-CN";
    $("group").replaceChildren(...data.groups.map((group) => element("option", { value: group.code, textContent: nameOf(group), selected: group === state.group })));
    controls = {};
    $("sliders").replaceChildren(...("index" in parents ? [sliders("index")] : []), ...reasons());
    for (const item of document.querySelectorAll(".changing")) item.hidden = !("index" in parents);
    $("left-out").hidden = !state.group.leftOut.length;
    $("left-out").textContent = text("leftOut", { names: state.group.leftOut.map(nameOf).join(state.language === "zh" ? "、" : ", ") });
    $("interval-note").textContent = state.group.whyNoInterval ? text("noInterval", { why: nameOf(state.group.whyNoInterval) }) : text("intervalNote");
    for (const code in controls) controls[code].scaled = scaled[code] || false;
    for (const item of document.querySelectorAll("details")) item.open = open.has(item.dataset.code);
    $("presets").replaceChildren(...state.group.presets.map((preset) => {
      const button = element("button", { type: "button", textContent: nameOf(preset) });
      button.dataset.name = preset.name;
      if (!preset.weights) button.setAttribute("aria-disabled", "true");
      button.addEventListener("click", () => {
        if (preset.weights) setWeights(preset.weights);
        else $("message").textContent = text("unavailable", { why: nameOf(preset.why) });
      });
      return button;
    }));
    const known = new Map(state.group.units.filter((unit) => unit.province.zh).map((unit) => [unit.province.zh, unit.province]));
    const before = $("province").value;
    $("province").replaceChildren(element("option", { value: "", textContent: text("all") }), ...[...known].map(([value, names]) => element("option", { value, textContent: nameOf(names) })));
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
  const ranked = (rank) => (rank === rank && rank !== null ? String(rank) : text("unranked"));

  // an edition that names no places keeps the order of its data; who has no score comes last
  function inOrder() {
    const without = (i) => result.ranks[i] !== result.ranks[i];
    return [...state.group.units.keys()].sort((a, b) => without(a) - without(b) || (data.league && result.ranks[a] - result.ranks[b]) || a - b);
  }

  function drawRows() {
    const { units } = state.group, search = $("search").value.trim().toLowerCase(), province = $("province").value;
    const order = inOrder();
    const fits = order.filter((i) => (!province || units[i].province.zh === province) && (!search || [units[i].zh, units[i].en, units[i].code].some((name) => name.toLowerCase().includes(search))));
    const visible = state.all ? fits : fits.slice(0, LIMIT), most = result.scores.reduce((a, b) => (b === b && b > a ? b : a), 0);
    const rows = $("rows");
    while (rows.children.length > visible.length) rows.lastElementChild.remove();
    while (rows.children.length < visible.length) rows.append(newRow());
    visible.forEach((i, at) => fillRow(rows.children[at], i, most));
    $("none").hidden = fits.length > 0;
    $("more").hidden = visible.length === fits.length;
    $("more").textContent = text("more", { count: fits.length });
  }

  function newRow() {
    const button = element("button", { type: "button", className: "name" });
    const row = element("tr", {}, element("td", { className: "number" }), element("td"), element("td", {}, button, element("span", { className: "province" }), element("span", { className: "line" }), element("span", { className: "reservation" })), element("td", { className: "number interval" }), element("td", { className: "number" }));
    button.addEventListener("click", () => {
      state.chosen = Number(row.dataset.unit);
      drawDetail();
      drawRows();
      $("detail").focus();
    });
    return row;
  }

  const put = (node, value) => { if (node.textContent !== value) node.textContent = value; };

  function fillRow(row, i, most) {
    const unit = state.group.units[i], places = changeOf(i), [rank, change, name, interval, score] = row.children;
    row.dataset.unit = i;
    row.className = i === state.chosen ? "chosen" : "";
    rank.hidden = !data.league;
    put(rank, data.league ? ranked(result.ranks[i]) : "");
    const kind = places > 0 ? "up" : places < 0 ? "down" : "same";
    if (change.dataset.key !== `${places}${state.language}`) {
      change.dataset.key = `${places}${state.language}`;
      change.className = kind;
      change.replaceChildren(...(places ? [element("span", { textContent: `${places > 0 ? "▲" : "▼"}${Math.abs(places)}`, ariaHidden: "true" })] : []), element("span", { className: "hidden-text", textContent: text(kind, { places: Math.abs(places) }) }));
    }
    put(name.children[0], nameOf(unit));
    put(name.children[1], nameOf(unit.province) === nameOf(unit) ? "" : nameOf(unit.province));
    name.children[2].style.width = most > 0 && result.scores[i] > 0 ? `${(100 * result.scores[i]) / most}%` : "0";
    const said = state.group.reservations[i], scored = result.scores[i] === result.scores[i];
    put(name.children[3], said && scored ? nameOf(said) : "");
    const low = state.group.low[i];
    put(interval, low === null ? "" : `${low}–${state.group.high[i]}`);
    put(score, shown(result.scores[i]));
  }

  function drawDetail() {
    const box = $("detail"), i = state.chosen;
    box.hidden = i === null;
    if (i === null) return;
    const unit = state.group.units[i], first = state.group.first, parts = [];
    const low = state.group.low[i], high = state.group.high[i];
    parts.push(element("p", { textContent: text(data.league ? "detail" : "detailNoPlaces", { name: nameOf(unit), rank: ranked(result.ranks[i]), official: ranked(state.group.official[i]), low: low ?? "–", high: high ?? "–" }) }));
    if (first && first.why) parts.push(element("p", { textContent: text("unknownFirst", { why: nameOf(first.why) }) }));
    else if (first && unit.code in first.units) {
      const found = first.units[unit.code];
      if (!found) parts.push(element("p", { textContent: text("cannotFirst") }));
      else if (found.distance === 0) parts.push(element("p", { textContent: text("isFirst") }));
      else {
        const weights = Object.entries(found.weights).map(([code, share]) => `${nameOf(byCode[code])} ${(100 * share).toFixed(1)}%`).join(state.language === "zh" ? "，" : ", ");
        const button = element("button", { type: "button", textContent: text("try") });
        // the answer is for the official weights below the pillars
        button.addEventListener("click", () => setWeights({ ...official, ...found.weights }));
        parts.push(element("p", { textContent: text("canFirst", { moved: (50 * found.distance).toFixed(1), weights }) }), button, " ");
      }
    }
    const close = element("button", { type: "button", textContent: text("close") });
    close.addEventListener("click", () => {
      state.chosen = null;
      drawDetail();
      drawRows();
      $("ranking").focus();
    });
    box.tabIndex = -1;
    box.replaceChildren(...parts, close);
  }

  function drawNow() {
    pending = false;
    result = compute();
    for (const parent of rules.parents) {
      const own = shares(parent);
      for (const code of parent.children) {
        const { input, output, scaled } = controls[code], percent = `${(100 * own[code]).toFixed(1)}%`;
        put(output, percent);
        input.value = scaled ? state.weights[code] : 100 * own[code];
        input.setAttribute("aria-valuetext", percent);
      }
    }
    for (const button of $("presets").children) {
      const preset = state.group.presets.find((item) => item.name === button.dataset.name);
      button.setAttribute("aria-pressed", String(Boolean(preset.weights) && rules.parents.every((parent) => {
        const own = shares(parent), total = core.fsum(parent.children.map((code) => preset.weights[code]));
        return parent.children.every((code) => Math.abs(own[code] - preset.weights[code] / total) < 1e-9);
      })));
    }
    const moves = state.group.units.map((unit, i) => Math.abs(changeOf(i)));
    const first = state.group.units.filter((unit, i) => result.ranks[i] === 1).map(nameOf).slice(0, 3).join(state.language === "zh" ? "、" : ", ");
    const rho = core.spearman(result.ranks, state.group.official.map((rank) => (rank === null ? NaN : rank)));
    put($("summary"), text(data.league ? "summary" : "summaryNoPlaces", { moved: moves.filter(Boolean).length, largest: moves.reduce((a, b) => Math.max(a, b), 0), rho: rho === rho ? rho.toFixed(3) : "–", first }));
    drawRows();
    drawDetail();
    toHash();
  }

  function draw() {
    if (pending) return;
    pending = true;
    requestAnimationFrame(drawNow);
  }

  function save(name, type, content) {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function csv() {
    const cell = (value) => (/[",\r\n]/.test(value) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
    const places = (...cells) => (data.league ? cells : []);
    const said = (cell) => (data.attribution ? [cell] : []);
    const lines = [["unit", "name_zh", "name_en", ...places("rank", "edition_rank"), "places_gained", "score", "weights", "data_status", ...said("attribution")]];
    const own = rules.nodes.every((node) => state.weights[node.code] === node.weight) ? "as in the edition" : "changed by the reader";
    inOrder().filter((i) => result.ranks[i] === result.ranks[i])
      .forEach((i) => { const unit = state.group.units[i]; lines.push([unit.code, unit.zh, unit.en, ...places(result.ranks[i], state.group.official[i]), changeOf(i), result.scores[i], own, data.status, ...said(data.attribution)]); });
    return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  $("language").addEventListener("click", () => { state.language = state.language === "zh" ? "en" : "zh"; buildControls(); drawNow(); });
  $("group").addEventListener("change", (event) => { choose(data.groups.find((group) => group.code === event.target.value)); state.chosen = null; state.all = false; buildControls(); drawNow(); });
  $("search").addEventListener("input", drawRows);
  $("province").addEventListener("change", drawRows);
  $("more").addEventListener("click", () => { state.all = true; drawRows(); });
  $("share").addEventListener("click", () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
    copied.then(() => put($("message"), text("shared")), () => put($("message"), text("notShared")));
  });
  $("recipe").addEventListener("click", () => save(`${[data.file, ...(state.group.recipe ? [state.group.code] : [])].join("-")}-recipe.json`, "application/json", JSON.stringify(core.recipe(rules, state.weights), null, 1)));
  $("csv").addEventListener("click", () => save(`${data.file}-${state.group.code}.csv`, "text/csv", csv()));
  addEventListener("hashchange", () => { fromHash(); state.chosen = null; buildControls(); drawNow(); });
  $("rank-head").hidden = !data.league;
  $("no-places").hidden = data.league;
  choose(data.groups[0]);
  fromHash();
  buildControls();
  drawNow();
}

start();
