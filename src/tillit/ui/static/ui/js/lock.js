/**
 * The lock over the page: one press ([data-lock-now]), or by itself when nobody has used any of the tabs for a while.
 *
 * The server locks by itself too, a little later; this is what keeps the page, and what is typed on it, in place. The clock
 * on the wall counts, not the timer: a phone that has slept locks before it shows anything. Tabs tell each other.
 */
const USED = 'tillit-used';
const LOCKED = 'tillit-locked';
const OLD = 'tillit-old-page';
const LOOK_MS = 3000;
const TELL_MS = 45000;

const dialog = document.getElementById('ti-lock');
let told = Date.now();
let titleBefore = '';

const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch { /* private mode: each tab for itself */ }
};
const token = () => dialog.querySelector('[name="csrfmiddlewaretoken"]').value;
const part = (name) => dialog.querySelector(`[data-lock-${name}]`);
const isLocked = () => document.body.dataset.locked !== undefined;
let usedHere = Date.now();
const lastUse = () => Math.max(usedHere, Number(remembered(USED)) || 0);

/** Ask the server; null when it does not answer, {over: true} when the session is no more. */
async function ask(address, method, body) {
  try {
    const answer = await fetch(address, { method, body, headers: { Accept: 'application/json', 'X-CSRFToken': token() } });
    if (answer.status === 204) return {};
    if (answer.status === 423) return { open: false };
    if (answer.redirected || !answer.headers.get('Content-Type')?.includes('json')) return { over: true };
    return await answer.json();
  } catch {
    return null;
  }
}

function cover() {
  if (isLocked()) return;
  titleBefore = document.title;
  document.title = dialog.dataset.title;
  document.body.dataset.locked = '';
  remember(LOCKED, '1');
  dialog.showModal();
  document.getElementById('ti-lock-h').focus();
}

function uncover() {
  if (!isLocked()) return;
  delete document.body.dataset.locked;
  document.title = titleBefore;
  dialog.querySelectorAll('input[type="password"]').forEach((field) => { field.value = ''; });
  part('said').textContent = '';
  remember(LOCKED, null);
  used();
  dialog.close();
}

/** Show by what the lock opens. A page that belongs to somebody else now is never shown again. */
function show(keys) {
  if (!keys) {
    part('said').textContent = dialog.dataset.noAnswer;
    part('form').hidden = false;
    return;
  }
  part('over').hidden = !keys.over;
  if (keys.over) {
    dialog.querySelectorAll('[data-lock-form], [data-lock-by], [data-lock-service]').forEach((one) => { one.hidden = true; });
    return;
  }
  if (keys.who && keys.who !== dialog.dataset.who) return void window.location.replace('/');
  if (keys.open) return void opened(keys);
  const can = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
  part('form').hidden = !(keys.pin || keys.password || keys.demo);
  dialog.querySelector('[data-lock-by="pin"]').hidden = !keys.pin;
  dialog.querySelector('[data-lock-by="password"]').hidden = keys.pin || !keys.password || keys.demo;
  dialog.querySelector('[data-lock-by="passkey"]').hidden = !(keys.passkey && can);
  const service = keys.services?.[0];
  part('service').hidden = !service;
  if (service) {
    part('service').action = part('service').action.replace('/service/', `/${service.slug}/`);
    part('service-name').textContent = service.name;
  }
  const first = [...dialog.querySelectorAll('input[type="password"], button')].find((field) => field.offsetParent);
  first?.focus();
}

/** The same person is back: take the new session's tokens into every form of the page, and lift the lock. */
function opened(keys) {
  if (keys.csrf) {
    document.querySelectorAll('[name="csrfmiddlewaretoken"]').forEach((field) => { field.value = keys.csrf; });
    dialog.dataset.mark = cookie(dialog.dataset.markCookie);
  }
  uncover();
}

async function lockNow() {
  cover();
  show(await ask(dialog.dataset.lock, 'POST', new FormData()));
}

async function look() {
  if (isLocked()) show(await ask(dialog.dataset.unlock, 'GET'));
}

async function unlock(event) {
  event.preventDefault();
  const said = await ask(dialog.dataset.unlock, 'POST', new FormData(event.target));
  dialog.querySelectorAll('input[type="password"]').forEach((field) => { field.value = ''; });
  if (!said || said.over || said.open) return void show(said);
  part('said').textContent = said.error ?? '';
  if (said.left === 0) await look();
}

function used() {
  if (isLocked()) return;
  usedHere = Date.now();
  remember(USED, String(usedHere));
  if (usedHere - told < TELL_MS) return;
  told = usedHere;
  ask(dialog.dataset.inUse, 'POST', new FormData()).then((answer) => {
    if (answer && (answer.over || answer.open === false)) lockNow();
  });
}

function lockWhenUnused() {
  if (!isLocked() && Date.now() - lastUse() >= Number(dialog.dataset.seconds) * 1000) lockNow();
}

const cookie = (name) => document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';

/** A page that the browser shows from its own memory, after somebody logged out, is fetched anew: it is not shown. */
function refuseOldPage() {
  const { mark } = dialog.dataset;
  if (!mark || cookie(dialog.dataset.markCookie) === mark || sessionStorage.getItem(OLD) === mark) return; // once, never in a circle
  sessionStorage.setItem(OLD, mark);
  document.body.dataset.locked = '';
  window.location.reload();
}

function begin() {
  dialog.dataset.ready = '';
  refuseOldPage();
  usedHere = Date.now();
  remember(USED, String(usedHere));
  remember(LOCKED, null); // the server has just shown this page, so the session is open
  ['pointerdown', 'keydown', 'input', 'scroll'].forEach((name) => document.addEventListener(name, used, { passive: true, capture: true }));
  setInterval(lockWhenUnused, LOOK_MS);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { lockWhenUnused(); look(); } });
  window.addEventListener('focus', look);
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    refuseOldPage();
    if (remembered(LOCKED)) { cover(); look(); } else lockWhenUnused();
  });
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== LOCKED) return;
    if (newValue) { cover(); look(); } else look();
  });
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('close', () => { if (isLocked()) dialog.showModal(); });
  dialog.addEventListener('tillit:unlocked', ({ detail }) => opened(detail));
  part('form').addEventListener('submit', unlock);
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    if (detail.xhr.status !== 423) return;
    detail.shouldSwap = false;
    detail.isError = false;
    lockNow();
  });
}

export function lockScreen(root) {
  if (!dialog) return;
  if (dialog.dataset.ready === undefined) begin();
  root.querySelectorAll('[data-lock-now]:not([data-ready])').forEach((press) => {
    press.dataset.ready = '';
    press.hidden = false;
    press.addEventListener(press.tagName === 'FORM' ? 'submit' : 'click', (event) => {
      event.preventDefault();
      press.closest('[popover]')?.hidePopover?.();
      lockNow();
    });
  });
}
