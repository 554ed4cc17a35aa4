// Tables filled in from the keyboard as in a spreadsheet, and pasting a block copied from one. Without it they are plain inputs.
(() => {
  "use strict";
  const CELL = "input[data-answer], input[data-cell]";
  const status = document.getElementById("grid-status");
  const cellsOf = (table) =>
    [...table.rows]
      .map((row) => [...row.querySelectorAll(CELL)])
      .filter((row) => row.length);

  function place(input) {
    const grid = cellsOf(input.closest("table"));
    const row = grid.findIndex((cells) => cells.includes(input));
    return { grid, row, column: grid[row].indexOf(input) };
  }

  function go(input, rows, columns) {
    const { grid, row, column } = place(input);
    const line = grid[row + rows];
    const to = line?.[Math.min(column, line.length - 1) + columns];
    if (!to) return false;
    to.focus();
    return true;
  }

  const isGrid = (target) => target.matches?.(CELL) && target.closest("table");
  const before = new WeakMap(); // what a cell held when one came to it

  document.addEventListener("focusin", ({ target }) => {
    if (!isGrid(target)) return;
    before.set(target, target.value);
    target.select();
  });

  const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isGrid(input) || event.altKey || event.isComposing) return;
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && pasted) return takeBack(event);
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault(); // a number is finished; the return is not
      if (!go(input, event.shiftKey ? -1 : 1, 0) && !event.shiftKey) onward(input)?.focus();
    } else if (event.key === "Escape" && before.has(input) && input.value !== before.get(input)) {
      put(input, before.get(input));
    } else if (event.key in STEPS && !event.shiftKey && mayLeave(input, event.key) && go(input, ...STEPS[event.key])) {
      event.preventDefault();
    }
  });

  // To the side only from the edge of what is written, so that a number can still be mended.
  function mayLeave(input, key) {
    const { selectionStart: from, selectionEnd: to, value } = input;
    const all = from === 0 && to === value.length;
    if (key === "ArrowLeft") return all || (from === to && from === 0);
    if (key === "ArrowRight") return all || (from === to && to === value.length);
    return true;
  }

  // Below the last row: the top of the next column; after the last column, and out of a list, what follows the table.
  function onward(input) {
    const { grid, column } = place(input);
    const top = "cell" in input.dataset ? null : grid[0][column + 1];
    return top ?? after(grid.at(-1).at(-1));
  }

  function after(input) {
    const stops = [...input.form.querySelectorAll(`${CELL}, textarea[data-answer], .buttons button[type=submit]`)];
    return stops.slice(stops.indexOf(input) + 1).find((one) => one.offsetParent !== null);
  }

  function put(input, text) {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What spreadsheets put on the clipboard: tabs and line ends; a text with either in quotation marks, those inside doubled.
  function read(text) {
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g)) {
      rows.at(-1).push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).replace(/\s+/g, " ").trim());
      if (end === "") break;
      if (end !== "\t") rows.push([]);
    }
    if (rows.at(-1).every((one) => one === "")) rows.pop();
    return rows;
  }

  let pasted = null; // cells with what they held before the last paste

  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isGrid(event.target) || !/[\t\n\r]/.test(text.trimEnd())) return;
    event.preventDefault();
    const block = read(text);
    const at = place(event.target).row;
    event.target.closest("table").dispatchEvent(new CustomEvent("rows-needed", { detail: at + block.length }));
    const { grid, row, column } = place(event.target);
    pasted = new Map();
    let left = 0;
    block.forEach((line, down) =>
      line.forEach((one, right) => {
        const input = grid[row + down]?.[column + right];
        if (!input) left += one !== "";
        else pasted.set(input, input.value);
      }),
    );
    for (const [input] of pasted) {
      const { row: r, column: c } = place(input);
      put(input, block[r - row][c - column]);
    }
    tell(pasted.size, left);
  });

  function tell(count, left) {
    const said = status.dataset[left ? "pastedPart" : "pasted"];
    status.querySelector("[data-words]").textContent = said.replace("{count}", count).replace("{left}", left);
    status.hidden = false;
  }

  function takeBack(event) {
    event?.preventDefault();
    for (const [input, text] of pasted) put(input, text);
    const [first] = pasted.keys();
    pasted = null;
    status.hidden = true;
    first?.focus();
  }

  // Sums of a table as one types. The server works them out again; what cannot be read as one number has no sum yet.
  function numberOf(text) {
    const plain = text.replace(/\s/g, "");
    if (plain === "") return 0;
    const readable = /^(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(plain) && !/^\d{1,3},\d{3}$/.test(plain);
    return readable ? Number(plain.replaceAll(".", "").replace(",", ".")) : NaN;
  }

  function sum(output, inputs) {
    const total = inputs.reduce((so_far, one) => so_far + numberOf(one.value), 0);
    const blank = inputs.every((one) => one.value.trim() === "");
    output.textContent = blank ? "–" : Number.isNaN(total) ? "…" : total.toLocaleString("vi-VN", { maximumFractionDigits: 6 });
  }

  function addUp(table) {
    const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector(CELL));
    const all = [...table.tBodies[0].querySelectorAll(CELL)];
    for (const row of rows) {
      const output = row.querySelector(".row-sum");
      if (output) sum(output, [...row.querySelectorAll(CELL)]);
    }
    for (const output of table.querySelectorAll(".column-sum")) {
      const at = output.closest("td").cellIndex;
      sum(output, rows.map((row) => row.cells[at]?.querySelector(CELL)).filter(Boolean));
    }
    const whole = table.querySelector(".all-sum");
    if (whole) sum(whole, all);
  }

  for (const name of ["input", "answer-shown"])
    document.addEventListener(name, (event) => {
      const table = event.target.closest?.("[data-grid] table");
      if (table) addUp(table);
    });

  // A number that activities give goes straight into its control.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use]");
    const control = button?.closest(".answer").querySelector("[data-answer]");
    if (!control) return;
    event.preventDefault();
    put(control, button.dataset.use);
    control.focus();
  });

  status?.querySelector("button").addEventListener("click", () => pasted && takeBack());
})();
