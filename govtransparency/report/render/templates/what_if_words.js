// Words: every text is a pair { zh, en } until it is shown, in one language or in both at once.
const words = (() => {
  const TAGS = { zh: "zh-CN", en: "en" };
  const shown = { languages: ["zh"] };

  function use(language) {
    shown.languages = language === "both" ? ["zh", "en"] : [language];
    document.documentElement.lang = TAGS[shown.languages[0]];
  }

  const inBoth = (value) => (value !== null && typeof value === "object" ? value : { zh: String(value), en: String(value) });

  function filled(template, values = {}) {
    const fill = (language) => template[language].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? inBoth(values[name])[language] : whole));
    return { zh: fill("zh"), en: fill("en") };
  }

  const strung = (texts, zh, en) => ({ zh: texts.map((text) => text.zh).join(zh), en: texts.map((text) => text.en).join(en) });
  const listed = (texts) => strung(texts, "、", ", ");
  const parts = (text) => {
    const said = shown.languages.map((language) => [language, inBoth(text)[language]]);
    return said.length > 1 && said[0][1] === said[1][1] ? [said[0]] : said;
  };
  // where there can be no elements: options, values that are spoken
  const plain = (text) => parts(text).map((part) => part[1]).join(" · ");

  const kept = new WeakMap();

  // nothing is touched that already says the same
  function put(node, text) {
    const key = shown.languages + plain(text);
    if (kept.get(node) === key) return node;
    kept.set(node, key);
    const said = parts(text);
    if (said.length === 1) node.textContent = said[0][1];
    else node.replaceChildren(...said.flatMap(([language, part], at) => [...(at ? [" "] : []), element("span", { lang: TAGS[language], textContent: part })]));
    return node;
  }

  function element(tag, options = {}, ...children) {
    const made = Object.assign(document.createElement(tag), options);
    made.append(...children);
    return made;
  }

  const said = (tag, text, options = {}) => put(element(tag, options), text);

  // the reader's browser decides, else Chinese
  const preferred = () => (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((language) => language in TAGS) ?? "zh";

  return { use, filled, strung, listed, plain, put, element, said, preferred };
})();
