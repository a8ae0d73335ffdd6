// Sort the body of a table by the column of one of its heads, and the other way round when it is so sorted already.
const sortBy = (head) => {
  const number = (cell) => {
    const text = cell.textContent.trim().replace("\u2212", "-").replace(/[,%+]/g, "");
    return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
  };
  const compare = (a, b) => {
    const x = number(a), y = number(b);
    if (x !== null && y !== null) return x - y;
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return a.textContent.localeCompare(b.textContent, "zh-CN");
  };
  const table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
  const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
  body.append(...[...body.rows].sort((a, b) => turn * compare(a.cells[column], b.cells[column])));
};
