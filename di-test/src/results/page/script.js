"use strict";
(() => {
  const table = document.getElementById("records");
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];

  // Cells without a value come last, in either direction; rows that are equal keep their order.
  const sort = (heading) => {
    const column = headings.indexOf(heading);
    const down = heading.getAttribute("aria-sort") === "ascending";
    headings.forEach((other) => other.setAttribute("aria-sort", "none"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...body.rows].map((row) => {
      const cell = row.cells[column];
      const value = cell.dataset.value ?? "";
      return { row, value: cell.classList.contains("number") && value !== "" ? Number(value) : value };
    });
    const compare = (a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
    keyed.sort((a, b) => {
      if (a.value === "" || b.value === "") return (a.value === "") - (b.value === "");
      return down ? compare(b.value, a.value) : compare(a.value, b.value);
    });
    body.append(...keyed.map((entry) => entry.row));
  };
  headings.forEach((heading) => heading.querySelector("button").addEventListener("click", () => sort(heading)));

  const text = document.getElementById("filter-text");
  const shown = document.getElementById("shown");
  const choices = ["engine", "operator", "outcome"].map((name) => [name, document.getElementById("filter-" + name)]);
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of body.rows) {
      const chosen = choices.every(([name, select]) => select.value === "" || row.dataset[name] === select.value);
      const content = words.length > 0 ? row.textContent.toLowerCase() : "";
      row.hidden = !(chosen && words.every((word) => content.includes(word)));
      if (!row.hidden) count += 1;
    }
    shown.textContent = `${count} of ${body.rows.length} records`;
  };
  choices.forEach(([, select]) => select.addEventListener("change", filter));
  text.addEventListener("input", filter);

  // A click on a legend hides or shows a series of its plot.
  document.querySelectorAll("figure").forEach((figure) => {
    figure.querySelectorAll(".legend button").forEach((button) => {
      button.addEventListener("click", () => {
        const visible = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(visible));
        figure.querySelectorAll("g[data-series]").forEach((series) => {
          if (series.dataset.series === button.dataset.series) series.toggleAttribute("hidden", !visible);
        });
      });
    });
  });

  // Plots without anything of the chosen function are hidden.
  const plotted = document.getElementById("plotted");
  plotted?.addEventListener("change", () => {
    document.querySelectorAll("figure").forEach((figure) => {
      let any = false;
      figure.querySelectorAll("g[data-function]").forEach((line) => {
        const visible = plotted.value === "" || line.dataset.function === plotted.value;
        line.toggleAttribute("hidden", !visible);
        any ||= visible;
      });
      figure.toggleAttribute("hidden", !any);
    });
  });
})();
