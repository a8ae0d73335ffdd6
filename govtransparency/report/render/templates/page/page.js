"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch (error) { /* a file opened without storage */ } };
  const kept = (key) => { try { return localStorage.getItem(key); } catch (error) { return null; } };

  const choices = [...document.querySelectorAll(".bar [data-show]")];
  const show = (language) => {
    root.dataset.show = language;
    root.lang = language === "en" ? "en" : "zh-CN";
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.show === language));
  };
  for (const choice of choices) choice.addEventListener("click", () => { show(choice.dataset.show); keep("show", choice.dataset.show); });
  const browser = (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => tag === "zh" || tag === "en");
  show(kept("show") || (root.dataset.show === "both" ? browser || "zh" : root.dataset.show));

  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const group = (name) => {
    if (!tabs.some((tab) => tab.dataset.group === name)) return;
    root.dataset.group = name;
    for (const tab of tabs) {
      const chosen = tab.dataset.group === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) document.getElementById("of-group").setAttribute("aria-labelledby", tab.id);
    }
  };
  const choose = (name) => { group(name); location.hash = encodeURIComponent(`group-${name}`); };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab.dataset.group));
    tab.addEventListener("keydown", (event) => {
      const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      choose(next.dataset.group);
      next.focus();
    });
  }
  if (tabs.length) group(tabs[0].dataset.group);
  document.addEventListener("group", (event) => group(event.detail));

  const bar = document.querySelector(".bar");
  const keepClear = () => { root.style.scrollPaddingTop = `${bar.offsetHeight + 12}px`; };
  addEventListener("resize", keepClear);
  keepClear();

  const reveal = () => {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch (error) { /* no address of this page */ }
    if (tabs.length && !name) group(tabs[0].dataset.group);
    if (name.startsWith("group-")) group(name.slice("group-".length));
    const target = document.getElementById(name);
    if (!target) return;
    const own = target.closest("[data-of]");
    if (own && !own.dataset.of.split(" ").includes(root.dataset.group)) group(own.dataset.of.split(" ")[0]);
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const code = document.getElementById("code");
  if (code) code.addEventListener("click", () => code.setAttribute("aria-pressed", String(root.classList.toggle("code"))));

  const shade = document.getElementById("shade");
  const dark = () => root.dataset.shade ? root.dataset.shade === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (kept("shade")) root.dataset.shade = kept("shade");
  shade.addEventListener("click", () => { root.dataset.shade = dark() ? "light" : "dark"; keep("shade", root.dataset.shade); });

  for (const table of document.querySelectorAll(".exhibit table")) {
    const body = table.tBodies[0];
    const more = body.querySelectorAll("tr.more").length;
    if (more) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "unfold";
      for (const [lang, text] of Object.entries(/*unfold*/{})) {
        const part = document.createElement("span");
        part.lang = lang;
        part.textContent = text.replace("{count}", more);
        button.append(part);
      }
      button.addEventListener("click", () => { table.classList.add("open"); button.remove(); });
      table.parentElement.after(button);
    }
    for (const cell of table.matches(".words") ? body.querySelectorAll("td") : []) {  // seen where a row is paragraphs
      if (["", "\u2013"].includes(cell.textContent.trim())) { cell.classList.add("none"); continue; }
      const head = document.createElement("span");
      head.className = "head";
      head.append(...table.tHead.rows[0].cells[cell.cellIndex].cloneNode(true).childNodes);
      cell.prepend(head);
    }
    for (const head of table.tHead.rows[0].cells) {
      head.classList.add("sorts");
      head.tabIndex = 0;
      const sort = () => { table.classList.add("open"); sortBy(head); };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
      });
    }
  }
})();
