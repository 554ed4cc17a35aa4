// Passkeys. A form with data-passkey="create", "use" or "sign-in" gets its hidden field "credential" from the browser's own dialog.
// The button stays hidden where this file does not run or the browser knows no passkeys.
(() => {
  "use strict";
  const known = window.PublicKeyCredential && window.webauthnJSON;

  const optionsFor = async (form) => {
    if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const create = (options) => {
    const wanted = options.creation_options;
    wanted.publicKey.authenticatorSelection = {
      ...wanted.publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return window.webauthnJSON.create(wanted);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-button]");
    const trouble = form.querySelector("[data-passkey-trouble]");
    if (!known) {
      form.querySelector("[data-passkey-unknown]")?.removeAttribute("hidden");
      continue;
    }
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      trouble.hidden = true;
      try {
        const options = await optionsFor(form);
        const credential = await (form.dataset.passkey === "create"
          ? create(options)
          : window.webauthnJSON.get(options.request_options));
        form.elements.credential.value = JSON.stringify(credential);
        const device = document.querySelector("input[name=device]:checked");
        if (device && form.elements.device) form.elements.device.value = device.value;
        form.submit();
      } catch (reason) {
        console.warn("passkey", reason);
        trouble.hidden = false;
      }
    });
  }
})();
