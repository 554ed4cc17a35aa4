// The line to the server: who is signed in there, and sending one thing. A line that breaks is `Away`, a session that ended `SignedOut`.
export class Away extends Error {}
export class SignedOut extends Error {}
const PATIENCE = 30_000;

async function asked(address, options = {}) {
  let answer, told;
  try {
    const headers = { Accept: "application/json", "HX-Request": "true", ...options.headers };
    answer = await fetch(address, { ...options, headers, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
    if (answer.status >= 500) throw new Away();
    if (answer.status === 401) throw new SignedOut();
    told = await answer.json();
  } catch (trouble) {
    if (trouble instanceof SignedOut) throw trouble;
    if (trouble instanceof SyntaxError) throw new SignedOut(); // a page instead: the site first asks something of the person
    throw new Away();
  }
  return { status: answer.status, told };
}

/** Who is signed in, with the key of their store on `device`. */
export async function session(address, device) {
  return (await asked(`${address}?may=${device ?? ""}`)).told;
}

export async function pack(address) {
  return (await asked(address)).told;
}

/** Post a form for `owner`; the server takes it from nobody else who may have signed in here since. */
export async function post(address, body, { csrf, owner }) {
  return asked(address, { method: "POST", body, headers: { "X-CSRFToken": csrf, "X-Offline-Owner": owner } });
}
