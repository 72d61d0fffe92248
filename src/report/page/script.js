(() => {
  "use strict";
  const form = document.getElementById("filter");
  const open = () => {
    const aim = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!aim) return;
    for (let d = aim.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    aim.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  if (!form) return;
  const words = document.getElementById("filter-words");
  const level = document.getElementById("filter-level");
  const count = document.getElementById("filter-count");
  const rows = Array.from(document.querySelectorAll("table.findings tbody tr"), (row) => [row, row.textContent.toLowerCase()]);
  const filter = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      const fits = (!level.value || row.className === level.value) && asked.every((word) => text.includes(word));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    count.textContent = shown + " of " + rows.length + " findings";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", filter);
  level.addEventListener("change", filter);
  if (words.value || level.value) filter();
})();
