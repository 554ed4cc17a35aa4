// Tables filled in from the keyboard as in a spreadsheet, and pasting a block copied from one. Without it they are plain inputs.
(() => {
  "use strict";
  const status = document.getElementById("grid-status");
  const cellsOf = (table) =>
    [...table.rows]
      .map((row) => [...row.querySelectorAll("input[data-answer]")])
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

  const isGrid = (target) => target.matches?.("table input[data-answer]");
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
      if (!go(input, event.shiftKey ? -1 : 1, 0) && !event.shiftKey) after(input)?.focus();
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

  function after(input) {
    const stops = [...input.form.querySelectorAll("[data-answer], button[type=submit]")];
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
      rows.at(-1).push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).replaceAll("\u00a0", " ").trim());
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

  status?.querySelector("button").addEventListener("click", () => pasted && takeBack());
})();
