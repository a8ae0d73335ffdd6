// One listener for all tables of the notebook, those that widgets write anew among them.
if (!window.govtransparencySorts) {
  window.govtransparencySorts = true;
  const headOf = (event) => event.target.closest?.(".exhibit thead th");
  document.addEventListener("click", (event) => {
    const head = headOf(event);
    if (head) sortBy(head);
  });
  document.addEventListener("keydown", (event) => {
    const head = headOf(event);
    if (!head || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab takes Enter for the wish to edit the cell
    sortBy(head);
  }, true);
}
