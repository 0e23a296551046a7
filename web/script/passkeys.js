// Passkeys: asks the server for a question, the browser for an answer, and sends it back. Texts go into the page as text
// only, so the policy for trusted types has nothing to refuse. Server side: entrance/passkey_sign_in.rs, factors_page.rs.

const JSON_TYPE = { "Content-Type": "application/json" };

export function startPasskeys(document) {
  const window = document.defaultView;
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-passkey-sign-in]")) offer(part, () => signIn(part, window));
  for (const part of document.querySelectorAll("[data-passkey-make]")) offer(part, () => make(part, window));
}

function offer(part, act) {
  part.hidden = false;
  part.querySelector("button").addEventListener("click", async (event) => {
    const said = part.querySelector("[data-passkey-said]");
    const button = event.currentTarget;
    said.textContent = "";
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      // The reader closed the browser's own window, or it ran out: the browser has said so already.
      said.textContent = error.name === "NotAllowedError" ? "Nothing was done. Try again when you are ready." : error.message;
      button.disabled = false;
    }
  });
}

async function ask(window, address, body) {
  const answer = await window.fetch(address, {
    method: "POST",
    headers: JSON_TYPE,
    credentials: "same-origin",
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? "It did not work. Try again.");
  return said;
}

async function signIn(part, window) {
  const { question, token } = await ask(window, "/sign-in/passkey/start", {});
  const options = question.publicKey;
  options.challenge = bytes(options.challenge);
  for (const one of options.allowCredentials ?? []) one.id = bytes(one.id);
  const key = await window.navigator.credentials.get({ publicKey: options });
  const { authenticatorData, clientDataJSON, signature, userHandle } = key.response;
  const answer = {
    ...common(key),
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  };
  await ask(window, "/sign-in/passkey/finish", { token, answer });
  window.location.assign(part.dataset.passkeySignIn);
}

async function make(part, window) {
  const form = part.closest("form");
  const field = (name) => form.elements.namedItem(name);
  const base = "/account/second-factor/passkey";
  const { question, token } = await ask(window, `${base}/start`, { password: field("password").value });
  const options = question.publicKey;
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  for (const one of options.excludeCredentials ?? []) one.id = bytes(one.id);
  const key = await window.navigator.credentials.create({ publicKey: options });
  const { attestationObject, clientDataJSON } = key.response;
  const answer = {
    ...common(key),
    response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) },
  };
  const { codes } = await ask(window, `${base}/finish`, { token, name: field("name").value, answer });
  if (codes) show(form, codes);
  else window.location.reload();
}

// Recovery codes of a first passkey: shown here and nowhere else.
function show(form, codes) {
  const { ownerDocument: document } = form;
  const part = (name, className, words) => Object.assign(document.createElement(name), { className, textContent: words });
  const heading = part("h2", "govuk-heading-m", "Your passkey is made. Keep these recovery codes");
  heading.tabIndex = -1;
  const words = "Each signs you in once when the passkey is not at hand. They are not shown again.";
  const list = part("ul", "govuk-list", "");
  for (const code of codes) {
    const item = part("li", "", "");
    item.append(part("span", "al-code", code));
    list.append(item);
  }
  const on = Object.assign(part("a", "govuk-button", "I have kept them"), { href: "/" });
  form.replaceChildren(heading, part("p", "govuk-body", words), list, on);
  heading.focus();
}

function common(key) {
  return { id: key.id, rawId: text(key.rawId), type: key.type, extensions: key.getClientExtensionResults() };
}

function bytes(base64url) {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
