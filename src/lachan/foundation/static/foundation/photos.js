// Photos are sent one by one while the rest of the form is filled in, and again until the line holds. The server knows a photo by
// its content, so that one sent twice is kept once. Without this file the form sends them all with itself.
import { small } from "./shrink.js";

(() => {
  "use strict";
  const FIRST_WAIT = 1_000;
  const LONGEST_WAIT = 15_000;
  const picker = document.querySelector("input[type=file][data-upload]");
  const form = picker?.form;
  if (!form || !window.fetch) return;
  const box = document.getElementById(picker.dataset.box);
  const [bar, status, refused, shown] = ["progress", ".sending-status", ".sending-refused", ".thumbs"].map((one) => box.querySelector(one));
  const words = box.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const queue = [];
  const known = new Set();
  let sent = 0, all = 0, busy = false, submitter = null, wait = FIRST_WAIT, wake = null;

  const say = (sentence) => { status.textContent = sentence.replace("#1", sent).replace("#2", all).replace("#3", queue.length); };
  const draw = () => {
    box.hidden = false;
    bar.max = all;
    bar.value = sent;
    say(queue.length ? (submitter ? words.saving : words.sending) : words.done);
  };

  const add = (photo) => {
    const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, width: photo.width, height: photo.height, alt: "" });
    const item = document.createElement("li");
    item.append(image);
    if (![...shown.querySelectorAll("img")].some((one) => one.src === image.src)) shown.append(item);
  };
  const refuse = (name, why) => {
    const line = document.createElement("p");
    line.textContent = `“${name}”: ${why}`;
    refused.append(line);
  };

  // The key of the record goes into the address: after a reload, or a phone that slept, the photos are there.
  const remember = () => {
    const here = new URL(location.href);
    if (words.key && here.searchParams.get("khoa") !== words.key) {
      here.searchParams.set("khoa", words.key);
      history.replaceState(null, "", here);
    }
  };

  const pause = () => new Promise((done) => { wake = done; setTimeout(done, wait); wait = Math.min(2 * wait, LONGEST_WAIT); });
  window.addEventListener("online", () => { wait = FIRST_WAIT; wake?.(); });

  // True once the server has answered for this photo, whatever it said.
  const send = async (file) => {
    const body = new FormData();
    file.made ??= await small(file);
    body.append("photo", file.made, file.name);
    let answer;
    try {
      answer = await fetch(picker.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": token, "HX-Request": "true" } });
    } catch {
      say(words.offline);
      return false;
    }
    if (answer.status === 401 || answer.status === 403) { say(words.signedOut); return false; }
    if (answer.status >= 500) { say(words.offline); return false; }
    let told;
    try { told = await answer.json(); } catch { say(words.offline); return false; }
    if (answer.ok) { add(told); remember(); } else refuse(file.name, told.error);
    return true;
  };

  const run = async () => {
    if (busy) return;
    busy = true;
    while (queue.length) {
      draw();
      if (await send(queue[0])) { queue.shift(); sent += 1; wait = FIRST_WAIT; } else await pause();
    }
    busy = false;
    draw();
    if (submitter) { const button = submitter; submitter = null; if (!refused.childElementCount) form.requestSubmit(button); }
  };

  picker.addEventListener("change", () => {
    for (const file of picker.files) {
      const mark = `${file.name} ${file.size} ${file.lastModified}`;
      if (known.has(mark)) continue;
      known.add(mark);
      queue.push(file);
      all += 1;
    }
    picker.value = "";
    refused.replaceChildren();
    run();
  });
  // Saving waits for the photos. First of the listeners, so that the second press that follows is not taken for a doubled one.
  form.addEventListener("submit", (event) => {
    if (!queue.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitter = event.submitter ?? form.querySelector("button[type=submit]");
    draw();
  }, true);
  window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
})();
