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
  show(kept("show") || root.dataset.show);

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
