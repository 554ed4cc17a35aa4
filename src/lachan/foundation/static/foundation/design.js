// What pages do beyond working without this file. Every page and form works when it is not loaded.
(() => {
  "use strict";

  // After a form came back with errors, the keyboard starts at the list of them.
  document.querySelector("main [data-focus]:not(.example-shown *)")?.focus();

  // A link of the error summary goes to the control itself, not only to its place on the page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".error-summary a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.focus({ preventScroll: true });
    (control.closest(".field") ?? control).scrollIntoView();
  });

  // A second press of the same button sends nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent && event.timeStamp - Number(form.dataset.sent) < 4000) event.preventDefault();
    else form.dataset.sent = String(event.timeStamp);
  });

  // Signing out leaves nothing typed in this browser; a session that ended elsewhere leaves what a device of one's own keeps.
  const forget = (kept) => {
    for (const key of Object.keys(kept)) if (key.startsWith("lachan-typed-")) kept.removeItem(key);
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[action$='/logout/']")) [localStorage, sessionStorage].forEach(forget);
  });

  // Autosave that failed says so, and that nothing typed is lost.
  const failed = (event) => {
    const status = document.getElementById("autosave-status");
    const sender = event.detail.requestConfig?.elt ?? event.target;
    if (!status || !sender.closest?.("[data-autosave]")) return;
    status.textContent = status.dataset.failed;
    status.classList.add("autosave-failed");
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:afterSwap", (event) => event.target.classList.remove("autosave-failed"));

  if (document.querySelector("form[action$='/login/']")) forget(sessionStorage);
})();
