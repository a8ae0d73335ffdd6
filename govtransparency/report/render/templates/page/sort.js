// Sort the body of a table by the column of one of its heads, and the other way round when it is so sorted already:
// numbers by size, words as they are read, Chinese by pinyin; rows without a value come last.
const sortBy = (head) => {
  const table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
  const words = new Intl.Collator("zh-u-co-pinyin", { numeric: true });
  const number = (said) => {
    const digits = said.replace("\u2212", "-").replace(/[,%+]/g, "");
    return digits === "" || Number.isNaN(Number(digits)) ? null : Number(digits);
  };
  const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
  const rows = [...body.rows].map((row) => {
    const said = row.cells[column].innerText.trim();  // in the language that is shown
    return { row, said, value: number(said), none: said === "" || said === "\u2013" };
  });
  const compare = (a, b) => {
    if (a.value !== null && b.value !== null) return a.value - b.value;
    if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
    return words.compare(a.said, b.said);
  };
  rows.sort((a, b) => a.none - b.none || turn * compare(a, b));
  body.append(...rows.map(({ row }) => row));
};
