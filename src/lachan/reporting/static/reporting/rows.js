// A list to fill in: the lines of its plain text box become a table that grows as one types. Without it one types lines.
(() => {
  "use strict";
  const APART = " | ";

  for (const box of document.querySelectorAll("[data-list]")) {
    const text = box.querySelector("textarea[data-answer]");
    const columns = JSON.parse(box.dataset.list);
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    const body = table.createTBody();
    for (const column of columns) {
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = column.label;
      head.append(th);
    }

    function suggestions(column, at) {
      const id = `${text.id}_choices_${at}`;
      if (document.getElementById(id)) return id;
      const list = document.createElement("datalist");
      list.id = id;
      for (const one of column.choices) list.append(new Option(one, one));
      box.append(list);
      return id;
    }

    const read = () => [...body.rows].map((row) => [...row.querySelectorAll("input")].map((one) => one.value));
    const isBlank = (cells) => cells.every((one) => one.trim() === "");

    function add(cells = []) {
      const row = body.insertRow();
      columns.forEach((column, at) => {
        const cell = row.insertCell();
        cell.dataset.label = column.label;
        const input = document.createElement("input");
        input.className = "control";
        input.autocomplete = "off";
        input.dataset.cell = "";
        if (column.kind !== "text") {
          input.inputMode = "decimal";
          input.classList.add("number");
        }
        if (column.choices.length) input.setAttribute("list", suggestions(column, at));
        input.setAttribute("aria-label", `${column.label}, ${box.dataset.row} ${body.rows.length}`);
        input.value = cells[at] ?? "";
        cell.append(input);
      });
    }

    function draw() {
      body.replaceChildren();
      for (const line of text.value.split("\n"))
        if (line.trim()) add(line.split(/[\t|]/).map((one) => one.trim()));
      add();
    }

    body.addEventListener("input", () => {
      const rows = read();
      if (!isBlank(rows.at(-1))) add();
      text.value = rows
        .filter((cells) => !isBlank(cells))
        .map((cells) => cells.map((one) => one.replaceAll(/[|\t\n]/g, "/").trim()).join(APART))
        .join("\n");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    table.addEventListener("rows-needed", (event) => {
      while (body.rows.length < event.detail) add();
    });
    text.addEventListener("answer-shown", draw);
    text.addEventListener("focus", () => body.querySelector("input").focus());

    draw();
    const frame = document.createElement("div");
    frame.className = "table-frame";
    frame.append(table);
    text.after(frame);
    text.classList.add("away");
    text.tabIndex = -1;
  }
})();
