"use strict";
const frame = document.querySelector("iframe");
const outcome = { errors: [] };
const write = () => {
  document.getElementById("outcome").textContent = JSON.stringify(outcome);
};
frame.addEventListener("load", () => {
  try {
    const page = frame.contentDocument;
    frame.contentWindow.addEventListener("error", (event) => outcome.errors.push(event.message));
    const table = page.getElementById("records");
    const rows = () => [...table.tBodies[0].rows];
    const heading = (name) => [...table.tHead.rows[0].cells].find((cell) => cell.querySelector("button").textContent === name);
    const column = (name) => rows().map((row) => row.cells[heading(name).cellIndex].dataset.value ?? null);
    const click = (name) => heading(name).querySelector("button").click();
    const number = (value) => (value === null ? null : Number(value));

    outcome.rows = rows().length;
    // As text: numbers of this language do not tell 2 from 2.0.
    outcome.json = page.getElementById("results").textContent;
    outcome.records = JSON.parse(outcome.json).records.length;
    outcome.height = page.scrollingElement.scrollHeight;
    const targets = [...page.querySelectorAll("nav a")].map((link) => page.getElementById(link.hash.slice(1)));
    outcome.links = targets.length;
    outcome["links to nothing"] = targets.filter((target) => target === null).length;
    outcome.overflow = page.scrollingElement.scrollWidth > frame.contentWindow.innerWidth;

    outcome.aria = [];
    click("ratio");
    outcome.ascending = column("ratio").map(number);
    outcome.aria.push(heading("ratio").getAttribute("aria-sort"));
    click("ratio");
    outcome.descending = column("ratio").map(number);
    outcome.aria.push(heading("ratio").getAttribute("aria-sort"));
    click("engine");
    outcome.engines = column("engine");
    outcome.aria.push(heading("ratio").getAttribute("aria-sort"));
    const button = heading("time").querySelector("button");
    button.focus();
    outcome.focusable = page.activeElement === button;

    const visible = () => rows().filter((row) => row.getClientRects().length > 0).length;
    const choose = (id, value) => {
      const element = page.getElementById(id);
      element.value = value;
      element.dispatchEvent(new Event(element.tagName === "SELECT" ? "change" : "input"));
    };
    choose("filter-engine", "tape");
    outcome.tapes = visible();
    choose("filter-operator", "hessian");
    outcome["hessians of tapes"] = visible();
    choose("filter-engine", "");
    choose("filter-operator", "");
    choose("filter-outcome", "wrong");
    outcome.wrong = visible();
    choose("filter-outcome", "");
    choose("filter-text", "Perceptron mixed");
    outcome.searched = visible();
    choose("filter-text", "");

    outcome.plots = [...page.querySelectorAll("figure")].map((figure) => {
      const svg = figure.querySelector("svg");
      const [box, around] = [svg.getBoundingClientRect(), figure.getBoundingClientRect()];
      const points = [...svg.querySelectorAll(".series polygon")].map((point) => point.getBoundingClientRect());
      const texts = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
      const inside = (r) => r.width > 0 && r.left >= box.left && r.right <= box.right && r.top >= box.top && r.bottom <= box.bottom;
      return {
        title: figure.dataset.title,
        series: new Set([...svg.querySelectorAll("g.series")].map((series) => series.dataset.series)).size,
        legend: figure.querySelectorAll(".legend button").length,
        outside: [...points, ...texts].filter((shape) => !inside(shape)).length + (box.right > around.right ? 1 : 0),
        points: points.length,
      };
    });
    const figure = page.querySelector("figure");
    const first = figure.querySelector(".legend button");
    const hidden = () => figure.querySelectorAll("g.series[hidden]").length;
    outcome["series hidden by a click"] = [hidden()];
    first.click();
    outcome["series hidden by a click"].push(hidden());
    first.click();
    outcome["series hidden by a click"].push(hidden());
    choose("plotted", "Rosenbrock");
    const lines = [...page.querySelectorAll("g[data-function]")].filter((line) => line.getClientRects().length > 0);
    outcome["functions shown"] = [...new Set(lines.map((line) => line.dataset.function))];
  } catch (error) {
    outcome.errors.push(String(error));
  }
  write();
});
