/**
 * Passkeys: <form data-passkey="get|create" action=… data-ask=…> asks the server for a question, lets the phone or key
 * answer it, and posts the answer. Forms stay hidden where the browser cannot; [data-without-passkeys] is hidden where it can.
 *
 * Afterwards: data-submits="id" sends another form, data-opens tells the lock; else to the answer's own `next`, or to
 * data-then="/path".
 */
const can = typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

async function post(address, token, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token },
    body: JSON.stringify(body ?? {}),
  });
  const said = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
  if (!answer.ok) throw new Error(said.error ?? '');
  return said;
}

async function use(form) {
  const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  const { publicKey } = await post(form.dataset.ask, token);
  const making = form.dataset.passkey === 'create';
  const credential = making
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  const next = form.querySelector('[name="next"]')?.value ?? '';
  const address = next ? `${form.action}?next=${encodeURIComponent(next)}` : form.action;
  return post(address, token, credential.toJSON());
}

function after(form, said) {
  if (form.dataset.opens !== undefined) return void form.dispatchEvent(new CustomEvent('tillit:unlocked', { bubbles: true, detail: said }));
  if (form.dataset.submits) return void document.getElementById(form.dataset.submits).submit();
  window.location.assign(said.next || form.dataset.then || '/');
}

export function usePasskeys(root) {
  if (!can) return;
  root.querySelectorAll('[data-without-passkeys]').forEach((part) => { if (part.tagName !== 'DETAILS') part.hidden = true; });
  root.querySelectorAll('form[data-passkey]:not([data-ready])').forEach((form) => {
    form.dataset.ready = '';
    if (!form.dataset.lockBy) form.hidden = false; // the lock shows its own when there is something to open it with
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const place = form.querySelector('[data-said]');
      place.textContent = '';
      try {
        after(form, await use(form));
      } catch (problem) {
        place.textContent = (problem.name === 'Error' && problem.message) || form.dataset.failed;
      }
    });
  });
}
